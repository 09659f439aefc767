import io
import zipfile

import pytest

from dxreport.lib.bundles import BundleRefused, Limits, file_in, names_in
from dxreport.lib.refusals import BUNDLE_SENTENCES
from tests.hostile.broken import good, with_flag
from tests.hostile.packing import packed

BOOK = packed(good())


def test_files_come_in_the_order_of_the_archive_without_what_systems_add():
    data = packed(
        {
            "Huyện Một/": "",
            "Huyện Một/b.xlsx": BOOK,
            "a.xlsx": b"one",
            "__MACOSX/._a.xlsx": b"shadow",
            ".DS_Store": b"",
            "~$a.xlsx": b"open in Excel",
            "Thumbs.db": b"",
        }
    )
    assert names_in(data) == ["Huyện Một/b.xlsx", "a.xlsx"]
    assert file_in(data, "Huyện Một/b.xlsx") == BOOK


def twin() -> bytes:
    archive = io.BytesIO(packed({"a.xlsx": b"one"}))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("A.xlsx", b"two")
    return archive.getvalue()


BAD = [
    ("empty-file", b"", Limits()),
    ("not-zip", b"Rar!\x1a\x07", Limits()),
    ("no-files", packed({"folder/": ""}), Limits()),
    ("is-workbook", BOOK, Limits()),
    ("half", packed({"a.xlsx": BOOK})[:-30], Limits()),
    ("encrypted", with_flag(), Limits()),
    ("entries", packed({f"{n}.xlsx": b"" for n in range(4)}), Limits(entries=3)),
    ("name", packed({"../a.xlsx": b""}), Limits()),
    ("twice", twin(), Limits()),
    ("nested", packed({"a.xlsx": b"", "more/b.ZIP": b""}), Limits()),
    ("large-file", packed({"a.xlsx": BOOK}), Limits(largest=100)),
    ("size", packed({"a.xlsx": BOOK, "b.xlsx": BOOK}), Limits(unpacked=len(BOOK) + 1)),
    ("ratio", packed({"a.xlsx": bytes(3_000_000)}), Limits()),
    ("method", packed({"a.xlsx": b"x" * 100}, method=zipfile.ZIP_LZMA), Limits()),
    ("bundle", packed({"a.xlsx": BOOK}), Limits(file=100)),
]


@pytest.mark.parametrize(("code", "data", "limits"), BAD, ids=[code for code, _data, _limits in BAD])
def test_an_archive_that_is_not_as_it_should_be_is_refused_with_a_sentence(code, data, limits):
    with pytest.raises(BundleRefused, match="Hãy") as caught:
        names_in(data, limits=limits)
    assert caught.value.code == code
    assert "%" not in caught.value.sentence


def test_every_sentence_has_its_archive():
    assert set(BUNDLE_SENTENCES) <= {code for code, _data, _limits in BAD}


def test_a_file_damaged_inside_is_refused_when_it_is_taken_out():
    data = bytearray(packed({"a.xlsx": b"one" * 100}, method=zipfile.ZIP_STORED))
    data[data.index(b"one")] ^= 0xFF
    assert names_in(bytes(data)) == ["a.xlsx"]
    with pytest.raises(BundleRefused, match="bị hỏng"):
        file_in(bytes(data), "a.xlsx")
