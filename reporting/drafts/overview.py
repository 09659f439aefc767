"""The sections of a draft, each with how far it is: for the page that leads to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from reporting.models import Draft, DraftSection
from schools.models import User

from .checks import ERROR, WARNING, Finding
from .findings import findings_of
from .preview import read_sight
from .rights import Rights


@dataclass(frozen=True)
class Row:
    """One section: what is still to do in it, who writes it, who wrote last."""

    section: DraftSection
    findings: Sequence[Finding]
    remarks: int
    authors: tuple[User, ...]
    may_write: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self.section.text.strip()

    @property
    def prompts(self) -> int:
        """What authors have still to add."""
        return sum(one.rule == "prompt" for one in self.findings)

    @property
    def errors(self) -> int:
        """What else stands in the way of publishing; that it is empty is said by itself."""
        said = ("prompt", "empty")
        return sum(one.severity == ERROR and one.rule not in said for one in self.findings)

    @property
    def warnings(self) -> int:
        """What somebody has to look at."""
        return sum(one.severity == WARNING for one in self.findings)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.is_empty or self.findings or self.remarks)


def rows_of(draft: Draft, rights: Rights) -> list[Row]:
    """The sections in order: a constant number of queries."""
    people = Prefetch("authors", User.objects.order_by("display_name", "username"))
    sections = list(
        draft.sections.select_related("updated_by")
        .prefetch_related(people)
        .annotate(
            open_remarks=Count(
                "comments", filter=Q(comments__answers=None, comments__settled_at=None), distinct=True
            )
        )
    )
    found = findings_of(read_sight(draft), {one.key: one.text for one in sections})
    return [_row(one, found, rights) for one in sections]


def _row(section: DraftSection, found: Mapping[str, Sequence[Finding]], rights: Rights) -> Row:
    return Row(
        section=section,
        findings=found.get(section.key, ()),
        remarks=section.open_remarks,  # type: ignore[attr-defined]
        authors=tuple(section.authors.all()),
        may_write=rights.may_write(section),
    )
