"""The units that a figure is still without, as a list of its own: who, why, and the way to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import format_number
from dxreport.lib.plain_tables import Heading, PlainTable
from reporting import sentences
from reporting.behind import read_figure
from reporting.figures import Figure
from reporting.missing import MissingUnit, Question, concerned, missing_units
from reporting.places import Place
from reporting.selection import Selection, period_text
from schools.models import User

PAGE = 50


@dataclass(frozen=True)
class Absence:
    """One unit that is not counted: ready texts. `url` is the page of the unit, `why_url` of its figure."""

    name: str
    code: str
    url: str
    why_url: str
    reason: str


@dataclass(frozen=True)
class Absent:
    """A figure and every unit that was asked and is not in it, in order of code."""

    place: Place
    selection: Selection
    figure: Figure
    units: list[MissingUnit]


def read_absent(user: User, code: str, indicator_code: str, selection: Selection) -> Absent:
    """Who is missing from the figure of a unit. Http404 for an unknown unit or indicator.

    The statements do not grow with the number of units.
    """
    place, figure = read_figure(user, code, indicator_code, selection)
    asked = Question(
        indicator=figure.indicator,
        period=selection.period,
        periods=concerned(figure.indicator, selection.members),
        basis=selection.basis,
        units=selection.units_below(place.unit),
    )
    units = [] if figure.is_complete else missing_units(asked, everyone=True)
    return Absent(place, selection, figure, units)


def heading(absent: Absent) -> str:
    """How many units of how many are missing from which figure."""
    figure = absent.figure
    lacking = figure.units_expected - figure.units_counted
    words = {
        "indicator": figure.indicator.short_label,
        "missing": format_number(lacking),
        "expected": format_number(figure.units_expected),
    }
    if not figure.units_expected:
        return _("%(indicator)s: không đơn vị nào được hỏi") % words
    if not lacking:
        return _("%(indicator)s: đã có số liệu của cả %(expected)s đơn vị được hỏi") % words
    return (
        ngettext(
            "%(indicator)s: %(missing)s trong %(expected)s đơn vị chưa được tính",
            "%(indicator)s: %(missing)s trong %(expected)s đơn vị chưa được tính",
            lacking,
        )
        % words
    )


def lede(absent: Absent) -> str:
    """Of whom and when, and what a missing unit means for the figure."""
    where = _("%(unit)s, kỳ %(period)s, %(basis)s.") % {
        "unit": absent.place.unit.name,
        "period": period_text(absent.selection.period),
        "basis": sentences.basis_text(absent.selection.basis),
    }
    if absent.figure.is_complete:
        return where
    means = _("Đơn vị chưa được tính không bị coi là 0; khi số liệu của họ vào, kết quả sẽ đổi.")
    return f"{where} {means}"


def lines(absent: Absent, units: Iterable[MissingUnit]) -> list[Absence]:
    """Some of the units in words."""
    selection, code = absent.selection, absent.figure.code
    return [
        Absence(
            name=one.name,
            code=one.code,
            url=selection.unit_url(one.code),
            why_url=selection.figure_url(one.code, code),
            reason=sentences.sentence_of(one.reason),
        )
        for one in units
    ]


def absent_table(absent: Absent) -> PlainTable:
    """All of them, as a file."""
    return PlainTable(
        title=heading(absent),
        remarks=(lede(absent),),
        headings=(Heading(_("Mã"), 14), Heading(_("Đơn vị"), 48), Heading(_("Vì sao"), 70)),
        rows=[(one.code, one.name, sentences.sentence_of(one.reason)) for one in absent.units],
    )
