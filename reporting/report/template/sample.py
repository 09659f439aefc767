"""What a template of reports is filled with: one specimen of everything, which says all names there are.

The trial of a template prints it, so each text is a mark that occurs nowhere else, and a mark that is not in
the trial is a part that the template has lost. A test holds its shape to what `reporting.report.word` gives.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

# Marks that have to be printed -> what the reader calls them.
REQUIRED: dict[str, str] = {}


def _mark(name: str, label: str = "") -> str:
    """A text that nobody writes; with a label, one that has to be printed."""
    text = f"zz{name.replace('_', '')}zz"
    if label:
        REQUIRED[text] = label
    return text


def _runs(name: str, label: str) -> Markup:
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(_mark(name, label))


def _heading(level: int) -> dict[str, Any]:
    return {"kind": "heading", "level": level, "text": _mark(f"heading{level}", f"đề mục cấp {level}")}


def _paragraph(style: str, label: str) -> dict[str, Any]:
    return {"kind": "paragraph", "style": style, "runs": _runs(style, label)}


def _table(name: str, columns: int) -> dict[str, Any]:
    return {
        "kind": "table",
        "columns": columns,
        "caption": _mark(f"{name}caption", "tên bảng"),
        "header": [_mark(f"{name}column{n}", "dòng đầu bảng") for n in range(columns)],
        "rows": [
            [{"text": _mark(f"{name}cell{row}{n}", "ô bảng")} for n in range(columns)] for row in (1, 2)
        ],
        "note": _mark(f"{name}note", "ghi chú của bảng"),
    }


SAMPLE: dict[str, Any] = {
    "head": {
        "superior": _mark("superior"),
        "issuer": _mark("issuer", "tên cơ quan ban hành"),
        "name": _mark("name"),
        "symbol": _mark("symbol", "ký hiệu văn bản"),
        "posts": [_mark("post1", "chức vụ người ký"), _mark("post2", "chức vụ người ký")],
        "signer": _mark("signer", "họ tên người ký"),
        "addressees": [_mark("addressee1", "nơi kính gửi"), _mark("addressee2", "nơi kính gửi")],
        "recipients": [_mark("recipient1", "nơi nhận"), _mark("recipient2", "nơi nhận")],
    },
    "number": _mark("number", "số văn bản"),
    "place_and_date": _mark("date", "địa danh và ngày tháng"),
    "made_on": _mark("madeon"),
    "subject": _mark("subject", "trích yếu"),
    "labels": [_mark("label", "nhãn số liệu (tạm tính, minh họa)")],
    "blocks": [
        *map(_heading, (1, 2, 3)),
        _paragraph("ground", "căn cứ"),
        _paragraph("body", "đoạn văn"),
        _paragraph("item", "gạch đầu dòng"),
        _paragraph("prompt", "gợi ý bổ sung"),
        *(_table(f"of{columns}", columns) for columns in (3, 5, 6)),
        {
            "kind": "chart",
            "title": _mark("charttitle", "tên hình"),
            "picture": _runs("picture", "hình"),
            "note": _mark("chartnote", "ghi chú của hình"),
        },
    ],
    "appendix_title": _mark("appendixtitle", "tên phụ lục"),
    "rows": [
        {
            "number": _mark(f"rownumber{n}", "số thứ tự dòng phụ lục"),
            "subject": _mark(f"rowsubject{n}", "nội dung dòng phụ lục"),
            "texts": [_mark(f"rowtext{n}a", "số liệu phụ lục"), _mark(f"rowtext{n}b", "số liệu phụ lục")],
        }
        for n in (1, 2)
    ],
    "appendix_notes": [_mark("appendixnote", "ghi chú phụ lục")],
}
