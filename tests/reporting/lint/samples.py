"""The labelled texts of `corpus/`, written as files of each kind."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from docx import Document

from reporting.lint.checking import KINDS, LIMITS
from reporting.lint.child import examined
from reporting.lint.sentences import Finding, finding_of
from tests.hostile.packing import packed

CORPUS = Path(__file__).parent / "corpus"
_CALL = re.compile(r"\[\^(\w+)\]")
_NOTE = re.compile(r"\[\^(\w+)\]: (.*)")


@dataclass(frozen=True)
class Sample:
    """A text with the faults that were planted in it: (rule, words that it is about)."""

    name: str
    file_name: str
    data: bytes
    faults: tuple[tuple[str, str], ...]
    is_held_out: bool = False


@cache
def samples(kind: str) -> list[Sample]:
    """All samples of the files `corpus/<kind>-*.yaml`: "faulty" or "clean"."""
    found = []
    for path in sorted(CORPUS.glob(f"{kind}-*.yaml")):
        held_out = path.stem.endswith("held-out")
        found += [_sample(entry, held_out) for entry in yaml.safe_load(path.read_text())]
    return found


def findings(data: bytes, file_name: str) -> list[Finding]:
    """What is found in a file: read and checked as the limited child does, but without the child."""
    limits = asdict(LIMITS)
    kind = KINDS[f".{file_name.rpartition('.')[2]}"]
    (answer,) = examined(
        io.BytesIO(data),
        kind=kind,
        **{name: limits[name] for name in limits if name not in ("file", "process")},
    )
    return [finding_of(fault, answer["passages"]) for fault in answer["faults"]]


def _sample(entry: dict[str, Any], is_held_out: bool) -> Sample:
    text = unicodedata.normalize("NFD", entry["text"]) if entry.get("nfd") else entry["text"]
    faults = tuple((fault["rule"], fault["words"]) for fault in entry.get("faults", ()))
    file_name = f"{entry['name']}.{entry['format']}"
    return Sample(entry["name"], file_name, as_file(text, entry["format"]), faults, is_held_out)


def as_file(text: str, kind: str) -> bytes:
    """The text as a file: paragraphs, "# headings", "| cells |" and "[^1]: footnotes"."""
    match kind:
        case "docx":
            return as_docx(text)
        case "xlsx":
            return as_xlsx(text)
        case "html":
            return as_html(text)
    return text.encode()


def _blocks(text: str) -> Iterator[list[str]]:
    """Tables as runs of their rows; every other line by itself."""
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", line):
                rows.append(line)
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield [line]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def as_docx(text: str) -> bytes:
    """A Word file with tables, headings and true footnotes."""
    document = Document()
    notes: list[tuple[str, str]] = []
    for block in _blocks(text):
        if block[0].startswith("|"):
            rows = [_cells(row) for row in block]
            table = document.add_table(len(rows), max(map(len, rows)))
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    table.cell(at, column).text = cell
        elif note := _NOTE.match(block[0]):
            notes.append((note[1], note[2]))
        elif block[0].startswith("# "):
            document.add_heading(block[0][2:], 1)
        else:
            document.add_paragraph(block[0])
    file = io.BytesIO()
    document.save(file)
    return _with_notes(file.getvalue(), notes) if notes else file.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _with_notes(data: bytes, notes: list[tuple[str, str]]) -> bytes:
    """The file with "[^1]" turned into calls of footnotes, as Word writes them."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    body = _CALL.sub(
        r'</w:t></w:r><w:r><w:footnoteReference w:id="\1"/></w:r><w:r><w:t xml:space="preserve">', body
    )
    parts["word/document.xml"] = body.encode()
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{html.escape(words)}</w:t></w:r></w:p></w:footnote>"
        for number, words in notes
    )
    parts["word/footnotes.xml"] = f"<w:footnotes {_W}>{written}</w:footnotes>".encode()
    return packed(parts)


def as_xlsx(text: str) -> bytes:
    """A workbook: whole numbers as numbers, everything else as text."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for block in _blocks(text):
        for row in block:
            sheet.append([_cell(cell) for cell in _cells(row)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(text: str) -> int | str:
    plain = text.replace(".", "")
    return int(plain) if re.fullmatch(r"\d{1,3}(?:\.\d{3})*", text) else text if plain else ""


def as_html(text: str) -> bytes:
    """A web page."""
    blocks = []
    for block in _blocks(text):
        if block[0].startswith("|"):
            rows = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(row)) + "</tr>"
                for row in block
            )
            blocks.append(f"<table>{rows}</table>")
        elif block[0].startswith("# "):
            blocks.append(f"<h2>{html.escape(block[0][2:])}</h2>")
        else:
            blocks.append(f"<p>{html.escape(block[0])}</p>")
    head = '<!doctype html><html lang="vi"><head><title>1/3 (99%)</title></head>'
    return f"{head}<body>{''.join(blocks)}</body></html>".encode()
