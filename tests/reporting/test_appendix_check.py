"""A workbook that does not say what the screen says is found out and is not handed out."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from dxreport.lib.filling import Filled, fill
from indicators.models import Indicator
from reporting.appendix import Appendix
from reporting.appendix_check import faults
from reporting.appendix_template import build
from reporting.appendix_workbook import AppendixError, appendix_workbook
from tests.reporting import by_hand
from tests.reporting.by_hand import figure, indicator, target
from tests.workbooks import changed

NAMES = ("Azota", "Zalo")
SHOWN = by_hand.appendix(
    figure(counted=366, held_to=target()),
    by_hand.not_applicable(),
    figure(indicator("A3.1", kind=Indicator.Kind.DISTINCT, denominator="", appendix_row=3), 2, names=NAMES),
    figure(indicator("A9.2", appendix_row=9), None, None, counted=0),
)


@pytest.fixture(scope="module")
def good() -> bytes:
    return appendix_workbook(SHOWN, by_hand.letterhead())


def place_of(book: Any, name: str) -> Any:
    sheet, reference = next(book.defined_names[name].destinations)
    return book[sheet][reference.replace("$", "").partition(":")[0]]


def setting(name: str, value: Any, number_format: str = "") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell = place_of(book, name)
        cell.value = value
        cell.number_format = number_format or cell.number_format

    return change


def found_in(data: bytes, appendix: Appendix = SHOWN) -> dict[str, tuple[str, str]]:
    return {one.name: (one.expected, one.found) for one in faults(data, appendix)}


@pytest.mark.any_database
def test_a_workbook_as_it_was_filled_has_no_fault(good: bytes) -> None:
    assert found_in(good) == {}
    # Saved again by another program it still says the same.
    assert found_in(changed(good, lambda book: None)) == {}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("CS_A1.1.result_number", 7662, "7.662, đạt tỉ lệ: 84,34%"),
        ("CS_A1.1.result_share", 84.35, "7.661, đạt tỉ lệ: 84,35%"),
        ("CS_A1.1.result_share", None, "7.661"),
        ("CS_A4.result", "Không áp dụng", "Không áp dụng"),
        ("CS_A3.1.result_names", "Azota", "2, gồm: Azota"),
        ("CS_A9.2.result_number", 0, "?0, đạt tỉ lệ: –"),
        ("CS_A1.1.numerator", 7662, "7.662"),
        ("CS_A1.1.denominator", 9084, "9.084"),
        ("CS_A1.1.value", 84.3, "84,30%"),
        ("CS_A1.1.counted", 370, "370"),
        ("CS_A1.1.target", 60, "60%"),
        ("CS_A1.1.target_year", 2026, "2026"),
        ("CS_A1.1.status", "chưa đạt", "chưa đạt"),
        ("CS_A9.2.value", 0, "?0"),
        ("PL_made", None, None),
        ("PL_notes", "Ghi chú", None),
    ],
)
def test_a_cell_that_says_something_else_is_named_with_both_texts(
    good: bytes, name: str, value: Any, found: str | None
) -> None:
    faulty = found_in(changed(good, setting(name, value)))
    if name == "PL_made":  # the day is that of the workbook, which no screen shows
        assert faulty == {}
        return
    [(named, (expected, said))] = faulty.items()
    assert named in (name, name.replace("_number", "").replace("_share", "").replace("_names", ""))
    assert said != expected
    assert found is None or said == found


def test_a_number_that_became_text_is_no_number_and_a_rounding_format_hides_nothing(good: bytes) -> None:
    assert found_in(changed(good, setting("CS_A1.1.numerator", "7.661"))) == {
        "CS_A1.1.numerator": ("7.661", "7.661")
    }
    rounded = changed(good, setting("CS_A1.1.result_share", 84.34, '#,##0"%"'))
    assert found_in(rounded) == {"CS_A1.1.result": ("7.661, đạt tỉ lệ: 84,34%", "7.661, đạt tỉ lệ: ?84.34")}


def test_a_form_without_a_cell_for_a_result_is_a_fault(good: bytes) -> None:
    def forget(book: Any) -> None:
        del book.defined_names["CS_A1.1.result_share"]

    assert found_in(changed(good, forget)) == {"CS_A1.1.result": ("7.661, đạt tỉ lệ: 84,34%", "")}


def test_the_export_is_refused_and_names_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:

    def faulty(data: bytes, filling_of: Any, **more: Any) -> bytes:
        def other(name: str) -> Any:
            return Filled(Decimal("84.35"), '0.00"%"') if name == "CS_A1.1.result_share" else filling_of(name)

        return fill(data, other, **more)

    monkeypatch.setattr("reporting.appendix_workbook.fill", faulty)
    with pytest.raises(AppendixError) as caught:
        appendix_workbook(SHOWN, by_hand.letterhead())
    said = str(caught.value)
    assert "Phụ lục!" in said
    assert "“7.661, đạt tỉ lệ: 84,35%”, màn hình ghi “7.661, đạt tỉ lệ: 84,34%”" in said


def test_a_result_may_stand_in_one_cell(good: bytes) -> None:
    def whole(book: Any) -> None:
        names = book.defined_names
        place = names.pop("CS_A1.1.result_number").attr_text
        names["CS_A1.1.result"] = DefinedName("CS_A1.1.result", attr_text=place)
        del names["CS_A1.1.result_share"]

    template = changed(build([one.indicator for one in SHOWN.figures]), whole)
    data = appendix_workbook(SHOWN, by_hand.letterhead(), template)
    book: Any = load_workbook(io.BytesIO(data))
    assert place_of(book, "CS_A1.1.result").value == "7.661, đạt tỉ lệ: 84,34%"
