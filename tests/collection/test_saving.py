"""Saving values: what is written, what is merged, what is refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Entry
from collection.entries import State
from collection.models import DataValue, ValueChange, Violation
from collection.refusals import CellsRefused, Conflict, Refused
from schools.models import AuditEvent
from tests.province import answers, approved, build_province, enter, submitted


def save(submission, by, *entries, **options):
    return actions.save_values(submission=submission, entries=entries, by=by, source="form", **options)


def number_of(submission, code):
    return DataValue.objects.get(submission=submission, element__code=code).number


@pytest.fixture
def clerk(province):
    return province.person("clerk_101")


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


def test_a_saved_cell_has_its_value_its_history_and_an_event(submission, clerk):
    result = save(submission, clerk, Entry("teachers", number=30))
    assert result.changed == ("teachers",)
    assert number_of(submission, "teachers") == 30
    change = ValueChange.objects.get()
    assert (change.version, change.old, change.new) == (1, None, {"state": "entered", "number": 30})
    assert change.changed_by == clerk
    event = AuditEvent.objects.get(action="submission.save")
    assert (event.unit_code, event.period_code) == ("DN-101", "2023")
    assert event.detail["cells"] == ["teachers"]


def test_a_changed_cell_keeps_what_it_was(submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    save(submission, clerk, Entry("teachers", number=31))
    assert list(ValueChange.objects.values_list("version", "old__number", "new__number")) == [
        (1, None, 30),
        (2, 30, 31),
    ]


def test_an_unchanged_cell_writes_nothing(submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    version = submission.version
    result = save(submission, clerk, Entry("teachers", number=30), Entry("lessons", State.EMPTY))
    assert result.changed == ()
    assert submission.version == version
    assert ValueChange.objects.count() == 1
    assert AuditEvent.objects.filter(action="submission.save").count() == 1


def test_taking_an_answer_back_keeps_its_history(submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    save(submission, clerk, Entry("teachers", State.EMPTY))
    value = DataValue.objects.get()
    assert (value.state, value.number, value.version) == (State.EMPTY, None, 2)
    assert ValueChange.objects.count() == 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry("stranger", number=1), "không hỏi chỉ tiêu “stranger”"),
        (Entry("dossiers", number=1), "không hỏi chỉ tiêu “dossiers”"),
        (Entry("teachers", number=-1), "không thể âm"),
        (Entry("teachers", number=2**63), "Số quá lớn"),
        (Entry("platforms", choices=["tiktok"]), "không có mục"),
        (Entry("teachers\x00", number=1), "không hỏi chỉ tiêu"),
    ],
)
def test_one_bad_cell_refuses_all_and_changes_nothing(submission, clerk, entry, said):
    with pytest.raises(CellsRefused, match=said) as refused:
        save(submission, clerk, Entry("lessons", number=5), entry)
    assert list(refused.value.cells) == [entry.element_code]
    assert not DataValue.objects.exists()
    submission.refresh_from_db()
    assert submission.version == 0


def test_an_element_of_another_level_is_not_asked(province):
    preschool = province.submission("DN-102")
    with pytest.raises(CellsRefused, match="không hỏi"):
        save(preschool, province.person("clerk_102"), Entry("computers_primary", number=3))


def test_the_same_cell_twice_is_refused(submission, clerk):
    with pytest.raises(CellsRefused, match="hai lần"):
        save(submission, clerk, Entry("teachers", number=1), Entry("teachers", number=2))


# --- two people ---------------------------------------------------------------------------


def test_different_cells_of_two_people_merge(province, submission, clerk):
    other = province.person("clerk_101b")
    save(submission, clerk, Entry("teachers", number=30, base_version=0))
    # The other page was opened before; its teachers cell is as it was then: empty.
    save(
        submission,
        other,
        Entry("teachers", State.EMPTY, base_version=0),
        Entry("lessons", number=900, base_version=0),
        version=0,
    )
    assert number_of(submission, "teachers") == 30
    assert number_of(submission, "lessons") == 900


def test_a_cell_seen_before_a_change_and_left_alone_merges(province, submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    save(submission, clerk, Entry("teachers", number=31, base_version=1))
    result = save(submission, province.person("clerk_101b"), Entry("teachers", number=30, base_version=1))
    assert result.changed == ()
    assert number_of(submission, "teachers") == 31


def test_the_same_cell_with_different_values_is_a_conflict_that_changes_nothing(province, submission, clerk):
    save(submission, clerk, Entry("teachers", number=7661, base_version=0))
    with pytest.raises(Conflict) as conflict:
        save(
            submission,
            province.person("clerk_101b"),
            Entry("teachers", number=25, base_version=0),
            Entry("lessons", number=900, base_version=0),
        )
    [cell] = conflict.value.cells
    assert (cell.element_code, cell.yours, cell.theirs, cell.by) == ("teachers", "25", "7.661", "clerk_101")
    assert cell.at is not None
    assert number_of(submission, "teachers") == 7661
    assert not DataValue.objects.filter(element__code="lessons").exists()


def test_the_same_value_twice_is_no_conflict(province, submission, clerk):
    save(submission, clerk, Entry("teachers", number=30, base_version=0))
    result = save(submission, province.person("clerk_101b"), Entry("teachers", number=30, base_version=0))
    assert result.changed == ()


def test_an_import_is_guarded_by_the_version_of_the_submission(province, submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    with pytest.raises(Conflict):
        save(submission, clerk, Entry("teachers", number=25), version=0)
    save(submission, clerk, Entry("teachers", number=25), version=1)
    assert number_of(submission, "teachers") == 25


def test_a_version_from_the_future_is_a_conflict(submission, clerk):
    save(submission, clerk, Entry("teachers", number=30))
    with pytest.raises(Conflict):
        save(submission, clerk, Entry("teachers", number=25, base_version=99))


# --- rules --------------------------------------------------------------------------------


def test_a_broken_rule_is_kept_and_goes_when_the_values_hold(submission, clerk):
    result = save(submission, clerk, Entry("teachers", number=30), Entry("teachers_with_computer", number=31))
    assert [finding.rule.code for finding in result.findings] == ["R-01"]
    assert list(Violation.objects.values_list("rule__code", "left", "right")) == [("R-01", 31, 30)]
    save(submission, clerk, Entry("teachers_with_computer", number=29))
    assert not Violation.objects.exists()


def test_an_explanation_stays_while_its_rule_is_broken(submission, clerk):
    entries = [Entry("lessons", number=100), Entry("lessons_online", number=120)]
    save(submission, clerk, *entries, explanations={"R-02": "tính cả tiết ôn tập"})
    save(submission, clerk, Entry("lessons_online", number=130))
    violation = Violation.objects.get()
    assert (violation.left, violation.explanation) == (130, "tính cả tiết ôn tập")


def test_an_explanation_that_no_database_takes_is_refused(submission, clerk):
    entries = [Entry("lessons", number=100), Entry("lessons_online", number=120)]
    with pytest.raises(CellsRefused, match="NUL"):
        save(submission, clerk, *entries, explanations={"R-02": "a\x00b"})
    assert not DataValue.objects.exists()


def test_an_explanation_alone_is_saved_and_leaves_an_event(submission, clerk):
    save(submission, clerk, Entry("lessons", number=100), Entry("lessons_online", number=120))
    save(submission, clerk, explanations={"R-02": "tính cả tiết ôn tập"})
    assert Violation.objects.get().explanation == "tính cả tiết ôn tập"
    assert AuditEvent.objects.filter(action="submission.save").count() == 2


# --- who and when -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clerk_101", "clerk_101b", "reviewer_1", "officer", "clerk_dn", "clerk_1"])
def test_who_stands_at_or_above_the_school_may_enter(province, submission, name):
    save(submission, province.person(name), Entry("teachers", number=1))
    assert DataValue.objects.get().updated_by == province.person(name)


@pytest.mark.parametrize(
    "name", ["clerk_102", "clerk_201", "reviewer_2", "leader", "administrator", "auditor"]
)
def test_who_stands_elsewhere_or_only_reads_may_not_enter(province, submission, name):
    with pytest.raises(PermissionDenied, match="không được nhập"):
        save(submission, province.person(name), Entry("teachers", number=1))
    assert not DataValue.objects.exists()


def test_a_submitted_submission_is_not_edited(province, submission, clerk):
    submitted(submission, by=clerk)
    with pytest.raises(Refused, match="đang chờ duyệt"):
        save(submission, clerk, Entry("teachers", number=1))


def test_an_approved_submission_is_not_edited(province, submission, clerk):
    approved(submission, by=clerk, reviewer=province.person("reviewer_1"))
    with pytest.raises(Refused, match="đã được duyệt"):
        save(submission, clerk, Entry("teachers", number=1))


def test_after_a_return_only_the_named_cells_are_open(province, submission, clerk):
    submitted(submission, by=clerk)
    actions.return_cells(
        submission=submission,
        reasons={"teachers": "thiếu giáo viên hợp đồng"},
        by=province.person("reviewer_1"),
    )
    with pytest.raises(CellsRefused, match="không bị trả lại") as refused:
        save(submission, clerk, Entry("teachers", number=21), Entry("lessons", number=5))
    assert list(refused.value.cells) == ["lessons"]
    # The other cells come along unchanged, as the page posts them.
    result = save(submission, clerk, *answers(submission, teachers=21))
    assert result.changed == ("teachers",)


def test_many_submissions_are_saved_at_once_or_not_at_all(province):
    officer = province.person("officer")
    first, second = province.submission("DN-101"), province.submission("DN-201")
    with pytest.raises(CellsRefused, match="Trường TH-THCS số 3"):
        actions.save_many(
            batches=[(first, answers(first)), (second, [Entry("stranger", number=1)])],
            by=officer,
            source="demo",
        )
    assert not DataValue.objects.exists()
    results = actions.save_many(
        batches=[(first, answers(first)), (second, answers(second))], by=officer, source="demo"
    )
    assert [result.submission for result in results] == [first, second]
    assert [result.version for result in results] == [1, 1]
    assert DataValue.objects.filter(submission=second).count() == len(answers(second))


def test_the_callers_object_is_brought_up_to_date(submission, clerk):
    enter(submission, by=clerk)
    stored = type(submission).objects.get(pk=submission.pk)
    assert (submission.version, submission.state) == (stored.version, stored.state)


@pytest.mark.django_db
def test_saving_thirty_submissions_takes_the_statements_of_three():
    province = build_province(more_schools=30)
    rows = [row for row in province.submissions() if row.org_unit.code.startswith("DN-9")]
    counts = []
    enter(rows[0], by=province.person("officer"))  # what stays of the catalogue in memory is read once
    for some in (rows[1:4], rows[4:]):
        entries = [Entry("teachers", number=len(some)), Entry("lessons", number=9)]
        with CaptureQueriesContext(connection) as captured:
            actions.save_many(
                batches=[(row, entries) for row in some], by=province.person("officer"), source="demo"
            )
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20
