"""Templates that somebody sent: good ones pass whoever saved them, and each bad one is told why not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dxreport.lib import limited
from reporting.report import template_check
from reporting.report.content import Report
from reporting.report.template.filling import Filling
from reporting.report.template.grammar import MOST_TAGS
from reporting.report.template.sample import REQUIRED, SAMPLE
from reporting.report.template_check import MIB, check_template
from reporting.report.word import TEMPLATE, context, to_docx
from tests.reporting.word_habits import saved_by_word, with_parts
from tests.reporting.word_reading import WordFile

DELIVERED = TEMPLATE.read_bytes()
BY_LIBREOFFICE = (Path(__file__).parent / "templates" / "libreoffice.docx").read_bytes()
BY_WORD = saved_by_word(DELIVERED)
TEMPLATES = {"delivered": DELIVERED, "saved by LibreOffice": BY_LIBREOFFICE, "with Word's habits": BY_WORD}
DOCUMENT = "word/document.xml"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check without its child process, which takes a second to begin."""

    def run(function: Callable[..., Iterable[Any]], data: bytes, **_limits: object) -> limited.Outcome:
        return limited.Outcome(list(function(io.BytesIO(data))), 0)

    monkeypatch.setattr("reporting.report.template_check.limited.run", run)


# --- Good templates -----------------------------------------------------------------------


