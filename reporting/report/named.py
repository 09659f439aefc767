"""Tables and charts by the names that authors write: {bảng targets}, {biểu đồ units A1.1}."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from reporting.figures import Figure
from reporting.report import charts, tables
from reporting.report.content import ChartBlock, Table
from reporting.report.markup import BLOCK_WORDS, Named
from reporting.report.source import Source
from reporting.report.tokens import ReportError

Maker = Callable[[Source], Table | ChartBlock | None]
FigureMaker = Callable[[Source, Figure], Table | ChartBlock | None]
# What a table or chart is called in the document, before its number.
LABELS = {"table": "Bảng", "chart": "Biểu đồ"}
OF_ALL: Mapping[tuple[str, str], Maker] = {
    ("table", "targets"): tables.targets_table,
    ("table", "change"): tables.change_table,
    ("chart", "targets"): charts.targets_chart,
    ("chart", "trend"): charts.trend_chart,
}
OF_ONE: Mapping[tuple[str, str], FigureMaker] = {
    ("table", "units"): tables.units_table,
    ("table", "missing"): tables.missing_table,
    ("chart", "units"): charts.units_chart,
}
# What each shows, for whoever chooses one.
WORDS = {
    ("table", "targets"): "kết quả so với mục tiêu",
    ("table", "change"): "thay đổi so với kỳ trước",
    ("table", "units"): "các đơn vị trực thuộc theo một chỉ số",
    ("table", "missing"): "đơn vị chưa có số liệu của một chỉ số",
    ("chart", "targets"): "kết quả so với mục tiêu",
    ("chart", "trend"): "một số chỉ số qua các kỳ",
    ("chart", "units"): "các đơn vị trực thuộc theo một chỉ số",
}


def made(entry: Named, source: Source) -> Table | ChartBlock | None:
    """The table or chart; None where the unit has nothing to show in it. Raises ReportError."""
    wrong = complaint(entry, source)
    if wrong is not None:
        raise wrong
    place = (entry.kind, entry.name)
    return OF_ONE[place](source, source.by_code[entry.code]) if entry.code else OF_ALL[place](source)


def complaint(entry: Named, source: Source) -> ReportError | None:
    """Why there is no such table or chart; None where there is."""
    what, place = BLOCK_WORDS[entry.kind], (entry.kind, entry.name)
    if (place in OF_ALL and not entry.code) or (place in OF_ONE and entry.code in source.by_code):
        return None
    written = f"{what} {entry.name}"
    if place in OF_ALL:
        return ReportError(
            _("“%(written)s” không cần mã chỉ số; hãy viết %(right)s."),
            written=written,
            right=f"{{{written}}}",
        )
    if place in OF_ONE and entry.code:
        return ReportError(_("Không có chỉ số “%(code)s” (%(written)s)."), code=entry.code, written=written)
    if place in OF_ONE:
        return ReportError(_("Hãy thêm mã chỉ số, như %(right)s."), right=f"{{{written} A1.1}}")
    return ReportError(
        _("Không có “%(written)s”; có thể dùng: %(known)s."),
        written=written,
        known=", ".join(name for kind, name in WORDS if kind == entry.kind),
    )
