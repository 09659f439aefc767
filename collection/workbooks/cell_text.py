"""The text of a workbook's cell, as a person would have typed it into the form. Pure.

Numbers come as the exact digits of the file, never through a float: 12.0 is 12, and 12.5 is refused
by the form's own reader in its own words.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from dxreport.lib.reading import Cell
from dxreport.lib.reading import Kind as CellKind
from indicators.models import DataElement

# More digits than any cell takes: enough to be told "too large", not enough to fill memory.
_MOST_DIGITS = 30


class CellUnreadable(ValueError):
    """A cell of a kind that no answer has; the message is a sentence."""


def text_of(cell: Cell | None, element: DataElement | None) -> str:
    """What stands in a cell, as a person would type it. Raises CellUnreadable with a sentence."""
    if cell is None:
        return ""
    match cell.kind:
        case CellKind.TEXT:
            return cell.text
        case CellKind.NUMBER:
            return number_text(cell.text)
        case CellKind.BOOL if element is not None and element.type == DataElement.Type.YES_NO:
            return cell.text
        case CellKind.BOOL:
            raise CellUnreadable(_("Ô chứa giá trị đúng/sai (TRUE, FALSE). Hãy gõ lại nội dung của ô."))
        case CellKind.DATE:
            raise CellUnreadable(
                _("Ô chứa ngày tháng. Hãy đổi định dạng của ô thành số hoặc văn bản rồi gõ lại.")
            )
        case CellKind.ERROR:
            raise CellUnreadable(
                _("Ô chứa lỗi %(error)s của công thức. Hãy gõ số thay cho công thức.")
                % {"error": cell.text[:20]}
            )
    raise CellUnreadable(
        _(
            "Ô chứa công thức chưa có kết quả."
            " Hãy mở tệp bằng Excel rồi lưu lại, hoặc gõ số thay cho công thức."
        )
    )


def number_text(digits: str) -> str:
    """The exact number of a file as a Vietnamese clerk types it: "12.0" -> "12", "7.661" -> "7,661"."""
    number = Decimal(digits)
    if abs(number.adjusted()) > _MOST_DIGITS:
        return "9" * _MOST_DIGITS if number > 1 else digits.replace(".", ",")
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number:f}".replace(".", ",")
