"""How an edition differs from another or from today, in words: for its page and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection.models import ReportingPeriod
from dxreport.lib.numbers import DASH, format_change, format_number, format_percent
from dxreport.lib.plain_tables import Heading, PlainTable
from dxreport.lib.template_filters import short_date
from dxreport.lib.workbooks import Value
from indicators.arithmetic import Contribution
from indicators.models import Indicator
from reporting.editions.causes import Cause, Causes, read_causes
from reporting.editions.comparing import Comparison, FigureChange, FigureData, UnitChange, compare
from reporting.editions.sides import Side
from reporting.models import Edition
from reporting.selection import Selection, period_text

UNITS_SHOWN = 20  # of each figure; the file has them all


@dataclass(frozen=True)
class UnitLine:
    """A unit whose part changed: how, and what happened there."""

    name: str
    code: str
    url: str
    part: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class FigureLine:
    """A figure that changed."""

    code: str
    name: str
    url: str
    before: str
    after: str
    change: str
    sentence: str
    sums: str
    remark: str
    reasons: tuple[str, ...]
    units: tuple[UnitLine, ...]

    @property
    def is_printed_alike(self) -> bool:
        """Whether the result reads as before, and only what it was made of is different."""
        return self.before == self.after and not self.remark

    @property
    def shown(self) -> Sequence[UnitLine]:
        """The first units."""
        return self.units[:UNITS_SHOWN]

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return max(len(self.units) - UNITS_SHOWN, 0)


@dataclass(frozen=True)
class Differences:
    """Two sides of one report, compared, with the causes of what changed."""

    edition: Edition
    selection: Selection
    found: Comparison
    causes: Causes

    @property
    def is_with_today(self) -> bool:
        """Whether the later side is no edition."""
        return self.found.later.number is None

    @property
    def heading(self) -> str:
        """What is set beside what."""
        return _("%(earlier)s và %(later)s") % {
            "earlier": self.found.earlier.label,
            "later": self.found.later.label.lower() if self.is_with_today else self.found.later.label,
        }

    @property
    def lede(self) -> str:
        """Of which report, and how much changed."""
        about = _("%(unit)s, kỳ %(period)s.") % {
            "unit": self.edition.unit.name,
            "period": period_text(self.selection.period),
        }
        changed = len(self.found.changed)
        if not changed:
            return "{} {}".format(about, _("Mọi chỉ số như đã công bố."))
        counts = ngettext(
            "%(count)s chỉ số thay đổi, %(alike)s chỉ số giữ nguyên.",
            "%(count)s chỉ số thay đổi, %(alike)s chỉ số giữ nguyên.",
            changed,
        ) % {"count": format_number(changed), "alike": format_number(self.found.alike)}
        return f"{about} {counts}"

    @property
    def told(self) -> list[FigureLine]:
        """The changed figures that read differently."""
        return [one for one in self.lines if not one.is_printed_alike]

    @property
    def quiet(self) -> list[FigureLine]:
        """Those that read as before."""
        return [one for one in self.lines if one.is_printed_alike]

    @cached_property
    def lines(self) -> list[FigureLine]:
        """The figures that changed."""
        return [self._line(one) for one in self.found.changed]

    def _line(self, one: FigureChange) -> FigureLine:
        units = tuple(self._unit(unit, one) for unit in one.units)
        before, after = printed(one.before), printed(one.after)
        reasons = tuple(dict.fromkeys(cause.why for unit in units for cause in unit.causes if cause.why))
        return FigureLine(
            code=one.code,
            name=one.name,
            url=self.selection.figure_url(self.edition.unit.code, one.code),
            before=before,
            after=after,
            change=_change(one),
            sentence=self._sentence(before, after),
            sums=f"{_sums(one.before)} → {_sums(one.after)}",
            remark=_remark(one),
            reasons=reasons,
            units=units,
        )

    def _sentence(self, before: str, after: str) -> str:
        if self.is_with_today:
            return _("đã công bố %(before)s → nay %(after)s") % {"before": before, "after": after}
        return _("bản số %(first)s: %(before)s → bản số %(second)s: %(after)s") % {
            "first": self.found.earlier.number,
            "second": self.found.later.number,
            "before": before,
            "after": after,
        }

    def _unit(self, unit: UnitChange, one: FigureChange) -> UnitLine:
        return UnitLine(
            name=unit.name,
            code=unit.code,
            url=self.selection.figure_url(unit.code, one.code),
            part=_part(unit, one.kind),
            causes=tuple(self.causes.of(unit, one.elements)),
        )


def read_differences(
    edition: Edition, selection: Selection, earlier: Side, later: Side, periods: Sequence[ReportingPeriod]
) -> Differences:
    """The differences of two sides; `periods` are the single ones that the report is about."""
    found = compare(earlier, later)
    return Differences(edition, selection, found, read_causes(found, periods))


def printed(figure: FigureData | None) -> str:
    """The value of a figure in the reader's notation."""
    if figure is None or figure["value"] is None:
        return DASH
    value = Decimal(figure["value"])
    return format_percent(value) if figure["kind"] == Indicator.Kind.RATIO else format_number(value)


