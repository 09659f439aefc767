"""Files that are not what they say, or mean harm: refused with one sentence, quickly, within limits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from reporting.lint.checking import LIMITS, TextRefused, examine
from reporting.lint.readers.document import _DEEPEST
from reporting.lint.refusals import SENTENCES
from tests.hostile.packing import packed, parts_of, sheet
from tests.reporting.lint.samples import as_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TRACES = re.compile(r"Traceback|Error\b|Exception|None\b|%\(|[\x00-\x1f]")


def document(body: str, *, head: str = "", kind: str = PLAIN, parts: dict[str, bytes] | None = None) -> bytes:
    """A Word file put together by hand."""
    content = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": TYPES.format(kind).encode(),
            "word/document.xml": content.encode(),
            **(parts or {}),
        }
    )


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def bomb() -> bytes:
    return document("", parts={"word/media/image1.bin": b"\0" * 40_000_000})


def many_bombs() -> bytes:
    # Each grows within the ratio allowed, all of them together beyond the size.
    noise = bytes(range(256)) * 30
    return document("", parts={f"word/media/{number}.bin": noise * 1200 for number in range(9)})


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le")


ENTITIES = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
HOSTILE: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("an unknown kind", "a.pdf", lambda: b"%PDF-1.7", "unknown-kind"),
    ("nothing", "a.docx", lambda: b"", "empty-file"),
    ("spaces only", "a.txt", lambda: b"  \n ", "empty-file"),
    ("no words", "a.docx", lambda: document(""), "no-words"),
    ("half a zip", "a.docx", lambda: document(paragraph("x"))[:200], "half"),
    ("an old .doc", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-doc"),
    ("a password", "a.docx", encrypted, "encrypted"),
    ("a workbook called .docx", "a.docx", lambda: packed(parts_of(sheet(""))), "not-docx"),
    ("a text called .docx", "a.docx", lambda: b"Xin ch\xc3\xa0o", "not-docx"),
    ("a document called .xlsx", "a.xlsx", lambda: as_docx("Chữ"), "not-workbook"),
    ("a document called .txt", "a.txt", lambda: as_docx("Chữ"), "not-text"),
    ("a document called .html", "a.html", lambda: as_docx("Chữ"), "not-text"),
    ("a PDF called .md", "a.md", lambda: b"%PDF-1.7 \x00", "not-text"),
    ("another encoding", "a.txt", lambda: b"T\xd2 l\xd6 84%", "encoding"),
    ("a program called .txt", "a.txt", lambda: b"MZ\x00\x01" * 50, "not-text"),
    ("macros under another name", "a.docx", lambda: document(paragraph("x"), kind=WITH_MACROS), "macros"),
    ("macros", "a.docx", lambda: document(paragraph("x"), parts={"word/vbaProject.bin": b"1"}), "macros"),
    ("entities", "a.docx", lambda: document(paragraph("&c;"), head=ENTITIES), "doctype"),
    ("a file of the server", "a.docx", lambda: document(paragraph("&b;"), head=OUTSIDE), "doctype"),
    ("broken markup", "a.docx", lambda: document("<w:p><w:r>"), "broken-part"),
    ("deep nesting", "a.docx", lambda: document("<w:sdt>" * _DEEPEST + "</w:sdt>" * _DEEPEST), "deep"),
    ("a bomb", "a.docx", bomb, "ratio"),
    ("many bombs", "a.docx", many_bombs, "ratio"),
    ("a way out", "a.docx", lambda: document(paragraph("x"), parts={"../../etc/cron": b"1"}), "name"),
    ("too many words", "a.txt", lambda: b"Ch\xe1\xbb\xaf. " * 300_000, "too-long"),
    ("too many lines", "a.txt", lambda: b"a\n\n" * 30_000, "too-long"),
    ("too large", "a.txt", lambda: b"a" * (LIMITS.file + 1), "file"),
]


@pytest.mark.parametrize(
    ("name", "code", "make"), [(n, c, m) for _t, n, m, c in HOSTILE], ids=[one[0] for one in HOSTILE]
)
def test_it_is_refused_with_a_sentence(name: str, code: str, make: Callable[[], bytes]):
    with pytest.raises(TextRefused) as caught:
        examine(make(), name)
    assert caught.value.code == code
    assert "Hãy" in caught.value.sentence
    assert not TRACES.search(caught.value.sentence)


def test_a_hundred_megabytes_are_not_even_read():
    class Huge(bytes):
        def __len__(self) -> int:
            return 100 * 1024 * 1024

    with pytest.raises(TextRefused, match="lớn hơn 10 MB"):
        examine(Huge(), "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "1/" * 20_000,
        "(" * 40_000,
        "7.661 " * 8_000,
        "có 5 trường, " * 3_000,
        "ngày " * 8_000 + "31/02/2023",
        "1 + " * 10_000 + "= 3",
        "trong đó: 5 " * 4_000,
        "Thực hiện Kế hoạch số " * 2_000,
        "a, " * 15_000,
        "I. " * 15_000,
        "A" * 20_000 + " số: 12, gồm: " + "b, " * 9_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_text_made_to_be_slow_is_finished_all_the_same(text: str):
    """Within half of the time that it may take."""
    limits = replace(LIMITS, process=replace(LIMITS.process, cpu_seconds=LIMITS.process.cpu_seconds // 2))
    assert examine(text.encode(), "a.txt", limits=limits).passages


def test_an_embedded_object_or_a_picture_is_no_reason_to_refuse_and_is_never_opened():
    data = document(
        paragraph("Có 200/231 cơ sở, đạt tỉ lệ 86,5%."), parts={"word/embeddings/oleObject1.bin": b"MZ"}
    )
    assert [one.printed for one in examine(data, "a.docx").findings] == ["86,5%"]


def test_what_a_tracked_change_removed_and_a_second_reading_of_a_drawing_are_not_read():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f"<w:p><w:r><w:t>Có </w:t></w:r><w:del><w:r><w:delText>300</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>200</w:t></w:r></w:ins>"
        f'<w:r><w:t>/231 cơ sở.</w:t></w:r></w:p><w:p><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>'
        f"<w:r><w:t>một</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>hai</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert [one.text for one in examine(document(body), "a.docx").passages] == ["Có 200/231 cơ sở.", "một"]


def test_every_refusal_says_what_to_do_next():
    assert [code for code, sentence in SENTENCES.items() if "Hãy" not in str(sentence)] == []


def test_a_zip_without_a_document_is_none():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(TextRefused, match="không phải tệp Word"):
        examine(file.getvalue(), "a.docx")
