"""How numbers are read and shown: exact, half-up, in the reader's language.

This is the only module that turns a figure into text or text into a figure; pages, charts,
workbooks and documents call it.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

DASH = "–"
# A single cell holds at most this; a national sum of such cells still fits a 64-bit column.
MAX_COUNT = 999_999_999_999
# Enough digits that no number is too long to be shown.
_WIDE = Context(prec=100)


@dataclass(frozen=True)
class Notation:
    """Separators of one language."""

    decimal: str
    thousands: str


VIETNAMESE = Notation(decimal=",", thousands=".")
ENGLISH = Notation(decimal=".", thousands=",")


def notation(language: str | None = None) -> Notation:
    """The separators of `language`, by default of the active one."""
    return ENGLISH if (language or get_language() or "vi").startswith("en") else VIETNAMESE


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """`value` half-up to `places` decimals, as every official figure is rounded."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def format_number(value: int | Decimal | None, *, places: int = 2, language: str | None = None) -> str:
    """7661 -> "7.661"; Decimal("84.340") -> "84,34"; None -> a dash. Trailing zeros are trimmed."""
    if value is None:
        return DASH
    marks = notation(language)
    text = f"{rounded(Decimal(value), places):,f}"
    whole, _point, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.replace(",", marks.thousands)
    if not fraction and whole == "-0":
        whole = "0"
    return f"{whole}{marks.decimal}{fraction}" if fraction else whole


def format_percent(value: Decimal | None, *, language: str | None = None) -> str:
    """Decimal("84.34") -> "84,34%"; None -> a dash. `value` is already in percent."""
    return DASH if value is None else f"{format_number(value, language=language)}%"


def quotient(numerator: int, denominator: int, *, places: int = 6) -> tuple[Decimal, bool]:
    """The quotient of two counts cut, not rounded, after `places` decimals, and whether that is all of it.

    7661 of 9083 is 0.843443, with more to come. The denominator is positive.
    """
    whole, rest = divmod(numerator * 10**places, denominator)
    return Decimal(whole).scaleb(-places, context=_WIDE), rest == 0


def format_quotient(numerator: int, denominator: int, *, language: str | None = None) -> str:
    """7661 of 9083 -> "0,843443…": the digits before anything is rounded."""
    cut, is_exact = quotient(numerator, denominator)
    if is_exact:
        return format_number(cut, places=6, language=language)
    whole, _point, fraction = f"{cut:f}".partition(".")
    return f"{format_number(int(whole), language=language)}{notation(language).decimal}{fraction}…"


def format_change(value: Decimal | None, *, language: str | None = None) -> str:
    """A signed difference: Decimal("5.12") -> "+5,12"; zero has no sign; None -> a dash."""
    if value is None:
        return DASH
    text = format_number(abs(value), language=language)
    if text == "0":
        return text
    return f"{'+' if value > 0 else '−'}{text}"


class NumberRefused(ValueError):
    """Text that is not a count; its message tells the person what to type instead."""


_PLAIN = re.compile(r"[0-9]+", re.ASCII)
# One kind of separator throughout, and no group begins with 0: "0.123" is a typing slip, not 123.
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.\u0020\u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*", re.ASCII)
_COMMA = re.compile(r"[0-9][0-9.,]*,[0-9]+", re.ASCII)
_NOT_DIGIT = re.compile(r"[^0-9]", re.ASCII)


def parse_count(text: str) -> int | None:
    """Read a count as a Vietnamese clerk writes it; blank is None.

    "7661", "7.661" and "7 661" are 7661. A comma is the decimal mark, so "7,661" is refused
    rather than guessed: the two readings differ by a factor of 1000.

    Raises NumberRefused with a sentence for the person who typed it.
    """
    text = text.strip(" \t\r\n\u00a0\u202f")
    if not text:
        return None
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise NumberRefused(_why_refused(text))
    digits = _NOT_DIGIT.sub("", text).lstrip("0")
    if len(digits) > len(str(MAX_COUNT)):
        raise NumberRefused(
            _("Số quá lớn: một ô nhận tối đa %(limit)s. Hãy kiểm tra lại số đã gõ.")
            % {"limit": format_number(MAX_COUNT)}
        )
    return int(digits or "0")


def _why_refused(text: str) -> str:
    if text.startswith(("-", "−", "\u2013")):
        return _("Số lượng không thể âm. Hãy gõ số từ 0 trở lên.")
    if _COMMA.fullmatch(text):
        whole = text.replace(",", ".")
        if _GROUPED.fullmatch(whole):
            return _(
                "“%(text)s” có dấu phẩy, là dấu thập phân."
                " Nếu là số nguyên, hãy gõ %(plain)s hoặc %(grouped)s."
            ) % {"text": text, "plain": _NOT_DIGIT.sub("", text), "grouped": whole}
        return _("Ô này nhận số nguyên, không nhận số thập phân. Hãy gõ số không có dấu phẩy.")
    if re.fullmatch(r"[0-9.\s]+", text, re.ASCII):
        return _("Dấu chấm phân nhóm ba chữ số, như 7.661. Hãy gõ lại, hoặc gõ số không có dấu chấm.")
    return _("Ô này chỉ nhận chữ số, như 7661 hoặc 7.661. Hãy bỏ chữ và ký hiệu khác.")
