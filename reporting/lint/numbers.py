"""The numbers of a Vietnamese text, each with what it is; one reckons with counts, shares and fractions only.

Dates, numbers of documents, telephone numbers, money, years, "lớp 10" and "Điều 5" look like numbers and
are none; they are recognised so that no rule takes them for one.
"""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

COUNT, PERCENT, FRACTION, DATE, OTHER = "count", "percent", "fraction", "date", "other"

NUMBER = r"""(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?     # 7.661  1.234,5
             |\d{1,3}(?:[ ]\d{3})+(?!\d)(?:,\d+)?  # 7 661
             |\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?       # 7,661
             |\d+(?:[.,]\d+)?)"""
_SCALE = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ(?!\s+(?:lệ|số|trọng|suất)))(?!\w)"
_UNIT = (
    r"(?:đồng|VNĐ|VND|USD|đ|km|km2|km²|m|m2|m²|ha|kg|tấn|tạ|lít|Mbps|Gbps|Kbps|MB|GB|TB|kW|kWh|inch|°C"
    r"|giờ|phút|giây|điểm|lần|%o|‰)(?!\w)"
)
# Numbers behind these words are names of things.
_NAMING = (
    r"(?:Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Chương|chương|Phần|phần|Tiết|Bảng|bảng|Biểu|biểu|Hình|hình"
    r"|Phụ\s+lục|phụ\s+lục|Mẫu|mẫu|Trang|trang|lớp|Lớp|khối|Khối|quý|Quý|học\s+k[ỳì]|kỳ|Kỳ|mức|Mức|mức\s+độ"
    r"|Mức\s+độ|bậc|Bậc|hạng|Hạng|loại|Loại|đợt|Đợt|khóa|Khóa|khoá|thứ|tuần|Tuần|cấp\s+độ|Cấp\s+độ"
    r"|phiên\s+bản|Quốc\s+lộ|quốc\s+lộ|công\s+nghiệp|Công\s+nghiệp|tháng|Tháng|năm|Năm|ngày|Ngày|nhóm|Nhóm|Tổ"
    r"|mã|Mã|quyển|Quyển|tập|Tập|ca|Ca|hệ|khu|Khu|ấp|thôn|Thôn|tổ\s+dân\s+phố|Web|Windows|Office|Covid"
    r"|TCVN|QCVN|ISO(?:/IEC)?)"
)
_SCHOOL = r"(?:Trường|Tiểu\s+học|Mầm\s+non|Mẫu\s+giáo|THCS|THPT|TH|MN|[Pp]hân\s+hiệu|[Đđ]iểm\s+trường)"
_GRADE = r"(?:cấp|Cấp|cấp\s+học|cấp\s+trường)"

_SCANNER = re.compile(
    rf"""
    (?P<address>https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+)
  | (?P<code>(?<![\w,.])\d+[a-zđ]?(?:/\d{{4}})?/(?:[A-ZĐƯ]{{2,}}|[A-ZĐ]+[a-zđ]*-)[\w&-]*(?:/[A-ZĐ][\w&-]*)?)
  | (?P<date>(?:(?<!\w)[Nn]gày\s+)?(?<![\w.,/-])\d{{1,2}}(?P<mark>[/.-])\d{{1,2}}(?P=mark)\d{{4}}(?!\d)
      | (?<!\w)[Nn]gày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:(?:\s+năm\s+|/)\d{{4}})?(?!\d)
      | (?<!\w)[Nn]gày\s+\d{{1,2}}/\d{{1,2}}(?![\d/])
      | (?<![\w./])\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:(?:\s+năm\s+|/)\d{{4}})?(?!\d)
      | (?<!\w)[Tt]háng\s+\d{{1,2}}(?:/|\s+năm\s+)\d{{4}}(?!\d))
  | (?P<month>(?<![\w.,/-])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/.,]))
  | (?P<phone>(?<![\w.,/])(?:\(?(?:\+84|0)\d{{1,4}}\)?(?:[\s.-]\d{{1,4}}){{2,4}}|0\d{{8,10}}
      |1[89]00(?:[\s.-]\d{{2,4}})+|1[89]00\d{{4,}})(?![\w/]))
  | (?P<span>(?<![\w.,/-])(?:19|20)\d\d\s*-\s*(?:(?:19|20)?\d\d)(?![\w/-]|[.,]\d))
  | (?P<time>(?<![\w.,/])\d{{1,2}}
      (?:\s*giờ(?:\s*\d{{1,2}}(?:\s*phút)?)?|[hg]\d{{0,2}}|:\d{{2}}(?::\d{{2}})?)(?!\w))
  | (?P<word>(?<!\w)[A-Za-zĐđ]+[-_]?\d+[\w-]*|(?<![\w.,/])\d+[A-Za-zĐđ][\w]*)
  | (?P<named>(?<!\w)(?:{_NAMING}\s+(?:số\s+|thứ\s+)?|{_SCHOOL}\s+[Ss]ố\s+|{_GRADE}\s+(?=[1-5](?!\d|[.,]\d))
      |(?<![Tt]ổng\s)(?<!\w)[Ss]ố\s+(?=\d+(?![\d.]*\s*(?:%|/\s*\d|\w{{2,}}\s+\w))))
      \d+(?:[.,]\d+)*(?!\s*%|\d|\s?/\s?\d|/[A-ZĐ])(?:\s*(?:,|và|-|đến|hoặc)\s*\d{{1,2}}(?![\w/]|[.,]\d|\s*%|\s+\w))*)
  | (?P<version>(?<![\w.,])\d+(?:\.\d{{1,2}}){{2,}}(?![\w]))
  | (?P<money>(?<![\w.,/]){NUMBER}(?:\s*-\s*{NUMBER})?\s*(?:{_SCALE}(?:\s+{_UNIT})?|{_UNIT}))
  | (?P<percents>(?<![\w.,/])\d+(?:[.,]\d+)?\s*%?\s*-\s*\d+(?:[.,]\d+)?\s*%)
  | (?P<percent>(?<![\w.,/])\d+(?:[.,]\d+)?\s*(?:%|phần\s+trăm(?!\w)))
  | (?P<fraction>(?<![\w.,/-]){NUMBER}\s?/\s?{NUMBER}(?!\s*%|[\w/]|[.,]\d))
  | (?P<range>(?<![\w.,/]){NUMBER}\s*-\s*{NUMBER}(?![\w/]))
  | (?P<count>(?<![\w.,/]){NUMBER}(?![\w/]))
  | (?P<rest>\d+)
    """,
    re.VERBOSE,
)
_KINDS = {"percent": PERCENT, "fraction": FRACTION, "count": COUNT, "date": DATE}
_PARTS = re.compile(NUMBER, re.VERBOSE)
_YEAR = re.compile(r"(?:19|20)\d\d")

