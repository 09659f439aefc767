"""What may stand in one cell. No database."""

import pytest

from collection.entries import CellRefused, Content, Entry, State, content_of
from collection.models import DataValue
from dxreport.lib.numbers import MAX_COUNT
from indicators.models import DataElement

Type = DataElement.Type
LIST = ("azota", "zalo", "zoom")


def element(kind: str) -> DataElement:
    return DataElement(code="cell", name="Ô", type=kind)


@pytest.mark.parametrize(
    ("kind", "entry", "kept"),
    [
        (Type.COUNT, Entry("cell", number=0), {"state": "entered", "number": 0}),
        (Type.COUNT, Entry("cell", number=MAX_COUNT), {"state": "entered", "number": MAX_COUNT}),
        (Type.YES_NO, Entry("cell", number=1), {"state": "entered", "number": 1}),
        (Type.CHOICE, Entry("cell", choices=["zalo"]), {"state": "entered", "choices": ["zalo"]}),
        (
            Type.CHOICES,
            Entry("cell", choices=["zoom", "azota", "zoom"]),
            {"state": "entered", "choices": ["azota", "zoom"]},
        ),
        (Type.CHOICES, Entry("cell", choices=[]), {"state": "entered", "choices": []}),
        (Type.TEXT, Entry("cell", text=" Đắk Mil "), {"state": "entered", "text": "Đắk Mil"}),
        (Type.COUNT, Entry("cell", State.EMPTY), {"state": "empty"}),
        (
            Type.COUNT,
            Entry("cell", State.NOT_AVAILABLE, reason=" mất sổ "),
            {"state": "not_available", "reason": "mất sổ"},
        ),
        (Type.CHOICES, Entry("cell", State.NOT_APPLICABLE), {"state": "not_applicable"}),
        (
            Type.COUNT,
            Entry("cell", number=3, explanation="tăng do sáp nhập"),
            {"state": "entered", "number": 3, "explanation": "tăng do sáp nhập"},
        ),
    ],
)
def test_a_good_cell_is_kept_in_one_form_only(kind, entry, kept):
    content = content_of(entry, element(kind), LIST)
    assert content.as_json() == kept
    assert Content.from_json(kept) == content


@pytest.mark.parametrize(
    ("kind", "entry", "said"),
    [
        (Type.COUNT, Entry("cell"), "cần một số"),
        (Type.COUNT, Entry("cell", number=-1), "không thể âm"),
        (Type.COUNT, Entry("cell", number=MAX_COUNT + 1), "Số quá lớn"),
        (Type.COUNT, Entry("cell", number=2**63), "Số quá lớn"),
        (Type.COUNT, Entry("cell", number=1.5), "số nguyên"),  # type: ignore[arg-type]
        (Type.COUNT, Entry("cell", number=True), "số nguyên"),
        (Type.YES_NO, Entry("cell", number=2), "có hoặc không"),
        (Type.YES_NO, Entry("cell"), "cần một số"),
        (Type.CHOICE, Entry("cell", choices=["azota", "zalo"]), "đúng một mục"),
        (Type.CHOICE, Entry("cell", choices=[]), "đúng một mục"),
        (Type.CHOICE, Entry("cell"), "chọn trong danh sách"),
        (Type.CHOICES, Entry("cell", choices=["tiktok"]), "không có mục “tiktok”"),
        (Type.TEXT, Entry("cell", text="  "), "cần có nội dung"),
        (Type.TEXT, Entry("cell", text="a\x00b"), "NUL"),
        (Type.TEXT, Entry("cell", text="a" * 4001), "dài quá"),
        (Type.COUNT, Entry("cell", number=1, explanation="\x00"), "NUL"),
        (Type.COUNT, Entry("cell", State.NOT_AVAILABLE), "lý do"),
        (Type.COUNT, Entry("cell", State.NOT_AVAILABLE, reason="  "), "lý do"),
        (Type.COUNT, Entry("cell", State.NOT_AVAILABLE, reason="x" * 401), "dài quá"),
        (Type.COUNT, Entry("cell", State.NOT_APPLICABLE, number=3), "vừa có số liệu vừa"),
        (Type.COUNT, Entry("cell", State.EMPTY, number=0), "vừa có số liệu vừa"),
        (Type.COUNT, Entry("cell", "guessed"), "Không có trạng thái"),
    ],
)
def test_a_bad_cell_is_refused_with_a_sentence(kind, entry, said):
    with pytest.raises(CellRefused, match=said):
        content_of(entry, element(kind), LIST)


def test_a_cell_without_a_value_and_one_taken_back_hold_the_same():
    assert Content.of(None) == Content.of(DataValue(state=State.EMPTY))