def _sums(figure: FigureData | None) -> str:
    """Numerator and denominator, and of how many units: "7.661/9.083 (366/370 đơn vị)"."""
    if figure is None:
        return DASH
    is_ratio = figure["kind"] == Indicator.Kind.RATIO
    share = f"/{format_number(figure['denominator'])}" if is_ratio else ""
    return _("%(sums)s (%(counted)s/%(expected)s đơn vị)") % {
        "sums": f"{format_number(figure['numerator'])}{share}",
        "counted": format_number(figure["counted"]),
        "expected": format_number(figure["expected"]),
    }


def _change(one: FigureChange) -> str:
    words = format_change(one.difference)
    if one.kind == Indicator.Kind.RATIO and one.difference is not None:
        return _("%(change)s điểm phần trăm") % {"change": words}
    return words


def _remark(one: FigureChange) -> str:
    """What no unit explains: another formula, or an indicator that one side does not know."""
    if one.before is None:
        return _("Chỉ số này chưa có trong bản trước.")
    if one.after is None:
        return _("Chỉ số này không còn trong bộ chỉ số.")
    if one.has_other_formula:
        return _("Công thức của chỉ số đã thay đổi.")
    return ""


def _part(unit: UnitChange, kind: str) -> str:
    if kind == Indicator.Kind.DISTINCT:
        told = [_("thêm %(names)s") % {"names": ", ".join(unit.came)}] if unit.came else []
        told += [_("bớt %(names)s") % {"names": ", ".join(unit.went)}] if unit.went else []
        if told:
            return "; ".join(told)
    before, after = (_brought(one, kind) for one in (unit.before, unit.after))
    return f"{before} → {after}"


def _brought(part: Contribution, kind: str) -> str:
    if not part.expected:
        return _("không hỏi")
    if not part.counted:
        return _("chưa tính")
    if kind == Indicator.Kind.RATIO:
        return f"{format_number(part.numerator)}/{format_number(part.denominator)}"
    return _("đã tính") if kind == Indicator.Kind.DISTINCT else format_number(part.numerator)


# --- as a table -------------------------------------------------------------------------


def table(found: Differences) -> PlainTable:
    """A row for each cause: the cell or decision, its unit, and the figure that it changed."""
    return PlainTable(
        title=found.heading,
        remarks=(found.lede,),
        headings=(
            Heading(_("Mã"), 9),
            Heading(_("Chỉ số"), 40),
            Heading(found.found.earlier.label, 12),
            Heading(found.found.later.label, 12),
            Heading(_("Chênh lệch"), 12),
            Heading(_("Mã đơn vị"), 16),
            Heading(_("Đơn vị"), 36),
            Heading(_("Phần của đơn vị"), 24),
            Heading(_("Ô hoặc việc"), 36),
            Heading(_("Số cũ"), 14),
            Heading(_("Số mới"), 14),
            Heading(_("Người làm"), 22),
            Heading(_("Lúc"), 18),
            Heading(_("Lý do"), 40),
        ),
        rows=list(_rows(found)),
    )


def _rows(found: Differences) -> Iterator[list[Value]]:
    for line, change in zip(found.lines, found.found.changed, strict=True):
        values = [_value(change.before), _value(change.after)]
        head: list[Value] = [line.code, line.name, *values, change.difference]
        if not line.units:
            yield [*head, *[None] * 8, line.remark]
        for unit in line.units:
            place: list[Value] = [unit.code, unit.name, unit.part]
            if not unit.causes:
                yield [*head, *place, *[None] * 5, line.remark]
            for one in unit.causes:
                yield [*head, *place, one.what, one.old, one.new, one.who, short_date(one.at), one.why]


def _value(figure: FigureData | None) -> Decimal | None:
    return None if figure is None or figure["value"] is None else Decimal(figure["value"])
