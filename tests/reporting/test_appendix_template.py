"""The form of an appendix: the delivered one, one of the department's own, and what is refused."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from indicators.kept import catalogue_of
from indicators.models import Indicator, IndicatorSet
from reporting.appendix import Appendix, appendix
from reporting.appendix_template import FORM_SHEET, TEMPLATE, build
from reporting.appendix_template_check import is_fit, problems
from reporting.appendix_workbook import appendix_workbook
from reporting.report.letterhead import letterhead
from schools.models import OrgUnit
from tests.reporting import by_hand, published
from tests.workbooks import changed

pytestmark = pytest.mark.usefixtures("published_figures", "db")
# The delivered form as LibreOffice 7.4 saved it under its own name.
FROM_LIBREOFFICE = Path(__file__).parent / "templates" / "appendix-libreoffice.xlsx"


def delivered_set() -> Sequence[Indicator]:
    return catalogue_of(IndicatorSet.objects.get(code="QD131")).indicators


@pytest.fixture
def two_years(department: OrgUnit) -> Appendix:
    period = published.selection().period
    return appendix(unit=department, period=period, made_on=published.MADE_ON)


def test_the_template_in_the_repository_is_what_the_command_builds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "reporting.management.commands.build_appendix_template.TEMPLATE", tmp_path / "appendix.xlsx"
    )
    call_command("build_appendix_template", stdout=io.StringIO())
    assert (tmp_path / "appendix.xlsx").read_bytes() == TEMPLATE.read_bytes()


def test_the_delivered_form_is_in_order_and_asks_for_every_indicator() -> None:
    assert problems(TEMPLATE.read_bytes(), delivered_set()) == []
    sheet: Any = load_workbook(TEMPLATE)[FORM_SHEET]
    assert len(sheet.merged_cells.ranges) > 30
    notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(notes) == 3  # how cells are found, and the two estimates


@pytest.mark.parametrize("template", [TEMPLATE, FROM_LIBREOFFICE], ids=["delivered", "from LibreOffice"])
def test_a_form_is_filled_in_place_and_says_what_the_page_says(
    two_years: Appendix, department: OrgUnit, template: Path
) -> None:
    assert problems(template.read_bytes(), delivered_set()) == []
    head = letterhead(department, on=two_years.period.hierarchy_date)
    filled: Any = load_workbook(io.BytesIO(appendix_workbook(two_years, head, template.read_bytes())))
    before: Any = load_workbook(template)
    for name in before.sheetnames:
        assert {str(one) for one in filled[name].merged_cells.ranges} == {
            str(one) for one in before[name].merged_cells.ranges
        }
        assert _notes(filled[name]) == _notes(before[name])
        assert filled[name].page_setup.orientation == before[name].page_setup.orientation
    shown = {cell.value for row in filled[FORM_SHEET].iter_rows() for cell in row}
    assert {7661, 84.34, 8899, 96.71, 12, 95, 100, 14.7, "đạt tỉ lệ"} <= shown


def _notes(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_a_set_with_other_indicators_gets_a_form_of_its_own() -> None:
    other = [by_hand.indicator("T1"), by_hand.indicator("T-2", appendix_row=None)]
    assert not is_fit(["CS_A1.1.result"], other)
    names = load_workbook(io.BytesIO(build(other))).defined_names
    assert is_fit(list(names), other)
    assert "CS_T_2.numerator" in names
    assert problems(build(other), other) == []


def test_a_form_for_no_indicators_at_all_is_a_form() -> None:
    assert problems(build([]), []) == []


Change = Callable[[Any], object]


def naming(name: str, place: str) -> Change:
    def change(book: Any) -> None:
        book.defined_names[name] = DefinedName(name, attr_text=place)

    return change


def without(*names: str) -> Change:
    def change(book: Any) -> None:
        for name in names:
            del book.defined_names[name]

    return change


def with_formula(book: Any) -> None:
    sheet, reference = next(book.defined_names["CS_A1.1.result_number"].destinations)
    book[sheet][reference.replace("$", "")].value = "=1+1"


def scoped_twice(book: Any) -> None:
    name = "CS_A1.1.result_share"
    book.worksheets[1].defined_names[name] = DefinedName(name, attr_text="'Số liệu'!$Z$99")


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (
            naming("CS_A1.1.resultt", "'Phụ lục'!$Z$1"),
            ["Ô Phụ lục!Z1 mang tên “CS_A1.1.resultt”, không phải tên nào của phụ lục."
             " Có phải là CS_A1.1.result?"],
        ),
        (naming("CS_X9.value", "'Phụ lục'!$Z$1"), ["không phải tên nào của phụ lục"]),
        (naming("PL_ngay", "'Phụ lục'!$Z$1"), ["không phải tên nào của phụ lục"]),
        (naming("CS_A1.1.value.7", "#REF!"), ["“CS_A1.1.value.7” không chỉ vào ô nào"]),
        (naming("CS_A1.1.value.7", "'Phụ lục'!$Y$1:$Z$2"), ["chỉ vào nhiều ô (Phụ lục!Y1…)"]),
        (naming("PL_unit", "'Phụ lục'!$Y$1:$Y$2"), ["chỉ vào nhiều ô"]),
        (with_formula, ["có công thức"]),
        (scoped_twice, ["được đặt ở 2 nơi"]),
        (
            without("CS_A1.1.result_share"),
            ["Thiếu ô cho kết quả của A1.1 (Tổng số giáo viên có máy tính): hãy đặt tên CS_A1.1.result hoặc"
             " CS_A1.1.result_number + CS_A1.1.result_share."],
        ),
        (without("CS_A4.result"), ["Thiếu ô cho kết quả của A4", "hãy đặt tên CS_A4.result."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_is_said_in_a_sentence(change: Change, sentences: list[str]) -> None:
    with override("vi"):
        [said] = problems(changed(TEMPLATE.read_bytes(), change), delivered_set())
    assert all(sentence in said for sentence in sentences)


def test_two_names_of_one_cell_are_named() -> None:
    def twice(book: Any) -> None:
        place = book.defined_names["CS_A1.1.result_number"].attr_text
        book.defined_names["CS_A1.1.counted.9"] = DefinedName("CS_A1.1.counted.9", attr_text=place)

    [said] = problems(changed(TEMPLATE.read_bytes(), twice), delivered_set())
    assert "có hai tên: “CS_A1.1.counted.9” và “CS_A1.1.result_number”" in said or (
        "có hai tên: “CS_A1.1.result_number” và “CS_A1.1.counted.9”" in said
    )


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "rỗng"), (b"Stt;Noi dung", "văn bản"), (b"PK\x03\x04half", "hỏng")],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(data: bytes, word: str) -> None:
    [said] = problems(data, delivered_set())
    assert word in said
