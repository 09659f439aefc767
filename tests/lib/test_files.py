import io
import zipfile
from pathlib import Path

import pytest

from dxreport.lib.files import with_fixed_dates, write_whole


def test_a_file_is_written_over_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_take_its_name_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
    assert list(path.iterdir()) == []


def archive(year: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr(zipfile.ZipInfo("second.xml", (year, 1, 1, 0, 0, 0)), b"<b/>")
        parts.writestr(zipfile.ZipInfo("first.xml", (year, 1, 1, 0, 0, 0)), b"<a/>")
    return packed.getvalue()


def test_archives_packed_at_different_times_become_the_same_bytes() -> None:
    assert archive(2023) != archive(2024)
    assert with_fixed_dates(archive(2023)) == with_fixed_dates(archive(2024))


def test_the_parts_keep_their_order_and_content() -> None:
    with zipfile.ZipFile(io.BytesIO(with_fixed_dates(archive(2023)))) as parts:
        assert parts.namelist() == ["second.xml", "first.xml"]
        assert parts.read("first.xml") == b"<a/>"
        assert parts.testzip() is None
