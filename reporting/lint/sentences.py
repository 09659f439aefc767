"""Faults in words: what is wrong, what it should be, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dxreport.lib.numbers import format_number, format_percent
from reporting.lint.faults import Fault, Value
from reporting.lint.passages import Passage

# rule -> what it looks for, in a few words.
RULES: dict[str, str | Promise] = {
    "ratio": gettext_lazy("Tỉ lệ không khớp tử số và mẫu số"),
    "impossible-ratio": gettext_lazy("Tỉ lệ không số nguyên nào cho ra được"),
    "two-figures": gettext_lazy("Một nội dung, hai con số"),
    "denominators": gettext_lazy("Các tỉ lệ tính trên mẫu số khác nhau"),
    "sum": gettext_lazy("Các phần cộng lại không bằng tổng"),
    "list-length": gettext_lazy("Số lượng khác với danh sách"),
    "over-100": gettext_lazy("Các tỉ lệ của một tổng thể vượt 100%"),
    "decimal-marks": gettext_lazy("Lẫn dấu phẩy và dấu chấm"),
    "numbering": gettext_lazy("Số thứ tự mục lặp hoặc nhảy"),
    "later-document": gettext_lazy("Văn bản ra sau được dẫn như có trước"),
    "no-such-date": gettext_lazy("Ngày không có trong lịch"),
    "blank-heading": gettext_lazy("Phần đầu văn bản còn để trống"),
}

# reason -> (what it should be, the sentence). Counts and shares are put in as our pages write them.
REASONS: dict[str, tuple[str | Promise, str | Promise]] = {
    "ratio": (
        "%(computed)s",
        gettext_lazy("%(numerator)s/%(denominator)s là %(computed)s, không phải %(printed)s."),
    ),
    "ratio-cut": (
        "%(rounded)s",
        gettext_lazy(
            "%(numerator)s/%(denominator)s là %(computed)s, làm tròn thành %(rounded)s; "
            "%(printed)s là số bị cắt bớt chữ số thập phân chứ không làm tròn."
        ),
    ),
    "no-denominator": (
        "%(computed)s",
        gettext_lazy(
            "Không có mẫu số nguyên nào để %(numerator)s chiếm %(printed)s; "
            "gần nhất là %(numerator)s/%(denominator)s = %(computed)s."
        ),
    ),
    "no-denominator-cut": (
        "%(computed)s",
        gettext_lazy(
            "Không có mẫu số nguyên nào để %(numerator)s chiếm %(printed)s nếu làm tròn; "
            "%(numerator)s/%(denominator)s = %(computed)s, có lẽ số in ra bị cắt bớt chữ số thập phân."
        ),
    ),
    "no-numerator": (
        "%(computed)s",
        gettext_lazy(
            "Không có số nguyên nào trên %(denominator)s cho ra %(printed)s; "
            "gần nhất là %(numerator)s/%(denominator)s = %(computed)s."
        ),
    ),
    "no-numerator-cut": (
        "%(computed)s",
        gettext_lazy(
            "Không có số nguyên nào trên %(denominator)s cho ra %(printed)s nếu làm tròn; "
            "%(numerator)s/%(denominator)s = %(computed)s, có lẽ số in ra bị cắt bớt chữ số thập phân."
        ),
    ),
    "two-figures": (
        "%(other)s",
        gettext_lazy("Cùng một nội dung, chỗ này ghi %(printed)s còn %(there)s ghi %(other)s."),
    ),
    "denominators": (
        "%(other_span)s",
        gettext_lazy(
            "%(printed)s này ứng với mẫu số %(span)s, còn %(other)s ở %(there)s ứng với mẫu số "
            "%(other_span)s, "
            "dù cùng nói về %(noun)s. Hãy ghi rõ mẫu số của từng tỉ lệ."
        ),
    ),
    "sum": (
        "%(computed)s",
        gettext_lazy("%(parts)s số thành phần cộng lại được %(computed)s, còn tổng ghi %(printed)s."),
    ),
    "sum-of-column": (
        "%(computed)s",
        gettext_lazy("%(parts)s số trong cột cộng lại được %(computed)s, còn dòng tổng ghi %(printed)s."),
    ),
    "list-length": (
        "%(computed)s",
        gettext_lazy("Ghi là %(printed)s nhưng danh sách kèm theo có %(computed)s tên."),
    ),
    "over-100": (
        "%(computed)s",
        gettext_lazy("%(parts)s tỉ lệ của cùng một tổng thể cộng lại được %(computed)s, nhiều hơn 100%%."),
    ),
    "decimal-marks": (
        "%(computed)s",
        gettext_lazy(
            "Dấu “%(mark)s” trong %(printed)s khác với các số còn lại của văn bản; hãy viết %(computed)s."
        ),
    ),
    "numbered-twice": (
        "%(computed)s",
        gettext_lazy("Số thứ tự %(number)s đã dùng ngay trước đó; mục này lẽ ra là %(computed)s."),
    ),
    "numbered-back": (
        "%(computed)s",
        gettext_lazy("Số thứ tự %(number)s nhỏ hơn mục trước; mục này lẽ ra là %(computed)s."),
    ),
    "number-missing": (
        "%(computed)s",
        gettext_lazy("Thiếu mục %(computed)s: mục này mang số %(number)s."),
    ),
    "later-than-other": (
        gettext_lazy("trước ngày %(day)s"),
        gettext_lazy(
            "%(other)s ban hành ngày %(day)s, trước %(printed)s, nên không thể là văn bản thực hiện."
        ),
    ),
    "later-than-this": (
        gettext_lazy("không sau ngày %(day)s"),
        gettext_lazy("Văn bản này đề ngày %(day)s, trước %(printed)s của văn bản được dẫn."),
    ),
    "no-such-day": ("", gettext_lazy("Tháng %(month)s chỉ có %(days)s ngày; không có ngày %(day)s.")),
    "no-such-day-in-year": (
        "",
        gettext_lazy("Tháng 2 năm %(year)s có %(days)s ngày; không có ngày %(day)s."),
    ),
    "no-such-month": ("", gettext_lazy("Không có tháng %(month)s.")),
    "no-number": ("", gettext_lazy("Phần đầu văn bản chưa ghi số. Hãy điền số trước khi phát hành.")),
    "no-day": ("", gettext_lazy("Phần đầu văn bản chưa ghi ngày. Hãy điền ngày trước khi phát hành.")),
    "no-month": ("", gettext_lazy("Phần đầu văn bản chưa ghi tháng. Hãy điền tháng trước khi phát hành.")),
    "no-year": ("", gettext_lazy("Phần đầu văn bản chưa ghi năm. Hãy điền năm trước khi phát hành.")),
}

# Whoever reads a finding, its numbers are written as the text itself would write them.
NOTATION = "vi"
# Years are written without a point.
_AS_WRITTEN = ("year",)
_CONTEXT = 90
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Finding:
    """What cannot be right, for people: `place`, the words around it, what is printed, what it should be.

    `passage`, `start` and `end` say where the printed words stand in the passages that were checked.
    `computed` is empty where nothing can be worked out.
    """

    place: str
    rule: str
    text: str
    printed: str
    computed: str
    message: str
    passage: int
    start: int
    end: int

    @property
    def title(self) -> str:
        """What the rule looks for, in a few words."""
        return str(RULES[self.rule])

    def as_json(self) -> dict[str, str]:
        """The object that programs rely on."""
        return {
            key: getattr(self, key) for key in ("place", "rule", "text", "printed", "computed", "message")
        }


def finding_of(fault: Fault, passages: Sequence[Passage]) -> Finding:
    """A fault in words."""
    passage = passages[fault.passage]
    printed = _SPACES.sub(" ", passage.text[fault.start : fault.end].strip())
    named = {**_worded(fault.named, passages), "printed": printed}
    computed, message = REASONS[fault.reason]
    return Finding(
        place=place_of(passage),
        rule=fault.rule,
        text=_around(passage.text, fault.start, fault.end),
        printed=printed,
        computed=str(computed) % named,
        message=str(message) % named,
        passage=fault.passage,
        start=fault.start,
        end=fault.end,
    )


def _worded(named: Mapping[str, Value], passages: Sequence[Passage]) -> dict[str, str]:
    words: dict[str, str] = {}
    for key, value in named.items():
        if key == "there":
            words[key] = place_of(passages[int(str(value))])
        elif isinstance(value, tuple):
            words[key] = format_percent(Decimal(value[1]), language=NOTATION)
        elif isinstance(value, int) and key not in _AS_WRITTEN:
            words[key] = format_number(value, language=NOTATION)
        else:
            words[key] = str(value)
    if "most" in words:
        words["span"] = _span(words["denominator"], words["most"])
        words["other_span"] = _span(words["other_denominator"], words["other_most"])
    return words


def _span(least: str, most: str) -> str:
    return least if least == most else _("%(least)s đến %(most)s") % {"least": least, "most": most}


def place_of(passage: Passage) -> str:
    """Where a passage stands, as somebody who opens the file finds it."""
    kind, *named = passage.where or ("paragraph", "?")
    match kind:
        case "line":
            return _("dòng %(line)s") % {"line": named[0]}
        case "lines":
            return _("dòng %(first)s–%(last)s") % {"first": named[0], "last": named[1]}
        case "cell":
            return _("bảng %(table)s, hàng %(row)s, cột %(column)s") % {
                "table": named[0],
                "row": named[1],
                "column": named[2],
            }
        case "sheet":
            return _("trang tính “%(sheet)s”, ô %(cell)s") % {"sheet": named[0], "cell": named[1]}
        case "note":
            return _("chú thích %(note)s") % {"note": str(named[0]).rpartition(" ")[2]}
    return _("đoạn %(number)s") % {"number": named[0]}


def _around(text: str, start: int, end: int) -> str:
    """The words around a place, cut at spaces, with dots where more follows."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while last < len(text) and last > end and not text[last].isspace():
        last -= 1
    words = _SPACES.sub(" ", text[first:last].strip())
    return f"{'… ' if first else ''}{words}{' …' if last < len(text) else ''}"
