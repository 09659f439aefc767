"""What deserves a leader's attention first: at most three exceptions, ranked by one rule.

1. Two places belong to targets not met, one to doubts about the figures themselves. A place that
   its kind does not need goes to the other kind.
2. Of the targets, those compared with their document come before those that are not; then the one
   that lacks most people, schools or dossiers; one whose lack cannot be counted comes last.
3. Of the doubts, violated rules come first, in the order of the catalogue, the larger difference
   first; then one card on indicators of which too few units have reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dxreport.lib.numbers import format_number
from indicators.models import Target
from indicators.targets import Status
from reporting import sentences
from reporting.comparison import Comparison
from reporting.figures import Figure
from reporting.places import Place
from reporting.selection import Option, Selection
from reporting.violations import ViolationNote

CARDS = 3
PLACES_FOR_TARGETS = 2
# Of a hundred units asked; below it, a figure may still move a good deal.
COVERAGE_WANTED = 95
NAMED_UNITS = 2


@dataclass(frozen=True)
class Card:
    """One exception: its finding, what stands behind it, and where to go on."""

    tone: str
    title: str
    text: str
    links: tuple[Option, ...]


def unmet(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that miss their target, the one to act on first at the head (rule 2)."""
    missing = [figure for figure in figures if figure.status == Status.NOT_MET]
    return sorted(missing, key=lambda figure: (sentences.is_unverified(figure), -(figure.gap or 0)))


def attention(
    figures: Sequence[Figure], place: Place, selection: Selection, comparison: Comparison
) -> list[Card]:
    """At most three cards, those on targets first."""
    targets = [_target_card(figure, place, selection, comparison) for figure in unmet(figures)[:CARDS]]
    doubts = [*_violation_cards(figures, place, selection), *_coverage_cards(figures, place, selection)][
        :CARDS
    ]
    kept = max(PLACES_FOR_TARGETS, CARDS - len(doubts))
    shown = targets[:kept]
    return [*shown, *doubts[: CARDS - len(shown)]]


def _target_card(figure: Figure, place: Place, selection: Selection, comparison: Comparison) -> Card:
    target = figure.target
    lack = sentences.gap_text(figure)
    parts = [f"{lack[:1].upper()}{lack[1:]}.", _furthest(figure, comparison)]
    if sentences.is_unverified(figure):
        parts.append(_("Mục tiêu này chưa đối chiếu với văn bản."))
    links = [_why(selection, place.unit.code, figure.code)]
    if comparison.concerns(figure):
        behind = selection.behind_url(place.unit.code, figure.code)
        links.insert(0, Option(_("Xem đơn vị còn thiếu"), behind, False))
    return Card(
        tone="",
        title=_("%(name)s: %(value)s, mục tiêu %(target)s")
        % {
            "name": figure.indicator.short_label,
            "value": figure.display,
            "target": sentences.target_value(figure, target),
        },
        text=" ".join(part for part in parts if part),
        links=tuple(links),
    )


def _furthest(figure: Figure, comparison: Comparison) -> str:
    """The units that lie furthest from the target: "Thấp nhất: Tuy Đức (23,69%), …"."""
    behind = [
        (unit, theirs)
        for unit, theirs in comparison.of(figure.indicator)
        if theirs.status == Status.NOT_MET and theirs.value is not None
    ]
    if not behind:
        return ""
    at_most = figure.target is not None and figure.target.comparison == Target.Comparison.AT_MOST
    behind.sort(key=lambda pair: pair[1].value or 0, reverse=at_most)
    names = ", ".join(f"{comparison.name(unit)} ({theirs.display})" for unit, theirs in behind[:NAMED_UNITS])
    return (_("Cao nhất: %(names)s.") if at_most else _("Thấp nhất: %(names)s.")) % {"names": names}


def _violation_cards(figures: Sequence[Figure], place: Place, selection: Selection) -> list[Card]:
    seen: dict[ViolationNote, tuple[int, Figure]] = {}
    for position, figure in enumerate(figures):
        for note in figure.findings:
            seen.setdefault(note, (position, figure))
    ranked = sorted(seen.items(), key=lambda item: (item[1][0], -_difference(item[0])))
    return [_violation_card(note, figure, place, selection) for note, (_position, figure) in ranked]


def _difference(note: ViolationNote) -> int:
    return abs(note.left - note.right) if note.left is not None and note.right is not None else 0


def _violation_card(note: ViolationNote, figure: Figure, place: Place, selection: Selection) -> Card:
    links = [_why(selection, note.unit_code, figure.code)]
    if note.unit_code != place.unit.code:
        links.append(Option(_("Mở trang của đơn vị"), selection.unit_url(note.unit_code), False))
    return Card(
        tone="bad",
        title=note.sentence,
        text=sentences.violation_text(note, selection.label(note.period_code)),
        links=tuple(links),
    )


def _coverage_cards(figures: Sequence[Figure], place: Place, selection: Selection) -> list[Card]:
    """One card for all indicators with a target of which too few units have reported."""
    thin = [
        figure
        for figure in figures
        if figure.target is not None
        and figure.units_expected
        and figure.units_counted * 100 < figure.units_expected * COVERAGE_WANTED
    ]
    if not thin:
        return []
    worst = min(thin, key=lambda figure: figure.units_counted / figure.units_expected)
    return [
        Card(
            tone="info",
            title=_("%(count)s chỉ số có mục tiêu chưa đủ %(wanted)s%% đơn vị báo cáo")
            % {"count": format_number(len(thin)), "wanted": COVERAGE_WANTED},
            text=_("Ít nhất: %(indicator)s, mới có %(coverage)s. Số liệu còn có thể thay đổi.")
            % {
                "indicator": inside(worst),
                "coverage": sentences.coverage_text(worst),
            },
            links=(_why(selection, place.unit.code, worst.code),),
        )
    ]


def inside(figure: Figure) -> str:
    """The indicator's short name inside a sentence."""
    return sentences.inside_sentence(figure.indicator.short_label)


def _why(selection: Selection, unit_code: str, indicator_code: str) -> Option:
    return Option(_("Vì sao ra số này?"), selection.figure_url(unit_code, indicator_code), False)
