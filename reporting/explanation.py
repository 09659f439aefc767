"""Why a figure is what it is: formula, contributions, missing units, people, history, targets.

A fixed number of statements, whatever the number of units and periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from dxreport.lib.numbers import DASH, format_number
from indicators import formula
from indicators.models import DataElement, Indicator, Target
from indicators.targets import requirement
from reporting import sentences
from reporting.figures import (
    Figure,
    FigureSet,
    read_choices,
    read_totals,
    rows_of,
    with_findings,
    with_footnotes,
)
from reporting.formula_words import FormulaTerm, formula_terms
from reporting.missing import MissingUnit, missing_units
from reporting.models import ChoiceCount
from reporting.own_answers import EnteredValue, OwnSubmission, own_answers
from reporting.places import Place, at_the_start, groups, read_place, short_names
from reporting.selection import Selection, period_label, period_text
from reporting.tiles import CHIPS
from schools.models import User


@dataclass(frozen=True)
class Part:
    """A line of a table of figures: a child unit, a period, or a choice in use."""

    name: str
    url: str
    numerator: str
    denominator: str
    value: str
    coverage: str
    chip: str = "none"
    word: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class TargetLine:
    """A target as the page shows it."""

    year: int
    text: str
    scope: str
    document: str
    is_verified: bool


@dataclass(frozen=True)
class Explanation:
    """Everything that the page of one figure shows."""

    place: Place
    selection: Selection
    figure: Figure
    numerator: tuple[FormulaTerm, ...]
    denominator: tuple[FormulaTerm, ...]
    parts: tuple[Part, ...]
    total: Part
    choices: tuple[tuple[str, str], ...]
    missing: tuple[MissingUnit, ...]
    missing_count: int
    submissions: tuple[OwnSubmission, ...]
    values: tuple[EnteredValue, ...]
    history: tuple[Part, ...]
    targets: tuple[TargetLine, ...]
    is_illustrative: bool

    @property
    def unnamed(self) -> int:
        """How many missing units are not named."""
        return max(self.missing_count - len(self.missing), 0)

    @property
    def heading(self) -> str:
        """The indicator and its value."""
        return f"{self.figure.indicator.label}: {self.figure.display}"

    @property
    def lede(self) -> str:
        """Which unit, basis and period, and how the figure came about, in a sentence or two."""
        where = _("%(unit)s, kỳ %(period)s, %(basis)s.") % {
            "unit": self.place.unit.name,
            "period": period_text(self.selection.period),
            "basis": sentences.basis_text(self.selection.basis),
        }
        return f"{where} {sentences.derivation(self.figure)}".strip()

    @property
    def silent(self) -> list[tuple[str, str, str]]:
        """The missing units: name, address of the same figure there, and why it is missing."""
        code = self.figure.code
        return [(one.name, self.selection.figure_url(one.code, code), one.reason) for one in self.missing]

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """Violated rules that concern the figure: the finding, and where it stands."""
        return [
            (note.sentence, sentences.violation_text(note, self.selection.label(note.period_code)))
            for note in self.figure.findings
        ]

    @property
    def gap(self) -> str:
        """What is missing to the target, or how far beyond it the value lies."""
        return sentences.gap_text(self.figure)

    @property
    def period_rule(self) -> str:
        """What the indicator takes of a span of several periods."""
        if self.figure.indicator.period_rule == DataElement.PeriodRule.SUM:
            return _("cộng số liệu của các kỳ")
        return _("lấy số liệu của kỳ cuối")


def explain(user: User, unit_code: str, indicator_code: str, selection: Selection) -> Explanation:
    """Everything about one figure that `user` may see. Http404 for an unknown unit or indicator."""
    place = read_place(user, unit_code, on=selection.period.hierarchy_date)
    indicator = _indicator(indicator_code, selection)
    targets = tuple(Target.objects.filter(indicator=indicator))
    figure_set = _read_figures(place, selection, indicator, targets)
    figure = _annotated(figure_set.figure(place.unit, selection.period, indicator), place, selection)
    submissions, values = own_answers(place.unit, selection, indicator)
    return Explanation(
        place=place,
        selection=selection,
        figure=figure,
        **formula_terms(indicator),
        parts=_parts(place, selection, figure_set, indicator, has_own=bool(submissions)),
        total=_part(figure, _total_name(indicator), ""),
        choices=_choices(place, selection, indicator),
        missing=_missing(place, selection, figure),
        missing_count=figure.units_expected - figure.units_counted,
        submissions=submissions,
        values=values,
        history=_history(place, selection, figure_set, indicator),
        targets=tuple(_target_line(one, figure, place) for one in targets),
        is_illustrative=place.unit.is_illustrative
        or any(one.is_illustrative for one in (selection.period, *selection.members)),
    )


def _annotated(figure: Figure, place: Place, selection: Selection) -> Figure:
    """The figure with what speaks against it, and with the footnotes that documents print beside it."""
    found = with_findings(
        [figure],
        unit=place.unit,
        period=selection.period,
        basis=selection.basis,
        periods=selection.members,
    )
    [annotated] = with_footnotes(found, unit=place.unit, period=selection.period, basis=selection.basis)
    return annotated


def _indicator(code: str, selection: Selection) -> Indicator:
    found = None
    if "\x00" not in code:
        rows = Indicator.objects.filter(indicator_set=selection.period.indicator_set_id, code=code)
        found = rows.select_related("section", "indicator_set").first()
    if found is None:
        raise Http404(_("Bộ chỉ số của kỳ này không có chỉ số “%(code)s”.") % {"code": code})
    return found


def _read_figures(
    place: Place, selection: Selection, indicator: Indicator, targets: Sequence[Target]
) -> FigureSet:
    """This indicator of the unit in every period, and of its children in the shown one."""
    periods = [one for one in selection.periods if one.indicator_set_id == indicator.indicator_set_id]
    where = rows_of([place.unit], periods)
    if place.children:
        where |= rows_of(place.children, [selection.period])
    return FigureSet(
        [indicator],
        read_totals(where & Q(indicator=indicator), selection.basis),
        read_choices(where, selection.basis) if indicator.kind == Indicator.Kind.DISTINCT else {},
        {indicator.pk: targets},
        place.scopes_by_unit,
    )


# --- Who contributes, who is missing ----------------------------------------------------


def _part(figure: Figure, name: str, url: str, *, is_current: bool = False) -> Part:
    return Part(
        name=name,
        url=url,
        numerator=format_number(figure.numerator),
        denominator=format_number(figure.denominator),
        value=figure.display,
        coverage=sentences.coverage_text(figure) or DASH,
        chip=CHIPS[figure.status],
        word=sentences.status_word(figure),
        is_current=is_current,
    )


def _parts(
    place: Place, selection: Selection, figure_set: FigureSet, indicator: Indicator, *, has_own: bool
) -> tuple[Part, ...]:
    """What each child brings, and what is left: the unit's own form. Together they are the figure."""
    figures = [(child, figure_set.figure(child, selection.period, indicator)) for child in place.children]
    names = {pk: name for group in groups(place.children) for pk, name in short_names(group.units).items()}
    parts = [
        _part(figure, at_the_start(names[child.pk]), selection.figure_url(child.code, indicator.code))
        for child, figure in figures
        if figure.units_expected
    ]
    rest = figure_set.remainder(place.unit, place.children, selection.period, indicator)
    if parts and rest is not None:
        name = _("Phiếu của chính đơn vị") if has_own else _("Đơn vị khác trong kỳ")
        parts.append(_part(rest, name, ""))
    return tuple(parts)


