"""What submissions ask: the layout of each form, read once for many submissions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from collection.models import Submission
from indicators.asking import AskedElement, AskedSection, FormLayout
from indicators.models import DataElement, Form


@dataclass(frozen=True)
class Asked:
    """What one submission asks, as its frozen traits say."""

    sections: tuple[AskedSection, ...]

    @cached_property
    def elements(self) -> dict[str, DataElement]:
        """Asked elements by code, in the order of the form."""
        return {asked.element.code: asked.element for asked in self._each()}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the asked elements."""
        return frozenset(self.elements)

    @cached_property
    def labels(self) -> dict[str, str]:
        """What the asked elements are called, by code, in the reader's language."""
        return {code: element.label for code, element in self.elements.items()}

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

    def _each(self) -> Iterable[AskedElement]:
        return (asked for section in self.sections for asked in section.elements)


class AskedForms:
    """Layouts of the forms of some submissions; units with the same traits share an answer."""

    def __init__(self, submissions: Iterable[Submission]) -> None:
        forms = {submission.form_id: submission.form for submission in submissions}
        self._layouts = {pk: FormLayout.load(form) for pk, form in forms.items()}
        self._asked: dict[tuple[int, tuple[str, ...]], Asked] = {}

    def of(self, submission: Submission) -> Asked:
        """What `submission` asks of its unit."""
        key = (submission.form_id, tuple(sorted(submission.traits)))
        if key not in self._asked:
            self._asked[key] = Asked(tuple(self._layouts[submission.form_id].sections(submission.traits)))
        return self._asked[key]

    def layout(self, form: Form) -> FormLayout:
        """The layout of one of the submissions' forms."""
        return self._layouts[form.pk]
