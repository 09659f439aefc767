"""The Word file measured against Decree 30/2020/NĐ-CP, Appendix I, block by block."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from PIL import ImageFont

from reporting.report.build import report
from reporting.report.content import Heading, Paragraph, Report, Text
from reporting.report.letterhead import MOTTO, NATION
from reporting.report.typeface import FONT_FOLDER
from reporting.report.word import to_docx
from schools.models import OrgUnit
from tests.reporting import published
from tests.reporting.word_reading import Line, WordFile

pytestmark = pytest.mark.usefixtures("published_figures", "db")

POINTS_PER_MM = 72 / 25.4
GROUNDS = (
    "Luật Giáo dục ngày 14 tháng 6 năm 2019;",
    "Quyết định số 131/QĐ-TTg ngày 25 tháng 01 năm 2022 của Thủ tướng Chính phủ.",
)
SIGNER = "Nguyễn Văn An"


@dataclass(frozen=True)
class Block:
    """What the decree says of a block: sizes between two, letters, style, and where it stands."""

    name: str
    text: str
    size: tuple[float, float]
    align: str
    bold: bool = False
    italic: bool = False
    capital: bool = False
    after: str = ""  # the block is the first of its text after this one


BLOCKS = (
    Block("Quốc hiệu", NATION, (12, 13), "center", bold=True, capital=True),
    Block("Tiêu ngữ", MOTTO, (13, 14), "center", bold=True),
    Block("Cơ quan chủ quản", "UBND tỉnh Đắk Nông", (12, 13), "center", capital=True),
    Block("Cơ quan ban hành", "Sở Giáo dục và Đào tạo", (12, 13), "center", bold=True, capital=True),
    Block("Số, ký hiệu", "Số: 07/BC-SGDĐT", (13, 13), "center"),
    Block("Địa danh, ngày tháng", "Đắk Nông, ngày 05 tháng 3 năm 2024", (13, 14), "center", italic=True),
    Block("Tên loại", "Báo cáo", (13, 14), "center", bold=True, capital=True),
    Block("Trích yếu", "Kết quả thực hiện Đề án", (13, 14), "center", bold=True),
    Block("Kính gửi", "Kính gửi:", (13, 14), "right"),
    Block("Nơi kính gửi", "- Bộ Giáo dục và Đào tạo;", (13, 14), "left", after="Kính gửi:"),
    Block("Căn cứ", f"Căn cứ {GROUNDS[0]}", (13, 14), "both", italic=True),
    Block("Căn cứ cuối", f"Căn cứ {GROUNDS[1]}", (13, 14), "both", italic=True),
    Block("Nội dung", "Toàn tỉnh có 370 cơ sở giáo dục", (13, 14), "both"),
    Block("Phần (I.)", "I. Thông tin chung", (13, 14), "left", bold=True, capital=True),
    Block("Mục (1.)", "1. ", (13, 14), "left", bold=True),
    Block("Điểm a)", "a) Kết quả", (13, 14), "left"),
    Block("Gạch đầu dòng", "- ", (13, 14), "both", after="a) Kết quả"),
    Block("Quyền hạn", "KT. Giám đốc", (13, 14), "center", bold=True, capital=True),
    Block("Chức vụ", "Phó Giám đốc", (13, 14), "center", bold=True, capital=True),
    Block("Họ tên người ký", SIGNER, (13, 14), "center", bold=True),
    Block("Nơi nhận", "Nơi nhận:", (12, 12), "left", bold=True, italic=True),
    Block("Nơi nhận, danh sách", "- Như trên;", (11, 11), "left"),
    Block("Nơi nhận, lưu", "- Lưu: VT, VP.", (11, 11), "left"),
    Block("Phụ lục", "Phụ lục", (14, 14), "center", bold=True),
    Block("Tên phụ lục", "Biểu số liệu ứng dụng", (13, 14), "center", bold=True, capital=True),
    Block("Kèm theo", "(Kèm theo Báo cáo số 07/BC-SGDĐT ngày 05", (13, 14), "center", italic=True),
)  # fmt: skip


@pytest.fixture(scope="module")
def data(published_figures: None) -> bytes:
    """The two-year report, registered, signed for the director, with the grounds it names."""
    unit = OrgUnit.objects.select_related("kind").get(code="DN")
    written = report(unit, published.selection(), made_on=published.MADE_ON)
    head = replace(written.letterhead, posts=("KT. Giám đốc", "Phó Giám đốc"), signer=SIGNER)
    grounds = [Paragraph((Text(f"Căn cứ {one}"),), style="ground") for one in GROUNDS]
    return to_docx(replace(written, letterhead=head, number=7, blocks=(*grounds, *written.blocks)))


@pytest.fixture(scope="module")
def document(data: bytes) -> WordFile:
    """The same as a reader sees it."""
    return WordFile(data)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: one.name)
def test_a_block_has_the_letters_of_the_decree(document: WordFile, block: Block) -> None:
    line = document.line(block.text, after=block.after)
    look = line.look
    assert block.size[0] <= look.size <= block.size[1]
    assert (look.bold, look.italic, look.align) == (block.bold, block.italic, block.align)
    assert (line.seen == line.text.upper()) is block.capital
    assert look.font == "Times New Roman"
    assert look.colour in ("auto", "000000")


def test_the_paper_is_a4_with_the_margins_of_the_decree(document: WordFile) -> None:
    assert [round(one) for one in document.page.size] == [210, 297]
    margins = document.page.margins
    bounds = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
    assert {
        side: low - 0.1 <= margins[side] <= high + 0.1 for side, (low, high) in bounds.items()
    } == dict.fromkeys(bounds, True)


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_page_2_on(document: WordFile) -> None:
    page = document.page
    (number,) = page.numbers
    assert number.text.strip() == "PAGE"
    assert number.look.align == "center"
    assert 13 <= number.look.size <= 14
    assert (number.look.bold, number.look.italic) == (False, False)
    # The line ends above the text.
    assert page.margins["header"] + number.look.size / POINTS_PER_MM < page.margins["top"]
    assert not any(one.text for one in page.first_numbers)


def test_the_rules_have_the_lengths_of_the_decree(document: WordFile) -> None:
    motto, below = document.line(MOTTO), document.below(MOTTO)
    assert below.look.has_rule
    assert rule(below) == pytest.approx(printed(motto), abs=1.5)
    for text in ("Sở Giáo dục và Đào tạo", "Kết quả thực hiện Đề án"):
        line, below = document.line(text), document.below(text)
        assert below.look.has_rule
        assert printed(line) / 3 <= rule(below) <= printed(line) / 2
        assert below.look.left == pytest.approx(below.look.right, abs=0.1)


def rule(line: Line) -> float:
    return line.width - line.look.left - line.look.right


def printed(line: Line) -> float:
    """How wide the text is in print, in mm: a face of the same measures as Times New Roman sets it."""
    name = "700Bold/Tinos_700Bold.ttf" if line.look.bold else "400Regular/Tinos_400Regular.ttf"
    face = ImageFont.truetype(str(FONT_FOLDER / name), 1000)
    return min(line.width, face.getlength(line.seen) / 1000 * line.look.size / POINTS_PER_MM)


def test_number_and_date_share_a_row_and_the_nation_stands_right(document: WordFile) -> None:
    order = [document.index(text) for text in ("UBND tỉnh", "Sở Giáo", "Số: ", NATION, MOTTO, "Đắk Nông, ")]
    assert order == sorted(order)
    sender, nation = document.line("UBND tỉnh"), document.line(NATION)
    assert printed(sender) <= sender.width
    assert printed(nation) <= nation.width
    assert sender.width + nation.width + 7.6 == pytest.approx(165, abs=0.5)


def test_every_paragraph_of_the_text_is_justified_indented_and_spaced(document: WordFile) -> None:
    start, end = document.index("Căn cứ Luật"), document.index("Nơi nhận:")
    texts = [one for one in document.lines[start:end] if one.look.align == "both" and one.text.strip()]
    assert len(texts) > 40
    for one in texts:
        assert 9.9 <= one.look.first_line <= 12.8, one.text
        assert one.look.before + one.look.after >= 6, one.text
        assert 1 <= one.look.lines <= 1.5, one.text
        assert (one.look.left, one.look.right) == (0, 0)


def test_headings_go_down_from_roman_to_arabic_to_letters(document: WordFile, written: Report) -> None:
    levels = {1: ("I.", "II.", "III.", "IV."), 2: ("1.", "2.", "3.", "4.", "5."), 3: ("a)", "b)")}
    for heading in (one for one in written.blocks if isinstance(one, Heading)):
        assert heading.text.split()[0] in levels[heading.level]
        assert document.line(heading.text).look.first_line == pytest.approx(10, abs=0.1)


def test_lists_end_their_lines_with_semicolons_and_the_last_one_with_a_full_stop(document: WordFile) -> None:
    addressed = listed(document, "Kính gửi:", "Căn cứ")
    assert addressed == ["- Bộ Giáo dục và Đào tạo;", "- Ủy ban nhân dân tỉnh Đắk Nông."]
    received = listed(document, "Nơi nhận:", "KT. Giám đốc")
    assert received == ["- Như trên;", "- Lãnh đạo Sở;", "- Các phòng thuộc Sở;", "- Lưu: VT, VP."]


def listed(document: WordFile, start: str, end: str) -> list[str]:
    lines = document.lines[document.index(start) + 1 : document.index(end)]
    return [one.text for one in lines if one.text.strip()]


def test_recipients_stand_beside_the_signature_and_the_appendix_begins_a_page(document: WordFile) -> None:
    order: Sequence[str] = ("Nơi nhận:", "KT. Giám đốc", "Phó Giám đốc", SIGNER, "Phụ lục", "Biểu số liệu")
    assert [document.index(text) for text in order] == sorted(document.index(text) for text in order)
    assert document.line("Nơi nhận:").width == pytest.approx(document.line("KT. Giám").width, abs=0.1)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (dt.date(2024, 2, 15), "ngày 15 tháng 02 năm 2024"),
        (dt.date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
        (dt.date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_days_below_10_and_months_1_and_2_take_a_zero(department: OrgUnit, day: dt.date, words: str) -> None:
    found = WordFile(to_docx(report(department, published.selection(), made_on=day)))
    assert found.line("Đắk Nông, ").text == f"Đắk Nông, {words}"
    assert words in found.line("(Kèm theo").text


def test_a_report_without_a_number_leaves_room_for_one(written: Report) -> None:
    found = WordFile(to_docx(written))
    assert found.line("Số:").text == "Số: ………/BC-SGDĐT"
    assert found.line("(Kèm theo").text.startswith("(Kèm theo Báo cáo số ………/BC-SGDĐT")


@pytest.mark.parametrize(("number", "words"), [(7, "07"), (10, "10"), (1234, "1234")])
def test_a_number_below_10_takes_a_zero(written: Report, number: int, words: str) -> None:
    found = WordFile(to_docx(replace(written, number=number)))
    assert found.line("Số:").text == f"Số: {words}/BC-SGDĐT"


def test_the_reader_sees_a_style_that_breaks_the_decree(data: bytes, document: WordFile) -> None:
    """The measuring itself: one style changed, and the blocks in it look otherwise, others do not."""
    changed = WordFile(with_style(data, "Trích yếu", '<w:b w:val="0"/><w:i/><w:sz w:val="24"/>'))
    subject = "Kết quả thực hiện Đề án"
    assert changed.line(subject).look == replace(
        document.line(subject).look, bold=False, italic=True, size=12
    )
    assert changed.line("Báo cáo").look == document.line("Báo cáo").look


def with_style(data: bytes, name: str, letters: str) -> bytes:
    """The file with the letters of one style replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "word/styles.xml":
                before, after = text.decode().split(f'<w:name w:val="{name}"/>')
                after = re.sub(
                    "<w:rPr>.*?</w:rPr>", f"<w:rPr>{letters}</w:rPr>", after, count=1, flags=re.DOTALL
                )
                text = f'{before}<w:name w:val="{name}"/>{after}'.encode()
            new.writestr(part, text)
    return packed.getvalue()
