"""Levels that schools have reached, such as those of digital maturity (Decision 4725), by unit.

Which indicators these are is read from the catalogue: ratios that each count one choice of the same
element, as maturity_level=1, =2, =3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.numbers import format_number
from indicators.formula import parse
from indicators.models import Choice, Indicator
from reporting.charts.common import Subject
from reporting.comparison import Comparison, group_name
from reporting.figures import Figure, FigureSet
from reporting.places import at_the_start
from reporting.selection import period_label
from reporting.sentences import inside_sentence


@dataclass(frozen=True)
class Levels:
    """The element that is answered with a level, and the indicator of each level, lowest first."""

    element: str
    indicators: tuple[Indicator, ...]

    def code(self, indicator: Indicator) -> str:
        """The code of the choice that `indicator` counts."""
        return parse(indicator.numerator)[0].choice


def find_levels(indicators: Iterable[Indicator]) -> Levels | None:
    """The first element that several indicators count the choices of; None where there is none."""
    by_element: dict[str, list[Indicator]] = defaultdict(list)
    for one in indicators:
        if one.kind == Indicator.Kind.RATIO:
            terms = parse(one.numerator)
            if len(terms) == 1 and terms[0].choice:
                by_element[terms[0].element].append(one)
    return next((Levels(code, tuple(ones)) for code, ones in by_element.items() if len(ones) > 1), None)


def read_choices(levels: Levels) -> dict[str, Choice]:
    """The choices of the element by code, each with its list: one query."""
    found = Choice.objects.filter(
        choice_list__elements__code=levels.element,
        choice_list__elements__indicator_set=levels.indicators[0].indicator_set_id,
    )
    return {one.code: one for one in found.select_related("choice_list")}


def levels_chart(
    subject: Subject, comparison: Comparison, figure_set: FigureSet, levels: Levels
) -> Chart | None:
    """Schools by level: a bar for each child, or for each period where the children are schools themselves.

    None where nothing is known, and for a single school.
    """
    own = _figures(subject, figure_set, levels)
    if own[0].units_expected < 2 or not _counted(own):
        return None
    choices = read_choices(levels)
    names = [choices[levels.code(one)].label for one in levels.indicators]
    rows = _by_child(subject, comparison, levels)
    if rows:
        head, name = _("Đơn vị"), subject.place.unit.name
    else:
        rows = _by_period(subject, figure_set, levels)
        head, name = _("Kỳ"), period_label(subject.selection.period)
    most = max(range(len(own)), key=lambda at: own[at].numerator or 0)
    heads = [text for one in names for text in (one, _("Tỉ lệ"))]
    return subject.chart(
        "levels",
        "shares",
        title=_("%(list)s: nhiều nhất là %(level)s, %(number)s trong %(all)s %(measure)s")
        % {
            "list": choices[levels.code(levels.indicators[0])].choice_list.label,
            "level": inside_sentence(names[most]),
            "number": format_number(own[most].numerator),
            "all": format_number(own[most].denominator),
            "measure": own[most].indicator.measure,
        },
        unit=_("Số trường ở mỗi mức và tỉ lệ trong đơn vị"),
        columns=(head, *heads, _("Tổng số")),
        rows=[*rows, _row(name, own, why=subject)],
        note=_("Căn cứ: %(basis)s.") % {"basis": levels.indicators[0].legal_basis},
    )


def _by_child(subject: Subject, comparison: Comparison, levels: Levels) -> list[Row]:
    """A row for each child that has schools of its own below it, then one for the schools directly below."""
    per_level = [comparison.of(one) for one in levels.indicators]
    rows = [
        _row(
            at_the_start(comparison.name(unit)),
            [pairs[at][1] for pairs in per_level],
            url=subject.selection.unit_url(unit.code),
        )
        for at, (unit, first) in enumerate(per_level[0])
        if first.units_expected > 1
    ]
    if not rows:
        return []
    for group in comparison.others:
        together = [comparison.together(group, one) for one in levels.indicators]
        if together[0].units_expected:
            rows.append(_row(group_name(group), together))
    return rows


def _by_period(subject: Subject, figure_set: FigureSet, levels: Levels) -> list[Row]:
    earlier = [one for one in subject.selection.so_far if one != subject.selection.period]
    return [
        _row(period_label(one), figures)
        for one in earlier
        if _counted(figures := _figures(subject.at(one), figure_set, levels))
    ]


def _figures(subject: Subject, figure_set: FigureSet, levels: Levels) -> list[Figure]:
    unit, period = subject.place.unit, subject.selection.period
    return [figure_set.figure(unit, period, one) for one in levels.indicators]


def _counted(figures: Sequence[Figure]) -> bool:
    return any(one.numerator for one in figures)


def _row(label: str, figures: Sequence[Figure], *, url: str = "", why: Subject | None = None) -> Row:
    cells = []
    for one in figures:
        cells.append(Cell(format_number(one.numerator), one.numerator))
        cells.append(Cell(one.display, one.value, why.figure_url(one) if why else ""))
    whole = figures[0].denominator
    return Row(label, (*cells, Cell(format_number(whole), whole)), url=url)
