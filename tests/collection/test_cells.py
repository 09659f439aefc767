"""Saving cell by cell: each cell is answered, one bad cell never stops the others."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Entry, save_cells
from collection.cells import CellState
from collection.models import DataValue, ValueChange, Violation
from collection.parsing import Typed
from collection.refusals import Refused
from indicators.actions import mark_changed
from indicators.models import DataElement
from schools.models import AuditEvent
from tests.collection.conftest import address
from tests.province import answers, approved, build_province, enter, submitted

MOST_STATEMENTS = 6  # for a saved cell, past what any signed-in request costs
SIGNED_IN = 3  # session, user, memberships


@pytest.fixture
def submission(province):
    return province.submission("DN-101")


@pytest.fixture
def clerk(province):
    return province.person("clerk_101")


def save(submission, by, explanations=None, **typed):
    [saved] = save_cells(
        by=by,
        batches=[(submission, {code: Typed(**one) for code, one in typed.items()})],
        source="form",
        explanations={submission.pk: explanations or {}},
    )
    return saved


def states(saved):
    return {code: answer.state for code, answer in saved.answers.items()}


def number(submission, code):
    return DataValue.objects.get(submission=submission, element__code=code).number


def statements(captured):
    """What was asked of the database; beginning and ending a transaction is not."""
    kept = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [one["sql"] for one in captured if not one["sql"].startswith(kept)]


# --- the action ---------------------------------------------------------------------------


def test_one_bad_cell_does_not_stop_the_others(submission, clerk):
    saved = save(
        submission,
        clerk,
        teachers={"value": "7.661"},
        lessons={"value": "7,661"},
        online_plan={"value": "perhaps"},
        remark={"value": ""},
        dossiers={"value": "1"},
    )
    assert states(saved) == {
        "teachers": CellState.SAVED,
        "lessons": CellState.INVALID,
        "online_plan": CellState.INVALID,
        "remark": CellState.UNCHANGED,
        "dossiers": CellState.REFUSED,
    }
    assert "7.661" in saved.answers["lessons"].message
    assert number(submission, "teachers") == 7661
    assert ValueChange.objects.count() == 1
    submission.refresh_from_db()
    assert saved.submission.version == submission.version == 1


def test_what_changes_nothing_writes_nothing(submission, clerk):
    save(submission, clerk, teachers={"value": "30"})
    again = save(submission, clerk, teachers={"value": "30", "base": "1"})
    assert states(again) == {"teachers": CellState.UNCHANGED}
    submission.refresh_from_db()
    assert (submission.version, again.submission.version, ValueChange.objects.count()) == (1, 1, 1)


def test_two_people_in_different_cells_both_save(submission, clerk, province):
    save(submission, clerk, teachers={"value": "30"})
    other = save(submission, province.person("clerk_101b"), lessons={"value": "9"}, teachers={"value": ""})
    assert states(other) == {"lessons": CellState.SAVED, "teachers": CellState.UNCHANGED}
    assert number(submission, "teachers") == 30


def test_in_the_same_cell_the_second_sees_both_values_and_nothing_is_lost(submission, clerk, province):
    save(submission, clerk, teachers={"value": "30", "explanation": "Tuyển thêm."})
    other = save(submission, province.person("clerk_101b"), teachers={"value": "40"}, lessons={"value": "9"})
    assert states(other) == {"teachers": CellState.CONFLICT, "lessons": CellState.SAVED}
    theirs = other.answers["teachers"].theirs
    assert (theirs.shown, theirs.by, theirs.version) == ("30", "clerk_101", 1)
    assert theirs.typed.explanation == "Tuyển thêm."
    assert number(submission, "teachers") == 30
    chosen = save(submission, province.person("clerk_101b"), teachers={"value": "40", "base": "1"})
    assert states(chosen) == {"teachers": CellState.SAVED}


def test_a_reason_is_wanted_where_there_is_no_figure(submission, clerk):
    refused = save(submission, clerk, teachers={"gap": "not_available"})
    assert states(refused) == {"teachers": CellState.INVALID}
    kept = save(submission, clerk, teachers={"gap": "not_available", "reason": "mất sổ"})
    assert states(kept) == {"teachers": CellState.SAVED}


def test_without_the_right_nothing_is_written_and_the_sentence_says_whose_it_is(submission, province):
    saved = save(submission, province.person("leader"), teachers={"value": "30"})
    assert isinstance(saved.refusal, PermissionDenied)
    submission.refresh_from_db()
    assert submission.version == 0
    assert not DataValue.objects.exists()


def test_a_submitted_form_is_locked(submission, clerk):
    submitted(submission, by=clerk)
    version = submission.version
    saved = save(submission, clerk, teachers={"value": "31", "base": "1"})
    assert isinstance(saved.refusal, Refused)
    assert "chờ duyệt" in str(saved.refusal)
    submission.refresh_from_db()
    assert (submission.version, saved.submission.version) == (version, version)


def test_of_a_returned_form_only_the_returned_cells_take_a_new_value(submission, clerk, province):
    submitted(submission, by=clerk)
    actions.return_cells(
        submission=submission, reasons={"teachers": "Xem lại"}, by=province.person("reviewer_1")
    )
    saved = save(
        submission, clerk, teachers={"value": "21", "base": "1"}, lessons={"value": "21", "base": "1"}
    )
    assert states(saved) == {"teachers": CellState.SAVED, "lessons": CellState.REFUSED}


def test_a_locked_school_does_not_stop_the_others_of_a_grid(province):
    first, second, third = (province.submission(code) for code in ("DN-101", "DN-102", "DN-201"))
    submitted(first, by=province.person("clerk_101"))
    cells = {"teachers": Typed("33", base="1")}
    saved = save_cells(
        by=province.person("reviewer_1"),
        batches=[(first, cells), (second, {"teachers": Typed("33")}), (third, {"teachers": Typed("33")})],
        source="grid",
    )
    assert [type(one.refusal) for one in saved] == [Refused, type(None), PermissionDenied]
    assert number(second, "teachers") == 33
    assert ValueChange.objects.get(value__submission=second).source == "grid"


def test_a_broken_rule_is_kept_and_goes_when_it_is_mended(submission, clerk):
    saved = save(submission, clerk, teachers={"value": "5"}, teachers_with_computer={"value": "9"})
    assert [one.rule.code for one in saved.judgement.broken] == ["R-01"]
    assert Violation.objects.get().left == 9
    save(submission, clerk, teachers={"value": "9", "base": "1"})
    assert not Violation.objects.exists()


def test_an_explained_rule_stays_explained_and_leaves_an_event(submission, clerk):
    cells = {"lessons": {"value": "5"}, "lessons_online": {"value": "9"}}
    saved = save(submission, clerk, explanations={"R-02": "Dạy bù."}, **cells)
    assert saved.judgement.explanations == {"R-02": "Dạy bù."}
    assert saved.judgement.cells["lessons"].verdict == "ok"
    assert AuditEvent.objects.filter(action="submission.save").count() == 1
    later = save(submission, clerk, teachers={"value": "30"})
    assert later.judgement.explanations == {"R-02": "Dạy bù."}


def test_a_large_change_is_asked_about_and_the_explanation_answers(province, clerk):
    DataElement.objects.filter(code="teachers").update(change_limit=30)
    mark_changed()
    enter(province.submission("DN-101", province.earlier), by=clerk, teachers=100)
    submission = province.submission("DN-101")
    saved = save(submission, clerk, teachers={"value": "200"})
    assert saved.judgement.cells["teachers"].verdict == "ask"
    answered = save(submission, clerk, teachers={"value": "200", "base": "1", "explanation": "Sáp nhập."})
    assert answered.judgement.cells["teachers"].verdict == "ok"


# --- the endpoint -------------------------------------------------------------------------


def post(client, submission, body):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(address(submission, "cells/"), text, content_type="application/json")


@pytest.fixture
def browser(client_of):
    return client_of("clerk_101")


def test_a_saved_cell_comes_back_with_everything_that_the_page_shows(browser, submission):
    post(browser, submission, {"cells": {"teachers": {"value": "20"}}})
    answer = post(browser, submission, {"cells": {"teachers_with_computer": {"value": "1.000", "base": "0"}}})
    assert answer.status_code == 200
    found = answer.json()
    assert found["submission"] == {"version": 2, "state": "draft", "answered": 2, "asked": 8 + 1}
    assert found["sections"]["quy-mo"] == {"answered": 2, "asked": 3}
    cell = found["cells"]["teachers_with_computer"]
    assert (cell["state"], cell["verdict"], cell["version"], cell["shown"]) == (
        "saved",
        "broken",
        "1",
        "1.000",
    )
    assert cell["typed"] == {"value": "1.000", "chosen": [], "gap": "", "reason": "", "explanation": ""}
    assert found["others"]["teachers"]["verdict"] == "broken"
    assert found["rules"][0]["cells"] == ["teachers_with_computer", "teachers"]
    [share] = [one for one in found["indicators"] if one["code"] == "T1"]
    assert (share["section"], share["display"], share["numerator"]) == ("quy-mo", "5.000%", "1.000")


def test_a_conflict_comes_back_with_their_value(browser, submission, province):
    save(submission, province.person("clerk_101b"), teachers={"value": "30"})
    found = post(browser, submission, {"cells": {"teachers": {"value": "40"}}}).json()["cells"]["teachers"]
    assert found["state"] == "conflict"
    assert found["theirs"]["typed"]["value"] == "30"
    assert (found["theirs"]["by"], found["theirs"]["version"]) == ("clerk_101b", "1")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        "null",
        '{"cells": []}',
        '{"cells": {"teachers": "30"}}',
        '{"cells": {"teachers": {"value": 30}}}',
        '{"cells": {"teachers": {"number": "30"}}}',
        '{"cells": {"teachers": {"chosen": "a"}}}',
        '{"rules": {"R-02": 1}}',
        "[" * 100_000,
        json.dumps({"cells": {f"e{n}": {} for n in range(501)}}),
        json.dumps({"cells": {"teachers": {"value": "1" * 300_000}}}),
    ],
)
def test_what_is_not_our_json_is_refused_with_a_sentence(browser, submission, body):
    answer = post(browser, submission, body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(("Trang gửi", "Gửi quá nhiều"))


def test_every_refusal_is_json(client_of, browser, submission, province):
    body = {"cells": {"teachers": {"value": "30"}}}
    refused = {
        401: post(Client(), submission, body),
        403: post(client_of("leader"), submission, body),
        404: post(client_of("clerk_201"), submission, body),
    }
    approved(submission, by=province.person("clerk_101"), reviewer=province.person("reviewer_1"))
    refused[409] = post(browser, submission, body)
    assert {wanted: answer.status_code for wanted, answer in refused.items()} == {n: n for n in refused}
    assert all(answer.json()["message"] for answer in refused.values())
    assert browser.get(address(submission, "cells/")).status_code == 405


def test_a_page_left_open_does_not_save_under_the_name_of_whoever_signed_in_next(
    browser, client_of, submission, province
):
    mine = {"X-Typed-By": str(province.person("clerk_101").pk)}
    body = json.dumps({"cells": {"teachers": {"value": "30"}}})
    statuses = [
        client.post(
            address(submission, "cells/"), body, content_type="application/json", headers=mine
        ).status_code
        for client in (client_of("clerk_101b"), browser)
    ]
    assert statuses == [401, 200]


def statements_of_a_save(browser, submission, code, value, base):
    with CaptureQueriesContext(connection) as captured:
        answer = post(browser, submission, {"cells": {code: {"value": value, "base": base}}})
    assert answer.json()["cells"][code]["state"] == "saved"
    return len(statements(captured)) - SIGNED_IN


def test_a_saved_cell_costs_at_most_six_statements(browser, submission, clerk):
    enter(submission, by=clerk)
    post(browser, submission, {"cells": {"teachers": {"value": "21", "base": "1"}}})
    assert statements_of_a_save(browser, submission, "teachers", "22", "2") <= MOST_STATEMENTS


def test_a_cell_that_breaks_a_rule_or_mends_one_costs_no_more(browser, submission):
    post(browser, submission, {"cells": {"teachers": {"value": "5"}}})
    assert statements_of_a_save(browser, submission, "teachers_with_computer", "9", "0") <= MOST_STATEMENTS
    assert Violation.objects.get().left == 9
    assert statements_of_a_save(browser, submission, "remark", "ghi chú", "0") <= MOST_STATEMENTS
    assert statements_of_a_save(browser, submission, "teachers", "9", "1") <= MOST_STATEMENTS
    assert not Violation.objects.exists()


@pytest.mark.django_db
def test_a_grid_of_thirty_schools_takes_the_statements_of_three():
    province = build_province(more_schools=30)
    rows = [row for row in province.submissions() if row.org_unit.code.startswith("DN-9")]
    officer = province.person("officer")
    answers(rows[0])
    save(rows[0], officer, teachers_with_computer={"value": "1"})
    counts = []
    for some in (rows[1:4], rows[4:]):
        typed = {"teachers": Typed("20", base="0"), "teachers_with_computer": Typed("99")}
        with CaptureQueriesContext(connection) as captured:
            save_cells(by=officer, batches=[(row, typed) for row in some], source="grid")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


def test_entries_of_both_ways_of_saving_are_one_history(submission, clerk):
    actions.save_values(
        submission=submission, entries=[Entry("teachers", number=1)], by=clerk, source="workbook"
    )
    save(submission, clerk, teachers={"value": "2", "base": "1"})
    assert list(ValueChange.objects.order_by("version").values_list("source", flat=True)) == [
        "workbook",
        "form",
    ]
