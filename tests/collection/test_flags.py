"""What wants a reviewer's eyes, counted once for everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collection import actions
from collection.actions import Entry
from collection.flags import Flags, flag_counts, is_flagged
from collection.models import Anomaly, Submission
from indicators.models import DataElement
from tests.province import build_province, enter, submitted


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


def test_nothing_unusual_is_no_flag(province, submission):
    enter(submission, by=province.person("clerk_101"))
    assert flag_counts([submission]) == {}
    assert flag_counts([]) == {}
    assert not Submission.objects.filter(is_flagged()).exists()


def test_rules_and_explanations_are_counted_by_kind(province, submission):
    clerk = province.person("clerk_101")
    enter(submission, by=clerk, teachers=5, teachers_with_computer=9, lessons=5, lessons_online=9)
    entries = [
        Entry("computers_primary", number=99, explanation="được tặng 80 máy"),
        Entry("lessons", number=5, explanation="nghỉ bão"),
    ]
    actions.save_values(submission=submission, entries=entries, by=clerk, source="form")
    flags = flag_counts([submission])[submission.pk]
    assert flags == Flags(broken=1, unusual=1, explained=2)
    assert flags.total == 4
    assert list(Submission.objects.filter(is_flagged())) == [submission]


def test_an_explained_rule_is_still_a_flag(province, submission):
    clerk = province.person("clerk_101")
    enter(submission, by=clerk, lessons=5, lessons_online=9)
    actions.save_values(
        submission=submission, entries=[], by=clerk, source="form", explanations={"R-02": "tính cả ôn tập"}
    )
    assert flag_counts([submission])[submission.pk].unusual == 1


def test_an_explanation_of_what_was_taken_back_is_none(province, submission):
    clerk = province.person("clerk_101")
    explained = Entry("teachers", number=99, explanation="sáp nhập hai điểm trường")
    actions.save_values(submission=submission, entries=[explained], by=clerk, source="form")
    actions.save_values(submission=submission, entries=[Entry("teachers", "empty")], by=clerk, source="form")
    assert flag_counts([submission]) == {}


def test_an_open_anomaly_is_a_flag_until_somebody_confirms_it(province, submission):
    submitted(submission, by=province.person("clerk_101"))
    found = Anomaly.objects.create(
        submission=submission,
        element=DataElement.objects.get(code="teachers"),
        kind=Anomaly.Kind.HISTORY,
        number=20,
        median="200",
        score="9.99",
        compared=5,
        detected_at=timezone.now(),
    )
    assert flag_counts([submission])[submission.pk] == Flags(anomalies=1)
    reviewer = province.person("reviewer_1")
    actions.confirm_anomaly(anomaly=found, judged="20", reason="tách trường", by=reviewer)
    assert flag_counts([submission]) == {}


def test_a_queryset_and_its_rows_give_the_same_in_one_statement(db):
    province = build_province(more_schools=20)
    for one in province.submissions()[3:15]:
        enter(one, by=province.person("officer"), lessons=5, lessons_online=9)
    rows = Submission.objects.visible_to(province.person("officer")).filter(period=province.period)
    with CaptureQueriesContext(connection) as captured:
        by_queryset = flag_counts(rows)
    assert len(captured) == 1
    assert by_queryset == flag_counts(list(rows)) != {}
    assert set(by_queryset) == set(rows.filter(is_flagged()).values_list("pk", flat=True))
