"""How an indicator is computed, in words: the terms of its formulas, who is asked, what is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.formula import UNITS, Term, parse
from indicators.models import Choice, DataElement, FormElement, Indicator, Rule, Target
from indicators.targets import requirement
from indicators.traits import in_words
from indicators.vocabulary import named_in

# The names of kinds and directions for readers of both languages.
KINDS: dict[str, str | Promise] = {
    Indicator.Kind.RATIO: gettext_lazy("Tỉ lệ"),
    Indicator.Kind.COUNT: gettext_lazy("Số lượng"),
    Indicator.Kind.DISTINCT: gettext_lazy("Số mục khác nhau"),
    Indicator.Kind.NOT_APPLICABLE: gettext_lazy("Không áp dụng"),
}
DIRECTIONS: dict[str, str | Promise] = {
    Indicator.Direction.UP: gettext_lazy("Càng cao càng tốt"),
    Indicator.Direction.DOWN: gettext_lazy("Càng thấp càng tốt"),
    Indicator.Direction.NEUTRAL: gettext_lazy("Chỉ để theo dõi"),
}
PERIOD_RULES: dict[str, str | Promise] = {
    DataElement.PeriodRule.LAST: gettext_lazy("Lấy số của kỳ cuối"),
    DataElement.PeriodRule.SUM: gettext_lazy("Cộng số của các kỳ"),
}


@dataclass(frozen=True)
class TargetLine:
    """A target as its table shows it."""

    target: Target
    requirement: str
    scope: str


@dataclass(frozen=True)
class Place:
    """Where an element is asked: in which section of which form, and of whom."""

    form: str
    section: str
    asked_of: str


@dataclass(frozen=True)
class Source:
    """An element that an indicator is computed from, with the places where it is asked."""

    element: DataElement
    choices: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class TermWords:
    """One term of a formula in words; `code` is that of its element, "" for a number of units."""

    text: str
    code: str = ""


@dataclass(frozen=True)
class Explanation:
    """Everything that the page of one indicator says besides its own fields."""

    numerator: tuple[TermWords, ...]
    denominator: tuple[TermWords, ...]
    sources: tuple[Source, ...]
    targets: tuple[TargetLine, ...]
    rules: tuple[Rule, ...]


def explain(indicator: Indicator) -> Explanation:
    """The explanation of `indicator` (loaded with its targets), in five queries whatever it names."""
    codes = named_in(indicator.numerator, indicator.denominator)
    elements = {
        element.code: element
        for element in DataElement.objects.filter(indicator_set=indicator.indicator_set_id, code__in=codes)
        .select_related("choice_list")
        .prefetch_related("choice_list__choices")
    }
    rows = (
        FormElement.objects.filter(element__in=[element.pk for element in elements.values()])
        .select_related("section__form")
        .order_by("section__form__position", "section__position")
    )
    places: dict[int, list[Place]] = {}
    for row in rows:
        places.setdefault(row.element_id, []).append(place_of(row))
    rules = Rule.objects.filter(indicator_set=indicator.indicator_set_id)
    return Explanation(
        numerator=_terms(indicator.numerator, elements),
        denominator=_terms(indicator.denominator, elements),
        sources=tuple(
            Source(element, _counted_choices(indicator, element), tuple(places.get(element.pk, ())))
            for element in (elements[code] for code in codes if code in elements)
        ),
        targets=tuple(_target_line(indicator, target) for target in indicator.targets.all()),
        rules=tuple(rule for rule in rules if not set(codes).isdisjoint(named_in(rule.left, rule.right))),
    )


def _terms(formula: str, elements: dict[str, DataElement]) -> tuple[TermWords, ...]:
    if not formula:
        return ()
    return tuple(
        TermWords(_in_words(term, elements), term.element if term.element in elements else "")
        for term in parse(formula)
    )


def _in_words(term: Term, elements: dict[str, DataElement]) -> str:
    if term.element == UNITS:
        return _("Số đơn vị đã trả lời, mỗi đơn vị tính là 1")
    element = elements.get(term.element)
    if element is None:
        return str(term)
    if not term.choice:
        return element.label
    chosen = next((one.label for one in _choices(element) if one.code == term.choice), term.choice)
    return _("Số đơn vị chọn “%(choice)s” ở mục “%(element)s”") % {
        "choice": chosen,
        "element": element.label,
    }


def _counted_choices(indicator: Indicator, element: DataElement) -> tuple[str, ...]:
    """The entries of a list that count, for an indicator that counts distinct entries."""
    if indicator.kind != Indicator.Kind.DISTINCT:
        return ()
    wanted = indicator.choice_group
    return tuple(one.label for one in _choices(element) if not wanted or one.group == wanted)


def _choices(element: DataElement) -> Iterable[Choice]:
    return element.choice_list.choices.all() if element.choice_list else ()


def place_of(row: FormElement) -> Place:
    """Where and of whom a row of a form asks its element."""
    conditions = (row.section.form.asked_of, row.section.asked_of, row.asked_of)
    words = ", ".join(in_words(asked_of) for asked_of in conditions if asked_of)
    return Place(row.section.form.label, row.section.label, words or _("mọi đơn vị"))


def _target_line(indicator: Indicator, target: Target) -> TargetLine:
    scope = {
        Target.Scope.NATIONAL: _("Cả nước"),
        Target.Scope.UNIT: _("Đơn vị %(code)s") % {"code": target.scope_code},
        Target.Scope.LEVEL: in_words([target.scope_code]),
    }[Target.Scope(target.scope)]
    return TargetLine(target, requirement(indicator.kind, target), scope)
