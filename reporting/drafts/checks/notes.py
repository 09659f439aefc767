"""Figures that must not stand without a word beside them: not whole, or with a rule against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage
from reporting.drafts.checks.finding import WARNING, Finding
from reporting.drafts.checks.section import Section
from reporting.figures import Figure
from reporting.report.aspects import AFTER, NOTES, WITHOUT_VALUE
from reporting.report.markup import Footnote, Prose, walk
from reporting.report.source import Source
from reporting.report.tokens import Token
from reporting.violations import ViolationNote

Place = tuple[Section, Prose, Token]


def notes(sections: Sequence[Section], source: Source) -> Iterator[Finding]:
    """A finding at the first place that gives a figure which is not whole or against which a rule speaks."""
    first = _first_given(sections, source)
    told = [token for section in sections for _prose, token in section.tokens()]
    noted = {token.subject for token in told if token.aspect == NOTES}
    for code, place in first.items():
        figure = source.by_code[code]
        if code not in noted and not _has_own_note(place[1]):
            yield from _coverage(place, figure)
    rules: set[str] = set()
    for code, place in first.items():
        yield from _violations(place, source.by_code[code], rules)


def _first_given(sections: Sequence[Section], source: Source) -> dict[str, Place]:
    """Where each figure's value is first told."""
    first: dict[str, Place] = {}
    for section in sections:
        for prose, token in section.tokens():
            if token.subject in source.by_code and token.aspect not in WITHOUT_VALUE | AFTER:
                first.setdefault(token.subject, (section, prose, token))
    return first


def _has_own_note(prose: Prose) -> bool:
    return any(isinstance(part, Footnote) for part in walk(prose.parts))


def _coverage(place: Place, figure: Figure) -> Iterator[Finding]:
    section, _prose, token = place
    covered = percentage(figure.units_counted, figure.units_expected)
    needed = Decimal(settings.REPORT_COVERAGE_NOTED_BELOW)
    if figure.value is None or covered is None or covered >= needed:
        return
    message = _(
        "Số liệu này mới tính trên %(counted)s/%(expected)s đơn vị (%(share)s, dưới %(needed)s). "
        "Hãy thêm chú thích sau câu."
    ) % {
        "counted": format_number(figure.units_counted),
        "expected": format_number(figure.units_expected),
        "share": format_percent(covered),
        "needed": format_percent(needed),
    }
    yield section.finding("coverage", WARNING, token.at, message, f"{token}{{{figure.code}.{NOTES}}}")


def _violations(place: Place, figure: Figure, told: set[str]) -> Iterator[Finding]:
    """One finding for each rule that units violate without having explained it."""
    section, _prose, token = place
    by_rule: dict[str, list[ViolationNote]] = {}
    for note in figure.findings:
        if not note.explanation and note.rule_code not in told:
            by_rule.setdefault(note.rule_code, []).append(note)
    for rule, found in by_rule.items():
        told.add(rule)
        message = ngettext(
            "Quy tắc %(rule)s bị vi phạm tại %(unit)s, chưa có giải trình: %(sentence)s "
            "Hãy đề nghị đơn vị giải trình hoặc sửa số liệu.",
            "Quy tắc %(rule)s bị vi phạm tại %(count)s đơn vị, chưa có giải trình, như %(unit)s: "
            "%(sentence)s Hãy đề nghị các đơn vị giải trình hoặc sửa số liệu.",
            len(found),
        ) % {
            "rule": rule,
            "unit": found[0].unit_name,
            "count": format_number(len(found)),
            "sentence": f"{found[0].sentence.rstrip('.')}.",
        }
        yield section.finding("violation", WARNING, token.at, message)
