"""What formulas of one indicator set may name, and what is wrong with one that names something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.formula import UNITS, FormulaError, Term, elements_of, parse
from indicators.models import DataElement, Indicator, IndicatorSet, Rule

_NUMBERS = (DataElement.Type.COUNT, DataElement.Type.YES_NO)
_LISTS = (DataElement.Type.CHOICE, DataElement.Type.CHOICES)


@dataclass(frozen=True)
class Vocabulary:
    """The elements of a set by code; for elements with a list, the group of each choice by code."""

    elements: Mapping[str, DataElement]
    choices: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, indicator_set: IndicatorSet) -> Vocabulary:
        """The vocabulary of `indicator_set` in two queries."""
        elements = (
            DataElement.objects.filter(indicator_set=indicator_set)
            .select_related("choice_list")
            .prefetch_related("choice_list__choices")
        )
        return cls.of(elements)

    @classmethod
    def of(cls, elements: Iterable[DataElement]) -> Vocabulary:
        """The vocabulary of some elements."""
        by_code = {element.code: element for element in elements}
        choices = {
            code: {choice.code: choice.group for choice in element.choice_list.choices.all()}
            for code, element in by_code.items()
            if element.choice_list is not None
        }
        return cls(by_code, choices)


def indicator_faults(indicator: Indicator, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """What is wrong with an indicator's formulas: sentences by the name of the field they concern."""
    faults: dict[str, list[str]] = {}
    if indicator.kind == Indicator.Kind.DISTINCT:
        faults["numerator"] = list(_list_faults(indicator.numerator, vocabulary))
    else:
        faults["numerator"] = list(_sum_faults(indicator.numerator, vocabulary, units_allowed=False))
        faults["denominator"] = list(_sum_faults(indicator.denominator, vocabulary, units_allowed=True))
    faults["choice_group"] = list(_group_faults(indicator, vocabulary))
    faults["period_rule"] = list(_period_faults(indicator, vocabulary))
    return {field: sentences for field, sentences in faults.items() if sentences}


def rule_faults(rule: Rule, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """What is wrong with the two sides of a rule: sentences by the name of the field they concern."""
    sides = {"left": rule.left, "right": rule.right}
    faults = {
        field: list(_sum_faults(side, vocabulary, units_allowed=False)) for field, side in sides.items()
    }
    return {field: sentences for field, sentences in faults.items() if sentences}


def _sum_faults(formula: str, vocabulary: Vocabulary, *, units_allowed: bool) -> Iterator[str]:
    """Faults of a formula whose terms are added up."""
    if not formula:
        return
    try:
        terms = parse(formula)
    except FormulaError as error:
        yield str(error)
        return
    for term in terms:
        fault = _term_fault(term, vocabulary, units_allowed=units_allowed)
        if fault:
            yield f"Công thức “{formula}”: {fault}"


def _term_fault(term: Term, vocabulary: Vocabulary, *, units_allowed: bool) -> str:
    if term.element == UNITS:
        if term.choice:
            return f"“{UNITS}” không đi kèm mục chọn."
        return "" if units_allowed else f"“{UNITS}” chỉ dùng ở mẫu số của tỉ lệ."
    element = vocabulary.elements.get(term.element)
    if element is None:
        return f"không có chỉ tiêu dữ liệu “{term.element}” trong bộ chỉ số."
    if term.choice:
        if term.choice not in vocabulary.choices.get(term.element, {}):
            return f"chỉ tiêu “{term.element}” không có mục chọn “{term.choice}”."
    elif element.type not in _NUMBERS:
        return f"chỉ tiêu “{term.element}” kiểu “{element.get_type_display()}” không cộng được."
    return ""


def _list_faults(formula: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Faults of the formula of distinct choices: it names one element that is answered from a list."""
    element = vocabulary.elements.get(formula)
    if element is None:
        yield f"Công thức “{formula}” phải là mã của đúng một chỉ tiêu dữ liệu trong bộ chỉ số."
    elif element.type not in _LISTS:
        yield f"Chỉ tiêu “{formula}” kiểu “{element.get_type_display()}” không có danh sách để đếm mục."


def _group_faults(indicator: Indicator, vocabulary: Vocabulary) -> Iterator[str]:
    group = indicator.choice_group
    if not group:
        return
    if indicator.kind != Indicator.Kind.DISTINCT:
        yield "Chỉ chỉ số đếm mục khác nhau mới chọn nhóm."
    elif group not in vocabulary.choices.get(indicator.numerator, {}).values():
        yield f"Danh sách của chỉ tiêu “{indicator.numerator}” không có nhóm “{group}”."


def _period_faults(indicator: Indicator, vocabulary: Vocabulary) -> Iterator[str]:
    for code in named_in(indicator.numerator, indicator.denominator):
        element = vocabulary.elements.get(code)
        if element is not None and element.period_rule != indicator.period_rule:
            yield (
                f"Chỉ tiêu “{code}” có quy tắc kỳ “{element.get_period_rule_display()}”, khác với chỉ số "
                f"(“{indicator.get_period_rule_display()}”)."
            )


def named_in(*formulas: str) -> tuple[str, ...]:
    """Codes of the elements named in the readable ones of `formulas`, each once, in order."""
    return elements_of(*filter(_is_readable, formulas))


def _is_readable(formula: str) -> bool:
    try:
        elements_of(formula)
    except FormulaError:
        return False
    return True
