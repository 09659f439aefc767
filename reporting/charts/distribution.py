"""How the schools below a unit spread over an indicator, and where the unit and the province stand.

The database counts the schools' own totals into classes: no school's figure is read, whatever
their number. A school sees itself among all schools of its province: counts only, and only where
they are enough that none can be told from the others (docs/adr/0026).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage
from indicators.models import Target
from reporting import sentences
from reporting.charts.common import Subject
from reporting.figures import Figure
from reporting.models import Totals
from schools.models import OrgUnit

WIDTH = 10  # percent
LAST = 100 // WIDTH  # the class of 100 % and above
FEWEST = 5  # schools, where the reader may not see each of them
_REACHES = {
    Target.Comparison.AT_LEAST: "gte",
    Target.Comparison.MORE_THAN: "gt",
    Target.Comparison.AT_MOST: "lte",
}


@dataclass(frozen=True)
class Distribution:
    """Numbers of schools by class from 0 %, and of those that reach the target (0 without one)."""

    counts: tuple[int, ...]
    reached: int

    @property
    def schools(self) -> int:
        return sum(self.counts)


def read_distribution(subject: Subject, around: OrgUnit, own: Figure) -> Distribution:
    """How the schools below `around` spread over the indicator of `own`, a ratio: one statement."""
    selection, target = subject.selection, own.target
    schools = selection.units_below(around).filter(profile__isnull=False)
    wanted = 0 if target is None else int(target.value * 100)
    reaches = _REACHES[Target.Comparison(target.comparison)] if target else "gte"
    rows = (
        Totals.objects.filter(
            org_unit__in=schools.values("pk"),
            period=selection.period,
            basis=selection.basis,
            indicator=own.indicator,
            denominator__gt=0,
        )
        .order_by()
        # Whole numbers divide to whole numbers in both databases. In hundredths of a percent,
        # which targets are kept in, both sides of the comparison stay whole too.
        .annotate(
            place=Least(F("numerator") * LAST / F("denominator"), Value(LAST)),
            part=F("numerator") * 10_000,
            whole=F("denominator") * wanted,
        )
        .values("place")
        .annotate(schools=Count("pk"), reached=Count("pk", filter=Q(**{f"part__{reaches}": F("whole")})))
    )
    found = {row["place"]: row for row in rows}
    counts = tuple(found[place]["schools"] if place in found else 0 for place in range(LAST + 1))
    return Distribution(counts, sum(row["reached"] for row in found.values()) if target else 0)


def distribution_chart(
    subject: Subject, found: Distribution, own: Figure, others: Sequence[tuple[OrgUnit, Figure, str]]
) -> Chart | None:
    """Schools by class. `others` are units to mark beside the subject's `own` figure, with their pages."""
    if not found.schools:
        return None
    is_school = not subject.place.children
    place = class_of(own) if is_school else None
    marks = [(subject.place.unit, own, subject.figure_url(own)), *others]
    return subject.chart(
        "distribution",
        "classes",
        title=_title(found, own, place),
        unit=_("Số trường theo khoảng tỉ lệ; mỗi khoảng gồm giá trị đầu, không gồm giá trị cuối"),
        columns=(own.indicator.short_label, _("Số trường"), _("Tỉ lệ số trường")),
        rows=[_row(found, one, is_own=one == place) for one in range(LAST + 1)],
        marks=tuple(_mark(*one) for one in marks if one[1].value is not None),
        indicator=own.code,
    )


def class_of(figure: Figure) -> int | None:
    """The class that a figure falls into; None without a value."""
    if figure.numerator is None or not figure.denominator:
        return None
    return min(figure.numerator * LAST // figure.denominator, LAST)


def class_label(place: int) -> str:
    """ "80–90%", or "từ 100%" for the last class."""
    if place == LAST:
        return _("từ %(value)s") % {"value": "100%"}
    return f"{place * WIDTH}–{(place + 1) * WIDTH}%"


def _row(found: Distribution, place: int, *, is_own: bool) -> Row:
    share = percentage(found.counts[place], found.schools)
    cells = (
        Cell(format_number(found.counts[place]), found.counts[place]),
        Cell(format_percent(share), share),
    )
    return Row(class_label(place), cells, state="own" if is_own else "")


def _mark(unit: OrgUnit, figure: Figure, url: str) -> Row:
    """A value on the axis: as text, for in a file it stands among numbers of schools."""
    return Row(unit.name, (Cell(figure.display, url=url), Cell("")))


def _title(found: Distribution, own: Figure, place: int | None) -> str:
    """The finding: how many schools reach the target, else where most of them are; and where one's own is."""
    words = {"indicator": own.indicator.short_label, "all": format_number(found.schools)}
    if own.target is not None:
        reached = {"reached": format_number(found.reached), "target": sentences.target_text(own)}
        finding = _("%(indicator)s: %(reached)s trong %(all)s trường đạt mức %(target)s") % {
            **words,
            **reached,
        }
    else:
        most = max(range(LAST + 1), key=lambda one: found.counts[one])
        crowd = {"class": class_label(most), "most": format_number(found.counts[most])}
        finding = _("%(indicator)s: đông nhất ở khoảng %(class)s, %(most)s trong %(all)s trường") % {
            **words,
            **crowd,
        }
    if place is None:
        return finding
    return _("%(finding)s; trường mình ở khoảng %(class)s") % {
        "finding": finding,
        "class": class_label(place),
    }
