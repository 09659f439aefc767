"""A unit's children compared on one indicator."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dxreport.lib.charts import Chart, Row
from dxreport.lib.numbers import format_number
from indicators.targets import Status
from reporting.attention import unmet
from reporting.charts.common import Subject, judged_row
from reporting.comparison import Comparison, group_name
from reporting.figures import Figure
from reporting.places import at_the_start


def compared(comparison: Comparison, figures: Sequence[Figure], code: str) -> Figure | None:
    """The unit's figure to compare: the one asked for, else the worst that its children report."""
    fit = [figure for figure in figures if comparison.concerns(figure)]
    asked = next((figure for figure in fit if figure.code == code), None)
    worst = next((figure for figure in unmet(figures) if comparison.concerns(figure)), None)
    return asked or worst or next(iter(comparison.main()), None)


def units_chart(subject: Subject, comparison: Comparison, own: Figure) -> Chart | None:
    """The indicator of `own` for each child; None where nobody below is asked."""
    pairs = [pair for pair in comparison.of(own.indicator) if pair[1].units_expected]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: (pair[1].value is not None, pair[1].value or 0))
    selection = subject.selection
    rows = [
        judged_row(
            figure,
            at_the_start(comparison.name(unit)),
            url=selection.unit_url(unit.code),
            why=selection.figure_url(unit.code, figure.code),
        )
        for unit, figure in pairs
    ]
    known = [(comparison.name(one), theirs) for one, theirs in pairs if theirs.value is not None]
    return subject.chart(
        "units",
        "bars",
        title=finding(own, known) if own.is_ratio else count_finding(own, known),
        unit=_unit(own),
        columns=(_("Đơn vị"), _("Kết quả"), _("Mục tiêu"), _("Tình trạng")),
        rows=[*rows, *_others(comparison, own)],
        indicator=own.code,
    )


def _unit(own: Figure) -> str:
    if not own.is_ratio:
        return _("Số lượng")
    return _("Tỉ lệ phần trăm; vạch đứng là mục tiêu") if own.target else _("Tỉ lệ phần trăm")


def _others(comparison: Comparison, own: Figure) -> list[Row]:
    """The children of other kinds, each kind taken together."""
    found = []
    for group in comparison.others:
        together = comparison.together(group, own.indicator)
        if together.units_expected:
            found.append(judged_row(together, group_name(group)))
    return found


def comparison_finding(comparison: Comparison, own: Figure) -> str:
    """The same of the children of a comparison."""
    pairs = [(comparison.name(unit), theirs) for unit, theirs in comparison.of(own.indicator)]
    known = [pair for pair in pairs if pair[1].value is not None]
    return finding(own, sorted(known, key=lambda pair: pair[1].value or 0))


def finding(own: Figure, pairs: Sequence[tuple[str, Figure]]) -> str:
    """Who is lowest and how many reach the target; `pairs` of name and figure, lowest first."""
    name = own.indicator.short_label
    if not pairs:
        return _("%(indicator)s: chưa đơn vị nào có số liệu") % {"indicator": name}
    lowest, theirs = pairs[0]
    words = {
        "indicator": name,
        "unit": lowest,
        "value": theirs.display,
        "all": format_number(len(pairs)),
    }
    if own.target is None:
        return _("%(indicator)s: %(unit)s thấp nhất, %(value)s") % words
    met = sum(figure.status == Status.MET for _unit, figure in pairs)
    if met == len(pairs):
        return _("%(indicator)s: cả %(all)s đơn vị đều đạt mục tiêu; thấp nhất %(unit)s, %(value)s") % words
    if met == 0:
        return (
            _("%(indicator)s: chưa đơn vị nào trong %(all)s đơn vị đạt; thấp nhất %(unit)s, %(value)s")
            % words
        )
    return _("%(indicator)s: %(met)s trong %(all)s đơn vị đạt; thấp nhất %(unit)s, %(value)s") % {
        **words,
        "met": format_number(met),
    }


def count_finding(own: Figure, pairs: Sequence[tuple[str, Figure]]) -> str:
    """Who has most and who least of what is counted; `pairs` as for `finding`."""
    name = own.indicator.short_label
    if not pairs:
        return _("%(indicator)s: chưa đơn vị nào có số liệu") % {"indicator": name}
    (least, fewest), (most, highest) = pairs[0], pairs[-1]
    words = {"indicator": name, "most": most, "value": highest.display}
    if fewest.value == highest.value:
        return _("%(indicator)s: nhiều nhất là %(most)s, %(value)s") % words
    return _("%(indicator)s: nhiều nhất là %(most)s, %(value)s; ít nhất là %(least)s, %(lowest)s") % {
        **words,
        "least": least,
        "lowest": fewest.display,
    }
