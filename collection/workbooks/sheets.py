"""One sheet of a write-only workbook, filled from the top: rows, widths, locks, checks of input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dxreport.lib.numbers import MAX_COUNT
from dxreport.lib.workbooks import Value, height_for, put, set_up_page, set_widths

from .styles import styled

COMMENT_WIDTH, COMMENT_HEIGHT = 320, 150  # pixels
LONGEST_COMMENT = 1000


class Sheet:
    """A locked sheet. How it looks is said before the first row: the file is written as it grows."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        *,
        widths: Sequence[float] = (),
        panes: str = "",
        title_rows: str = "",
        footer: str = "",
    ) -> None:
        self.page = book.create_sheet(title)
        self.row = 0
        set_widths(self.page, widths)
        if panes:
            self.page.freeze_panes = panes
        set_up_page(self.page, landscape=True, title_rows=title_rows or None, footer=footer)
        protection = self.page.protection
        protection.sheet = True
        # False allows: columns may be widened and rows heightened, to read what stands in them.
        protection.formatColumns = protection.formatRows = False

    def add(self, cells: Iterable[tuple[Value, str]], *, height: float = 0, is_hidden: bool = False) -> int:
        """One row of (value, style); returns its number."""
        self.row += 1
        if height:
            self.page.row_dimensions[self.row].height = height
        if is_hidden:
            self.page.row_dimensions[self.row].hidden = True
        self.page.append([styled(self.page, value, style) for value, style in cells])
        return self.row

    def add_cells(self, cells: Sequence[Cell], *, height: float = 0) -> int:
        """One row of cells made with `cell`; returns its number."""
        self.row += 1
        if height:
            self.page.row_dimensions[self.row].height = height
        self.page.append(cells)
        return self.row

    def cell(self, value: Value, style: str, comment: str = "") -> Cell:
        """A cell, with a comment where there is one."""
        made = styled(self.page, value, style)
        if comment:
            made.comment = Comment(
                comment[:LONGEST_COMMENT], "dxreport", height=COMMENT_HEIGHT, width=COMMENT_WIDTH
            )
        return made

    def texts(self, values: Iterable[str]) -> int:
        """One row of plain texts."""
        return self.add((value, "Normal") for value in values)

    def blank(self) -> None:
        """One empty row."""
        self.row += 1
        self.page.append([])

    def check(self, validation: DataValidation, column: int, first: int, last: int) -> None:
        """Let the spreadsheet check what is typed into a column, from the first row to the last."""
        letter = get_column_letter(column)
        validation.add(f"{letter}{first}:{letter}{last}")

    def close(self, validations: Iterable[DataValidation] = ()) -> None:
        """The checks of input, which stand behind the rows in the file."""
        for validation in validations:
            if validation.sqref:
                self.page.data_validations.append(validation)


def whole_number() -> DataValidation:
    """Whole numbers from 0; anything else is refused by the spreadsheet."""
    return DataValidation(
        type="whole",
        operator="between",
        formula1="0",
        formula2=str(MAX_COUNT),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Chưa đúng số lượng",
        error="Ô này nhận số nguyên từ 0 trở lên. Nếu không có số, hãy để trống ô này.",
    )


def whole_number_or_words(cell: str, words: Sequence[str]) -> DataValidation:
    """Whole numbers from 0 or one of `words` at the beginning of the text; `cell` is the first one."""
    begins = ",".join(f'LEFT({cell},{len(word)})="{word}"' for word in words)
    number = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<={MAX_COUNT},{cell}=INT({cell})),FALSE)"
    return DataValidation(
        type="custom",
        formula1=f"OR({number},{begins})",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Chưa đúng số lượng",
        error="Ô này nhận số nguyên từ 0 trở lên, hoặc một trong các từ ghi ở trang Hướng dẫn.",
    )


def one_of(formula: str, *, is_strict: bool = True) -> DataValidation:
    """A list to choose from; one that is not strict lets other text in after a warning."""
    return DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if is_strict else "warning",
        errorTitle="Không có trong danh sách",
        error="Hãy chọn một mục trong danh sách của ô.",
    )


def prompt(title: str, text: str) -> DataValidation:
    """No check, only advice beside the cell."""
    return DataValidation(
        type=None,
        allow_blank=True,
        showInputMessage=True,
        promptTitle=title[:32],
        prompt=text[:255],
    )


def quoted(words: Sequence[str]) -> str:
    """A short list of words as a formula of a list validation."""
    return '"' + ",".join(words) + '"'


__all__ = [
    "Sheet",
    "height_for",
    "one_of",
    "prompt",
    "put",
    "quoted",
    "whole_number",
    "whole_number_or_words",
]
