"""`manage.py lint_report`."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.reporting.lint.samples import as_docx

FAULTY = "Có 200/231 cơ sở xây dựng kế hoạch, đạt tỉ lệ 86,5%."


def run(path: Path, *arguments: str) -> tuple[str, int]:
    """What the command says, and the code it exits with."""
    out = io.StringIO()
    try:
        call_command("lint_report", str(path), *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_findings_are_objects_of_six_keys_for_programs(tmp_path: Path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(as_docx(FAULTY))
    said, code = run(path, "--format", "json")
    (found,) = json.loads(said)
    assert code == 1
    assert found == {
        "place": "đoạn 1",
        "rule": "ratio",
        "text": FAULTY,
        "printed": "86,5%",
        "computed": "86,6%",
        "message": "200/231 là 86,58%, làm tròn thành 86,6%; 86,5% là số bị cắt bớt chữ số thập phân"
        " chứ không làm tròn.",
    }


def test_findings_are_told_with_their_place_and_rule(tmp_path: Path):
    path = tmp_path / "bao-cao.txt"
    path.write_text(f"BÁO CÁO\n{FAULTY}")
    said, code = run(path)
    assert code == 1
    assert "dòng 2: Tỉ lệ không khớp tử số và mẫu số [ratio]" in said
    assert "Tìm thấy 1 điểm cần xem lại." in said


def test_nothing_found_is_a_success(tmp_path: Path):
    path = tmp_path / "bao-cao.md"
    path.write_text("Có 200/231 cơ sở, đạt 86,58%.")
    assert run(path) == ("Không thấy điểm nào cần xem lại.\n", 0)
    assert run(path, "--format", "json") == ("[]\n", 0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"x", "không phải tệp Word"),
        ("a.pdf", b"%PDF", "Chỉ soát được"),
        ("a.txt", None, "Không mở được tệp"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_code_of_its_own(
    tmp_path: Path, name, content, sentence
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as caught:
        run(path)
    assert caught.value.returncode == 2
