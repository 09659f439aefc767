"""What submissions ask: the layout of each form, read once and kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from collection.models import Submission
from indicators.asking import AskedElement, AskedSection, FormLayout
from indicators.kept import catalogue_of
from indicators.models import DataElement

# Forms times combinations of traits, kept with the layouts (indicators/kept.py).
TRAITS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Asked:
    """What one submission asks, as its frozen traits say. Shared by requests in either language."""

    sections: tuple[AskedSection, ...]

    @cached_property
    def elements(self) -> dict[str, DataElement]:
        """Asked elements by code, in the order of the form."""
        return {asked.element.code: asked.element for asked in self._each()}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the asked elements."""
        return frozenset(self.elements)

    @property
    def labels(self) -> dict[str, str]:
        """What the asked elements are called, by code, in the reader's language."""
        language = get_language() or ""
        if language not in self._labels:
            self._labels[language] = {code: element.label for code, element in self.elements.items()}
        return self._labels[language]

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Codes of the elements that must be answered before submitting, in order."""
        return tuple(asked.element.code for asked in self._each() if asked.is_required)

    @cached_property
    def choice_codes(self) -> dict[str, tuple[str, ...]]:
        """The codes that may be chosen, by element code, in the list's order."""
        return {
            code: tuple(choice.code for choice in element.choice_list.choices.all())
            for code, element in self.elements.items()
            if element.choice_list is not None
        }

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def by_id(self) -> dict[int, DataElement]:
        """Asked elements by id: values are read by it, which spares a join."""
        return {element.pk: element for element in self.elements.values()}

    @cached_property
    def section_codes(self) -> dict[str, str]:
        """The code of the section in which each element is asked, by element code."""
        return {one.element.code: asked.section.code for asked in self.sections for one in asked.elements}

    @cached_property
    def choice_groups(self) -> dict[str, dict[str, str]]:
        """The group of each entry that may be chosen, by element code and then the entry's code."""
        return {
            code: {choice.code: choice.group for choice in element.choice_list.choices.all()}
            for code, element in self.elements.items()
            if element.choice_list is not None
        }

    def _each(self) -> Iterable[AskedElement]:
        return (asked for section in self.sections for asked in section.elements)


class AskedForms:
    """Layouts of the forms of some submissions; units with the same traits share an answer."""

    def __init__(self, submissions: Iterable[Submission]) -> None:
        forms = {submission.form_id: submission.form for submission in submissions}
        self._layouts = {pk: catalogue_of(form.indicator_set).layout(form) for pk, form in forms.items()}

    def of(self, submission: Submission) -> Asked:
        """What `submission` asks of its unit."""
        return _asked(self._layouts[submission.form_id], tuple(sorted(submission.traits)))


@lru_cache(maxsize=TRAITS_AT_ONCE)
def _asked(layout: FormLayout, traits: tuple[str, ...]) -> Asked:
    return Asked(tuple(layout.sections(traits)))
