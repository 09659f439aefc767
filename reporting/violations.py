"""Rule violations as a figure carries them: which rule, whose numbers, in which period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collection.models import DataValue, ReportingPeriod, Submission, Violation
from collection.workflow import COUNTED, Basis
from dxreport.lib.numbers import format_number
from indicators import formula
from indicators.models import DataElement, Indicator, Rule
from indicators.rules import check
from reporting.totals import members
from schools.models import Ancestry, OrgUnit
from schools.models.units import OrgUnitQuerySet, in_force

# More would not be read; the list of submissions shows them all.
SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class ViolationNote:
    """A rule that a unit's values do not satisfy; `left` should not exceed (or should equal) `right`."""

    rule_code: str
    message: str
    message_en: str
    unit_code: str
    unit_name: str
    period_code: str
    left: int | None
    right: int | None
    explanation: str = ""

    @property
    def sentence(self) -> str:
        """The rule's sentence with the two numbers, in the reader's language."""
        return self.sentence_in(None)

    def sentence_in(self, language: str | None) -> str:
        """The same in `language` ("vi", "en")."""
        is_english = (language or get_language() or "vi").startswith("en")
        # The rule's second sentence tells a clerk what to do; a reader of figures needs the first.
        text = (self.message_en if is_english and self.message_en else self.message).partition(". ")[0]
        if self.left is None or self.right is None:
            return text
        numbers = (format_number(one, language=language) for one in (self.left, self.right))
        return _("%(sentence)s (%(left)s so với %(right)s)") % dict(
            zip(("sentence", "left", "right"), (text.rstrip("."), *numbers), strict=True)
        )


def violations(
    unit: OrgUnit,
    period: ReportingPeriod,
    basis: Basis,
    *,
    periods: Sequence[ReportingPeriod] | None = None,
    units: OrgUnitQuerySet | None = None,
) -> list[tuple[Rule, ViolationNote]]:
    """Violations in the counted submissions of a unit's subtree: one query, two for a span.

    `periods` are the single periods of `period`; where the caller does not know them, a span takes
    a further query. `units` are those whose reports the figures sum, where they are not the subtree.
    """
    periods = members(period) if periods is None else periods
    counted = Submission.objects.filter(
        pk=OuterRef("submission"), period__in=periods, state__in=COUNTED[basis]
    )
    if units is None:
        below = Ancestry.objects.filter(in_force(period.hierarchy_date), ancestor=unit)
        counted = counted.filter(Exists(below.filter(descendant=OuterRef("org_unit"))))
    else:
        counted = counted.filter(org_unit__in=units)
    found = list(
        # From the few that are broken to where they stand, and not from all units below to those: of these
        # there may be fifty thousand.
        Violation.objects.filter(Exists(counted))
        .select_related("rule", "submission__org_unit", "submission__period")
        .order_by("rule__code", "submission__org_unit__code", "submission__period__starts_on")[:SHOWN_AT_MOST]
    )
    if not period.is_span or not found:
        return [(one.rule, _note(one, one.submission.period.code, one.left, one.right)) for one in found]
    return _over_span(found, period, periods, basis)


def _note(one: Violation, period_code: str, left: int | None, right: int | None) -> ViolationNote:
    return ViolationNote(
        rule_code=one.rule.code,
        message=one.rule.message,
        message_en=one.rule.message_en,
        unit_code=one.submission.org_unit.code,
        unit_name=one.submission.org_unit.name,
        period_code=period_code,
        left=left,
        right=right,
        explanation=one.explanation,
    )


def _over_span(
    found: Sequence[Violation], span: ReportingPeriod, periods: Sequence[ReportingPeriod], basis: Basis
) -> list[tuple[Rule, ViolationNote]]:
    """A stock speaks for the last period; flows are summed over the span and checked again."""
    codes = {code for one in found for code in _elements(one.rule)}
    unit_ids = {one.submission.org_unit_id for one in found}
    sums, period_rules = _summed(unit_ids, codes, periods, basis)
    notes = []
    for one in {(one.rule_id, one.submission.org_unit_id): one for one in found}.values():
        known = [period_rules[code] for code in _elements(one.rule) if code in period_rules]
        flows = all(rule == DataElement.PeriodRule.SUM for rule in known)
        if flows:
            # A breach in one period may be made good in another: then the sums say nothing.
            for broken in check([one.rule], _lookup(sums[one.submission.org_unit_id])):
                notes.append((one.rule, _note(one, span.code, broken.left, broken.right)))
        elif one.submission.period_id == periods[-1].pk:
            notes.append((one.rule, _note(one, one.submission.period.code, one.left, one.right)))
    return notes


def _summed(
    unit_ids: Iterable[int], codes: Iterable[str], periods: Sequence[ReportingPeriod], basis: Basis
) -> tuple[dict[int, dict[str, int]], dict[str, str]]:
    """Sums of what counts by unit id and element code, and the period rules of what was answered."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    period_rules: dict[str, str] = {}
    rows = DataValue.objects.filter(
        period__in=periods,
        org_unit__in=unit_ids,
        element__code__in=codes,
        submission__state__in=COUNTED[basis],
    )
    for unit_id, code, rule, number in rows.values_list(
        "org_unit", "element__code", "element__period_rule", "number"
    ):
        period_rules[code] = rule
        if number is not None:
            sums[unit_id][code] += number
    return sums, period_rules


def _lookup(cells: Mapping[str, int]) -> formula.Lookup:
    return lambda term: cells.get(term.element, formula.Gap.MISSING)


def _elements(rule: Rule) -> tuple[str, ...]:
    return formula.elements_of(rule.left, rule.right)


def concerns(rule: Rule, indicator: Indicator) -> bool:
    """Whether the part that a rule doubts is what the indicator's numerator counts."""
    doubted = set(formula.elements_of(rule.left))
    return bool(doubted & set(formula.elements_of(indicator.numerator)))
