"""The sheet of choice lists: every name that may be chosen, and where a cell's check finds them."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from indicators.models import ChoiceList, DataElement

from .layout import LISTS_SHEET
from .sheets import Sheet
from .styles import HEADING, LABEL

_WIDTH = 44


class Lists:
    """The choice lists of some elements, each in a column of its own, in the order of the form."""

    def __init__(self, elements: Iterable[DataElement]) -> None:
        found: dict[int, ChoiceList] = {}
        for element in elements:
            if element.choice_list is not None:
                found.setdefault(element.choice_list.pk, element.choice_list)
        self._names = {pk: [choice.name for choice in one.choices.all()] for pk, one in found.items()}
        self._titles = {pk: one.name for pk, one in found.items()}

    def range_of(self, element: DataElement) -> str:
        """Where the names for `element` stand, as a formula."""
        place = list(self._names).index(element.choice_list_id or 0)
        letter = get_column_letter(place + 1)
        return f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(self._names[element.choice_list_id or 0]) + 1}"

    def write(self, book: Workbook) -> None:
        """The sheet, where any element has a list."""
        if not self._names:
            return
        sheet = Sheet(book, LISTS_SHEET, widths=[_WIDTH] * len(self._names), panes="A2", title_rows="1:1")
        sheet.add((title, HEADING) for title in self._titles.values())
        for place in range(max(map(len, self._names.values()))):
            names = (column[place] if place < len(column) else None for column in self._names.values())
            sheet.add((name, LABEL) for name in names)
        sheet.close()
