"""What a data element is for: where it is asked, which indicators and rules use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.explanation import Place, place_of
from indicators.models import Choice, DataElement, FormElement, Indicator, Rule
from indicators.vocabulary import named_in

# The names of types for readers of both languages.
TYPES: dict[str, str | Promise] = {
    DataElement.Type.COUNT: gettext_lazy("Số lượng"),
    DataElement.Type.YES_NO: gettext_lazy("Có hoặc không"),
    DataElement.Type.CHOICE: gettext_lazy("Chọn một mục"),
    DataElement.Type.CHOICES: gettext_lazy("Chọn nhiều mục"),
    DataElement.Type.TEXT: gettext_lazy("Văn bản"),
}


@dataclass(frozen=True)
class Use:
    """An indicator that is computed from an element, and in which of its sides."""

    indicator: Indicator
    side: str


@dataclass(frozen=True)
class ElementExplanation:
    """Everything that the page of one element says besides its own fields."""

    places: tuple[Place, ...]
    uses: tuple[Use, ...]
    rules: tuple[Rule, ...]
    choices: tuple[Choice, ...]


def explain_element(element: DataElement) -> ElementExplanation:
    """The explanation of `element` (loaded with its list), in four queries at most."""
    rows = (
        FormElement.objects.filter(element=element)
        .select_related("section__form")
        .order_by("section__form__position", "section__position")
    )
    rules = Rule.objects.filter(indicator_set=element.indicator_set_id)
    return ElementExplanation(
        places=tuple(place_of(row) for row in rows),
        uses=tuple(_uses(element)),
        rules=tuple(rule for rule in rules if element.code in named_in(rule.left, rule.right)),
        choices=tuple(element.choice_list.choices.all()) if element.choice_list else (),
    )


def _uses(element: DataElement) -> Iterable[Use]:
    for indicator in Indicator.objects.filter(indicator_set=element.indicator_set_id):
        is_above = element.code in named_in(indicator.numerator)
        is_below = element.code in named_in(indicator.denominator)
        if is_above or is_below:
            yield Use(indicator, _side(indicator, is_above, is_below))


def _side(indicator: Indicator, is_above: bool, is_below: bool) -> str:
    if not indicator.denominator:
        return _("được đếm")
    if is_above and is_below:
        return _("tử số và mẫu số")
    return _("tử số") if is_above else _("mẫu số")


def indicators_by_element(indicators: Iterable[Indicator]) -> Mapping[str, list[str]]:
    """Codes of the indicators that each element enters, by the element's code."""
    found: dict[str, list[str]] = defaultdict(list)
    for indicator in indicators:
        for code in named_in(indicator.numerator, indicator.denominator):
            found[code].append(indicator.code)
    return found
