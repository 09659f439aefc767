"""One thing that the checker says about a text."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

ERROR, WARNING = "error", "warning"
# What each rule looks for, in a few words.
RULES = {
    "markup": _("Ký hiệu không đọc được"),
    "unknown": _("Ký hiệu không còn hoặc không có"),
    "empty": _("Phần còn trống"),
    "prompt": _("Gợi ý chưa được thay bằng nội dung"),
    "typed": _("Số gõ tay trùng với số liệu"),
    "contradiction": _("Số gõ tay khác số liệu"),
    "coverage": _("Số liệu chưa đủ mà không có chú thích"),
    "violation": _("Quy tắc bị vi phạm chưa có giải trình"),
    "wording": _("Lỗi trong câu chữ"),
}


@dataclass(frozen=True)
class Finding:
    """A fault in a section's source: `words` stand there from `start` to before `end`.

    `offer` is what may be put in their place; `severity` is "error" or "warning".
    """

    section: str
    rule: str
    severity: str
    start: int
    end: int
    words: str
    message: str
    offer: str = ""
