"""What came back in a workbook of ours: which template it is, and the typed text of every cell.

Columns are found by the marks and codes of the sheet, never by their place or their headings, so a
moved or renamed column does no harm. What a cell says becomes the same `Typed` that the form's
inputs hold, and the form's own reader decides about it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from collection.parsing import Typed
from dxreport.lib.reading import Cell, Row, Sheet, Workbook, WorkbookRefused, reference
from indicators.models import DataElement

from . import layout
from .cell_text import CellUnreadable, text_of
from .layout import CODE, EXPLANATION, GAP, IDENTITY_SHEET, MARKS, REASON, SCHEMA, UNIT, VALUE, Identity
from .words import CLEAR, GAP_WORDS, Type, answer_of, folded, gap_of


class Place(NamedTuple):
    """Where something stands in the file."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return _("Trang tính “%(sheet)s”, ô %(cell)s") % {"sheet": self.sheet, "cell": self.cell}


@dataclass(frozen=True)
class Fault:
    """Something in the file that cannot be taken: where, and a sentence."""

    place: Place
    sentence: str


@dataclass(frozen=True)
class TypedCell:
    """One cell of a submission as the file has it.

    An answer that is blank leaves the stored one; so does a blank explanation, unless
    `clears_explanation`. With an `error` the cell could not even be read.
    """

    typed: Typed
    place: Place
    error: str = ""
    clears_explanation: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the cell says anything about the answer itself."""
        return bool(self.typed.value.strip() or self.typed.chosen or self.typed.gap)


@dataclass
class Answers:
    """Everything that a file says: cells by unit code and element code, and what is wrong beside them."""

    cells: dict[str, dict[str, TypedCell]] = field(default_factory=dict)
    units: dict[str, Place] = field(default_factory=dict)  # where each unit first stands
    faults: list[Fault] = field(default_factory=list)


def identity_of(workbook: Workbook) -> Identity:
    """Which template the file is. Raises WorkbookRefused for one that is none of ours."""
    sheet = workbook.sheet(IDENTITY_SHEET)
    rows = ([row.cells[column].text for column in sorted(row.cells)] for row in sheet.rows) if sheet else ()
    found = Identity.read(rows)
    if found is None:
        raise WorkbookRefused(
            _(
                "Tệp này không phải tệp mẫu của hệ thống, hoặc trang tính ẩn của mẫu đã bị mất."
                " Hãy tải tệp mẫu của phiếu về, chép số liệu vào đó rồi tải lên."
            ),
            code="not-ours",
        )
    if found.schema != SCHEMA:
        raise WorkbookRefused(outdated(), code="outdated")
    return found


def outdated() -> str:
    """The sentence about a template of another version."""
    return _(
        "Tệp mẫu này thuộc phiên bản cũ của biểu mẫu."
        " Hãy tải tệp mẫu mới về, chép số liệu vào đó rồi tải lên."
    )


def answers_in(workbook: Workbook, identity: Identity, elements: Mapping[str, DataElement]) -> Answers:
    """All cells of the file's sheets; `elements` are those of the whole form, by code."""
    answers = Answers()
    reader = _Reader(answers, identity, elements)
    heads = [(sheet, _head(sheet, elements)) for sheet in workbook.sheets if sheet.name != IDENTITY_SHEET]
    found = [(sheet, head) for sheet, head in heads if head is not None]
    if not found:
        raise WorkbookRefused(_without_marks(), code="no-marks")
    # Explanations join the cells that they speak of, wherever their sheet stands.
    for sheet, head in sorted(
        found, key=lambda one: EXPLANATION in one[1].columns and UNIT in one[1].columns
    ):
        read = _read_unit if VALUE in head.columns else _read_district
        (_read_notes if {UNIT, EXPLANATION} <= head.columns.keys() else read)(sheet, head, reader)
    return answers


def _without_marks() -> str:
    return _(
        "Không thấy dòng mã của mẫu trên trang tính nào. Hãy tải lại tệp mẫu và chỉ điền vào các ô nền vàng."
    )


# --- finding columns ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Head:
    """The row of marks of one sheet: where it stands, and the column of each mark or code."""

    row: int
    columns: Mapping[str, int]
    twice: tuple[tuple[int, str], ...]  # columns that repeat a mark


