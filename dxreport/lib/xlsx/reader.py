"""A whole workbook, value by value: the function that the limited child runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from dxreport.lib.archives import Bounds, shortened
from dxreport.lib.limited_child import Refused
from dxreport.lib.xlsx.markup import read, stream
from dxreport.lib.xlsx.package import Package
from dxreport.lib.xlsx.parts import Properties, SharedTexts, SheetEntry, Styles, WorkbookPart
from dxreport.lib.xlsx.sheets import Budget, SheetPart


def contents(
    source: IO[bytes], *, entries: int, unpacked: int, ratio: int, rows: int, cells: int
) -> Iterator[Any]:
    """{"properties": {...}}, then for each sheet {"sheet": name, "hidden": bool} and its rows, each
    [number, [column, kind, text, column, kind, text, ...]]. Rows and cells without content are left out.

    Kinds are those of `dxreport.lib.xlsx.sheets`. Raises Refused.
    """
    package = Package(source, Bounds(entries, unpacked, ratio))
    workbook_name = only_part(package.relations(), "officeDocument")
    workbook = WorkbookPart()
    read(package.archive, package.part(workbook_name), workbook)
    relations = package.relations(workbook_name)
    texts, styles = SharedTexts(), Styles()
    for kind, handler in (("sharedStrings", texts), ("styles", styles)):
        for part in parts_of(relations, kind):
            read(package.archive, package.part(part), handler)
    yield {"properties": _properties(package)}

    budget = Budget(rows, cells)
    has_rows = False
    for entry, part in worksheets(workbook, relations):
        yield {"sheet": entry.name, "hidden": entry.hidden}
        sheet = SheetPart(
            entry.name,
            texts=texts.texts,
            dates=styles.dates,
            counts_from_1904=workbook.counts_from_1904,
            budget=budget,
        )
        for row in _rows(package.archive, package.part(part), sheet):
            has_rows = True
            yield row
    if not has_rows:
        raise Refused("no-rows")


Relations = dict[str, tuple[str, str]]


def parts_of(relations: Relations, kind: str) -> list[str]:
    """The parts that stand in this relation, in the order of the file."""
    return [part for found, part in relations.values() if found == kind]


def only_part(relations: Relations, kind: str) -> str:
    """The one part that stands in this relation. Raises Refused."""
    parts = parts_of(relations, kind)
    if len(parts) != 1:
        raise Refused("missing-part", part=kind)
    return parts[0]


def _properties(package: Package) -> dict[str, str]:
    found = Properties()
    for part in parts_of(package.relations(), "custom-properties"):
        read(package.archive, package.part(part), found)
    return found.properties


def worksheets(workbook: WorkbookPart, relations: Relations) -> list[tuple[SheetEntry, str]]:
    """The sheets with cells; a sheet that is a chart has none."""
    found: dict[str, SheetEntry] = {}
    for entry in workbook.sheets:
        if entry.relation not in relations:
            raise Refused("missing-sheet", sheet=shortened(entry.name))
        kind, part = relations[entry.relation]
        if kind == "worksheet":
            if part in found:
                raise Refused("duplicate-sheet", sheet=shortened(entry.name))
            found[part] = entry
    if not found:
        raise Refused("no-sheets")
    return [(entry, part) for part, entry in found.items()]


def _rows(archive: zipfile.ZipFile, part: zipfile.ZipInfo, sheet: SheetPart) -> Iterator[list[Any]]:
    for _pause in stream(archive, part, sheet):
        yield from sheet.rows
        sheet.rows = []
    if not sheet.found_data:
        raise Refused("broken-part", part=shortened(part.filename))
