"""The versions of a section as a reader meets them: what one person wrote in one go is one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporting.models import DraftSection, SectionVersion

from .actions import SITTING

MOST = 500  # versions that a page looks at


@dataclass(frozen=True)
class Sitting:
    """Versions `first` to `number` of one author, each soon after the one before.

    `before` is the version that the first of them changed; None for the delivered text. A sitting
    `is_aside` where its text was told apart because somebody else saved meanwhile.
    """

    number: int
    first: int
    before: int | None
    author: str
    began: dt.datetime
    ended: dt.datetime
    restored: int | None = None
    is_aside: bool = False


def sittings_of(section: DraftSection) -> list[Sitting]:
    """The sittings of a section, the latest first: one query."""
    rows = section.versions.select_related("written_by").defer("text").order_by("-number")[:MOST]
    return grouped(sorted(rows, key=lambda one: one.number))[::-1]


def grouped(versions: Sequence[SectionVersion]) -> list[Sitting]:
    """Sittings from versions in order of their numbers."""
    found: list[Sitting] = []
    last: int | None = None  # the place of the latest sitting of the section itself
    before = versions[0].number - 1 if versions and versions[0].number > 1 else None
    for one in versions:
        author = str(one.written_by)
        if one.aside_of is not None:
            found.append(_of(one, author, one.aside_of, is_aside=True))
        elif last is not None and _goes_on(found[last], one, author):
            found[last] = replace(found[last], number=one.number, ended=one.written_at)
            before = one.number
        else:
            found.append(_of(one, author, before))
            last, before = len(found) - 1, one.number
    return sorted(found, key=lambda sitting: sitting.number)


def _goes_on(sitting: Sitting, version: SectionVersion, author: str) -> bool:
    """Whether a version belongs to the sitting. What was begun with or taken again stands by itself."""
    is_plain = version.restored is None and sitting.restored is None and sitting.before is not None
    return is_plain and sitting.author == author and version.written_at - sitting.ended < SITTING


def _of(version: SectionVersion, author: str, before: int | None, *, is_aside: bool = False) -> Sitting:
    return Sitting(
        number=version.number,
        first=version.number,
        before=before,
        author=author,
        began=version.written_at,
        ended=version.written_at,
        restored=version.restored,
        is_aside=is_aside,
    )


def find(sittings: Iterable[Sitting], number: int | None) -> Sitting | None:
    """The sitting that a number belongs to, the latest without one."""
    known = list(sittings)
    if number is None:
        return known[0] if known else None
    return next((one for one in known if one.first <= number <= one.number), None)
