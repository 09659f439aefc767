"""The commands export_appendix and export_report, on the published figures."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from tests.reporting import published

pytestmark = pytest.mark.usefixtures("published_figures", "db")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_export_appendix_writes_the_departments_workbook(tmp_path: Path) -> None:
    path = tmp_path / "phu-luc.xlsx"
    said = run("export_appendix", "--period", "2022..2023", "--output", str(path))
    assert str(path) in said
    book: Any = load_workbook(path)
    form, numbers = book
    found = results(form)
    assert sorted(found) == list(range(1, 10))
    assert found[1][0] == ["Tổng số giáo viên có máy tính:", 7661, "đạt tỉ lệ", 84.34]
    assert found[3][0][:2] == ["Số nền tảng (tên các nền tảng):", 12]
    assert found[3][1][0] == "gồm:"
    assert found[3][1][1].startswith("VNA, Elearning")
    assert {found[row][0][0] for row in (4, 6, 7)} == {"Không áp dụng (tỉnh không có cơ sở giáo dục đại học)"}
    assert [row[:2] for row in found[5]] == [["Bậc tiểu học:", 14.7], ["Bậc trung học:", 41.8]]
    assert found[9][1][1:] == [732, "đạt tỉ lệ", 97.73]
    codes = [cell.value for cell in numbers["A"]]
    assert len([code for code in codes if code in published.FIGURES]) == len(published.FIGURES)
    assert "(732) lớn hơn số hồ sơ nộp trực tuyến (655)" in str(list(form.values))


def results(form: Any) -> dict[int, list[list[Any]]]:
    """The four cells of each result, by the number of the ministry's row."""
    found: dict[int, list[list[Any]]] = {}
    number = None
    for row in form.iter_rows(max_col=6, values_only=True):
        number = row[0] if row[0] is not None else number
        if isinstance(number, int) and any(row[2:]):
            found.setdefault(number, []).append(list(row[2:]))
    return found


@pytest.mark.parametrize(
    ("file_format", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype")]
)
def test_export_report_writes_each_format(tmp_path: Path, file_format: str, begins: bytes) -> None:
    path = tmp_path / f"bao-cao.{file_format}"
    run("export_report", "--period", "2022..2023", "--format", file_format, "--output", str(path))
    assert path.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [path]


def test_a_unit_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "truong.html"
    run("export_report", "--period=2023", "--unit=DN-CJ-1", "--format=html", f"--output={path}")
    assert "Trường Tiểu học Một" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [["export_appendix"], ["export_report", "--format", "html"]])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--period", "2031"], "Không có kỳ báo cáo “2031”"),
        (["--period", "2023", "--unit", "XX"], "Không có đơn vị mang mã “XX”"),
        (["--period", "2023", "--basis", "draft"], "Không có loại số liệu “draft”"),
        (["--period", "2023", "--output", "nowhere/file"], "Không có thư mục"),
        (["--period", "2023", "--output", "."], "là một thư mục"),
    ],
)
def test_bad_arguments_are_one_sentence_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=re.escape(sentence)) as caught:
        run(*command, "--output", "file", *arguments)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không có định dạng “odt”"):
        run("export_report", "--period", "2023", "--format", "odt", "--output", str(tmp_path / "x"))


def test_a_path_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CommandError, match="Không có quyền ghi"):
        run("export_appendix", "--period", "2023", "--output", str(tmp_path / "x.xlsx"))
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_cannot_make_pdf_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.report.pdf.FONT_FOLDER", tmp_path)
    with pytest.raises(CommandError, match="make setup"):
        run("export_report", "--period", "2023", "--format", "pdf", "--output", str(tmp_path / "x.pdf"))
    assert list(tmp_path.iterdir()) == []