def _head(sheet: Sheet, elements: Mapping[str, DataElement]) -> _Head | None:
    for row in sheet.rows:
        if row.number > layout.MARK_ROWS:
            return None
        marks = {
            column: text
            for column, cell in row.cells.items()
            if (text := cell.text.strip()) in MARKS or text in elements
        }
        if UNIT in marks.values() or {CODE, VALUE} <= set(marks.values()):
            return _Head(row.number, *_columns(marks))
    return None


def _columns(marks: Mapping[int, str]) -> tuple[dict[str, int], tuple[tuple[int, str], ...]]:
    columns: dict[str, int] = {}
    twice = []
    for column, mark in marks.items():
        if mark in columns:
            twice.append((column, mark))
        else:
            columns[mark] = column
    return columns, tuple(twice)


# --- reading rows ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reader:
    """What reading a sheet adds to."""

    answers: Answers
    identity: Identity
    elements: Mapping[str, DataElement]

    def add(self, unit: str, code: str, cell: TypedCell) -> None:
        """Take one cell; a second one for the same answer is a fault, and neither is guessed at."""
        row = self.answers.cells.setdefault(unit, {})
        first = row.get(code)
        if first is None:
            row[code] = cell
            return
        self.fault(
            cell.place,
            _("Chỉ tiêu này của đơn vị %(unit)s đã có ở %(first)s. Hãy giữ một ô, xóa ô kia.")
            % {"unit": unit[:20], "first": _lower_first(str(first.place))},
        )

    def fault(self, place: Place, sentence: str) -> None:
        self.answers.faults.append(Fault(place, sentence))

    def base(self, unit: str, code: str) -> str:
        """The version that the file was filled with, as the form sends it."""
        version = self.identity.version(unit, code)
        return "0" if version is None else str(version)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _rows_below(sheet: Sheet, head: _Head) -> Iterator[Row]:
    return (row for row in sheet.rows if row.number > head.row)


def _report_twice(sheet: Sheet, head: _Head, reader: _Reader) -> None:
    for column, mark in head.twice:
        reader.fault(
            Place(sheet.name, reference(head.row, column)),
            _("Cột “%(mark)s” có hai lần trên trang tính này. Hãy xóa một cột.") % {"mark": mark},
        )


def _read_unit(sheet: Sheet, head: _Head, reader: _Reader) -> None:
    """One unit's form: a row an element, its value, gap, reason and explanation in columns."""
    _report_twice(sheet, head, reader)
    if len(reader.identity.versions) != 1:
        raise WorkbookRefused(outdated(), code="outdated")
    [unit] = reader.identity.versions
    reader.answers.units.setdefault(unit, Place(sheet.name, "A2"))
    for row in _rows_below(sheet, head):
        if row.number == head.row or head.columns[CODE] not in row.cells:
            continue
        code = row.cells[head.columns[CODE]].text.strip()
        element = reader.elements.get(code)
        if element is None:
            if code:
                _report_unknown_code(sheet, row, head, reader, code)
        elif any(mark in head.columns and head.columns[mark] in row.cells for mark in _UNIT_MARKS):
            reader.add(unit, code, _unit_cell(sheet, row, head, reader.base(unit, code), element))


_UNIT_MARKS = (VALUE, GAP, REASON, EXPLANATION)


def _report_unknown_code(sheet: Sheet, row: Row, head: _Head, reader: _Reader, code: str) -> None:
    reader.fault(
        Place(sheet.name, reference(row.number, head.columns[CODE])),
        _("Biểu mẫu này không có chỉ tiêu mang mã “%(code)s”. Hãy lấy mã từ tệp mẫu mới tải về.")
        % {"code": code[:60]},
    )


def _unit_cell(sheet: Sheet, row: Row, head: _Head, base: str, element: DataElement) -> TypedCell:
    texts: dict[str, str] = {}
    place = Place(sheet.name, reference(row.number, head.columns[VALUE]))
    for mark in _UNIT_MARKS:
        cell = row.cells.get(head.columns.get(mark, 0))
        try:
            texts[mark] = text_of(cell, element if mark == VALUE else None)
        except CellUnreadable as error:
            at = Place(sheet.name, reference(row.number, head.columns[mark]))
            return TypedCell(Typed(base=base), at, str(error))
    gap = gap_of(texts[GAP]) if texts[GAP].strip() else ""
    if gap is None:
        words = ", ".join(GAP_WORDS.values())
        sentence = _("Cột này chỉ nhận: %(words)s. Hãy chọn trong danh sách của ô.") % {"words": words}
        return TypedCell(
            Typed(base=base), Place(sheet.name, reference(row.number, head.columns[GAP])), sentence
        )
    # A text may say "Không áp dụng" and mean it: here the words have a column of their own.
    answer = answer_of(texts[VALUE], element, takes_words=element.type != Type.TEXT)
    typed = Typed(
        value=answer.value,
        chosen=answer.chosen,
        gap=gap or answer.gap,
        reason=texts[REASON].strip() or answer.reason,
        base=base,
    )
    return _with_explanation(TypedCell(typed, place), texts[EXPLANATION])


