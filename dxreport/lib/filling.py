"""Filling the named cells of a workbook in place: what is not filled stays as it is, byte for byte.

A library that reads a workbook and writes it anew loses what it does not know: pictures, text boxes,
printer settings, the sizes of notes. Here only the sheets with filled cells, the list of styles and the
description of the file are touched, and in them only what has to be. The workbook is one that was checked
before it was kept.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from lxml import etree

from dxreport.lib.cell_styles import CellStyles
from dxreport.lib.files import with_fixed_dates
from dxreport.lib.naming import shown
from dxreport.lib.workbooks import FORMULA_MARKS, LARGEST_EXACT, clean, height_for
from dxreport.lib.xlsx.names import Area, area_of
from dxreport.lib.xlsx.parts import plain
from dxreport.lib.xlsx.sheets import column_number, letters

_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOMENTS = ("{http://purl.org/dc/terms/}created", "{http://purl.org/dc/terms/}modified")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Capitals take this much more room than the letters that heights are reckoned with.
_CAPITALS = 0.7
_HIGHEST_ROW = 409.0  # points; a spreadsheet takes no more
_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43

Element = Any  # lxml's elements have no types of their own


@dataclass(frozen=True)
class Filled:
    """What a cell gets: a text, or a number with the format that shows it; None leaves it empty."""

    value: str | int | Decimal | None
    format: str = ""


# One cell, or texts for the rows of an area, a row a text.
Filling = Filled | Sequence[str]


def fill(data: bytes, filling_of: Callable[[str], Filling | None], *, title: str, made_on: dt.date) -> bytes:
    """The workbook `data` with what `filling_of` has for each defined name; None leaves a cell alone.

    The same content gives the same bytes.
    """
    book = _Book(data)
    for name, area in book.areas():
        filling = filling_of(name)
        if filling is not None:
            _put(book.sheet(area.sheet), area, filling)
    return book.packed(title=title, made_on=made_on)


def names_in(data: bytes) -> list[str]:
    """The names of areas in a workbook of ours."""
    return [name for name, _area in _Book(data).areas()]


def _put(sheet: _Sheet, area: Area, filling: Filling) -> None:
    if isinstance(filling, Filled):
        sheet.put(area, filling)
        return
    rows = range(area.top, area.bottom + 1)
    merged = sheet.is_merged(area)
    if merged or len(rows) == 1:
        sheet.put(area, Filled("\n".join(filling)))
        return
    # What does not find a row of its own goes into the last one.
    texts = [*filling[: len(rows) - 1], "\n".join(filling[len(rows) - 1 :])]
    for row, text in zip(rows, [*texts, *[""] * (len(rows) - len(texts))], strict=True):
        sheet.put(Area(area.sheet, row, area.left, row, area.right), Filled(text))
        if not text:
            sheet.hide(row)


class _Book:
    """The parts of a workbook, those that are looked at as trees."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, Element] = {}
        package = self._relations("")
        self._workbook_name = next(part for kind, part in package.values() if kind == "officeDocument")
        self._workbook = self._tree(self._workbook_name)
        self._main = etree.QName(self._workbook).namespace
        self._kept = self._relations(self._workbook_name)
        self.styles = CellStyles(self._tree(self._part_of("styles")), self._main)
        self._sheets: dict[str, _Sheet] = {}

    def areas(self) -> list[tuple[str, Area]]:
        """All names that point at one area, with it."""
        names = self._workbook.iter(f"{{{self._main}}}definedName")
        found = ((one.get("name", ""), area_of(one.text or "")) for one in names)
        return [(name, area) for name, area in found if area is not None]

    def sheet(self, name: str) -> _Sheet:
        if name not in self._sheets:
            entry = next(
                one for one in self._workbook.iter(f"{{{self._main}}}sheet") if plain(one.get("name")) == name
            )
            _kind, part = self._kept[entry.get(_RELATION)]
            self._sheets[name] = _Sheet(self._tree(part), self._main, self.styles)
        return self._sheets[name]

    def packed(self, *, title: str, made_on: dt.date) -> bytes:
        self._ask_for_recalculation()
        self._describe(title, made_on)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                tree = self._trees.get(name)
                is_changed = tree is not None and etree.tostring(tree) != etree.tostring(_parsed(content))
                archive.writestr(name, _written(tree) if is_changed else content)
        return with_fixed_dates(packed.getvalue())

    def _tree(self, part: str) -> Element:
        if part not in self._trees:
            self._trees[part] = _parsed(self._parts[part])
        return self._trees[part]

    def _part_of(self, kind: str) -> str:
        return next(part for found, part in self._kept.values() if found == kind)

    def _relations(self, of: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(of)
        where = posixpath.join(folder, "_rels", f"{name}.rels") if of else "_rels/.rels"
        return {
            one.get("Id"): (
                one.get("Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip("/"),
            )
            for one in _parsed(self._parts[where])
        }

    def _ask_for_recalculation(self) -> None:
        """Formulas elsewhere may speak of filled cells: what they gave before would be a lie."""
        tag = f"{{{self._main}}}"
        has_formulas = False
        for kind, part in self._kept.values():
            cells = self._tree(part).iter(f"{tag}c") if kind == "worksheet" else ()
            for cell in cells:
                if cell.find(f"{tag}f") is not None:
                    has_formulas = True
                    for value in cell.findall(f"{tag}v"):
                        cell.remove(value)
        if not has_formulas:
            return
        calculation = self._workbook.find(f"{tag}calcPr")
        if calculation is None:
            calculation = etree.Element(f"{tag}calcPr")
            self._workbook.find(f"{tag}definedNames").addnext(calculation)
        calculation.set("fullCalcOnLoad", "1")

    def _describe(self, title: str, made_on: dt.date) -> None:
        if _CORE not in self._parts:
            return
        root = self._tree(_CORE)
        found = root.find(_TITLE)
        if found is None:
            found = etree.SubElement(root, _TITLE)
        found.text = clean(title)
        for tag in _MOMENTS:
            moment = root.find(tag)
            if moment is not None:
                moment.text = f"{made_on.isoformat()}T00:00:00Z"


class _Sheet:
    """One sheet whose cells are filled."""

    def __init__(self, root: Element, main: str, styles: CellStyles) -> None:
        self._tag, self._root, self._styles = f"{{{main}}}", root, styles
        self._rows = dict(self._numbered(root.find(f"{self._tag}sheetData"), _row_number))
        self._merged = self._read_merged()
        self._widths = self._read_widths()

    def is_merged(self, area: Area) -> bool:
        return self._merged.get((area.top, area.left)) == (area.bottom, area.right)

    def put(self, area: Area, filled: Filled) -> None:
        cell = self._cell(area.top, area.left)
        style = int(cell.get("s", "0"))
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        value = filled.value
        if isinstance(value, int) and abs(value) > LARGEST_EXACT:
            value = str(value)
        if isinstance(value, str):
            self._put_text(cell, style, clean(value))
            self._make_room(area, style, clean(value))
        elif value is not None:
            self._put_number(cell, style, Decimal(value), filled.format)

    def hide(self, row: int) -> None:
        self._row(row).set("hidden", "1")

    def _put_text(self, cell: Element, style: int, text: str) -> None:
        if not text:
            return
        if text.startswith(FORMULA_MARKS):
            cell.set("s", str(self._styles.variant(style, "", is_quoted=True)))
        cell.set("t", "inlineStr")
        holder = etree.SubElement(etree.SubElement(cell, f"{self._tag}is"), f"{self._tag}t")
        holder.text = text
        holder.set(_SPACE, "preserve")

    def _put_number(self, cell: Element, style: int, number: Decimal, code: str) -> None:
        # A format of the template's own that shows the same is its author's choice.
        if code and shown(number, self._styles.format_of(style)) != shown(number, code):
            cell.set("s", str(self._styles.variant(style, code)))
        etree.SubElement(cell, f"{self._tag}v").text = format(number, "f")

    def _make_room(self, area: Area, style: int, text: str) -> None:
        """Raise the last row of the cell, merged or not, until its text fits; a row is never lowered."""
        if not text or not self._styles.wraps(style):
            return
        bottom, right = self._merged.get((area.top, area.left), (area.top, area.left))
        width = sum(self._widths.get(column, _USUAL_WIDTH) for column in range(area.left, right + 1))
        if text.isupper():
            width *= _CAPITALS
        needed = height_for((text, width), size=self._styles.size_of(style))
        rows = [self._row(number) for number in range(area.top, bottom + 1)]
        lacking = needed - sum(float(row.get("ht", _USUAL_HEIGHT)) for row in rows)
        if lacking > 0:
            height = min(_HIGHEST_ROW, float(rows[-1].get("ht", _USUAL_HEIGHT)) + lacking)
            rows[-1].set("ht", f"{height:.1f}")
            rows[-1].set("customHeight", "1")

    def _cell(self, row: int, column: int) -> Element:
        holder = self._row(row)
        cells = list(self._numbered(holder, _column_of))
        for number, cell in cells:
            if number == column:
                return cell
        holder.attrib.pop("spans", None)
        new = etree.Element(f"{self._tag}c", r=f"{letters(column)}{row}")
        if holder.get("s"):
            new.set("s", holder.get("s"))
        holder.insert(sum(number < column for number, _cell in cells), new)
        return new

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            new = etree.Element(f"{self._tag}row", r=str(number))
            self._root.find(f"{self._tag}sheetData").insert(sum(one < number for one in self._rows), new)
            self._rows[number] = new
        return self._rows[number]

    def _numbered(self, parent: Element, number_of: Any) -> list[tuple[int, Element]]:
        """Rows of a sheet or cells of a row with their numbers, which a file may leave out."""
        found: list[tuple[int, Element]] = []
        for one in parent:
            number = number_of(one.get("r")) if one.get("r") else (found[-1][0] if found else 0) + 1
            found.append((number, one))
        return found

    def _read_merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first row and column of merged cells -> the last ones."""
        references = (one.get("ref").partition(":") for one in self._root.iter(f"{self._tag}mergeCell"))
        return {_place(first): _place(last) for first, _colon, last in references}

    def _read_widths(self) -> dict[int, float]:
        return {
            column: float(one.get("width", _USUAL_WIDTH))
            for one in self._root.iter(f"{self._tag}col")
            for column in range(int(one.get("min")), min(int(one.get("max")), 200) + 1)
        }


def _row_number(reference: str) -> int:
    return int(reference)


def _column_of(reference: str) -> int:
    return column_number(reference.rstrip("0123456789"))


def _place(reference: str) -> tuple[int, int]:
    """ "B7" -> (7, 2)."""
    return int(reference.lstrip(ascii_uppercase)), _column_of(reference)


def _parsed(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(tree: Element) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
