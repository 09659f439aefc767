"""The remarks on a section with their answers, as the editor shows them."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.models import DraftSection, SectionComment


@dataclass(frozen=True)
class Thread:
    """A remark and what was answered, in order."""

    remark: SectionComment
    answers: tuple[SectionComment, ...]

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said that nothing more is to be done."""
        return self.remark.settled_at is not None


def threads_of(section: DraftSection) -> list[Thread]:
    """All remarks, open ones first, each kind in order of time: one query."""
    rows = list(section.comments.select_related("written_by", "settled_by").order_by("written_at", "pk"))
    threads = [
        Thread(one, tuple(row for row in rows if row.answers_id == one.pk))
        for one in rows
        if one.answers_id is None
    ]
    return sorted(threads, key=lambda thread: thread.is_settled)
