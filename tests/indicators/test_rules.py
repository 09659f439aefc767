"""Rules between the values of one unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formula import Gap, Term
from indicators.models import Rule
from indicators.rules import Finding, check

Kind = Rule.Kind
SIDES = st.one_of(st.integers(0, 10**12), st.sampled_from(Gap))


def rule(kind: str, left: str = "part", right: str = "whole") -> Rule:
    return Rule(code=f"R-{kind}", kind=kind, left=left, right=right)


def found(kind: str, part: int | Gap, whole: int | Gap) -> list[Finding]:
    values = {"part": part, "whole": whole}
    return check([rule(kind)], lambda term: values[term.element])


SPOKEN = [
    # kind, left, right, whether it speaks
    (Kind.PART_OF_WHOLE, 6, 5, True),
    (Kind.PART_OF_WHOLE, 5, 5, False),
    (Kind.PART_OF_WHOLE, 0, 5, False),
    (Kind.SUBSET, 732, 655, True),
    (Kind.SUBSET, 655, 655, False),
    (Kind.PARTS_TOTAL, 30, 30, False),
    (Kind.PARTS_TOTAL, 29, 30, True),
    (Kind.PARTS_TOTAL, 31, 30, True),
    (Kind.PAIR, 1, 2, False),
    (Kind.PAIR, 5, 2, False),
    (Kind.PAIR, 0, 0, False),
    (Kind.PAIR, 0, Gap.MISSING, True),
    (Kind.PAIR, Gap.MISSING, 5, True),
    (Kind.PAIR, Gap.MISSING, Gap.MISSING, False),
    (Kind.PAIR, 5, Gap.NOT_ASKED, False),
    (Kind.PAIR, Gap.NOT_APPLICABLE, 5, False),
    (Kind.PAIR, Gap.MISSING, Gap.NOT_ASKED, False),
]


@pytest.mark.parametrize(("kind", "part", "whole", "speaks"), SPOKEN)
def test_a_rule_speaks_when_it_does_not_hold(kind, part, whole, speaks):
    assert bool(found(kind, part, whole)) is speaks


@given(st.sampled_from([Kind.PART_OF_WHOLE, Kind.SUBSET, Kind.PARTS_TOTAL]), SIDES, SIDES)
def test_a_comparison_needs_both_sides(kind, part, whole):
    comparable = isinstance(part, int) and isinstance(whole, int)

    assert comparable or found(kind, part, whole) == []


@given(SIDES, SIDES)
def test_a_pair_speaks_alike_whichever_side_is_missing(part, whole):
    assert bool(found(Kind.PAIR, part, whole)) == bool(found(Kind.PAIR, whole, part))


@given(st.sampled_from(Kind), SIDES, SIDES)
def test_a_finding_carries_the_rule_and_the_numbers_of_both_sides(kind, part, whole):
    for finding in found(kind, part, whole):
        assert finding.rule.kind == kind
        assert finding.left == (part if isinstance(part, int) else None)
        assert finding.right == (whole if isinstance(whole, int) else None)


def test_sides_are_formulas_of_which_parts_may_not_be_asked():
    answers: dict[Term, int | Gap] = {
        Term("teachers"): 25,
        Term("others"): 5,
        Term("none"): Gap.NOT_ASKED,
        Term("records"): 31,
    }
    total = rule(Kind.PARTS_TOTAL, "teachers + others + none", "records")

    assert check([total], answers.__getitem__) == [Finding(total, 30, 31)]


def test_findings_come_in_the_order_of_the_rules():
    rules = [rule(Kind.PARTS_TOTAL), rule(Kind.PART_OF_WHOLE), rule(Kind.SUBSET)]

    findings = check(rules, lambda term: {"part": 2, "whole": 1}[term.element])

    assert [finding.rule for finding in findings] == rules
