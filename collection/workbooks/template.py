"""What a workbook is filled with: the submissions of one form, read in the same few queries for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from django.utils import timezone

from collection import authority
from collection.asked import Asked, AskedForms
from collection.models import DataValue, ReportingPeriod, ReturnedCell, Submission
from collection.values import values_of
from collection.workflow import EDITABLE, State
from indicators.asking import AskedSection, FormLayout
from indicators.kept import catalogue_of
from indicators.models import DataElement, Form

from .layout import Identity, Kind, fingerprint_of

Values = Mapping[str, DataValue]


@dataclass(frozen=True)
class Row:
    """One unit's submission as the workbook shows it."""

    submission: Submission
    asked: Asked
    values: Values
    previous: Values
    open_cells: frozenset[str]

    def version(self, code: str) -> int:
        """The version of a cell's value, 0 without one."""
        value = self.values.get(code)
        return value.version if value else 0


@dataclass(frozen=True)
class Template:
    """Everything that one workbook says."""

    kind: Kind
    form: Form
    period: ReportingPeriod
    previous_period: ReportingPeriod | None
    layout: FormLayout
    rows: tuple[Row, ...]

    @cached_property
    def sections(self) -> list[AskedSection]:
        """The sections with the elements that any of the units is asked, in the order of the form."""
        asked = frozenset().union(*(row.asked.codes for row in self.rows))
        found = (
            AskedSection(one.section, tuple(each for each in one.elements if each.element.code in asked))
            for one in self.layout.whole
        )
        return [section for section in found if section.elements]

    @cached_property
    def elements(self) -> list[DataElement]:
        """Those elements, in the order of the form."""
        return [asked.element for section in self.sections for asked in section.elements]

    @cached_property
    def identity(self) -> Identity:
        """What the hidden sheet says of the workbook."""
        codes = tuple(element.code for element in self.elements)
        return Identity(
            kind=self.kind,
            period=self.period.code,
            form=self.form.code,
            fingerprint=fingerprint_of(self.form, self.layout.whole),
            codes=codes,
            versions={
                row.submission.org_unit.code: [row.version(code) for code in codes] for row in self.rows
            },
        )


def template_of(kind: Kind, submissions: Iterable[Submission]) -> Template:
    """The template of some submissions of one form and period, at least one.

    They come from a queryset with context and extension. Beside the catalogue, which is kept, four
    queries, however many they are.
    """
    rows = list(submissions)
    first = rows[0]
    layout, forms = catalogue_of(first.form.indicator_set).layout(first.form), AskedForms(rows)
    values = values_of(row.pk for row in rows)
    before = ReportingPeriod.objects.before(first.period)
    previous = _values_in(before, rows) if before else {}
    open_cells = open_cells_of(rows, layout)
    return Template(
        kind=kind,
        form=first.form,
        period=first.period,
        previous_period=before,
        layout=layout,
        rows=tuple(
            Row(
                submission=row,
                asked=forms.of(row),
                values=values[row.pk],
                previous=previous.get(row.org_unit_id, {}),
                open_cells=open_cells[row.pk],
            )
            for row in rows
        ),
    )


def _values_in(period: ReportingPeriod, rows: list[Submission]) -> dict[int, dict[str, DataValue]]:
    """What the units of `rows` gave in `period`, by unit id and element code."""
    found: dict[int, dict[str, DataValue]] = {}
    units = [row.org_unit_id for row in rows]
    values = DataValue.objects.filter(period=period, org_unit__in=units).order_by()
    for value in values.annotate(code=F("element__code")):
        found.setdefault(value.org_unit_id, {})[value.code] = value
    return found


def open_cells_of(rows: Iterable[Submission], layout: FormLayout) -> dict[int, frozenset[str]]:
    """The codes of the cells that may change now, by submission id. One query, for returned ones."""
    today = timezone.localdate()
    found: dict[int, frozenset[str]] = {}
    returned: dict[int, set[str]] = {}
    for row in rows:
        if row.state not in EDITABLE or authority.closed_to_entry(row, today):
            found[row.pk] = frozenset()
        elif row.state == State.RETURNED:
            returned[row.pk] = set()
        else:
            found[row.pk] = layout.codes(row.traits)
    if returned:
        cells = ReturnedCell.objects.filter(submission__in=list(returned), resolved_at__isnull=True)
        for pk, code in cells.values_list("submission", "element__code"):
            returned[pk].add(code)
    return found | {pk: frozenset(codes) for pk, codes in returned.items()}