@pytest.mark.parametrize("data", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_passes_whichever_program_saved_it(data: bytes) -> None:
    assert check_template(data) == []


@pytest.mark.usefixtures("published_figures", "db")
@pytest.mark.parametrize("data", TEMPLATES.values(), ids=TEMPLATES)
def test_a_report_says_the_same_over_each_of_them(written: Report, data: bytes) -> None:
    def lines(file: bytes) -> list[str]:
        return [one.text for one in WordFile(file).lines if one.text.strip()]

    assert lines(to_docx(written, data)) == lines(to_docx(written))
    assert notes(to_docx(written, data)) == len(written.notes)


def notes(file: bytes) -> int:
    """How many footnotes the text refers to that are there."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        text, footnotes = parts.read(DOCUMENT).decode(), parts.read("word/footnotes.xml").decode()
    numbers = [piece.split('"')[1] for piece in text.split("<w:footnoteReference ")[1:]]
    return sum(f'<w:footnote w:id="{number}">' in footnotes for number in numbers)


def test_word_cuts_tags_into_pieces() -> None:
    """The fixture is what it says: no tag of a condition is whole any more."""
    text = zipfile.ZipFile(io.BytesIO(BY_WORD)).read(DOCUMENT).decode()
    assert "block.kind" not in text
    assert "‘" in text
    assert "mc:AlternateContent" in text


@pytest.mark.usefixtures("at_once")
def test_a_department_may_change_words_styles_and_order() -> None:
    changed = edited(("Nơi nhận:", "NƠI NHẬN:"), ("{{ subject }}", "{{ subject | upper }}"))
    assert check_template(changed) == []


@pytest.mark.usefixtures("published_figures", "db")
def test_the_sample_has_a_specimen_of_all_that_a_report_fills_in(written: Report) -> None:
    def names(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: names(one) for name, one in value.items()}
        return [names(value[0])] if isinstance(value, list) and value else type(value).__name__

    found, sample = context(written, Filling(DELIVERED)), dict(SAMPLE)
    blocks, specimens = found.pop("blocks"), sample.pop("blocks")
    found["labels"] = found["labels"] or ["Số liệu tạm tính"]
    assert names(found) == names(sample)
    for block in blocks:
        assert names(block) in [names(one) for one in specimens]


# --- Bad files ------------------------------------------------------------------------------


def edited(*changes: tuple[str, str], part: str = DOCUMENT) -> bytes:
    """The delivered template with some of its text replaced."""

    def change(xml: str) -> str:
        for old, new in changes:
            assert old in xml, old
            xml = xml.replace(old, new)
        return xml

    return with_parts(DELIVERED, {part: change})


def long_text() -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(140_000))
    return with_body(lines)


def with_part(name: str, content: str = "x") -> bytes:
    return with_parts(DELIVERED, {name: lambda _nothing: content})


def with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    relation = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    return edited(("</Relationships>", f"{relation}</Relationships>"), part="word/_rels/document.xml.rels")


def workbook() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def with_field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    return with_body(f"<w:p>{begin}{runs}{end}</w:p>")


def with_body(xml: str) -> bytes:
    return edited(("<w:body>", f"<w:body>{xml}"))


def with_tag(tag: str) -> bytes:
    return with_body(f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>")


def with_loops(*tags: str) -> bytes:
    lines = [*tags, *["{%p endfor %}"] * len(tags)]
    return with_body("".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in lines))


MANY = [f"word/media/image{n}.png" for n in range(41)]
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
FILES = {
    "nothing": (
        lambda: b"", "Tệp rỗng"),
    "a picture": (
        lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 100, "không phải văn bản Word"),
    "half a file": (
        lambda: DELIVERED[:5000], "tải lên dở dang"),
    "an old .doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "Word đời cũ"),
    "one with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "đặt mật khẩu",
    ),
    "a workbook": (
        lambda: workbook(), "không phải văn bản Word"),
    "a zip bomb": (
        lambda: with_parts(DELIVERED, dict.fromkeys(MANY, lambda _nothing: "0" * MIB)), "lớn hơn 40 MB"),
    "a repetition": (
        lambda: with_part("word/media/image9.png", "0" * (3 * MIB)), "nén quá 200 lần"),
    "too long a text": (
        lambda: long_text(), "lớn hơn 4 MB"),
    "an entity bomb": (
        lambda: with_parts(DELIVERED, {"word/styles.xml": lambda xml: BOMB + xml.split("?>", 1)[1]}),
        "khai báo DTD",
    ),
    "broken XML": (
        lambda: edited(("</w:body>", "")), "bị hỏng"),
    "a macro": (
        lambda: with_part("word/vbaProject.bin"), "chứa macro (word/vbaProject.bin)"),
    "a .docm by its type": (
        lambda: edited(
            (
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "vnd.ms-word.document.macroEnabled.main+xml",
            ),
            part="[Content_Types].xml",
        ),
        "chứa macro",
    ),
    "a linked picture": (
        lambda: with_relation("image", "http://example.org/a.png"), "liên kết ra ngoài (http://exam"),
    "a link to a share": (
        lambda: with_relation("hyperlink", "file:///\\\\host\\share"), "liên kết ra ngoài (file:"),
    "a link that hides its mode": (
        lambda: with_relation("image", "https://example.org/", "Internal"), "liên kết ra"),
    "another template": (
        lambda: with_relation("attachedTemplate", "file:///C:/a.dotm"), "liên kết ra ngoài"),
    "an embedded object": (
        lambda: with_relation("oleObject", "embeddings/a.bin", "Internal"), "đối tượng nhúng"),
    "a chunk of HTML": (
        lambda: with_body('<w:altChunk r:id="rId1"/>'), "đối tượng nhúng (altChunk)"),
    "a picture by its address": (
        lambda: with_body('<w:p><w:r><w:pict><v:imagedata src="http://example.org/a"/></w:pict></w:r></w:p>'),
        "liên kết ra ngoài",
    ),
    "a field that reads a file": (
        lambda: with_field("INCLUDETEXT", ' "C:/a.docx"'), "trường “INCLUDETEXT”"),
    "a field in pieces": (
        lambda: with_field("INCL", "UDEPIC", "TURE x"), "trường “INCLUDEPICTURE”"),
    "a simple field": (
        lambda: with_body('<w:p><w:fldSimple w:instr=" DDEAUTO c:/x "/></w:p>'), "trường “DDEAUTO”"),
    "a field within a field": (
        lambda: with_body(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>REF x</w:instrText></w:r></w:p>"
        ),
        "trường “…”",
    ),
    "a field that nothing closes": (
        lambda: with_body("<w:p><w:r><w:instrText>DDE x y</w:instrText></w:r></w:p>"),
        "trường “DDE”",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("build", "sentence"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_plain_word_document_is_refused(build: Callable[[], bytes], sentence: str) -> None:
    found = check_template(build())
    assert [one for one in found if sentence in one], found


def test_a_file_of_more_than_five_megabytes_is_not_looked_at() -> None:
    assert check_template(b"PK\x03\x04" * (2 * MIB)) == [
        "Tệp lớn hơn 5 MB. Hãy giảm dung lượng hình ảnh trong mẫu rồi tải lên lại."
    ]


# --- Bad tags -------------------------------------------------------------------------------

TAGS = {
    "{{ ''.__class__.__mro__ }}": "tìm cách gọi vào chương trình",
    "{{ subject.__class__ }}": "tìm cách gọi vào chương trình",
    "{{ head['__class__'] }}": "tìm cách gọi vào chương trình",
    "{{ __import__ }}": "tìm cách gọi vào chương trình",
    "{{ subject|attr('x') }}": "bộ lọc “attr”",
    "{{ subject|replace('a', 'b') }}": "bộ lọc “replace”",
    "{{ head|upper }}": "bộ lọc “upper”",
    "{{ cycler.__init__.__globals__ }}": "tìm cách gọi vào chương trình",
    "{{ lipsum() }}": "gọi hàm",
    "{{ subject.upper() }}": "gọi hàm",
    "{{ self }}": "không có mục nào tên là “self”",
    "{{ 'a' * 1000000000 }}": "có phép tính",
    "{{ 9 ** 99999999 }}": "có phép tính",
    "{{ [1, 2] }}": "có phép tính",
    "{{ subject ~ subject }}": "có phép tính",
    "{{ subject is defined }}": "có phép tính",
    "{% set x = 1 %}": "chỉ có các thẻ for và if",
    "{% include '/etc/passwd' %}": "chỉ có các thẻ for và if",
    "{% import 'os' as os %}": "chỉ có các thẻ for và if",
    "{% extends 'x' %}": "chỉ có các thẻ for và if",
    "{% macro m() %}{% endmacro %}": "chỉ có các thẻ for và if",
    "{% block b %}{% endblock %}": "chỉ có các thẻ for và if",
    "{% with x = 1 %}{% endwith %}": "chỉ có các thẻ for và if",
    "{% filter upper %}{% endfilter %}": "chỉ có các thẻ for và if",
    "{% for a in rows recursive %}{% endfor %}": "chỉ có các thẻ for và if",
    "{% for a in rows if a %}{% endfor %}": "chỉ có các thẻ for và if",
    "{% autoescape false %}{% endautoescape %}": "chỉ có các thẻ for và if",
    "{% if subject %}": "Không đọc được thẻ",
    "{% endfor %}": "Không đọc được thẻ {% endfor %}",
    "{{ subject": "Không đọc được thẻ {{ subject:",
    "{{ subject }": "Không đọc được thẻ {{ subject }:",
    "subject }}": "Không đọc được thẻ }}:",
    "{{ subjet }}": "Thẻ {{ subjet }}: không có mục nào tên là “subjet”, có phải là “subject”?",
    "{{ head.isuer }}": "“isuer”, có phải là “issuer”?",
    "{{ director_wife }}": "không có mục nào tên là “director_wife”.",
    "{{ subject.length }}": "không có mục nào tên là “length”",
    "{{ loop.index }}": "không có mục nào tên là “loop”",
    "{{ blocks }}": "nêu cả một danh sách",
    "{{ head }}": "nêu cả một danh sách",
    "{{ subject[0] }}": "không phải danh sách",
    "{% for a in subject %}{% endfor %}": "không phải danh sách",
    "{% for subject in rows %}{% endfor %}": "đã là tên của một mục",
    "{% for block in blocks %}{{ block.runs }}{% endfor %}": "phải viết là {{r block.runs }}",
}  # fmt: skip
LOOPS = {
    "by number": (("{%p for a in range(1000000000) %}",), "gọi hàm"),
    "by nesting": (
        ("{%p for a in rows %}", "{%p for b in rows %}", "{%p for c in rows %}"),
        "lặp một danh sách",
    ),
    "by another list": (("{%p for a in rows %}", "{%p for b in blocks %}"), "lặp một danh sách"),
    "by a part twice": (
        ("{%p for a in rows %}", "{%p for b in a.texts %}", "{%p for c in a.texts %}"),
        "lặp một danh sách",
    ),
}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_beyond_names_loops_and_conditions_is_refused(tag: str) -> None:
    found = check_template(with_tag(tag))
    assert [one for one in found if TAGS[tag] in one], found


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("tags", "sentence"), LOOPS.values(), ids=LOOPS)
def test_a_loop_without_bounds_is_refused(tags: tuple[str, ...], sentence: str) -> None:
    found = check_template(with_loops(*tags))
    assert [one for one in found if sentence in one], found


@pytest.mark.usefixtures("at_once")
def test_tags_outside_the_text_are_read_too() -> None:
    hostile = "{{ subject.__class__ }}"
    header = edited(
        ("</w:hdr>", f"<w:p><w:r><w:t>{hostile}</w:t></w:r></w:p></w:hdr>"), part="word/header1.xml"
    )
    title = edited(("Mẫu báo cáo", hostile), part="docProps/core.xml")
    note = f'<w:footnote w:id="5"><w:p><w:r><w:t>{hostile}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    footnotes = edited(("</w:footnotes>", note), part="word/footnotes.xml")
    for data in (header, title, footnotes):
        (found,) = check_template(data)
        assert "tìm cách gọi vào chương trình" in found


@pytest.mark.usefixtures("at_once")
def test_a_tag_that_is_cut_into_pieces_is_read_as_one() -> None:
    pieces = "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in ("{", "{ subject._", "_cla", "ss__ }", "}"))
    (found,) = check_template(with_body(f"<w:p>{pieces}</w:p>"))
    assert "tìm cách gọi vào chương trình" in found


@pytest.mark.usefixtures("at_once")
def test_more_tags_than_a_report_needs_are_refused() -> None:
    (found,) = check_template(with_tag("{{ subject }}" * MOST_TAGS))
    assert f"hơn {MOST_TAGS} thẻ" in found


@pytest.mark.usefixtures("at_once")
def test_all_that_is_wrong_is_told_at_once() -> None:
    found = check_template(
        edited(("{{ subject }}", "{{ subjet }}"), ("{{ block.note }}", "{{ block.nota }}"))
    )
    assert [one.split(":")[0] for one in found] == ["Thẻ {{ subjet }}", "Thẻ {{ block.nota }}"]


# --- What got lost ----------------------------------------------------------------------------

LOST = {
    "{{ subject }}": "trích yếu",
    "{{ place_and_date }}": "địa danh và ngày tháng",
    "{{ head.issuer }}": "tên cơ quan ban hành",
    "{{ post }}": "chức vụ người ký",
    "{{ head.signer }}": "họ tên người ký",
    "({{ label }})": "nhãn số liệu (tạm tính, minh họa)",
    "- {{r block.runs }}": "gạch đầu dòng",
    "{{r block.picture }}": "hình",
    "{{ block.caption }}": "tên bảng",
    "{{ row.subject }}": "nội dung dòng phụ lục",
    "{{ text }}": "số liệu phụ lục",
    "{{ loop.index }}. {{ note }}": "ghi chú phụ lục",
}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("tag", LOST)
def test_a_part_of_the_report_that_the_template_lost_is_named(tag: str) -> None:
    found = check_template(edited((tag, "")))
    assert found == [f"Mẫu không còn chỗ in: {LOST[tag]}. Hãy chép lại thẻ của mục này từ mẫu tải về."]


@pytest.mark.usefixtures("at_once")
def test_a_template_without_the_loop_of_blocks_loses_all_of_them() -> None:
    body = re.compile(r"<w:p>(?:(?!<w:p>).)*for block in blocks.*block\.title.*?endfor.*?</w:p>", re.DOTALL)
    without = with_parts(DELIVERED, {DOCUMENT: lambda xml: body.sub("", xml)})
    found = check_template(without)
    lost = {label for mark, label in REQUIRED.items() if mark in str(SAMPLE["blocks"])}
    assert {one.split(": ")[1].split(". Hãy")[0] for one in found} == lost


@pytest.mark.usefixtures("at_once")
def test_an_empty_document_has_lost_everything() -> None:
    empty = with_parts(
        DELIVERED,
        {DOCUMENT: lambda xml: f"{xml.split('<w:body>')[0]}<w:body><w:p/></w:body></w:document>"},
    )
    assert len(check_template(empty)) == min(30, len(set(REQUIRED.values())))


# --- The child process --------------------------------------------------------------------------


def test_the_child_itself_tells_of_a_macro_and_of_python() -> None:
    assert "macro" in check_template(with_part("word/vbaProject.bin"))[0]
    assert "gọi vào chương trình" in check_template(with_tag("{{ subject.__class__ }}"))[0]


def test_a_check_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_check, "LIMITS", limited.Limits(wall_seconds=0.05))
    assert check_template(DELIVERED) == [
        "Mẫu quá lớn hoặc quá phức tạp nên đã dừng kiểm tra giữa chừng. Hãy bắt đầu lại từ mẫu tải về."
    ]
