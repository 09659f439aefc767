"""Charts as pictures: what they show, that nothing overlaps, and that each format has them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from reporting.report.content import ChartBlock, ChartRow, Report
from reporting.report.drawing import Box, Dot, Drawing, Line, Words, width_of, wrapped
from reporting.report.html import to_html
from reporting.report.painting import png
from reporting.report.pdf import to_pdf
from reporting.report.pictures import LINES, REACHED, SHORT, picture_of
from reporting.report.word import to_docx
from tests.reporting.charted import TARGETS, TREND, UNITS, point
from tests.reporting.test_report_formats import inflated
from tests.reporting.word_reading import WordFile

CHARTS = {"targets": TARGETS, "trend": TREND, "units": UNITS}


def words(drawing: Drawing) -> list[Words]:
    return [one for one in drawing.shapes if isinstance(one, Words)]


def bars(drawing: Drawing) -> list[Box]:
    """The bars themselves, without the key beneath."""
    return [one for one in drawing.shapes if isinstance(one, Box) and one.height > 4]


def extent(one: Words) -> tuple[float, float]:
    width = width_of(one.text, one.size, is_bold=one.is_bold)
    left = {"start": one.x, "middle": one.x - width / 2, "end": one.x - width}[one.align]
    return left, left + width


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_text_stands_within_the_sheet_and_none_on_another(chart: ChartBlock) -> None:
    drawing = picture_of(chart)
    texts = words(drawing)
    for one in texts:
        left, right = extent(one)
        assert left >= 0, one.text
        assert right <= drawing.width, one.text
        assert 3 < one.y < drawing.height, one.text
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            if abs(one.y - other.y) < 3:
                apart = extent(one)[1] < extent(other)[0] or extent(other)[1] < extent(one)[0]
                assert apart, (one.text, other.text)


def test_a_bar_is_as_long_as_its_value_and_its_target_stands_where_it_is() -> None:
    drawing = picture_of(TARGETS)
    first, second = bars(drawing)
    assert first.width / second.width == pytest.approx(84.34 / 96.33)
    whole = first.width / 0.8434
    ticks = [one.points[0][0] for one in drawing.shapes if isinstance(one, Line) and one.width == 0.6]
    assert [(at - first.x) / whole for at in ticks[:3]] == pytest.approx([0.6, 1.0, 0.7])


def test_what_is_reached_is_said_in_words_and_by_tone() -> None:
    drawing = picture_of(TARGETS)
    assert [one.fill for one in bars(drawing)] == [REACHED, SHORT]
    texts = [one.text for one in words(drawing)]
    assert {"84,34% · Đạt", "96,33% · Chưa đạt", "– · Chưa có số liệu", "mục tiêu"} <= set(texts)


def test_what_has_no_value_has_no_bar_and_no_zero() -> None:
    assert len(bars(picture_of(TARGETS))) == 2
    assert "0%" in [one.text for one in words(picture_of(TARGETS))]  # the scale's own
    assert bars(picture_of(UNITS))[1].width == 0


def test_a_ceiling_is_judged_by_the_figure_and_not_by_the_picture() -> None:
    row = ChartRow("Tỉ lệ bỏ học", (point("1,5%"),), "X", point("2%"), "Đạt")
    assert bars(picture_of(replace(TARGETS, rows=(row,))))[0].fill == REACHED


@pytest.mark.parametrize(
    ("highest", "end"),
    [("84,34%", "100%"), ("120%", "200%"), ("7.661", "8.000"), ("3", "4"), ("0", "4"), ("1.605", "2.000")],
)
def test_the_scale_ends_at_a_round_number(highest: str, end: str) -> None:
    measure = "%" if "%" in highest else "trường"
    chart = replace(UNITS, measure=measure, rows=(ChartRow("Cư Jút", (point(highest),)),))
    assert words(picture_of(chart))[4].text == end


def test_a_line_goes_through_the_periods_that_have_a_value() -> None:
    drawing = picture_of(TREND)
    lines = [one for one in drawing.shapes if isinstance(one, Line) and one.width == 0.7]
    assert [len(one.points) for one in lines] == [3, 2]
    assert [one.stroke for one in lines] == list(LINES[:2])
    assert len([one for one in drawing.shapes if isinstance(one, Dot)]) == 5
    assert lines[0].points[0][1] > lines[0].points[2][1]  # upwards
    assert "Giáo viên có máy tính: 84,34%" in " ".join(one.text for one in words(drawing))


def test_a_long_name_is_parted_between_words() -> None:
    lines = wrapped("Người học được quản lý bằng hồ sơ số", 30)
    assert len(lines) > 1
    assert " ".join(lines) == "Người học được quản lý bằng hồ sơ số"
    assert all(width_of(line) <= 30 for line in lines)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_same_chart_is_the_same_picture(chart: ChartBlock) -> None:
    first, second = picture_of(chart), picture_of(replace(chart))
    assert png(first) == png(second)
    assert first.svg(title=chart.alt) == second.svg(title=chart.alt)


def test_the_svg_is_sound_says_its_words_and_carries_no_style_or_script() -> None:
    svg = picture_of(TARGETS).svg(title=TARGETS.alt)
    root = ElementTree.fromstring(svg)
    assert root[0].text == TARGETS.alt
    assert root.attrib["role"] == "img"
    assert "style=" not in svg
    assert "script" not in svg


def test_the_png_has_the_bars_of_the_drawing() -> None:
    drawing = picture_of(TARGETS)
    image = Image.open(io.BytesIO(png(drawing))).convert("RGB")
    dots = image.width / drawing.width
    assert image.height / drawing.height == pytest.approx(dots, abs=0.1)
    for bar, colour in zip(bars(drawing), ((0x14, 0x50, 0x7A), (0x8F, 0xB3, 0xCC)), strict=True):
        middle = (round((bar.x + 2) * dots), round((bar.y + bar.height / 2) * dots))
        found = image.getpixel(middle)
        assert isinstance(found, tuple)
        assert max(abs(one - other) for one, other in zip(found, colour, strict=True)) < 12


def test_what_is_slanted_and_what_is_written_has_smooth_edges_and_the_paper_stays_white() -> None:
    shapes = (Line(((1, 1), (19, 7)), "#5f0f32", 0.7), Dot(10, 14, 2, "#ad5505"), Words(1, 19, "Điểm"))
    for shape in shapes:
        image = Image.open(io.BytesIO(png(Drawing(20, 20, (shape,))))).convert("RGB")
        counted = image.getcolors()
        assert counted is not None
        assert len(counted) > 3
        assert max(counted)[1] == (255, 255, 255)


def test_a_drawing_of_more_colours_than_a_palette_holds_is_refused() -> None:
    boxes = tuple(Box(0, 0, 1, 1, f"#0000{number:02x}") for number in range(16))
    with pytest.raises(ValueError, match="15 colours"):
        png(Drawing(1, 1, boxes))


# --- In the formats -----------------------------------------------------------------------


@pytest.fixture
def charted(written: Report) -> Report:
    """The two-year report with three charts."""
    others = [one for one in written.blocks if not isinstance(one, ChartBlock)]
    return replace(written, blocks=(*others, TARGETS, TREND, UNITS))


@pytest.mark.usefixtures("published_figures", "db")
def test_the_word_file_has_each_picture_in_its_size_with_its_words(charted: Report) -> None:
    data = to_docx(charted)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        pictures = [name for name in parts.namelist() if re.fullmatch(r"word/media/image\d+\.png", name)]
        text = parts.read("word/document.xml").decode()
    assert len(pictures) == 3
    assert re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', text) == [
        one.alt.replace("<", "&lt;").replace(">", "&gt;") for one in (TARGETS, TREND, UNITS)
    ]
    sizes = [int(one) / 36_000 for one in re.findall(r'<wp:extent cx="(\d+)"', text)]
    assert all(size <= 165 for size in sizes)
    shown = [one.text for one in WordFile(data).lines]
    assert shown[shown.index(TARGETS.title) + 1] == TARGETS.note
    assert to_docx(charted) == data


@pytest.mark.usefixtures("published_figures", "db")
def test_without_its_typeface_word_gets_the_numbers_as_a_table(
    charted: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.report.drawing.FONT_FOLDER", Path("/nowhere"))
    data = to_docx(charted)
    assert b"image1.png" not in data
    assert "84,34%" in [one.text for one in WordFile(data).lines]


@pytest.mark.usefixtures("published_figures", "db")
def test_pages_have_the_picture_its_title_and_its_numbers_as_a_table(charted: Report) -> None:
    html = to_html(charted).decode()
    assert html.count("<svg") == 3
    assert f"<figcaption>{TARGETS.title}</figcaption>" in html
    assert "1 trong 3 chỉ số &lt;đạt&gt; mục tiêu." in html
    assert html.count("<details>") == 3


@pytest.mark.usefixtures("published_figures", "db")
def test_the_pdf_has_each_picture_with_its_words(written: Report) -> None:
    short = replace(written, blocks=(TARGETS,))
    objects = inflated(to_pdf(short))
    assert b"/S /Figure" in objects
    # What is no ASCII is written in hexadecimal UTF-16.
    assert "Biểu đồ thanh".encode("utf-16-be").hex().encode() in objects.lower()
    assert set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z]+)", objects)) == {b"Tinos"}


def test_the_value_of_a_chart_is_exact() -> None:
    assert TARGETS.rows[0].points[0].value == Decimal("84.34")
