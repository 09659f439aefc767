"""What a page is asked to show (period, basis, hierarchy, slice) and the addresses that carry it along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.models import ReportingPeriod
from collection.models.periods import ReportingPeriodQuerySet
from collection.workflow import Basis
from indicators.models import Indicator
from reporting.figures import FigureError, FigureSet
from reporting.holding import held_below
from reporting.reading import Sums, Wanted, read_sums
from reporting.slices import EVERYTHING, Hierarchy, Slice, level_labels, ownership_labels
from schools.models import OrgUnit
from schools.models.units import OrgUnitQuerySet


class SelectionError(FigureError):
    """A period, basis, hierarchy or slice that does not exist; the message says what to do next."""


@lru_cache(maxsize=8192)
def unit_path(unit_code: str) -> str:
    """The dashboard of a unit. Remembered: a page links to dozens of them."""
    return reverse("reporting:unit", args=[unit_code])


@lru_cache(maxsize=32768)
def figure_path(unit_code: str, indicator_code: str) -> str:
    """The page that says why a figure is what it is."""
    return reverse("reporting:figure", args=[unit_code, indicator_code])


@dataclass(frozen=True)
class Option:
    """One choice of a selector: its words, where it leads, and whether it is the current one."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Selection:
    """What a page shows, of all periods there are.

    `hierarchy` and `slice` are as reported and everything unless asked otherwise: the official
    figures. Documents show `plain`, whatever their address says.
    """

    period: ReportingPeriod
    basis: Basis
    periods: tuple[ReportingPeriod, ...]
    hierarchy: Hierarchy = Hierarchy.REPORTED
    slice: Slice = EVERYTHING

    @cached_property
    def query(self) -> str:
        """The end of every address that shows the same; it names the period and what is not the usual."""
        asked = {
            "period": self.period.code,
            "basis": "" if self.basis == Basis.OFFICIAL else self.basis.value,
            "hierarchy": "" if self.hierarchy == Hierarchy.REPORTED else self.hierarchy.value,
            "level": self.slice.level,
            "ownership": self.slice.ownership,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_plain(self) -> bool:
        """Whether figures are those of all units as reported, which alone are official products."""
        return self.hierarchy == Hierarchy.REPORTED and not self.slice

    @property
    def plain(self) -> Selection:
        """The same period and basis for all units, as reported."""
        return replace(self, hierarchy=Hierarchy.REPORTED, slice=EVERYTHING)

    @cached_property
    def hierarchy_date(self) -> dt.date:
        """The day on which units stand where the page shows them."""
        return timezone.localdate() if self.hierarchy == Hierarchy.NOW else self.period.hierarchy_date

    def figure_set(
        self,
        units: Sequence[OrgUnit],
        periods: Sequence[ReportingPeriod] = (),
        indicators: Sequence[Indicator] | None = None,
    ) -> FigureSet:
        """The figures of `units` in `periods` (the shown one), on this basis, hierarchy and slice.

        Of all indicators, or of some of them.
        """
        return FigureSet.load(
            units=units,
            periods=periods or (self.period,),
            basis=self.basis,
            hierarchy=self.hierarchy,
            only=self.slice,
            indicators=indicators,
        )

    def sums(self, *wanted: Wanted) -> Sums:
        """Everything `wanted` on this basis, hierarchy and slice, for a FigureSet that is read in parts."""
        return read_sums(wanted, self.basis, self.hierarchy, self.slice)

    def units_below(self, unit: OrgUnit) -> OrgUnitQuerySet:
        """The units whose reports a figure of `unit` sums on this selection."""
        if self.hierarchy == Hierarchy.NOW:
            return self.slice.of(held_below(unit, on=self.hierarchy_date))
        return self.slice.of(OrgUnit.objects.under(unit, on=self.hierarchy_date))

    def unit_url(self, unit_code: str, **more: str) -> str:
        """The dashboard of a unit; `more` are further parameters."""
        extra = f"&{urlencode(more)}" if more else ""
        return f"{unit_path(unit_code)}?{self.query}{extra}"

    def figure_url(self, unit_code: str, indicator_code: str) -> str:
        """The page of one figure."""
        return f"{figure_path(unit_code, indicator_code)}?{self.query}"

    def absent_url(self, unit_code: str, indicator_code: str) -> str:
        """The list of those that the figure is without."""
        return f"{reverse('reporting:absent', args=[unit_code, indicator_code])}?{self.query}"

    def behind_url(self, unit_code: str, indicator_code: str) -> str:
        """The list of the units behind a missed target."""
        return f"{figure_path(unit_code, indicator_code)}behind/?{self.query}"

    def at(self, period: ReportingPeriod) -> Selection:
        """The same in another period."""
        return replace(self, period=period)

    def label(self, period_code: str) -> str:
        """A period named by its code, inside a sentence."""
        return next((period_text(one) for one in self.periods if one.code == period_code), period_code)

    @cached_property
    def singles(self) -> tuple[ReportingPeriod, ...]:
        """The single periods of the same indicator set, in time order."""
        return tuple(
            one
            for one in self.periods
            if not one.is_span and one.indicator_set_id == self.period.indicator_set_id
        )

    @cached_property
    def members(self) -> tuple[ReportingPeriod, ...]:
        """The single periods that the shown period is made of: itself unless it is a span."""
        if not self.period.is_span:
            return (self.period,)
        return tuple(
            one
            for one in self.singles
            if one.starts_on >= self.period.starts_on and one.ends_on <= self.period.ends_on
        )

    @cached_property
    def so_far(self) -> tuple[ReportingPeriod, ...]:
        """The single periods up to the end of the shown one, in time order."""
        return tuple(one for one in self.singles if one.ends_on <= self.period.ends_on)

    def period_options(self, path: str, **more: str) -> list[Option]:
        """The period switch of a page at `path`."""
        return [
            Option(period_label(one), f"{path}?{self.at(one).query}{_tail(more)}", one == self.period)
            for one in self.periods
        ]

    def basis_options(self, path: str, **more: str) -> list[Option]:
        """The switch between official and provisional figures of a page at `path`."""
        labels = {Basis.OFFICIAL: _("Chính thức"), Basis.PROVISIONAL: _("Tạm tính")}
        return [self._option(labels[one], path, more, basis=one) for one in Basis]

    def hierarchy_options(self, path: str, **more: str) -> list[Option]:
        """The switch between units as they stood when they reported and as they stand today."""
        return [self._option(str(one.label), path, more, hierarchy=one) for one in Hierarchy]

    def level_options(self, path: str, **more: str) -> list[Option]:
        """The schools of all education levels, or of one."""
        labels = {"": _("Tất cả cấp học"), **level_labels()}
        return [
            self._option(label, path, more, slice=replace(self.slice, level=code))
            for code, label in labels.items()
        ]

    def ownership_options(self, path: str, **more: str) -> list[Option]:
        """The schools of every ownership, or of one."""
        labels = {"": _("Tất cả loại hình"), **ownership_labels()}
        return [
            self._option(label, path, more, slice=replace(self.slice, ownership=code))
            for code, label in labels.items()
        ]

    def _option(self, label: str, path: str, more: dict[str, str], **changed: Any) -> Option:
        """The choice that leads to this selection with something `changed`."""
        other = replace(self, **changed)
        return Option(label, f"{path}?{other.query}{_tail(more)}", other == self)


def _tail(more: dict[str, str]) -> str:
    return f"&{urlencode(more)}" if more else ""


def period_label(period: ReportingPeriod) -> str:
    """A period in a few words: its name, or from where to where a span reaches ("2022–2023")."""
    if period.first is None or period.last is None:
        return period.name
    return f"{period.first.code}–{period.last.code}"


def period_text(period: ReportingPeriod) -> str:
    """The same inside a sentence: "năm 2023"."""
    label = period_label(period)
    return label[:1].lower() + label[1:]


def read_selection(asked: Mapping[str, str], periods: ReportingPeriodQuerySet | None = None) -> Selection:
    """The selection of an address, given its parameters (`request.GET`).

    `period`, `basis`, `hierarchy`, `level` and `ownership` are read; what is missing is the usual.
    Without a period, the latest one that is no longer being collected, or where all that have been
    opened still are, the latest of these. Of two periods that end on the same day the longer is the
    later one, so that a finished span is what a reader meets first. One query, which a caller may
    bring along as `periods`. Raises SelectionError.
    """
    known = read_periods(periods)
    return Selection(
        _chosen(known, asked.get("period")),
        _basis(asked.get("basis")),
        known,
        _hierarchy(asked.get("hierarchy")),
        _slice(asked.get("level") or "", asked.get("ownership") or ""),
    )


def read_periods(periods: ReportingPeriodQuerySet | None = None) -> tuple[ReportingPeriod, ...]:
    """All periods in the order of the selector. The ends of a span are among them: no join is needed."""
    chosen = (ReportingPeriod.objects if periods is None else periods).for_selector()
    rows = chosen.select_related(None).select_related("indicator_set")
    known = {one.pk: one for one in rows}
    for one in known.values():
        if one.first_id is not None and one.last_id is not None:
            one.first, one.last = known[one.first_id], known[one.last_id]
    return tuple(known.values())


def _chosen(periods: Sequence[ReportingPeriod], code: str | None) -> ReportingPeriod:
    if code:
        found = next((one for one in periods if one.code == code), None)
        if found is None:
            raise SelectionError(
                _("Không có kỳ báo cáo “%(code)s”. Hãy chọn một kỳ bên dưới.") % {"code": code}
            )
        return found
    begun = [one for one in periods if (one.last or one).state != ReportingPeriod.State.PLANNED]
    today = timezone.localdate()
    finished = [one for one in begun if not (one.last or one).is_being_collected(today)]
    if not periods:
        raise SelectionError(_("Chưa có kỳ báo cáo nào. Chuyên viên của Sở mở kỳ đầu tiên ở trang quản trị."))
    return (finished or begun or periods)[-1]


def _basis(text: str | None) -> Basis:
    if not text:
        return Basis.OFFICIAL
    if text not in Basis.values:
        raise SelectionError(
            _("Không có loại số liệu “%(basis)s”: chỉ có chính thức và tạm tính. Hãy chọn lại bên dưới.")
            % {"basis": text}
        )
    return Basis(text)


def _hierarchy(text: str | None) -> Hierarchy:
    if not text:
        return Hierarchy.REPORTED
    if text not in Hierarchy.values:
        raise SelectionError(
            _(
                "Không có cách xếp đơn vị “%(text)s”: chỉ có theo lúc báo cáo và theo hiện nay."
                " Hãy chọn lại bên dưới."
            )
            % {"text": text}
        )
    return Hierarchy(text)


def _slice(level: str, ownership: str) -> Slice:
    if level and level not in level_labels():
        raise SelectionError(
            _("Không có cấp học mang mã “%(code)s”. Hãy chọn lại bên dưới.") % {"code": level}
        )
    if ownership and ownership not in ownership_labels():
        raise SelectionError(
            _("Không có loại hình trường mang mã “%(code)s”. Hãy chọn lại bên dưới.") % {"code": ownership}
        )
    return Slice(level, ownership)


def fallback_options(path: str) -> list[Option]:
    """Where to go from a page whose selection does not exist: every period, official figures."""
    periods = read_periods()
    return [
        Option(period_label(one), f"{path}?{Selection(one, Basis.OFFICIAL, periods).query}", False)
        for one in periods
    ]
