"""A unit's children below each other: who lies below target, and by how much. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dxreport.lib.numbers import format_number
from indicators.models import Indicator
from indicators.targets import Status
from reporting import sentences
from reporting.figures import Figure, FigureSet
from reporting.places import Group, Place, at_the_start, groups, short_names
from reporting.selection import Option, Selection
from reporting.tiles import Bar, target_bar
from schools.models import OrgUnit

COLUMNS = 6
CELLS = {Status.MET: "m", Status.NOT_MET: "x"}


@dataclass(frozen=True)
class Cell:
    """One value in the table: class, text, words for screen readers, address of its explanation."""

    css: str
    value: str
    word: str
    url: str


@dataclass(frozen=True)
class Row:
    """One child, or several of one kind taken together; `bar` is its value of the compared indicator."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    bar: Bar | None


@dataclass(frozen=True)
class Column:
    """One indicator of the table, its target, and the same page with this one compared."""

    name: str
    target: str
    url: str
    is_compared: bool


@dataclass(frozen=True)
class Matrix:
    """Children in rows, main indicators in columns; `total` is the unit itself.

    One indicator is compared: its bars stand beside the names and give the order, lowest first.
    """

    compared: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    switch: tuple[Option, ...]


class Comparison:
    """The figures of one kind of a unit's children, with the other kinds taken together."""

    def __init__(
        self, place: Place, selection: Selection, own: Sequence[Figure], figure_set: FigureSet, kind: str = ""
    ) -> None:
        self.place = place
        self.selection = selection
        self.own = own
        self._figures = figure_set
        self.groups = groups(place.children)
        self.group: Group | None = next((one for one in self.groups if one.code == kind), None)
        if self.group is None and self.groups:
            self.group = self.groups[0]
        self._names = short_names(self.group.units if self.group else ())

    def name(self, unit: OrgUnit) -> str:
        """What a child of the chosen kind is called beside the others, inside a sentence."""
        return self._names[unit.pk]

    @property
    def others(self) -> list[Group]:
        """The kinds that are shown taken together."""
        return [group for group in self.groups if group is not self.group]

    def of(self, indicator: Indicator) -> list[tuple[OrgUnit, Figure]]:
        """One indicator of every child of the chosen kind."""
        if self.group is None:
            return []
        return [
            (unit, self._figures.figure(unit, self.selection.period, indicator)) for unit in self.group.units
        ]

    def together(self, group: Group, indicator: Indicator) -> Figure:
        """One indicator of all children of another kind as if they were one unit."""
        return self._figures.together(group.units, self.selection.period, indicator, held_as=self.place.unit)

    def concerns(self, figure: Figure) -> bool:
        """Whether an indicator can be compared: a ratio that more than one unit reports."""
        return bool(self.groups) and figure.is_ratio and figure.units_expected > 1

    def main(self, compared: Figure | None = None) -> list[Figure]:
        """The unit's own figures in the table's columns: `compared`, then targets not met come in first."""
        fit = [figure for figure in self.own if figure is compared or self._is_main(figure)]
        first = sorted(fit, key=lambda one: (one is not compared, one.status != Status.NOT_MET))
        chosen = {figure.code for figure in first[:COLUMNS]}
        return [figure for figure in fit if figure.code in chosen]

    def _is_main(self, figure: Figure) -> bool:
        return figure.status in sentences.JUDGED and self.concerns(figure)

    def matrix(self, compared: Figure | None) -> Matrix | None:
        """The table of children by main indicators; None without children or anything to compare."""
        if self.group is None or compared is None:
            return None
        columns = self.main(compared)
        rows = [self._row(unit, columns, compared) for unit in self._ordered(compared)]
        rows += [self._row_of_group(group, columns, compared) for group in self.others]
        unit = self.place.unit
        heads = {one.code: self._column(one, compared) for one in columns}
        return Matrix(
            compared=heads[compared.code],
            columns=tuple(heads.values()),
            rows=tuple(rows),
            total=Row(
                unit.name,
                self.selection.unit_url(unit.code),
                tuple(self._cell(one, self.selection.figure_url(unit.code, one.code)) for one in columns),
                target_bar(compared),
            ),
            switch=self._switch(),
        )

    def _ordered(self, compared: Figure) -> list[OrgUnit]:
        """The children, lowest first; those without a value last."""
        pairs = self.of(compared.indicator)
        pairs.sort(key=lambda pair: (pair[1].value is None, pair[1].value or 0))
        return [unit for unit, _figure in pairs]

    def _column(self, figure: Figure, compared: Figure) -> Column:
        url = self.selection.unit_url(self.place.unit.code, indicator=figure.code, **self._kind())
        name, target = figure.indicator.short_label, sentences.target_text(figure)
        return Column(name, target, f"{url}#units", figure is compared)

    def _kind(self) -> dict[str, str]:
        """The kind of children that an address names: none where it is the first."""
        is_first = self.group is None or self.group is self.groups[0]
        return {} if self.group is None or is_first else {"kind": self.group.code}

    def _row(self, unit: OrgUnit, columns: Sequence[Figure], compared: Figure) -> Row:
        period = self.selection.period
        figures = [self._figures.figure(unit, period, one.indicator) for one in columns]
        return Row(
            name=at_the_start(self.name(unit)),
            url=self.selection.unit_url(unit.code),
            cells=tuple(self._cell(one, self.selection.figure_url(unit.code, one.code)) for one in figures),
            bar=target_bar(self._figures.figure(unit, period, compared.indicator)),
        )

    def _row_of_group(self, group: Group, columns: Sequence[Figure], compared: Figure) -> Row:
        return Row(
            name=_("%(units)s trực thuộc") % {"units": group_name(group)},
            url=self._group_url(group),
            cells=tuple(self._cell(self.together(group, one.indicator), "") for one in columns),
            bar=target_bar(self.together(group, compared.indicator)),
        )

    def _cell(self, figure: Figure, url: str) -> Cell:
        known = figure.value is not None
        return Cell(
            css=CELLS.get(figure.status, "n"),
            value=figure.display,
            word=sentences.status_word(figure),
            url=url if known else "",
        )

    def _group_url(self, group: Group) -> str:
        return f"{self.selection.unit_url(self.place.unit.code, kind=group.code)}#units"

    def _switch(self) -> tuple[Option, ...]:
        """The kinds of children to choose from; nothing to choose with a single kind."""
        if len(self.groups) < 2:
            return ()
        return tuple(Option(group_name(one), self._group_url(one), one is self.group) for one in self.groups)


def group_name(group: Group) -> str:
    """How many of which kind: "35 trường"."""
    return f"{format_number(len(group.units))} {sentences.inside_sentence(group.name)}"
