"""Rendered files read back before they are published: each must say what the report says.

Each is read with a reader that knows nothing of how it was written: Word and HTML line by line, the workbook
cell by cell, the text layer of the PDF figure by figure.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pypdf.errors import PyPdfError

from dxreport.lib.reading import WorkbookRefused
from dxreport.lib.workbooks import clean
from reporting.appendix_check import faults
from reporting.editions.freezing import canonical
from reporting.editions.pdf_letters import letters
from reporting.editions.refusals import Unlike
from reporting.models import EditionFile
from reporting.report.content import FigureText, Paragraph, Report, Table

Kind = EditionFile.Kind
_TAG = re.compile(r"<[^>]+>")
# Where Word and HTML set footnote marks, labels and list marks between the words of a line.
_NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_STYLE = re.compile(r"<(style|head)\b.*?</\1>", re.DOTALL)
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?%?")
_SPACE = re.compile(r"\s+")


def check(kind: str, data: bytes, content: Mapping[str, Any], report: Report) -> None:
    """Raise Unlike where the file `data` lacks words or figures of the report."""
    if kind == Kind.JSON:
        if canonical(json.loads(data)) != canonical(content):
            raise _unlike(kind, "JSON")
        return
    if kind == Kind.PDF:
        check_pdf(data, report)
        return
    if kind == Kind.XLSX:
        _check_workbook(data, report)
        return
    found = _READERS[kind](data)
    for words in _body(report):
        if _plain(words) not in found:
            raise _unlike(kind, words)


def _unlike(kind: str, words: str) -> Unlike:
    return Unlike(
        _("Tệp %(kind)s vừa tạo không khớp ở “%(words)s” nên chưa công bố. Hãy báo người quản trị hệ thống.")
        % {"kind": kind.upper(), "words": words[:120]}
    )


def _body(report: Report) -> list[str]:
    """What stands in the text of a document, each as one run of words, appendix included."""
    words = [report.subject]
    for block in report.blocks:
        if isinstance(block, Table):
            words += [cell.text for row in block.rows for cell in row]
        elif isinstance(block, Paragraph):
            words.append(block.text)
    return [*words, *(line.text for row in report.appendix.rows for line in row.lines)]


def _word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = parts.read("word/document.xml").decode()
    return _text("".join(re.findall(r"<w:t\b[^>]*>([^<]*)</w:t>|(?=<w:p[ >])", xml)))


def _html(data: bytes) -> str:
    return _text(_TAG.sub("", _NOTE_MARK.sub("", _STYLE.sub("", data.decode()))))


def check_pdf(data: bytes, report: Report) -> None:
    """Raise Unlike where the text layer lacks a number of the text's figures or of the appendix.

    Numbers and not whole sentences: what a page break puts between two words is no fault.
    """
    try:
        found = _plain(letters(data))
    except PyPdfError as error:
        raise _unlike(Kind.PDF, str(error)) from error
    paragraphs = (block for block in report.blocks if isinstance(block, Paragraph))
    figures = [one.text for block in paragraphs for one in block.inlines if isinstance(one, FigureText)]
    results = [line.result for row in report.appendix.rows for line in row.lines]
    for words in (*figures, *results):
        if any(number not in found for number in _NUMBER.findall(words)):
            raise _unlike(Kind.PDF, words)


def _check_workbook(data: bytes, report: Report) -> None:
    try:
        found = list(map(str, faults(data, report.appendix)))
    except WorkbookRefused as error:
        found = [error.sentence]
    if found:
        raise _unlike(Kind.XLSX, found[0])


def _text(marked: str) -> str:
    return _plain(html.unescape(marked))


def _plain(words: str) -> str:
    """Without any space, which each format sets where it likes."""
    return _SPACE.sub("", clean(words))


_READERS: dict[str, Callable[[bytes], str]] = {Kind.DOCX: _word, Kind.HTML: _html}
