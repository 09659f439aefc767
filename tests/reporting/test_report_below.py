"""What a report says of the units below: the best, the worst, who is missing; tables and charts by name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from collection.workflow import Basis
from indicators.models import Indicator
from reporting.figures import Figure
from reporting.progress import Progress
from reporting.report.below import Below, Missing, UnitFigure
from reporting.report.build import compose, compose_section
from reporting.report.comparison import Earlier
from reporting.report.content import Block, ChartBlock, Paragraph, Table
from reporting.report.html import to_html
from reporting.report.source import Past, Source
from reporting.report.tokens import ReportError, aspects_of
from reporting.report.word import to_docx
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, target


def below(values: Mapping[str, int | None], missing: Sequence[str] = ()) -> Below:
    """Units with so many of 100, and the names of those that are missing."""
    units = [
        UnitFigure(name, figure(None, value, None if value is None else 100))
        for name, value in values.items()
    ]
    return Below(
        lambda: {"A1.1": units},
        lambda: {"A1.1": [Missing(f"M-{n}", name) for n, name in enumerate(missing)]},
    )


def source(of: Figure | None = None, units: Below | None = None) -> Source:
    found = of or figure(counted=366, held_to=target("90"))
    before = figure(numerator=7196)
    return Source(
        unit=by_hand.unit(),
        period=by_hand.period(),
        basis=Basis.OFFICIAL,
        made_on=by_hand.MADE_ON,
        letterhead=by_hand.letterhead(),
        figures=[found],
        progress=Progress(expected=2, submitted=2, approved=1, last_change=None),
        earlier={"A1.1": Earlier(before, "năm 2022")},
        below=units or below({"Phòng A": 90, "Phòng B": 70, "Phòng C": None, "Phòng D": 60}),
        history=[Past("Năm 2022", {"A1.1": before}), Past("Năm 2023", {"A1.1": found})],
    )


def said(text: str, of: Source | None = None) -> str:
    blocks = compose_section(of or source(), "general", text)
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def block(text: str, of: Source | None = None) -> Block | None:
    found = compose_section(of or source(), "general", text)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("{A1.1.best_unit}", "Phòng A (90%)"),
        ("{A1.1.worst_unit}", "Phòng D (60%)"),
        ("{A1.1.earlier}", "79,22%"),
        ("{A1.1.change}", "Tăng 5,12 điểm phần trăm so với năm 2022"),
        ("{A1.1.direction}", "Tăng"),
        ("{A1.1.amount}", "5,12 điểm phần trăm"),
        ("{A1.1.verdict}", "Chưa đạt mục tiêu đến năm 2025 (từ 90% trở lên)"),
        ("{A1.1.coverage}", "366/370 đơn vị"),
        ("{A1.1.missing_count}", "4"),
    ],
)
def test_more_can_be_said_of_a_figure(token: str, text: str) -> None:
    assert said(token) == text


def test_units_that_share_the_best_value_are_named_together_and_many_are_counted() -> None:
    assert said("{A1.1.best_unit}", source(units=below({"A": 9, "B": 9, "C": 1}))) == "A, B (9%)"
    many = below({**{f"Phòng {n}": 9 for n in range(5)}, "Z": 1})
    assert said("{A1.1.best_unit}", source(units=many)) == "5 đơn vị cùng đạt 9%"


@pytest.mark.parametrize("values", [{}, {"A": None}, {"A": 5}, {"A": 5, "B": 5}])
def test_where_no_unit_is_better_than_another_none_is_named(values: dict[str, int | None]) -> None:
    assert said("Cao nhất là {A1.1.best_unit}. Có {A1.1.value}.", source(units=below(values))) == "Có 84,34%."


def test_missing_units_are_named_and_beyond_ten_counted() -> None:
    assert said("Thiếu: {A1.1.missing_names}.", source(units=below({}, ["Trường A", "Trường B"]))) == (
        "Thiếu: Trường A, Trường B."
    )
    many = source(units=below({}, [f"T{n}" for n in range(14)]))
    assert said("Thiếu {A1.1.missing_names}.", many).endswith("T9 và 4 đơn vị khác.")
    assert said("Thiếu {A1.1.missing_names}. Hết.", source(units=below({}))) == "Hết."


def test_nothing_is_read_below_before_a_text_names_it() -> None:
    def read() -> Mapping[str, Sequence[UnitFigure]]:
        raise AssertionError

    untouched = source(units=Below(read, dict))
    assert said("Có {A1.1.value}{A1.1.notes}.", untouched) == "Có 84,34%."
    with pytest.raises(AssertionError):
        said("{A1.1.best_unit}", untouched)


def test_a_picker_is_given_every_aspect_that_says_something_today() -> None:
    of = source()
    offered = {one.token: one.text for one in aspects_of(of.figures[0], of.earlier["A1.1"], of.below)}
    assert offered["{A1.1.value}"] == "84,34%"
    assert offered["{A1.1.worst_unit}"] == "Phòng D (60%)"
    assert "{A1.1.names}" not in offered


def test_tables_are_counted_where_they_stand() -> None:
    blocks = compose_section(source(), "general", "{bảng targets}\n{bảng units A1.1}\n{biểu đồ targets}")
    tables = [one.as_table if isinstance(one, ChartBlock) else one for one in blocks]
    titles = [one.caption for one in tables if isinstance(one, Table)]
    assert titles == [
        "Bảng 1. Kết quả so với mục tiêu",
        "Bảng 2. Kết quả theo đơn vị: giáo viên có máy tính",
        "Biểu đồ 1. Kết quả so với mục tiêu",
    ]


def test_units_are_listed_the_best_first_and_those_without_value_not_at_all() -> None:
    table = block("{bảng units A1.1}")
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1", "Phòng A", "90", "100", "90%", "370/370"],
        ["2", "Phòng B", "70", "100", "70%", "370/370"],
        ["3", "Phòng D", "60", "100", "60%", "370/370"],
    ]


def test_the_table_of_changes_sets_both_values_side_by_side() -> None:
    table = block("{bảng change}")
    assert isinstance(table, Table)
    assert table.header[2:] == ("Đơn vị tính", "Năm 2022", "Kỳ báo cáo", "Thay đổi")
    assert [cell.text for cell in table.rows[0][1:]] == [
        "Giáo viên có máy tính",
        "%",
        "79,22%",
        "84,34%",
        "+5,12",
    ]


def test_missing_units_have_a_table_and_none_makes_none() -> None:
    table = block("{bảng missing A1.1}", source(units=below({}, ["Trường A"])))
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["1", "M-0", "Trường A"]
    assert block("{bảng missing A1.1}") is None


def test_a_chart_of_targets_has_a_bar_its_target_and_a_verdict() -> None:
    chart = block("{biểu đồ targets}")
    assert isinstance(chart, ChartBlock)
    (row,) = chart.rows
    assert (row.code, row.points[0].text, row.verdict) == ("A1.1", "84,34%", "Chưa đạt")
    assert row.target is not None
    assert row.target.text == "từ 90% trở lên"
    assert "1 chỉ số" in chart.alt
    assert "Giáo viên có máy tính: 84,34%." in chart.alt
    assert [cell.text for cell in chart.as_table.rows[0]] == [
        "Giáo viên có máy tính",
        "84,34%",
        "từ 90% trở lên",
    ]


def test_a_trend_needs_two_periods() -> None:
    chart = block("{biểu đồ trend}")
    assert isinstance(chart, ChartBlock)
    assert chart.columns == ("Năm 2022", "Năm 2023")
    assert [point.text for point in chart.rows[0].points] == ["79,22%", "84,34%"]
    of = source()
    assert block("{biểu đồ trend}", replace(of, history=of.history[:1])) is None


def test_units_are_compared_in_a_chart_too() -> None:
    chart = block("{biểu đồ units A1.1}")
    assert isinstance(chart, ChartBlock)
    assert [(row.label, row.points[0].text) for row in chart.rows] == [
        ("Phòng A", "90%"),
        ("Phòng B", "70%"),
        ("Phòng D", "60%"),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{bảng goals}", "Không có “bảng goals”; có thể dùng: targets, change, units, missing"),
        ("{biểu đồ units}", "Hãy thêm mã chỉ số"),
        ("{biểu đồ units Z9}", "Không có chỉ số “Z9”"),
        ("{bảng targets A1.1}", "không cần mã chỉ số"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error_that_says_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(ReportError, match=complaint):
        block(text)


def test_a_count_is_compared_by_its_own_measure() -> None:
    machines = by_hand.indicator(kind=Indicator.Kind.COUNT, denominator="", unit_of_measure="máy")
    of = source(
        figure(machines, 5325), Below(lambda: {"A1.1": [UnitFigure("A", figure(machines, 12))]}, dict)
    )
    chart = block("{biểu đồ units A1.1}", of)
    assert isinstance(chart, ChartBlock)
    assert chart.measure == "máy"


def test_tables_of_any_width_and_charts_are_printed_in_every_format() -> None:
    of = source(units=below({"Phòng A": 90, "Phòng B": 70}, ["Trường A"]))
    other = replace(of, period=by_hand.period(indicator_set="KHAC"))
    text = "{bảng missing A1.1}\n{bảng units A1.1}\n{biểu đồ targets}\n{biểu đồ units A1.1}"
    written = compose(other, {"general": text})
    printed = "\n".join(node.text or "" for node in Document(BytesIO(to_docx(written))).element.body.iter())
    page = to_html(written).decode()
    for words in ("Bảng 1. Đơn vị chưa có", "Trường A", "Phòng B", "Biểu đồ 2. Kết quả theo đơn vị", "70%"):
        assert words in printed, words
        assert words in page, words
