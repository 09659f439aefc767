"""Whether a whole indicator set holds together: formulas, rules, forms and lists.

What one row says of itself is checked by its model; here stands what only the set as a whole shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from indicators.models import FormElement, Indicator, IndicatorSet, Rule
from indicators.vocabulary import Vocabulary, indicator_faults, named_in, rule_faults


def faults_of(indicator_set: IndicatorSet) -> list[str]:
    """Everything that is wrong with `indicator_set`, as sentences; a fixed number of queries."""
    vocabulary = Vocabulary.load(indicator_set)
    placed = list(
        FormElement.objects.filter(section__form__indicator_set=indicator_set).select_related(
            "section__form", "element"
        )
    )
    return [
        *_indicator_faults(indicator_set, vocabulary),
        *_rule_faults(indicator_set, vocabulary, placed),
        *_placing_faults(indicator_set, vocabulary, placed),
    ]


def _indicator_faults(indicator_set: IndicatorSet, vocabulary: Vocabulary) -> Iterator[str]:
    for indicator in Indicator.objects.filter(indicator_set=indicator_set).select_related("section"):
        for sentences in indicator_faults(indicator, vocabulary).values():
            yield from (f"Chỉ số {indicator.code}: {sentence}" for sentence in sentences)
        if indicator.section.indicator_set_id != indicator_set.pk:
            yield f"Chỉ số {indicator.code}: phần “{indicator.section}” thuộc bộ chỉ số khác."


def _rule_faults(
    indicator_set: IndicatorSet, vocabulary: Vocabulary, placed: Sequence[FormElement]
) -> Iterator[str]:
    """A rule compares values of one submission, so one form must hold all elements that it names."""
    codes_by_form: dict[int, set[str]] = defaultdict(set)
    for row in placed:
        codes_by_form[row.section.form_id].add(row.element.code)
    for rule in Rule.objects.filter(indicator_set=indicator_set):
        faults = rule_faults(rule, vocabulary)
        for sentences in faults.values():
            yield from (f"Quy tắc {rule.code}: {sentence}" for sentence in sentences)
        named = set(named_in(rule.left, rule.right))
        if not faults and not any(named <= codes for codes in codes_by_form.values()):
            yield f"Quy tắc {rule.code}: không biểu mẫu nào có đủ các chỉ tiêu {', '.join(sorted(named))}."


def _placing_faults(
    indicator_set: IndicatorSet, vocabulary: Vocabulary, placed: Sequence[FormElement]
) -> Iterator[str]:
    """Every element is asked by a form, once in each form, and by forms of its own set."""
    by_code = {row.element.code for row in placed if row.element.indicator_set_id == indicator_set.pk}
    yield from (
        f"Chỉ tiêu {code} không nằm trong biểu mẫu nào."
        for code in vocabulary.elements
        if code not in by_code
    )
    times = Counter((row.section.form.code, row.element.code) for row in placed)
    yield from (
        f"Chỉ tiêu {code} có {count} lần trong biểu mẫu {form}; mỗi biểu mẫu chỉ hỏi một lần."
        for (form, code), count in times.items()
        if count > 1
    )
    for row in placed:
        if row.element.indicator_set_id != indicator_set.pk:
            yield f"Biểu mẫu {row.section.form.code}: chỉ tiêu {row.element.code} thuộc bộ chỉ số khác."
    for code, element in vocabulary.elements.items():
        if element.choice_list is not None and element.choice_list.indicator_set_id != indicator_set.pk:
            yield f"Chỉ tiêu {code}: danh sách chọn “{element.choice_list}” thuộc bộ chỉ số khác."
