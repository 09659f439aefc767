"""Why collection says no. The text of each is the sentence for the screen: it tells what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


class Refused(ValueError):
    """An action that the rules do not allow now; nothing was changed.

    Where many were acted on at once, `submission_id` or `upload_id` may say which one stood in the way.
    """

    submission_id: int | None = None
    upload_id: int | None = None


class CellsRefused(Refused):
    """Some cells hold what cannot be saved. `cells`: element code -> sentence; `labels` their names."""

    def __init__(self, cells: Mapping[str, str], labels: Mapping[str, str], subject: str) -> None:
        self.cells = dict(cells)
        code, sentence = next(iter(self.cells.items()))
        super().__init__(
            _("%(subject)s: %(count)s ô chưa lưu được. Ô “%(cell)s”: %(why)s")
            % {
                "subject": subject,
                "count": len(self.cells),
                "cell": labels.get(code, code[:60]),
                "why": sentence,
            }
        )


@dataclass(frozen=True)
class CellConflict:
    """A cell that two people changed to different values, in words for the screen."""

    element_code: str
    label: str
    yours: str
    theirs: str
    by: str
    at: dt.datetime | None
    version: int


class Conflict(Refused):
    """Somebody else changed the same cells meanwhile; `cells` holds both values of each."""

    def __init__(self, cells: Sequence[CellConflict]) -> None:
        self.cells = list(cells)
        super().__init__(
            _(
                "%(count)s ô vừa được người khác sửa khác với số của bạn. Chưa có gì được lưu:"
                " hãy xem hai giá trị của từng ô, chọn giá trị đúng rồi lưu lại."
            )
            % {"count": len(self.cells)}
        )


Spoken = tuple[str, tuple[str, ...]]  # a sentence, and the codes of the cells it speaks of


class NotReady(Refused):
    """A submission that cannot be submitted yet.

    `missing`: element code -> sentence; `broken`: a sentence for each hard rule, `unexplained`: one
    for each question and soft rule that nobody has answered, each with the codes of its cells.
    """

    def __init__(
        self,
        subject: str,
        missing: Mapping[str, str],
        broken: Sequence[Spoken],
        unexplained: Sequence[Spoken] = (),
    ) -> None:
        self.missing = dict(missing)
        self.broken = list(broken)
        self.unexplained = list(unexplained)
        parts = []
        if self.missing:
            parts.append(
                _("còn %(count)s ô chưa trả lời. Hãy nhập số, hoặc chọn “không có số liệu” và ghi lý do")
                % {"count": len(self.missing)}
            )
        parts.extend(sentence for sentence, _cells in self.broken)
        if self.unexplained:
            parts.append(
                _("còn %(count)s chỗ cần giải trình. Hãy kiểm tra lại số, hoặc ghi một dòng giải trình")
                % {"count": len(self.unexplained)}
            )
        super().__init__(
            _("Chưa nộp được %(subject)s: %(why)s.") % {"subject": subject, "why": "; ".join(parts)}
        )


# --- sentences about one cell ------------------------------------------------------------


def not_asked(code: str) -> str:
    """The sentence about a cell that the submission does not have."""
    return _("Phiếu này không hỏi chỉ tiêu “%(code)s”. Hãy bỏ chỉ tiêu này.") % {"code": code[:60]}


def not_returned() -> str:
    """The sentence about a cell that a return did not reopen."""
    return _("Ô này không bị trả lại nên giữ nguyên. Nếu cần sửa, hãy đề nghị người duyệt trả lại ô này.")
