"""What a page is asked to show, a period and a basis, and the addresses that carry it along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from collection.models import ReportingPeriod
from collection.models.periods import ReportingPeriodQuerySet
from collection.workflow import Basis
from reporting.figures import FigureError


class SelectionError(FigureError):
    """A period or basis that does not exist; the message says what to do next."""


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
    """The period and basis that a page shows, of all periods there are."""

    period: ReportingPeriod
    basis: Basis
    periods: tuple[ReportingPeriod, ...]

    @cached_property
    def query(self) -> str:
        """The end of every address that shows the same period and basis."""
        return urlencode({"period": self.period.code, "basis": self.basis.value})

    def unit_url(self, unit_code: str, **more: str) -> str:
        """The dashboard of a unit; `more` are further parameters."""
        extra = f"&{urlencode(more)}" if more else ""
        return f"{unit_path(unit_code)}?{self.query}{extra}"

    def figure_url(self, unit_code: str, indicator_code: str) -> str:
        """The page of one figure."""
        return f"{figure_path(unit_code, indicator_code)}?{self.query}"

    def at(self, period: ReportingPeriod) -> Selection:
        """The same basis in another period."""
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
        return [
            Option(labels[one], f"{path}?{replace(self, basis=one).query}{_tail(more)}", one == self.basis)
            for one in Basis
        ]


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


def read_selection(
    period_code: str | None, basis: str | None, periods: ReportingPeriodQuerySet | None = None
) -> Selection:
    """The selection of an address; without a period, the latest one that is no longer being collected.

    Where all that have been opened still are, the latest of these. One query, which a caller may
    bring along as `periods`. Of two periods that end on the same day the longer is the later one, so
    that a finished span is what a reader meets first. Raises SelectionError.
    """
    known = read_periods(periods)
    return Selection(_chosen(known, period_code), _basis(basis), known)


def read_periods(periods: ReportingPeriodQuerySet | None = None) -> tuple[ReportingPeriod, ...]:
    """All periods in the order of the selector. The ends of a span are among them: no join is needed."""
    rows = (ReportingPeriod.objects if periods is None else periods).for_selector().select_related(None)
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


def fallback_options(path: str) -> list[Option]:
    """Where to go from a page whose period or basis does not exist: every period, official figures."""
    periods = read_periods()
    return [
        Option(period_label(one), f"{path}?{Selection(one, Basis.OFFICIAL, periods).query}", False)
        for one in periods
    ]
