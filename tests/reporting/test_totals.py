"""Totals follow every decision, agree with a rebuild, and with a second calculation by other means."""

import random
import threading
from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.models import DataValue, ReportingPeriod, Submission
from collection.signals import submissions_changed
from collection.workflow import Basis, State
from reporting import totals, unit_rows
from reporting.figures import Figure, FigureSet, figures
from reporting.models import Totals
from schools.models import Placement
from tests.province import Province, approved, build_province, submitted
from tests.reporting.wandering import clerk, wander


@pytest.fixture
def province(db) -> Province:
    return build_province()


@pytest.fixture
def span(province) -> ReportingPeriod:
    return actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))


def second_calculation(period_codes: list[str], states: set[str], numerator: str, denominator: str | None):
    """Σ by unit and those above it, from raw rows: the other way to the same numbers.

    A stock's periods are one; a flow's numbers are summed. Returns unit code -> (n, d, units).
    """
    cells: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    rows = DataValue.objects.filter(
        submission__period__code__in=period_codes, submission__state__in=states
    ).values_list("org_unit__code", "period__code", "element__code", "number")
    for unit, period, element, number in rows:
        cells[unit, period][element] = number
    parent = dict(Placement.objects.values_list("unit__code", "parent__code"))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (unit, _period), answer in cells.items():
        part, whole = answer.get(numerator), (answer.get(denominator) if denominator else 0)
        if part is None or whole is None:
            continue
        above: str | None = unit
        while above:
            sums[above][0] += part
            sums[above][1] += whole
            above = parent[above]
    return sums


def figures_by_unit(
    province: Province, *codes: str, period: ReportingPeriod | None = None, basis: Basis = Basis.OFFICIAL
) -> dict[str, dict[str, Figure]]:
    """Figures by unit code and indicator code."""
    units, period = [province.unit(code) for code in codes], period or province.period
    found = FigureSet.load(units=units, periods=[period], basis=basis)
    return {unit.code: {row.code: row for row in found.of(unit, period)} for unit in units}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_totals_after_any_decisions_are_what_a_rebuild_gives(province, span, seed):
    wander(province, random.Random(seed), steps=60)
    assert Submission.objects.filter(state=State.APPROVED).exists()
    assert totals.differences(ReportingPeriod.objects.all()) == []


@pytest.mark.parametrize("basis", list(Basis))
def test_totals_agree_with_a_second_calculation_from_the_values(province, span, basis):
    wander(province, random.Random(7), steps=70)
    states = {"approved"} if basis == Basis.OFFICIAL else {"approved", "submitted"}
    for period, codes in [
        (province.earlier, ["2022"]),
        (province.period, ["2023"]),
        (span, ["2022", "2023"]),
    ]:
        found = figures_by_unit(province, *province.units, period=period, basis=basis)
        for indicator, numerator, denominator, is_flow in [
            ("T1", "teachers_with_computer", "teachers", False),
            ("T2", "lessons_online", "lessons", True),
            ("T5", "computers_primary", None, False),
        ]:
            sums = second_calculation(codes if is_flow else codes[-1:], states, numerator, denominator)
            for code in province.units:
                figure = found[code][indicator]
                wanted = sums.get(code)
                assert (figure.numerator or 0) == (wanted[0] if wanted else 0), (period.code, code, indicator)
                assert (figure.denominator or 0) == (wanted[1] if wanted else 0), (
                    period.code,
                    code,
                    indicator,
                )


def test_with_the_update_switched_off_the_check_sees_it(province, span):
    submissions_changed.disconnect(dispatch_uid="totals")
    try:
        submission = province.submission("DN-101")
        approved(submission, by=province.person("clerk_101"), reviewer=province.person("reviewer_1"))
    finally:
        submissions_changed.connect(totals.on_submissions_changed, dispatch_uid="totals")
    assert totals.differences([province.period])
    with pytest.raises(CommandError, match="dòng khác"):
        call_command("rebuild_totals", "--check")
    call_command("rebuild_totals")
    call_command("rebuild_totals", "--check")


def test_every_asked_unit_is_expected_from_the_first_day(province):
    found = figures_by_unit(province, "DN", "DN-1")
    assert found["DN"]["T1"].units_expected == 4
    assert found["DN-1"]["T1"].units_expected == 2
    assert found["DN"]["T1"].value is None


def test_a_submitted_figure_is_provisional_and_an_approved_one_official(province):
    submission = province.submission("DN-101")
    submitted(submission, by=province.person("clerk_101"), teachers=30, teachers_with_computer=12)
    top = province.unit("DN")
    provisional = {
        one.code: one for one in figures(unit=top, period=province.period, basis=Basis.PROVISIONAL)
    }
    official = {one.code: one for one in figures(unit=top, period=province.period, basis=Basis.OFFICIAL)}
    assert (provisional["T1"].numerator, provisional["T1"].denominator) == (12, 30)
    assert official["T1"].value is None
    actions.approve(submissions=[submission], by=province.person("reviewer_1"))
    official = {one.code: one for one in figures(unit=top, period=province.period, basis=Basis.OFFICIAL)}
    assert official["T1"].display_in("vi") == "40%"


