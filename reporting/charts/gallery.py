"""All charts of a unit, read in a fixed number of statements whatever the number of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from collection.models import ReportingPeriod
from dxreport.lib.charts import Chart
from indicators.kept import catalogue_of
from indicators.models import Indicator, Target
from reporting.charts.common import Subject
from reporting.charts.composition import composition_chart, load_composition
from reporting.charts.distribution import FEWEST, distribution_chart, read_distribution
from reporting.charts.levels import find_levels, levels_chart
from reporting.charts.targets import targets_chart
from reporting.charts.trend import PERIODS_AT_MOST, trend_chart
from reporting.charts.units import compared, units_chart
from reporting.comparison import Comparison
from reporting.figures import Figure, FigureSet
from reporting.places import read_place
from reporting.reading import Wanted
from reporting.selection import Option, Selection
from schools.models import OrgUnit, User

KINDS = (Indicator.Kind.RATIO, Indicator.Kind.COUNT)  # what a chart can be asked about


@dataclass(frozen=True)
class Gallery:
    """A unit and what its charts are made of; each chart is built when it is asked for.

    `top` is the unit at the top of the hierarchy, which may lie above what the reader may see:
    only its sums are shown. `asked` is the code of the indicator that the address names, or "".
    """

    subject: Subject
    figure_set: FigureSet
    figures: tuple[Figure, ...]
    targets: Mapping[int, Sequence[Target]]
    top: OrgUnit
    sees_top: bool
    asked: str = ""

    @cached_property
    def comparison(self) -> Comparison:
        subject = self.subject
        return Comparison(subject.place, subject.selection, self.figures, self.figure_set, subject.kind)

    @cached_property
    def own(self) -> Figure | None:
        """What the charts of one indicator are about: the one asked for, else the worst, else the first."""
        fit = [one for one in self.figures if one.indicator.kind in KINDS and one.units_expected]
        asked = next((one for one in fit if one.code == self.asked), None)
        worst = compared(self.comparison, self.figures, "")
        return asked or worst or next((one for one in fit if one.target), None) or next(iter(fit), None)

    @property
    def is_illustrative(self) -> bool:
        """Whether the period or one of the units was generated for trial."""
        place, selection = self.subject.place, self.subject.selection
        periods, units = (selection.period, *selection.members), (place.unit, *place.children)
        return any(one.is_illustrative for one in periods) or any(one.is_illustrative for one in units)

    @property
    def choices(self) -> list[Option]:
        """The indicators to choose from; `url` holds the code, for a select of a form."""
        return [
            Option(one.indicator.short_label, one.code, one is self.own)
            for one in self.figures
            if one.indicator.kind in KINDS and one.units_expected
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The rest of the address, for the form that chooses an indicator."""
        kind = [("kind", self.subject.kind)] if self.subject.kind else []
        return [*parse_qsl(self.subject.selection.query), *kind]

    def charts(self) -> dict[str, Chart]:
        """The charts that there is something to show in, by key, in the order of the page."""
        subject, figures = self.subject, self.figures
        composition = load_composition(subject.selection.period.indicator_set.code)
        found = [
            targets_chart(subject, figures),
            *self._of_one_indicator(),
            self._levels(),
            composition_chart(subject, figures, composition),
        ]
        return {chart.key: chart for chart in found if chart is not None}

    def _of_one_indicator(self) -> list[Chart | None]:
        own = self.own
        if own is None:
            return []
        targets = self.targets.get(own.indicator.pk, ())
        trend = trend_chart(self.subject, self.figure_set, own.indicator, targets)
        distribution = self._distribution(own) if own.is_ratio else None
        units = units_chart(self.subject, self.comparison, own) if own.units_expected > 1 else None
        return [trend, distribution, units]

    def _distribution(self, own: Figure) -> Chart | None:
        """The schools below the unit; for a school, those of its whole province."""
        place, selection = self.subject.place, self.subject.selection
        around = place.unit if place.children else self.top
        found = read_distribution(self.subject, around, own)
        if around == self.top and not self.sees_top and found.schools < FEWEST:
            return None
        others = []
        if self.top != place.unit:
            figure = self.figure_set.figure(self.top, selection.period, own.indicator)
            url = selection.figure_url(self.top.code, own.code) if self.sees_top else ""
            others.append((self.top, figure, url))
        return distribution_chart(self.subject, found, own, others)

    def _levels(self) -> Chart | None:
        levels = find_levels(self.figure_set.indicators)
        return levels_chart(self.subject, self.comparison, self.figure_set, levels) if levels else None


def read_gallery(
    user: User, unit_code: str, selection: Selection, *, indicator: str = "", kind: str = ""
) -> Gallery:
    """The charts of a unit that `user` may see. Http404 outside the user's scope."""
    place = read_place(user, unit_code, on=selection.hierarchy_date)
    path = (*place.above, place.unit)
    sees_top = path[0].code == place.scopes[-1]
    top = path[0] if sees_top else OrgUnit.objects.get(code=place.scopes[-1])
    catalogue = catalogue_of(selection.period.indicator_set)
    indicators, targets = catalogue.indicators, catalogue.targets
    levels = find_levels(indicators)
    of_levels = {one.pk for one in levels.indicators} if levels else set()
    below = [
        one.pk
        for one in indicators
        if (one.code == indicator and one.kind in KINDS)
        or (one.kind == Indicator.Kind.RATIO and (one.pk in targets or one.pk in of_levels))
    ]
    # Lists that distinct indicators count are not read: no chart shows one.
    sums = selection.sums(
        Wanted([place.unit], _periods(selection), choices=False),
        Wanted([] if top == place.unit else [top], [selection.period], choices=False),
        Wanted(place.children, [selection.period], below, choices=False),
    )
    figure_set = FigureSet(indicators, sums.totals, {}, targets, place.scopes_by_unit)
    return Gallery(
        subject=Subject(place, selection, kind),
        figure_set=figure_set,
        figures=tuple(figure_set.of(place.unit, selection.period)),
        targets=targets,
        top=top,
        sees_top=sees_top,
        asked=indicator,
    )


def _periods(selection: Selection) -> list[ReportingPeriod]:
    """The shown period, those it is made of, and those of the trend; each once."""
    shown = (selection.period, *selection.members, *selection.so_far[-PERIODS_AT_MOST:])
    return list({one.pk: one for one in shown}.values())
