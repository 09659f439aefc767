"""The first hand-in is kept, and found again for what was handed in before it was kept."""

import importlib

from django.apps import apps

from collection import actions
from collection.models import Submission
from tests.province import approved, enter, submitted

fill = importlib.import_module("collection.migrations.0004_fill_first_submitted_at").fill


def test_the_first_hand_in_stays_when_a_phieu_comes_again(province):
    submission = submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    first = province.submission("DN-101").first_submitted_at
    assert first is not None
    reviewer = province.person("reviewer_1")
    actions.return_cells(submission=submission, reasons={"teachers": "?"}, by=reviewer)
    actions.submit(submissions=[submission], by=province.person("clerk_101"))
    actions.approve(submissions=[submission], by=reviewer)
    actions.reopen(submission=submission, reason="sai", by=province.person("officer"))
    again = province.submission("DN-101")
    assert (again.submitted_at, again.first_submitted_at) == (None, first)


def test_the_trail_says_when_older_submissions_came_first(province):
    again = approved(
        province.submission("DN-101"), by=province.person("clerk_101"), reviewer=province.person("reviewer_1")
    )
    actions.reopen(submission=again, reason="sai", by=province.person("officer"))
    submitted(province.submission("DN-201"), by=province.person("clerk_201"))
    enter(province.submission("DN-301"), by=province.person("clerk_301"))
    kept = dict(Submission.objects.values_list("org_unit__code", "first_submitted_at").order_by("period"))
    Submission.objects.update(first_submitted_at=None)
    fill(apps, None)
    found = dict(Submission.objects.values_list("org_unit__code", "first_submitted_at").order_by("period"))
    assert (
        {code for code, at in found.items() if at}
        == {"DN-101", "DN-201"}
        == {c for c, at in kept.items() if at}
    )
    moments = [(at, kept[code]) for code, at in found.items()]
    assert all(abs((at - first).total_seconds()) < 5 for at, first in moments if at and first)