def _total_name(indicator: Indicator) -> str:
    """The head of the last line: distinct choices of several units are united, not added."""
    return _("Hợp lại") if indicator.kind == Indicator.Kind.DISTINCT else _("Cộng")


def _choices(place: Place, selection: Selection, indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The choices in use with the number of units, for an indicator that counts distinct ones."""
    if indicator.kind != Indicator.Kind.DISTINCT:
        return ()
    rows = ChoiceCount.objects.filter(
        org_unit=place.unit,
        period=selection.period,
        basis=selection.basis,
        element__code=indicator.numerator,
        units__gt=0,
    )
    if indicator.choice_group:
        rows = rows.filter(choice__group=indicator.choice_group)
    ordered = rows.select_related("choice").order_by("-units", "choice__position")
    return tuple((row.choice.label, format_number(row.units)) for row in ordered)


def _missing(place: Place, selection: Selection, figure: Figure) -> tuple[MissingUnit, ...]:
    if figure.is_complete:
        return ()
    indicator = figure.indicator
    return tuple(
        missing_units(
            place.unit,
            indicator,
            selection.period,
            selection.basis,
            members=selection.members,
            elements=formula.elements_of(indicator.numerator, indicator.denominator),
        )
    )


# --- Time and targets -------------------------------------------------------------------


def _history(
    place: Place, selection: Selection, figure_set: FigureSet, indicator: Indicator
) -> tuple[Part, ...]:
    """The same figure in every period of the indicator set, the latest first."""
    rows = []
    for period in reversed(selection.periods):
        if period.indicator_set_id == indicator.indicator_set_id:
            figure = figure_set.figure(place.unit, period, indicator)
            url = selection.at(period).figure_url(place.unit.code, indicator.code)
            rows.append(_part(figure, period_label(period), url, is_current=period == selection.period))
    return tuple(rows)


def _target_line(target: Target, figure: Figure, place: Place) -> TargetLine:
    scope = target.get_scope_display()
    if target.scope == Target.Scope.UNIT and target.scope_code == place.unit.code:
        scope = place.unit.name
    elif target.scope_code:
        scope = f"{scope} ({target.scope_code})"
    return TargetLine(
        target.year,
        requirement(figure.indicator.kind, target),
        scope,
        target.document,
        target.is_verified,
    )
