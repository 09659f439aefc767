"""What the form of the explorer offers, with what is chosen marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from collection.grouping import managing_units
from collection.workflow import Basis
from indicators.models import Indicator
from reporting.explorer.choices import Choices
from reporting.explorer.layout import Layout, Measure
from reporting.explorer.units import ALONE, CHILDREN, find_units
from reporting.selection import Selection, period_label
from reporting.sentences import inside_sentence
from reporting.slices import Hierarchy, level_labels, ownership_labels
from schools.models import OrgUnit, User


@dataclass(frozen=True)
class Pick:
    """One box or entry: its value in the address, its words, whether it is chosen."""

    value: str
    label: str
    is_chosen: bool
    code: str = ""


@dataclass(frozen=True)
class Section:
    """The indicators of one section."""

    name: str
    picks: tuple[Pick, ...]

    @property
    def chosen(self) -> int:
        """How many of them are chosen."""
        return sum(one.is_chosen for one in self.picks)


@dataclass(frozen=True)
class Panel:
    """Everything that the form offers; `find` is what units were searched by."""

    bases: tuple[Pick, ...]
    belows: tuple[Pick, ...]
    named: tuple[Pick, ...]
    find: str
    found_nothing: bool
    sections: tuple[Section, ...]
    periods: tuple[Pick, ...]
    measures: tuple[Pick, ...]
    layouts: tuple[Pick, ...]
    bases_of_figures: tuple[Pick, ...]
    hierarchies: tuple[Pick, ...]
    levels: tuple[Pick, ...]
    ownerships: tuple[Pick, ...]

    @property
    def indicators_chosen(self) -> int:
        """How many indicators are chosen."""
        return sum(one.chosen for one in self.sections)


def read_panel(user: User, choices: Choices, find: str) -> Panel:
    """The form for some choices: one query for the units, one more for a search."""
    units = choices.units
    found = find_units(user, find, but=units.named)
    return Panel(
        bases=tuple(Pick(one.code, one.name, one.pk == units.base.pk) for one in _bases(user, units.base)),
        belows=tuple(_belows(choices)),
        named=(*_unit_picks(units.named, True), *_unit_picks(found, False)),
        find=find,
        found_nothing=bool(find.strip()) and not found,
        sections=tuple(_sections(choices)),
        periods=tuple(
            Pick(one.code, period_label(one), one in choices.periods) for one in choices.selection.periods
        ),
        measures=tuple(Pick(one.value, str(one.label), one in choices.measures) for one in Measure),
        layouts=tuple(Pick(one.value, str(one.label), one == choices.layout) for one in Layout),
        **_switches(choices.selection),
    )


def _switches(selection: Selection) -> dict[str, tuple[Pick, ...]]:
    """Which figures are shown: official or not, in whose hierarchy, of which schools."""
    only = selection.slice
    levels = {"": _("Tất cả cấp học"), **level_labels()}
    ownerships = {"": _("Tất cả loại hình"), **ownership_labels()}
    return {
        "bases_of_figures": (
            Pick(Basis.OFFICIAL.value, _("Chính thức"), selection.basis == Basis.OFFICIAL),
            Pick(Basis.PROVISIONAL.value, _("Tạm tính"), selection.basis == Basis.PROVISIONAL),
        ),
        "hierarchies": tuple(
            Pick(one.value, str(one.label), one == selection.hierarchy) for one in Hierarchy
        ),
        "levels": tuple(Pick(code, label, code == only.level) for code, label in levels.items()),
        "ownerships": tuple(Pick(code, label, code == only.ownership) for code, label in ownerships.items()),
    }


def _bases(user: User, base: OrgUnit) -> list[OrgUnit]:
    """The units that others stand under, and the chosen one whether or not."""
    managing = managing_units(OrgUnit.objects.visible_to(user))
    return managing if base in managing else [base, *managing]


def _belows(choices: Choices) -> Iterable[Pick]:
    units = choices.units
    yield Pick(CHILDREN, _("Các đơn vị trực thuộc"), units.below == CHILDREN)
    for kind in units.kinds:
        words = _("Mọi %(kind)s bên dưới") % {"kind": inside_sentence(kind.label)}
        yield Pick(kind.code, words, units.below == kind.code)
    yield Pick(ALONE, _("Chỉ đơn vị này"), units.below == ALONE)


def _unit_picks(units: Sequence[OrgUnit], is_chosen: bool) -> list[Pick]:
    return [Pick(one.code, one.name, is_chosen, one.code) for one in units]


def _sections(choices: Choices) -> Iterable[Section]:
    by_section = groupby(choices.catalogue, key=lambda one: one.section)
    for section, several in by_section:
        yield Section(f"{section.code}. {section.label}", tuple(_indicator_picks(several, choices)))


def _indicator_picks(indicators: Iterable[Indicator], choices: Choices) -> Iterable[Pick]:
    for one in indicators:
        yield Pick(one.code, one.short_label, one in choices.indicators, one.code)
