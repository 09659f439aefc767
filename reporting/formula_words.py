"""A formula and its arithmetic in words, as the page of a figure shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dxreport.lib.numbers import format_number, format_quotient, quotient
from dxreport.lib.template_filters import short_date
from indicators import formula
from indicators.models import DataElement, Indicator
from reporting.figures import Figure

REVISION_SHOWN = 8  # letters of the catalogue's mark


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


def calculation(figure: Figure) -> str:
    """The whole way from two sums to what is printed: "7.661 ÷ 9.083 = 0,843443…, làm tròn …: 84,34%".

    Blank where nothing is divided, or there is no value.
    """
    if not figure.is_ratio or figure.value is None or figure.numerator is None or not figure.denominator:
        return ""
    words = {
        "numerator": format_number(figure.numerator),
        "denominator": format_number(figure.denominator),
        "quotient": format_quotient(figure.numerator, figure.denominator),
        "value": figure.display,
    }
    # Two decimals of a percentage are four of the quotient.
    if quotient(figure.numerator, figure.denominator, places=4)[1]:
        return (
            _("%(numerator)s ÷ %(denominator)s = %(quotient)s, đúng bằng %(value)s, không phải làm tròn.")
            % words
        )
    return (
        _("%(numerator)s ÷ %(denominator)s = %(quotient)s, làm tròn nửa lên hai chữ số: %(value)s.") % words
    )


def definition(indicator: Indicator) -> str:
    """Which words of which catalogue the formula stands in: set, day of effect, version, mark."""
    known = indicator.indicator_set
    return _(
        "bộ chỉ số %(set)s có hiệu lực từ %(day)s; công thức phiên bản %(version)s; dấu danh mục %(revision)s"
    ) % {
        "set": known.code,
        "day": short_date(known.valid_from),
        "version": indicator.formula_version,
        "revision": known.revision.hex[:REVISION_SHOWN],
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
