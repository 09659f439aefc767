"""Why a figure is what it is: formula, contributions, missing units, people, history, targets.

A fixed number of statements, whatever the number of units and periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404
from django.utils.translation import gettext as _

from dxreport.lib.numbers import DASH
from indicators.models import DataElement, Indicator, Target
from indicators.targets import requirement
from reporting import formula_words, sentences
from reporting.editions.lookup import last_published
from reporting.figure_parts import Part, Parts, contributing, history, whole_of
from reporting.figures import Figure, FigureSet, with_findings, with_footnotes
from reporting.formula_words import FormulaTerm
from reporting.missing import MissingUnit, Outside, Question, concerned, missing_units, outside_units
from reporting.models import ChoiceCount, EditionFigure
from reporting.own_answers import EnteredValue, OwnSubmission, own_answers
from reporting.places import Place, read_place
from reporting.reading import Wanted
from reporting.selection import Selection, period_text
from schools.access import permissions_at
from schools.models import User
from schools.roles import Permission

SHOWN_AT_MOST, DOUBTS_AT_MOST = 20, 3  # missing units and violated rules before the others are folded


@dataclass(frozen=True)
class TargetLine:
    """A target as the page shows it."""

    year: int
    text: str
    scope: str
    document: str
    is_verified: bool


@dataclass(frozen=True)
class Doubt:
    """A violated rule: what is wrong, where it stands and what was said of it, and the page of that unit."""

    finding: str
    text: str
    url: str
    unit: str


@dataclass(frozen=True)
class Explanation:
    """Everything that the page of one figure shows."""

    place: Place
    selection: Selection
    figure: Figure
    numerator: tuple[FormulaTerm, ...]
    denominator: tuple[FormulaTerm, ...]
    parts: Parts
    total: Part
    choices: tuple[tuple[str, int | None], ...]
    missing: tuple[MissingUnit, ...]
    outside: Outside
    submissions: tuple[OwnSubmission, ...]
    values: tuple[EnteredValue, ...]
    history: tuple[Part, ...]
    targets: tuple[TargetLine, ...]
    is_illustrative: bool
    published: EditionFigure | None = None

    @property
    def published_value(self) -> str:
        """What was last published of the figure, in the reader's notation."""
        if self.published is None:
            return DASH
        return replace(self.figure, value=self.published.value).display

    @property
    def is_as_published(self) -> bool:
        """Whether the figure still has the sums and the coverage with which it was last published."""
        then, now = self.published, self.figure
        return (
            then is not None
            and (then.numerator, then.denominator, then.value)
            == (
                now.numerator,
                now.denominator,
                now.value,
            )
            and (then.counted, then.expected) == (now.units_counted, now.units_expected)
        )

    @property
    def missing_count(self) -> int:
        """How many units are asked and not counted."""
        return self.figure.units_expected - self.figure.units_counted

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
    def calculation(self) -> str:
        """The division and its rounding in one line; blank where nothing is divided."""
        return formula_words.calculation(self.figure)

    @property
    def definition(self) -> str:
        """Where the formula stands: catalogue, version, date."""
        return formula_words.definition(self.figure.indicator)

    @property
    def silent(self) -> list[tuple[str, str, str]]:
        """The missing units: name, address of the same figure there, and why it is missing."""
        return [(one.name, self._figure_at(one.code), one.reason) for one in self.missing]

    @property
    def absent_url(self) -> str:
        """The list of the missing units by themselves."""
        return self.selection.absent_url(self.place.unit.code, self.figure.code)

    @property
    def silent_shown(self) -> list[tuple[str, str, str]]:
        """The first of them."""
        return self.silent[:SHOWN_AT_MOST]

    @property
    def silent_folded(self) -> list[tuple[str, str, str]]:
        """The others."""
        return self.silent[SHOWN_AT_MOST:]

    @property
    def exempt(self) -> list[tuple[str, str]]:
        """The units to which the figure does not apply: name, and address of the same figure there."""
        return [(name, self._figure_at(code)) for code, name in self.outside.not_applicable]

    @property
    def doubts(self) -> list[Doubt]:
        """Violated rules that concern the figure."""
        return [
            Doubt(
                note.sentence,
                sentences.violation_text(note, self.selection.label(note.period_code)),
                "" if note.unit_code == self.place.unit.code else self._figure_at(note.unit_code),
                note.unit_name,
            )
            for note in self.figure.findings
        ]

    @property
    def doubts_shown(self) -> list[Doubt]:
        """The first of them."""
        return self.doubts[:DOUBTS_AT_MOST]

    @property
    def doubts_folded(self) -> list[Doubt]:
        """The others."""
        return self.doubts[DOUBTS_AT_MOST:]

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

    def name_of(self, part: Part) -> str:
        """The whole name of a contributing unit: a file stands alone, where a short one says too little."""
        return next((one.name for one in self.place.children if one.code == part.code), part.name)

    def _figure_at(self, unit_code: str) -> str:
        return self.selection.figure_url(unit_code, self.figure.code)