def _with_explanation(cell: TypedCell, text: str) -> TypedCell:
    if folded(text) == folded(CLEAR):
        return replace(cell, clears_explanation=True)
    return replace(cell, typed=replace(cell.typed, explanation=text.strip()))


def _read_district(sheet: Sheet, head: _Head, reader: _Reader) -> None:
    """Many units: a row a unit, a column an element, answer or gap in one cell."""
    _report_twice(sheet, head, reader)
    # The letters of a column are worked out once, not for every unit.
    columns = [
        (column, reference(1, column)[:-1], code, reader.elements[code])
        for code, column in head.columns.items()
        if code not in MARKS
    ]
    seen: dict[str, Place] = {}
    for row in _rows_below(sheet, head):
        unit = _unit_of(sheet, row, head, reader, seen)
        if not unit:
            continue
        for column, letters, code, element in columns:
            cell = row.cells.get(column)
            if cell is not None:
                place = Place(sheet.name, f"{letters}{row.number}")
                reader.add(unit, code, _district_cell(cell, place, reader.base(unit, code), element))


def _unit_of(sheet: Sheet, row: Row, head: _Head, reader: _Reader, seen: dict[str, Place]) -> str:
    """The unit that a row is for; "" for a row that is for none, with a fault where that is a slip."""
    column = head.columns[UNIT]
    cell = row.cells.get(column)
    place = Place(sheet.name, reference(row.number, column))
    unit = cell.text.strip() if cell else ""
    if not unit:
        if any(at in row.cells for mark, at in head.columns.items() if mark not in MARKS):
            reader.fault(
                place, _("Dòng này có số liệu nhưng không có mã đơn vị. Hãy ghi mã như trong tệp mẫu.")
            )
        return ""
    if unit in seen:
        reader.fault(
            place,
            _("Đơn vị %(unit)s đã có ở %(first)s. Hãy giữ một dòng, xóa dòng kia.")
            % {"unit": unit[:20], "first": _lower_first(str(seen[unit]))},
        )
        return ""
    seen[unit] = place
    reader.answers.units.setdefault(unit, place)
    return unit


def _district_cell(cell: Cell, place: Place, base: str, element: DataElement) -> TypedCell:
    try:
        text = text_of(cell, element)
    except CellUnreadable as error:
        return TypedCell(Typed(base=base), place, str(error))
    answer = answer_of(text, element, takes_words=True)
    return TypedCell(
        Typed(value=answer.value, chosen=answer.chosen, gap=answer.gap, reason=answer.reason, base=base),
        place,
    )


def _read_notes(sheet: Sheet, head: _Head, reader: _Reader) -> None:
    """Explanations of a district's cells: a row each, by unit code and element code."""
    for row in _rows_below(sheet, head):
        try:
            unit, code, text = (
                text_of(row.cells.get(head.columns.get(mark, 0)), None).strip()
                for mark in (UNIT, CODE, EXPLANATION)
            )
        except CellUnreadable as error:
            reader.fault(Place(sheet.name, reference(row.number, head.columns[EXPLANATION])), str(error))
            continue
        if not text:
            continue
        place = Place(sheet.name, reference(row.number, head.columns[EXPLANATION]))
        if code not in reader.elements:
            _report_unknown_code(sheet, row, head, reader, code)
            continue
        reader.answers.units.setdefault(unit, Place(sheet.name, reference(row.number, head.columns[UNIT])))
        row_cells = reader.answers.cells.setdefault(unit, {})
        cell = row_cells.get(code) or TypedCell(Typed(base=reader.base(unit, code)), place)
        if cell.typed.explanation or cell.clears_explanation:
            reader.fault(place, _("Ô này đã có giải trình ở dòng trên. Hãy giữ một dòng."))
            continue
        row_cells[code] = _with_explanation(cell, text)
