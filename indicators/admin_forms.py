"""Forms of the catalogue's administration: what a model cannot check of itself alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from indicators.models import DataElement, Indicator, Rule
from indicators.traits import TRAITS
from indicators.vocabulary import Vocabulary, indicator_faults, named_in, rule_faults


class TraitsField(forms.MultipleChoiceField):
    """`asked_of` as boxes to tick, instead of a list in JSON."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=list(TRAITS.items()), **options)


if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:  # not subscriptable outside of the type checker
    ModelForm = forms.ModelForm


class CatalogueForm(ModelForm):
    """A model form that also asks `faults()` once the instance holds what was typed."""

    def faults(self) -> Mapping[str, list[str]]:
        """Sentences by field name; the empty name for those of no single field."""
        return {}

    def _post_clean(self) -> None:
        """Django fills the instance here; the set of an unfinished form is not known yet."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        for field, sentences in self.faults().items():
            if sentences:
                self.add_error(field if field in self.fields else None, sentences)


class IndicatorForm(CatalogueForm):
    """Refuses formulas over elements that the set does not have."""

    def faults(self) -> Mapping[str, list[str]]:
        indicator = self.instance
        faults = indicator_faults(indicator, Vocabulary.load(indicator.indicator_set))
        if indicator.section.indicator_set_id != indicator.indicator_set_id:
            faults["section"] = ["Phần này thuộc bộ chỉ số khác."]
        return faults


class RuleForm(CatalogueForm):
    """Refuses sides over elements that the set does not have."""

    def faults(self) -> Mapping[str, list[str]]:
        return rule_faults(self.instance, Vocabulary.load(self.instance.indicator_set))


class DataElementForm(CatalogueForm):
    """Refuses a change of type, list or period rule under which a formula would no longer hold."""

    def faults(self) -> Mapping[str, list[str]]:
        element = self.instance
        if element.choice_list and element.choice_list.indicator_set_id != element.indicator_set_id:
            return {"choice_list": ["Danh sách này thuộc bộ chỉ số khác."]}
        others = DataElement.objects.filter(indicator_set=element.indicator_set).exclude(pk=element.pk)
        rows = others.select_related("choice_list").prefetch_related("choice_list__choices")
        vocabulary = Vocabulary.of([*rows, element])
        return {"": list(dict.fromkeys(_faults_of_users(element, vocabulary)))}


def users_of(element: DataElement) -> list[Indicator | Rule]:
    """The indicators and rules of the set whose formulas name `element`."""
    indicators = Indicator.objects.filter(indicator_set=element.indicator_set_id)
    rules = Rule.objects.filter(indicator_set=element.indicator_set_id)
    return [
        *(one for one in indicators if element.code in named_in(one.numerator, one.denominator)),
        *(one for one in rules if element.code in named_in(one.left, one.right)),
    ]


def _faults_of_users(element: DataElement, vocabulary: Vocabulary) -> list[str]:
    """What would be wrong in the formulas that name `element`, each sentence with its place."""
    sentences = []
    for user in users_of(element):
        if isinstance(user, Indicator):
            place, faults = f"Chỉ số {user.code}", indicator_faults(user, vocabulary)
        else:
            place, faults = f"Quy tắc {user.code}", rule_faults(user, vocabulary)
        sentences += [f"{place}: {sentence}" for several in faults.values() for sentence in several]
    return sentences
