"""Each reader gives the passages of its file in order, with places and words as they stand."""

import unicodedata

import pytest

from reporting.lint.checking import examine
from reporting.lint.passages import Passage
from reporting.lint.plain import Plain
from tests.reporting.lint.samples import as_docx, as_file, as_html, as_xlsx

TEXT = """# I. Chung

Có 11 phần mềm[^1] đang dùng.

| Nội dung | Số |
| Trường | 231 |

[^1]: Gồm: Zoom, Zalo.
"""


def passages(data: bytes, name: str) -> list[Passage]:
    return examine(data, name).passages


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_headings_cells_and_footnotes_are_told_apart(kind):
    found = passages(as_file(TEXT, kind), f"a.{kind}")
    heading, sentence, *cells, note = found
    assert (heading.text, heading.kind) == ("I. Chung", "heading")
    assert sentence.text == "Có 11 phần mềm đang dùng."
    ((at, name),) = sentence.anchors
    assert sentence.text[:at] == "Có 11 phần mềm"
    assert (note.text, note.kind, note.note) == ("Gồm: Zoom, Zalo.", "note", name)
    assert [(cell.text, cell.row, cell.column) for cell in cells] == [
        ("Nội dung", 1, 1),
        ("Số", 1, 2),
        ("Trường", 2, 1),
        ("231", 2, 2),
    ]


def test_a_page_is_read_without_what_nobody_sees():
    page = b"""<html><head><title>84%</title><style>p { width: 50% }</style></head><body><script>1/3</script>
      <p>C\xc3\xb3 <b>231</b> tr\xc6\xb0\xe1\xbb\x9dng<sup><a href="#n1">1</a></sup>.<br>H\xe1\xba\xbft.</p>
      <ol><li id="n1">Ghi ch\xc3\xba</li></ol></body></html>"""
    sentence, note = passages(page, "a.html")
    assert sentence.text == "Có 231 trường.\nHết."
    assert sentence.anchors == ((len("Có 231 trường"), "n1"),)
    assert (note.text, note.kind, note.note) == ("Ghi chú", "note", "n1")


def test_a_page_that_says_it_is_a_draft_may_lack_its_number():
    words = "<body><p>Số: ……/BC-SGDĐT</p></body>"
    assert [one.rule for one in examine(f"<html>{words}</html>".encode(), "a.html").findings] == [
        "blank-heading"
    ]
    draft = f'<html><head><meta name="status" content="draft"></head>{words}</html>'
    assert examine(draft.encode(), "a.html").findings == []


def test_lines_that_a_program_wrapped_are_one_paragraph_and_others_are_not():
    text = (
        "Sở Giáo dục và Đào tạo đã ban hành Kế hoạch về chuyển đổi số của ngành, trong đó giao\n"
        "nhiệm vụ cho từng đơn vị.\n"
        "Số: 12/KH\n"
        "- Mục thứ nhất có rất nhiều chữ để dài hơn sáu mươi ký tự như một dòng thật sự;\n"
        "- Mục thứ hai.\n"
    )
    found = passages(text.encode(), "a.txt")
    assert [one.where for one in found] == [("lines", 1, 2), ("line", 3), ("line", 4), ("line", 5)]


def test_a_workbook_gives_its_cells_with_their_addresses():
    found = passages(as_xlsx("| Nội dung | Số |\n| Trường | 1.231 |"), "a.xlsx")
    assert [(one.text, one.where) for one in found] == [
        ("Nội dung", ("sheet", "Sheet", "A1")),
        ("Số", ("sheet", "Sheet", "B1")),
        ("Trường", ("sheet", "Sheet", "A2")),
        ("1231", ("sheet", "Sheet", "B2")),
    ]


def test_words_found_are_quoted_as_they_are_written_whatever_they_are_composed_of():
    text = unicodedata.normalize("NFD", "Có\u00a0200/231 cơ sở, đạt tỉ lệ\u202f86,5%.")
    (finding,) = examine(text.encode(), "a.txt").findings
    passage = examine(text.encode(), "a.txt").passages[finding.passage]
    assert passage.text[finding.start : finding.end] == finding.printed == "86,5%"


def test_the_plain_form_knows_its_way_back():
    exact = unicodedata.normalize("NFD", "tỷ") + "\u200b lệ\u2013"
    plain = Plain(exact)
    assert plain.text == "tỷ lệ-"
    start = plain.text.index("lệ")
    begins, ends = plain.exact_span(start, start + 2)
    assert unicodedata.normalize("NFC", exact[begins:ends]) == "lệ"


def test_places_are_told_as_somebody_who_opens_the_file_finds_them():
    fault = "Có 200/231 cơ sở, đạt tỉ lệ 86,5%."
    table = f"| a | b |\n| {fault} | c |"
    found = {
        "a.txt": f"Mở đầu.\n{fault}".encode(),
        "a.docx": as_docx(f"Mở đầu.\n\n{fault}"),
        "b.docx": as_docx(table),
        "a.html": as_html(table),
        "a.xlsx": as_xlsx(table),
    }
    assert {name: [one.place for one in examine(data, name).findings] for name, data in found.items()} == {
        "a.txt": ["dòng 2"],
        "a.docx": ["đoạn 2"],
        "b.docx": ["bảng 1, hàng 2, cột 1"],
        "a.html": ["bảng 1, hàng 2, cột 1"],
        "a.xlsx": ["trang tính “Sheet”, ô A2"],
    }
