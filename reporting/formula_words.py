"""The two sides of a formula in words, as the page of a figure shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formula
from indicators.models import DataElement, Indicator


@dataclass(frozen=True)
class FormulaTerm:
    """One element of a formula, in words."""

    code: str
    name: str
    help: str


def formula_terms(indicator: Indicator) -> dict[str, tuple[FormulaTerm, ...]]:
    """The two sides of the formula in words: one query."""
    codes = formula.elements_of(indicator.numerator, indicator.denominator)
    rows = DataElement.objects.filter(indicator_set=indicator.indicator_set_id, code__in=codes)
    elements = {one.code: one for one in rows.prefetch_related("choice_list__choices")}
    return {
        "numerator": _terms(indicator.numerator, elements),
        "denominator": _terms(indicator.denominator, elements),
    }


def _terms(text: str, elements: Mapping[str, DataElement]) -> tuple[FormulaTerm, ...]:
    return tuple(_term(one, elements) for one in formula.parse(text)) if text else ()


def _term(term: formula.Term, elements: Mapping[str, DataElement]) -> FormulaTerm:
    if term.element == formula.UNITS:
        return FormulaTerm(formula.UNITS, _("Số đơn vị có số liệu"), _("Mỗi đơn vị trả lời tính là 1."))
    element = elements.get(term.element)
    if element is None:
        return FormulaTerm(str(term), term.element, "")
    if term.choice and element.choice_list is not None:
        labels = {choice.code: choice.label for choice in element.choice_list.choices.all()}
        words = {"element": element.label, "choice": labels.get(term.choice, term.choice)}
        return FormulaTerm(str(term), _("%(element)s: chọn “%(choice)s”") % words, element.help)
    return FormulaTerm(str(term), element.label, element.help)
