"""What an address of the explorer asks for, and the address that asks for it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from collection.models import ReportingPeriod
from indicators.models import Indicator
from reporting.explorer.layout import Layout, Measure
from reporting.explorer.units import UnitChoice, read_units
from reporting.places import topmost_unit
from reporting.selection import Selection, SelectionError, read_selection
from schools.models import User

# What a first look shows: enough to see what the page is for.
INDICATORS_AT_FIRST = 6


class NoUnit(LookupError):
    """The reader belongs to no unit, so that there is nothing to explore."""


@dataclass(frozen=True)
class Choices:
    """Everything that was chosen. `catalogue` are the indicators to choose from.

    `selection` is that of the last of `periods`, on whose day the hierarchy is read.
    """

    selection: Selection
    periods: tuple[ReportingPeriod, ...]
    catalogue: tuple[Indicator, ...]
    indicators: tuple[Indicator, ...]
    units: UnitChoice
    layout: Layout
    measures: tuple[Measure, ...]

    @cached_property
    def query(self) -> str:
        """The end of the address that shows the same table."""
        pairs = [
            ("unit", self.units.base.code),
            ("below", self.units.below),
            *(("units", one.code) for one in self.units.named),
            *(("indicator", one.code) for one in self.indicators),
            *(("period", one.code) for one in self.periods),
            *(("show", one.value) for one in self.measures),
            ("rows", self.layout.value),
            *self.shared,
        ]
        return urlencode(pairs)

    @cached_property
    def shared(self) -> list[tuple[str, str]]:
        """What every page of figures carries in its address, without the period."""
        return [(name, value) for name, value in parse_qsl(self.selection.query) if name != "period"]


def read_choices(user: User, params: QueryDict) -> Choices:
    """The choices of an address; what it leaves out is chosen for a first look.

    Raises SelectionError for what does not exist, Http404 for units outside the reader's scope,
    NoUnit for a reader without any.
    """
    periods, selection = _periods(params)
    top = topmost_unit(user)
    if top is None and not params.getlist("units") and not params.get("unit"):
        raise NoUnit
    base = params.get("unit") or (top.code if top else "")
    catalogue = _catalogue(selection)
    return Choices(
        selection=selection,
        periods=periods,
        catalogue=catalogue,
        indicators=_indicators(catalogue, params.getlist("indicator")),
        units=read_units(
            user,
            base,
            params.get("below", ""),
            params.getlist("units"),
            on=selection.hierarchy_date,
            only=selection.slice,
        ),
        layout=_layout(params.get("rows", "")),
        measures=_measures(params.getlist("show")),
    )


def _periods(params: QueryDict) -> tuple[tuple[ReportingPeriod, ...], Selection]:
    """The chosen periods in time order, all of one indicator set, and the selection of the last."""
    codes = params.getlist("period")
    selection = read_selection(params)
    for code in codes:
        if code not in {one.code for one in selection.periods}:
            raise SelectionError(
                _("Không có kỳ báo cáo “%(code)s”. Hãy chọn một kỳ bên dưới.") % {"code": code}
            )
    chosen = tuple(one for one in selection.periods if one.code in codes) or (selection.period,)
    if len({one.indicator_set_id for one in chosen}) > 1:
        raise SelectionError(
            _("Các kỳ đã chọn dùng bộ chỉ số khác nhau nên không đặt vào một bảng được. Hãy chọn lại kỳ.")
        )
    return chosen, selection.at(chosen[-1])


def _catalogue(selection: Selection) -> tuple[Indicator, ...]:
    """The indicators of the set that have figures, in order of the catalogue. One query."""
    rows = Indicator.objects.filter(indicator_set=selection.period.indicator_set_id)
    return tuple(rows.exclude(kind=Indicator.Kind.NOT_APPLICABLE).select_related("section"))


def _indicators(catalogue: Sequence[Indicator], codes: Sequence[str]) -> tuple[Indicator, ...]:
    by_code = {one.code: one for one in catalogue}
    for code in codes:
        if code not in by_code:
            raise SelectionError(
                _("Bộ chỉ số của kỳ này không có chỉ số “%(code)s” để lập bảng. Hãy chọn lại kỳ bên dưới.")
                % {"code": code}
            )
    if codes:
        return tuple(one for one in catalogue if one.code in codes)
    main = [one for one in catalogue if one.on_dashboard] or list(catalogue)
    return tuple(main[:INDICATORS_AT_FIRST])


def _layout(text: str) -> Layout:
    if text and text not in Layout.values:
        raise SelectionError(
            _("Không có cách xếp bảng “%(rows)s”. Hãy chọn lại kỳ bên dưới để bắt đầu lại.") % {"rows": text}
        )
    return Layout(text) if text else Layout.UNITS


def _measures(texts: Sequence[str]) -> tuple[Measure, ...]:
    """The chosen numbers in their order; the value where none was chosen."""
    for text in texts:
        if text not in Measure.values:
            raise SelectionError(
                _("Không có loại số “%(show)s”. Hãy chọn lại kỳ bên dưới để bắt đầu lại.") % {"show": text}
            )
    return tuple(one for one in Measure if one.value in texts) or (Measure.VALUE,)