def explain(
    user: User, unit_code: str, indicator_code: str, selection: Selection, *, everyone: bool = False
) -> Explanation:
    """Everything about one figure that `user` may see. Http404 for an unknown unit or indicator.

    With `everyone` every missing unit is named, as files need it.
    """
    place = read_place(user, unit_code, on=selection.hierarchy_date)
    indicator = _indicator(indicator_code, selection)
    targets = tuple(Target.objects.filter(indicator=indicator))
    figure_set = _read_figures(place, selection, indicator, targets)
    asked = Question(
        indicator=indicator,
        period=selection.period,
        periods=concerned(indicator, selection.members),
        basis=selection.basis,
        units=selection.units_below(place.unit),
    )
    figure = _annotated(figure_set.figure(place.unit, selection.period, indicator), asked, place, selection)
    submissions, values = own_answers(
        asked, place.unit, shows_history=Permission.VIEW_HISTORY in permissions_at(user, place.unit)
    )
    return Explanation(
        place=place,
        selection=selection,
        figure=figure,
        **formula_words.formula_terms(indicator),
        parts=contributing(place, selection, figure_set, indicator, has_own=bool(submissions)),
        total=whole_of(figure),
        choices=_choices(place, selection, figure),
        missing=() if figure.is_complete else tuple(missing_units(asked, everyone=everyone)),
        outside=outside_units(asked, expected=figure.units_expected),
        submissions=submissions,
        values=values,
        history=history(place, selection, figure_set, indicator),
        targets=tuple(_target_line(one, figure, place) for one in targets),
        is_illustrative=place.unit.is_illustrative
        or any(one.is_illustrative for one in (selection.period, *selection.members)),
        published=last_published(place.unit, selection, indicator.code),
    )


def _annotated(figure: Figure, asked: Question, place: Place, selection: Selection) -> Figure:
    """The figure with what speaks against it, and with the footnotes that documents print beside it."""
    found = with_findings(
        [figure],
        unit=place.unit,
        period=selection.period,
        basis=selection.basis,
        periods=selection.members,
        units=asked.units,
    )
    if not selection.is_plain:  # no document prints it
        return found[0]
    [annotated] = with_footnotes(found, unit=place.unit, period=selection.period, basis=selection.basis)
    return annotated


def _indicator(code: str, selection: Selection) -> Indicator:
    found = None
    if "\x00" not in code:
        rows = Indicator.objects.filter(indicator_set=selection.period.indicator_set_id, code=code)
        found = rows.select_related("section", "indicator_set").first()
    if found is None:
        raise Http404(
            _("Bộ chỉ số của kỳ này không có chỉ số “%(code)s”. Hãy tìm trong danh mục chỉ số.")
            % {"code": code}
        )
    return found


def _read_figures(
    place: Place, selection: Selection, indicator: Indicator, targets: Sequence[Target]
) -> FigureSet:
    """This indicator of the unit in every period, and of its children in the shown one."""
    periods = [one for one in selection.periods if one.indicator_set_id == indicator.indicator_set_id]
    is_distinct = indicator.kind == Indicator.Kind.DISTINCT
    sums = selection.sums(
        Wanted([place.unit], periods, [indicator.pk], choices=is_distinct),
        Wanted(place.children, [selection.period], [indicator.pk], choices=is_distinct),
    )
    return FigureSet([indicator], sums.totals, sums.choices, {indicator.pk: targets}, place.scopes_by_unit)


def _choices(place: Place, selection: Selection, figure: Figure) -> tuple[tuple[str, int | None], ...]:
    """The choices in use with the number of units, for an indicator that counts distinct ones.

    How many units use each is kept for all units as reported; else there are only the names.
    """
    indicator = figure.indicator
    if indicator.kind != Indicator.Kind.DISTINCT:
        return ()
    if not selection.is_plain:
        return tuple((name, None) for name in figure.names)
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
    return tuple((row.choice.label, row.units) for row in ordered)


# --- Targets ----------------------------------------------------------------------------


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