SOFTENERS = (
    r"(?:khoảng|gần|hơn|xấp\s+xỉ|ước|ước\s+khoảng|ước\s+đạt|ước\s+tính|chừng|tầm|trên|dưới|ngót|trên\s+dưới"
    r"|không\s+dưới|không\s+quá|ít\s+nhất|nhiều\s+nhất|tối\s+thiểu|tối\s+đa|từ|chưa\s+đến|chưa\s+tới|gấp|quá)"
)
_SOFT_BEFORE = re.compile(rf"(?<!\w){SOFTENERS}\s*(?:là\s*)?$|[≥≤><~≈]=?\s*$", re.IGNORECASE)
_SOFT_AFTER = re.compile(r"\s*(?:\w+\s+){0,3}trở\s+(?:lên|xuống)")


class Token(NamedTuple):
    """A number of a text, from `start` to `end` of its plain form.

    `values` holds one exact number, or the two of a fraction; `places` how many decimals are printed.
    `is_soft`: the text itself says that it is approximate or a bound ("gần", "trên", "trở lên").
    """

    kind: str
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    places: int = 0
    is_soft: bool = False
    text: str = ""

    @property
    def value(self) -> Decimal:
        return self.values[0]


def tokens_of(text: str) -> list[Token]:
    """The numbers of a plain text, in order; what is no number to reckon with has kind "other"."""
    return [_token(text, found) for found in _SCANNER.finditer(text)]


def _token(text: str, found: re.Match[str]) -> Token:
    name = str(found.lastgroup) if found.lastgroup != "mark" else "date"
    kind = _KINDS.get(name, OTHER)
    start, end = found.span()
    plain = Token(kind, start, end, text=found[0])
    if kind in (OTHER, DATE):
        return plain
    written = [part[0] for part in _PARTS.finditer(found[0])]
    values = tuple(number(part, share=kind == PERCENT) for part in written)
    # "4.0" of an industrial revolution counts nothing.
    whole = kind == PERCENT or not any("." in str(value) for value in values)
    if not whole or (kind == COUNT and _is_year(text, start, found[0])):
        return plain._replace(kind=OTHER)
    return plain._replace(
        values=values,
        places=places(written[0]) if kind == PERCENT else 0,
        is_soft=bool(_SOFT_BEFORE.search(text, max(0, start - 20), start) or _SOFT_AFTER.match(text, end)),
    )


def _is_year(text: str, start: int, written: str) -> bool:
    """Whether four digits without a dot are a year: "2023", unless things are counted ("tổng số 2000")."""
    return bool(_YEAR.fullmatch(written)) and not text[max(0, start - 20) : start].rstrip().endswith(
        ("tổng số", "có")
    )


def number(written: str, *, share: bool = False) -> Decimal:
    """The value of a number as written. One mark before three digits parts thousands, except in a share."""
    written = written.replace(" ", "")
    comma, dot = written.rfind(","), written.rfind(".")
    if comma >= 0 and dot >= 0:
        decimal = "," if comma > dot else "."
    else:
        mark = "," if comma >= 0 else "."
        groups = written.split(mark)[1:]
        parts_thousands = bool(groups) and all(len(group) == 3 for group in groups)
        is_grouped = parts_thousands and not written.startswith("0") and not (share and len(groups) == 1)
        decimal = "" if is_grouped else mark
    whole = "".join(letter for letter in written if letter.isdigit() or letter == decimal)
    return Decimal(whole.replace(decimal, ".") if decimal else whole)


def places(written: str) -> int:
    """How many decimals a share is printed with: 2 for "84,34"."""
    return len(re.split(r"[.,]", written)[1]) if re.search(r"[.,]", written) else 0


def share(numerator: Decimal, denominator: Decimal, digits: int) -> Decimal:
    """numerator ÷ denominator in percent, half-up to `digits` decimals, as official figures are rounded."""
    return _exact(numerator, denominator).quantize(_unit(digits), ROUND_HALF_UP)


def cut_share(numerator: Decimal, denominator: Decimal, digits: int) -> Decimal:
    """The same, cut off instead of rounded: what a truncating calculator prints."""
    return _exact(numerator, denominator).quantize(_unit(digits), ROUND_DOWN)


def _exact(numerator: Decimal, denominator: Decimal) -> Decimal:
    return numerator * 100 / denominator


def _unit(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)
