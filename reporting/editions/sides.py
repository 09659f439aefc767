"""What is compared: an edition, or what the same report would say of the figures today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.drafts.selections import selection_of
from reporting.editions import tree
from reporting.editions.freezing import figures_data
from reporting.editions.snapshot import one_moment
from reporting.figures import FigureSet
from reporting.models import Edition
from reporting.notes import LANGUAGE


@dataclass(frozen=True)
class Side:
    """Figures and formulas by code as plain data, what each unit brings, and when all that was read.

    `number` is None for today, which has no text.
    """

    number: int | None
    read_at: dt.datetime
    figures: Mapping[str, Mapping[str, Any]]
    formulas: Mapping[str, Mapping[str, Any]]
    units: tree.Tree
    texts: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """As a heading of a column says it."""
        return _("Hiện nay") if self.number is None else _("Bản số %(number)s") % {"number": self.number}


def of_edition(edition: Edition) -> Side:
    """What was published. No statement beyond the edition's own."""
    content = edition.content
    return Side(
        number=edition.number,
        read_at=dt.datetime.fromisoformat(content["read_at"]),
        texts=content["draft"],
        headings=dict(content["headings"]),
        **_parts(content),
        units=tree.from_data(content["units"]),
    )


def of_today(edition: Edition) -> Side:
    """The figures of the edition's unit, period and basis as they are now."""
    with one_moment(), override(LANGUAGE):
        selection = selection_of(edition.draft)
        unit, period = edition.unit, selection.period
        loaded = FigureSet.load(units=[unit], periods=[period], basis=selection.basis)
        found = loaded.of(unit, period)
        return Side(
            number=None,
            read_at=timezone.now(),
            **_parts(figures_data(found)),
            units=tree.read_tree(
                unit, selection.units_below(unit), period, selection.basis, loaded.indicators
            ),
        )


def _parts(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {one["code"]: one for one in content[name]} for name in ("figures", "formulas")}
