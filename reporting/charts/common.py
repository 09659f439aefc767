"""What all charts of a unit share: of whom, when and from where, and where their rows can be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collection.models import ReportingPeriod
from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.plain_tables import FORMATS
from indicators.targets import Status
from reporting import sentences
from reporting.figures import Figure
from reporting.places import Place
from reporting.selection import Selection, period_text

STATES = {Status.MET: "met", Status.NOT_MET: "missed"}
# What a picture is, for those who do not see it, by its kind.
PICTURES: dict[str, str | Promise] = {
    "bullets": gettext_lazy("Biểu đồ thanh ngang, vạch ở mỗi thanh là mục tiêu"),
    "bars": gettext_lazy("Biểu đồ thanh ngang"),
    "trend": gettext_lazy("Biểu đồ đường qua các kỳ"),
    "classes": gettext_lazy("Biểu đồ cột theo khoảng giá trị"),
    "shares": gettext_lazy("Biểu đồ thanh chồng, mỗi thanh là 100%"),
    "parts": gettext_lazy("Biểu đồ thanh chồng, mỗi thanh là 100%"),
}


@lru_cache(maxsize=8192)
def charts_path(unit_code: str) -> str:
    """The page of a unit's charts."""
    return reverse("reporting:charts", args=[unit_code])


@dataclass(frozen=True)
class Subject:
    """The unit that charts are about, in a selection; `kind` is the kind of children compared."""

    place: Place
    selection: Selection
    kind: str = ""

    def figure_url(self, figure: Figure) -> str:
        """The page that says why a figure of the unit is what it is; "" for one without value."""
        code = self.place.unit.code
        return "" if figure.value is None else self.selection.figure_url(code, figure.code)

    def at(self, period: ReportingPeriod) -> Subject:
        """The same unit in another period."""
        return replace(self, selection=self.selection.at(period))

    def charts_url(self, *, indicator: str = "", file: str = "") -> str:
        """The page of the unit's charts, or one of their files ("trend.csv"), with an indicator chosen."""
        chosen = {"indicator": indicator, "kind": self.kind}
        extra = urlencode({name: value for name, value in chosen.items() if value})
        query = "&".join(part for part in (self.selection.query, extra) if part)
        return f"{charts_path(self.place.unit.code)}{file}?{query}"

    def chart(
        self,
        key: str,
        kind: str,
        *,
        title: str,
        unit: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        indicator: str = "",
        source: str = "",
        **more: Any,
    ) -> Chart:
        """A chart about this unit; its files show the same `indicator`, where one was chosen."""
        return Chart(
            key=key,
            kind=kind,
            title=title,
            unit=unit,
            source=source or self.source,
            period=_("%(unit)s, kỳ %(period)s")
            % {"unit": self.place.unit.name, "period": period_text(self.selection.period)},
            alternative=_("%(picture)s. %(finding)s. Bảng số liệu ở ngay bên dưới.")
            % {"picture": PICTURES[kind], "finding": title},
            columns=tuple(columns),
            rows=tuple(rows),
            files=tuple(
                (one.upper(), self.charts_url(indicator=indicator, file=f"{key}.{one}")) for one in FORMATS
            ),
            **more,
        )

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return _("phiếu báo cáo của các đơn vị, %(basis)s.") % {
            "basis": sentences.basis_text(self.selection.basis)
        }


def judged_row(figure: Figure, label: str, *, url: str = "", why: str = "") -> Row:
    """A figure with its target and how it stands; `url` is the page of its label, `why` of its value."""
    return Row(
        label=label,
        cells=(
            Cell(figure.display, figure.value, why if figure.value is not None else ""),
            Cell(sentences.target_text(figure)),
            Cell(sentences.inside_sentence(sentences.status_word(figure))),
        ),
        url=url,
        state=STATES.get(figure.status, ""),
    )
