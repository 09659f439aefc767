"""Explanations of cells that a reviewer made footnotes, as figures carry them."""

from django.db.models import Q

from collection.models import Footnote, ReportingPeriod
from collection.workflow import COUNTED, Basis
from schools.models import OrgUnit

# More would not be read beside a table.
SHOWN_AT_MOST = 50


def footnotes(unit: OrgUnit, period: ReportingPeriod, basis: Basis) -> list[tuple[str, str]]:
    """Element code and sentence of each footnote in the counted submissions of a subtree: one query.

    A document is in Vietnamese whatever the reader's language.
    """
    within = Q(value__period=period)
    if period.is_span:
        within = Q(
            value__period__indicator_set=period.indicator_set_id,
            value__period__starts_on__gte=period.starts_on,
            value__period__ends_on__lte=period.ends_on,
        )
    rows = (
        Footnote.objects.standing()
        .filter(
            within,
            value__submission__state__in=COUNTED[basis],
            value__org_unit__in=OrgUnit.objects.under(unit, on=period.hierarchy_date),
        )
        .order_by("value__element__code", "value__org_unit__code", "value__period__starts_on")
    )
    fields = ("value__element__code", "value__element__name", "value__org_unit__name", "text")
    return [
        (code, f"{name}: {unit_name} giải trình: {text.rstrip('.')}.")
        for code, name, unit_name, text in rows.values_list(*fields)[:SHOWN_AT_MOST]
    ]