def test_a_unit_that_did_not_give_a_side_is_missing_from_the_ratio_and_the_coverage_says_so(province):
    for code in ("DN-101", "DN-102"):
        submission = province.submission(code)
        approved(
            submission,
            by=clerk(province, submission),
            reviewer=province.person("reviewer_1"),
            teachers=30,
            teachers_with_computer=12 if code == "DN-101" else None,
        )
    ratio = figures_by_unit(province, "DN-1")["DN-1"]["T1"]
    assert (ratio.numerator, ratio.denominator) == (12, 30)
    assert (ratio.units_counted, ratio.units_expected) == (1, 2)


def test_a_list_of_choices_is_a_union_and_shrinks_when_a_submission_is_reopened(province, span):
    first, second = province.submission("DN-101"), province.submission("DN-301")
    reviewer = province.person("officer")
    approved(first, by=province.person("clerk_101"), reviewer=reviewer)
    approved(second, by=province.person("clerk_301"), reviewer=reviewer)

    def platforms(period):
        found = figures(unit=province.unit("DN"), period=period)
        return next(one for one in found if one.code == "T4")

    assert platforms(province.period).numerator == 2
    assert platforms(span).names == platforms(province.period).names
    actions.reopen(submission=first, reason="Sửa", by=reviewer)
    assert platforms(province.period).numerator == 2
    actions.reopen(submission=second, reason="Sửa", by=reviewer)
    assert platforms(province.period).numerator is None
    assert totals.differences([province.period, span]) == []


def test_a_flow_over_a_span_covers_a_unit_that_gave_every_period(province, span):
    reviewer = province.person("officer")
    for period in (province.earlier, province.period):
        approved(
            province.submission("DN-101", period),
            by=province.person("clerk_101"),
            reviewer=reviewer,
            lessons=100,
            lessons_online=40,
        )
    approved(
        province.submission("DN-301"),
        by=province.person("clerk_301"),
        reviewer=reviewer,
        lessons=50,
        lessons_online=10,
    )
    found = next(one for one in figures(unit=province.unit("DN"), period=span) if one.code == "T2")
    assert (found.numerator, found.denominator) == (90, 250)
    assert (found.units_counted, found.units_expected) == (1, 3)


def test_deciding_on_many_submissions_takes_as_many_statements_as_on_one(province):
    counts = []
    for codes in (["DN-101"], ["DN-102", "DN-201", "DN-301"]):
        submissions = [province.submission(code) for code in codes]
        for one in submissions:
            submitted(one, by=clerk(province, one))
        with CaptureQueriesContext(connection) as queries:
            actions.approve(submissions=submissions, by=province.person("officer"))
        counts.append(len(queries))
    assert counts[1] <= counts[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_decisions_at_the_same_moment_lose_nothing(is_locked, monkeypatch):
    """Two people approve in the two periods of one span; with the lock off, SQLite still queues them."""
    province = build_province()
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    pairs = []
    for period in (province.earlier, province.period):
        one = province.submission("DN-101", period)
        submitted(one, by=province.person("clerk_101"), lessons=100, lessons_online=40)
        pairs.append(one)
    barrier = threading.Barrier(2, timeout=10)
    read = unit_rows.load_answers

    def slow_read(period, unit_ids):
        found = read(period, unit_ids)
        if not is_locked and connection.vendor == "postgresql":
            barrier.wait()  # both have read before either writes
        return found

    monkeypatch.setattr(totals, "load_answers", slow_read)
    if not is_locked:
        monkeypatch.setattr(totals, "_lock", lambda periods: None)
        # It writes a row of each period, at which the two would queue as well.
        monkeypatch.setattr(totals, "_mark_changed", lambda periods: None)
    failures: list[BaseException] = []

    def approve(submission: Submission) -> None:
        try:
            actions.approve(submissions=[submission], by=province.person("reviewer_1"))
        except BaseException as error:  # shown by the assertion below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(one,)) for one in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    monkeypatch.undo()
    found = totals.differences(ReportingPeriod.objects.all())
    if is_locked or connection.vendor == "sqlite":
        assert found == []
    else:
        assert found, "without the lock the span's coverage must have been lost"


def test_rows_exist_once_for_each_key(province, span):
    wander(province, random.Random(11), steps=30)
    keys = list(Totals.objects.values_list("org_unit", "period", "basis", "indicator"))
    assert len(keys) == len(set(keys))
