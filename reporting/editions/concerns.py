"""What speaks against publishing a draft: faults, and warnings that the publisher must have seen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import format_number
from reporting.drafts.checks import ERROR, check
from reporting.editions.snapshot import Written


@dataclass(frozen=True)
class Concern:
    """One of them: a sentence, and the heading of the section and the words that it speaks of, if of any."""

    sentence: str
    heading: str = ""
    words: str = ""

    @property
    def quote(self) -> str:
        """The words, where the sentence does not say them itself."""
        return "" if self.words.strip("[]") in self.sentence else self.words


@dataclass(frozen=True)
class Concerns:
    """All of them. `digest` names the warnings as they were shown: "" for none."""

    errors: tuple[Concern, ...] = ()
    warnings: tuple[Concern, ...] = ()

    @property
    def digest(self) -> str:
        """Whoever acknowledges warnings gives this back, so that nobody lets stand what they never saw."""
        if not self.warnings:
            return ""
        told = "\n".join(sorted(f"{one.heading}\t{one.words}\t{one.sentence}" for one in self.warnings))
        return hashlib.sha256(told.encode()).hexdigest()


def concerns(written: Written) -> Concerns:
    """What the checker finds in the texts, and whether the figures may still change by themselves."""
    found = check(written.source, written.texts)
    headings = written.headings
    told = [(one.severity, Concern(one.message, headings.get(one.section, ""), one.words)) for one in found]
    return Concerns(
        errors=tuple(concern for severity, concern in told if severity == ERROR),
        warnings=(
            *_of_the_period(written),
            *(concern for severity, concern in told if severity != ERROR),
        ),
    )


def _of_the_period(written: Written) -> Sequence[Concern]:
    period, progress = written.source.period, written.source.progress
    found = []
    if (period.last or period).is_being_collected(timezone.localdate(written.read_at)):
        found.append(
            Concern(
                _("Kỳ báo cáo còn đang thu thập: số liệu có thể thay đổi sau khi công bố. Nên khóa kỳ trước.")
            )
        )
    if (waiting := progress.expected - progress.approved) > 0:
        found.append(
            Concern(
                ngettext(
                    "Còn %(count)s phiếu chưa được duyệt; số liệu chính thức chưa tính phiếu này.",
                    "Còn %(count)s phiếu chưa được duyệt; số liệu chính thức chưa tính các phiếu này.",
                    waiting,
                )
                % {"count": format_number(waiting)}
            )
        )
    return found
