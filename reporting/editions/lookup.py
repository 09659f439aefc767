"""What was last published of one figure: for the page that says why the figure is what it is."""

from __future__ import annotations

from reporting.models import EditionFigure
from reporting.selection import Selection
from schools.models import OrgUnit


def last_published(unit: OrgUnit, selection: Selection, code: str) -> EditionFigure | None:
    """The figure of the unit's newest edition on this period and basis, with the edition; None before one.

    One statement; none for a selection that no document shows.
    """
    if not selection.is_plain:
        return None
    rows = EditionFigure.objects.filter(
        edition__unit=unit, edition__period=selection.period, edition__basis=selection.basis, code=code
    )
    return rows.select_related("edition").defer("edition__content").order_by("-edition__number").first()
