"""What a form asks of a unit that some traits describe. Loaded once, then pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from indicators.models import DataElement, Form, FormElement, FormSection


@dataclass(frozen=True)
class AskedElement:
    """An element that the unit is asked, and whether it must answer before it submits."""

    element: DataElement
    is_required: bool


@dataclass(frozen=True)
class AskedSection:
    """A section of the form with the elements that the unit is asked in it, at least one."""

    section: FormSection
    elements: tuple[AskedElement, ...]


def is_asked(asked_of: Collection[str], traits: Collection[str]) -> bool:
    """Whether a unit with `traits` is asked: everybody where `asked_of` is empty, else who has any of it."""
    return not asked_of or not set(asked_of).isdisjoint(traits)


def forms_for(traits: Collection[str], forms: Iterable[Form]) -> list[Form]:
    """Those of `forms` that a unit with `traits` fills in, in the order given."""
    return [form for form in forms if is_asked(form.asked_of, traits)]


class FormLayout:
    """One form with its sections and elements, from which each unit's questions are taken.

    Units share few combinations of traits, so each combination is worked out once.
    """

    def __init__(self, form: Form, rows: Iterable[FormElement]) -> None:
        self.form = form
        self._rows = tuple(rows)
        self._asked: dict[frozenset[str], tuple[AskedSection, ...]] = {}

    @classmethod
    def load(cls, form: Form) -> FormLayout:
        """The layout of `form` in two queries; choices of choice elements are at hand."""
        rows = (
            FormElement.objects.filter(section__form=form)
            .select_related("section", "element__choice_list")
            .prefetch_related("element__choice_list__choices")
            .order_by("section__position", "section__code", "position", "pk")
        )
        return cls(form, rows)

    def sections(self, traits: Collection[str]) -> list[AskedSection]:
        """The sections that a unit with `traits` sees, in order; empty ones are left out."""
        key = frozenset(traits)
        if key not in self._asked:
            self._asked[key] = tuple(self._work_out(key))
        return list(self._asked[key])

    @cached_property
    def whole(self) -> tuple[AskedSection, ...]:
        """Every section with every element, whoever is asked: the columns of many units at once."""
        return tuple(_gathered(self._rows))

    def elements(self, traits: Collection[str]) -> list[DataElement]:
        """The elements that a unit with `traits` is asked, in the order of the form."""
        return [asked.element for section in self.sections(traits) for asked in section.elements]

    def codes(self, traits: Collection[str]) -> frozenset[str]:
        """Codes of the elements that a unit with `traits` is asked."""
        return frozenset(element.code for element in self.elements(traits))

    def _work_out(self, traits: frozenset[str]) -> Iterable[AskedSection]:
        if not is_asked(self.form.asked_of, traits):
            return ()
        rows = self._rows
        return _gathered(
            row for row in rows if is_asked(row.section.asked_of, traits) and is_asked(row.asked_of, traits)
        )


def _gathered(rows: Iterable[FormElement]) -> Iterable[AskedSection]:
    """Rows come in the order of the form, so a section's elements gather in order."""
    sections: dict[int, FormSection] = {}
    elements: dict[int, list[AskedElement]] = {}
    for row in rows:
        sections.setdefault(row.section_id, row.section)
        elements.setdefault(row.section_id, []).append(AskedElement(row.element, row.is_required))
    for pk, section in sections.items():
        yield AskedSection(section, tuple(elements[pk]))
