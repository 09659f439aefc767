"""What the report says about the published figures."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from collection.models import ReportingPeriod
from collection.workflow import Basis
from indicators.actions import mark_changed
from indicators.models import Indicator, Target
from reporting.models import Totals
from reporting.report.build import report
from reporting.report.content import Heading, Paragraph, Report, Table
from reporting.report.outline import load_outline
from schools.actions import NewUnit, create_units
from schools.models import OrgUnit
from tests.reporting import published
from tests.reporting.published import SINCE

# Lessons and surveys: the report gives the share, as the published one does.
SHARE_ALONE = {"A5.1", "A5.2", "A9.3", "A9.4", "B4.5", "B4.6"}

pytestmark = pytest.mark.usefixtures("published_figures", "db")


def of(code: str, period: str = "2022..2023", basis: Basis = Basis.OFFICIAL) -> Report:
    unit = OrgUnit.objects.select_related("kind").get(code=code)
    return report(unit, published.selection(period, basis), made_on=published.MADE_ON)


def number(value: int) -> str:
    """Grouped as in Viet Nam, written again here so as not to trust the code under test."""
    return f"{value:,}".replace(",", ".")


def share(numerator: int, denominator: int) -> str:
    """Half-up to two decimals by whole numbers alone: 84,34%."""
    hundredths = (numerator * 20_000 + denominator) // (2 * denominator)
    whole, rest = divmod(hundredths, 100)
    decimals = f"{rest:02}".rstrip("0")
    return f"{number(whole)},{decimals}%" if decimals else f"{number(whole)}%"


def test_all_57_indicators_are_told_with_their_published_numbers(written: Report) -> None:
    codes = set(Indicator.objects.values_list("code", flat=True))
    assert codes == {*published.FIGURES, *published.NOT_APPLICABLE}
    assert len(codes) == 57
    for code, (numerator, denominator, _counted, _asked) in published.FIGURES.items():
        told = sentences_about(written, code)
        if code in published.LISTS:
            assert f"ó {published.LISTS[code]} " in told, code
            continue
        assert not denominator or share(numerator, denominator) in told, code
        assert code in SHARE_ALONE or number(numerator) in numbers_in(told), code
    for name in Indicator.objects.filter(code__in=published.NOT_APPLICABLE).values_list("name", flat=True):
        assert name[1:] in written.text


def numbers_in(text: str) -> list[str]:
    """The whole numbers of a text: "7.661/9.083" gives 7.661 and 9.083."""
    return re.findall(r"(?<![\d.,])\d+(?:\.\d{3})*(?![\d,%])", text)


def sentences_about(written: Report, code: str) -> str:
    """The paragraphs that give a figure of `code`."""
    paragraphs = (block for block in written.blocks if isinstance(block, Paragraph))
    return "\n".join(
        one.text for one in paragraphs if any(getattr(part, "code", "") == code for part in one.inlines)
    )


def test_the_outline_has_four_parts_and_five_sections_each_with_results_and_difficulties(
    written: Report,
) -> None:
    headings = [block for block in written.blocks if isinstance(block, Heading)]
    assert [one.text.split(".")[0] for one in headings if one.level == 1] == ["I", "II", "III", "IV"]
    assert [one.text.split(".")[0] for one in headings if one.level == 2] == ["1", "2", "3", "4", "5"]
    assert [one.text for one in headings if one.level == 3] == ["a) Kết quả", "b) Khó khăn, hạn chế"] * 5


def test_a_stock_is_compared_with_the_first_year_and_a_flow_of_the_span_with_nothing(written: Report) -> None:
    # 7661/9083 less int(7661 × 0.9)/9083, as printed: 84,34 − 75,9.
    assert "đạt tỉ lệ 84,34%, tăng 8,44 điểm phần trăm so với năm 2022; đạt mục tiêu" in written.text
    (flow,) = [line for line in written.text.split("\n") if line.startswith("Tiếp nhận và giải quyết hồ sơ")]
    assert "so với" not in flow


def test_a_single_year_compares_flows_too() -> None:
    assert (
        "được giải quyết trực tuyến mức độ 3 và 4, đạt tỉ lệ 97,73%, tăng 9,88 điểm phần trăm so với năm 2022"
        in (of("DN", "2023").text)
    )


def test_the_first_year_is_compared_with_nothing() -> None:
    assert "so với năm" not in of("DN", "2022").text


def test_targets_are_counted_and_listed(written: Report) -> None:
    assert "Trong 17 chỉ số có mục tiêu đến năm 2025, có 12 chỉ số đạt, 5 chỉ số chưa đạt" in written.text
    (table,) = [block for block in written.blocks if isinstance(block, Table)]
    assert len(table.rows) == 17
    pupils = next(row for row in table.rows if row[1].text == "Học sinh có máy tính")
    assert [cell.text for cell in pupils[2:]] == ["42,82%", "+4,28", "≥ 50%", "Chưa đạt"]


def test_unverified_targets_say_so_in_sentence_and_table(written: Report) -> None:
    assert "đạt mục tiêu đến năm 2025 (từ 60% trở lên, mức chưa đối chiếu với văn bản gốc)" in written.text
    (table,) = [block for block in written.blocks if isinstance(block, Table)]
    marked = [row[1].text for row in table.rows if row[4].text.endswith("(*)")]
    assert len(marked) == Target.objects.filter(is_verified=False).count() == 4
    assert table.note.startswith("(*)")


def test_difficulties_and_proposals_follow_from_the_missed_targets(written: Report) -> None:
    assert "cần thêm 10.813 học sinh có máy tính để đạt mục tiêu 50%" in written.text
    assert "Máy tính dạy môn Tin học cấp tiểu học còn thiếu 1.921 máy" in written.text
    assert "Đề nghị Ủy ban nhân dân tỉnh quan tâm bố trí" in written.text


def test_a_missed_target_that_no_sentence_speaks_of_is_told_all_the_same() -> None:
    Target.objects.filter(indicator__code="A8.5").update(value="95")
    mark_changed()
    text = of("DN").text
    assert (
        "Hồ sơ công việc cấp Sở xử lý trên dữ liệu, công nghệ số mới đạt 90%, mục tiêu từ 95% trở lên; "
        in text
    )
    assert "còn thiếu 290 hồ sơ" in text


def test_footnotes_tell_coverage_and_the_broken_rule(written: Report) -> None:
    assert [note.number for note in written.notes] == list(range(1, len(written.notes) + 1))
    texts = [note.text for note in written.notes]
    assert "Tính trên 366/370 đơn vị có đủ số liệu; 4 đơn vị chưa có số liệu." in texts
    assert any("(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in text for text in texts)


def test_official_figures_carry_no_warning_and_provisional_and_illustrative_ones_do() -> None:
    assert of("DN").labels == ()
    ReportingPeriod.objects.filter(code="2023").update(is_illustrative=True)
    labels = of("DN", "2023", Basis.PROVISIONAL).labels
    assert [label.split(",")[0].split(":")[0] for label in labels] == ["Số liệu minh họa", "Số liệu tạm tính"]


def test_a_period_without_any_total_makes_a_report_without_any_zero() -> None:
    Totals.objects.filter(period__code="2022").update(numerator=0, denominator=0, counted=0)
    text = of("DN", "2022").text
    assert "Chưa có số liệu về: giáo viên có máy tính" in text
    assert "đạt tỉ lệ" not in text
    assert " 0%" not in text


def test_a_school_gets_its_own_subset_in_its_own_words(db: None) -> None:
    found = of("DN-CJ-1")
    assert "có 12/20 giáo viên có máy tính" in found.text
    assert "Nhà trường có đường truyền Internet và phủ sóng wi-fi miễn phí." in found.text
    assert "Nhà trường chưa thu các khoản phí không dùng tiền mặt." in found.text
    assert "Nhà trường ở mức độ chuyển đổi số 2." in found.text
    assert "Chưa có số liệu về: học sinh có máy tính." in found.text
    for stranger in ("tỉnh", "cơ sở giáo dục", "cấp Sở", "thủ tục", "1/1"):
        assert stranger not in found.text.replace("31/12/2023", ""), stranger
    assert found.letterhead.issuer == "Trường Tiểu học Một"


def test_a_section_of_which_nothing_is_asked_is_left_out_and_the_others_are_numbered_on() -> None:
    headings = [block.text for block in of("DN-CJ-1").blocks if isinstance(block, Heading)]
    assert [one for one in headings if one[0].isdigit()] == [
        "1. Điều kiện bảo đảm",
        "2. Quản trị, quản lý và cơ sở dữ liệu ngành",
    ]


def test_what_applies_to_nobody_is_for_the_highest_unit_to_say(written: Report) -> None:
    assert "57 chỉ số" in written.text
    assert "5 chỉ số" in of("DN-CJ-1").text


def test_a_unit_of_which_nothing_is_asked_still_gets_a_report(db: None) -> None:
    found = of("DN-CJ-2")
    assert [block.text for block in found.blocks if isinstance(block, Heading)][:2] == [
        "I. Thông tin chung",
        "II. Lãnh đạo, chỉ đạo",
    ]
    assert not any(isinstance(block, Table) for block in found.blocks)


def test_the_report_is_vietnamese_whoever_reads_it(department: OrgUnit, written: Report) -> None:
    with override("en"):
        assert report(department, published.selection(), made_on=published.MADE_ON) == written


def test_its_queries_do_not_grow_with_schools(department: OrgUnit) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            report(department, published.selection())
        return len(queries)

    count()  # the catalogue is read once
    before = count()
    create_units(
        rows=[
            NewUnit(f"X-{n}", f"Trường {n}", "school", SINCE, parent="DN-CJ", levels=["primary"])
            for n in range(30)
        ],
        by=None,
    )
    assert count() == before


def test_every_token_of_the_outline_can_be_resolved(db: None) -> None:
    words = {"unit", "period", "basis", "set", "targets", "submissions"}
    named = load_outline("QD131").subjects - words
    assert named == set(Indicator.objects.values_list("code", flat=True))
