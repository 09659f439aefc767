"""The province in which the table of access is tried: who asks, where, and how things stand there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.test import Client
from django.utils import timezone

from collection import actions
from collection.actions import Entry
from collection.models import Anomaly, DataValue, ReportingPeriod, Submission
from indicators.models import DataElement, Indicator, Target
from reporting.drafts.actions import begin_draft
from reporting.editions.concerns import concerns
from reporting.editions.snapshot import read_snapshot
from reporting.selection import read_selection
from schools.actions import create_user, rename_unit
from schools.models import AuditEvent
from tests.province import PASSWORD, Province, approved, build_province, enter, submitted
from tests.reporting.editions.making import drafted, sealed

# Own: a school within everybody's subtree. Sibling: beside it under the same office. Other: of
# another district. Closed: one's own in a period that is closed.
PLACES = ("own", "sibling", "other", "closed")
UNITS = {"own": "DN-101", "sibling": "DN-102", "other": "DN-201", "closed": "DN-101"}


class Seat(NamedTuple):
    """A role at a unit; "" is nobody's."""

    role: str
    where: str

    def sees(self, place: str) -> bool:
        """Whether the place lies within the subtree of the seat: said here a second time, by hand."""
        within = {
            "": set[str](),
            "DN-101": {"own", "closed"},
            "DN-1": {"own", "sibling", "closed"},
            "DN": set(PLACES),
        }
        return place in within[self.where]


SEATS = {
    "clerk of a school": Seat("clerk", "DN-101"),
    "reviewer of a district": Seat("reviewer", "DN-1"),
    "officer of a district": Seat("officer", "DN-1"),
    "leader of a district": Seat("leader", "DN-1"),
    "administrator of a district": Seat("administrator", "DN-1"),
    "auditor of a district": Seat("auditor", "DN-1"),
    "officer": Seat("officer", "DN"),
    "leader": Seat("leader", "DN"),
    "administrator": Seat("administrator", "DN"),
    "auditor": Seat("auditor", "DN"),
    "nobody": Seat("nobody", ""),
    "anonymous": Seat("anonymous", ""),
}


@dataclass(frozen=True)
class Place:
    """A unit and its submission as they stand, and what rows may name of them (`names`)."""

    submission: Submission
    names: dict[str, Any]


class First:
    """`first[schools_user]` is the id of the first row of a model, 0 where there is none."""

    def __getitem__(self, name: str) -> Any:
        app, model = name.rsplit("_", 1)
        row = apps.get_model(app, model)._default_manager.order_by("pk").first()
        return row.pk if row else 0


@dataclass(frozen=True)
class House:
    """The province with a signed-in browser for every seat; the earlier period is closed."""

    province: Province
    clients: dict[str, Client]

    def prepared(self, given: str) -> dict[str, Place]:
        """Bring every place into the state `given`, the closed one through a period open for a moment."""
        province, officer = self.province, self.province.person("officer")
        found = {place: province.submission(UNITS[place], self._period(place)) for place in PLACES}
        more: dict[str, dict[str, Any]] = {}
        if given in GIVEN:
            actions.reopen_period(period=province.earlier, reason="để chuẩn bị", by=officer)
            more = {place: GIVEN[given](province, one) or {} for place, one in found.items()}
            actions.close_period(period=province.earlier, by=officer)
            found = {place: province.submission(UNITS[place], self._period(place)) for place in PLACES}
        return {place: _place(province, one, more.get(place, {})) for place, one in found.items()}

    def _period(self, place: str) -> ReportingPeriod:
        return self.province.earlier if place == "closed" else self.province.period


def build_house() -> House:
    """One person for every seat. All with a role are let near the administration (`is_staff`), so
    that what opens there depends on the role alone."""
    province = build_province()
    clients = {}
    for name, seat in SEATS.items():
        clients[name] = Client()
        if seat.role == "anonymous":
            continue
        person = create_user(
            username=f"seat {name}".replace(" ", "_"),
            password=PASSWORD,
            memberships=[(province.unit(seat.where), seat.role)] if seat.where else [],
            is_staff=bool(seat.where),
            by=None,
        )
        clients[name].force_login(person)
    for submission in province.submissions(province.earlier):
        if submission.org_unit.code in UNITS.values():
            enter(submission, by=_clerk(province, submission))
    actions.close_period(period=province.earlier, by=province.person("officer"))
    rename_unit(
        unit=province.unit("DN-301"), name="Trường THPT Nguyễn Huệ", effective_on=dt.date(2020, 9, 1), by=None
    )
    Target.objects.create(
        indicator=Indicator.objects.get(code="T1"), year=2025, value=80, document="Kế hoạch thử"
    )
    return House(province, clients)


def _clerk(province: Province, submission: Submission) -> Any:
    return province.person("clerk_" + submission.org_unit.code.removeprefix("DN-"))


def _place(province: Province, submission: Submission, more: dict[str, Any]) -> Place:
    unit = submission.org_unit
    value = DataValue.objects.filter(org_unit=unit).earliest("pk")
    held = DataValue.objects.filter(submission=submission, element__code="teachers").first()
    names = {
        "unit": unit.code,
        "unit_id": unit.pk,
        "unit_name": unit.name,
        "period": submission.period.code,
        "form": submission.form.code,
        "version": submission.version,
        "submission_id": submission.pk,
        "element": "teachers",
        "indicator": "T1",
        "base": held.version if held else 0,
        "value_id": value.pk,
        "profile_id": unit.profile.pk,
        "placement_id": unit.placements.get().pk,
        "user_id": _clerk(province, submission).pk,
        "event_id": AuditEvent.objects.filter(unit_code=unit.code).earliest("pk").pk,
        "first": First(),
    }
    return Place(submission, names | more)


# --- how things stand before a request; a function may return more names for its rows ------------


def _entered(province: Province, submission: Submission) -> None:
    enter(submission, by=_clerk(province, submission))


def _explained(province: Province, submission: Submission) -> None:
    entry = Entry("teachers", number=20, explanation="Tuyển thêm.")
    clerk = _clerk(province, submission)
    actions.save_values(submission=enter(submission, by=clerk), entries=[entry], by=clerk, source="form")
    actions.submit(submissions=[submission], by=clerk)


def _submitted(province: Province, submission: Submission) -> None:
    submitted(submission, by=_clerk(province, submission))


def _approved(province: Province, submission: Submission) -> None:
    approved(submission, by=_clerk(province, submission), reviewer=province.person("officer"))


def _returned(province: Province, submission: Submission) -> None:
    _submitted(province, submission)
    actions.return_cells(
        submission=submission, reasons={"teachers": "thiếu hợp đồng"}, by=province.person("officer")
    )


def _out_of_line(province: Province, submission: Submission) -> None:
    _submitted(province, submission)
    Anomaly.objects.create(
        submission=submission,
        element=DataElement.objects.get(code="teachers"),
        kind=Anomaly.Kind.HISTORY,
        number=1010,
        median="20",
        score="5.10",
        compared=4,
        detected_at=timezone.now(),
    )


def _published(province: Province, submission: Submission) -> dict[str, Any]:
    """Two editions of the unit's report, the officer's text published by the leader."""
    leader = province.person("leader")
    draft = drafted(province, unit=submission.org_unit.code, period=submission.period)
    first, second = (sealed(draft, by=leader, reason=reason) for reason in ("", "Sửa số"))
    seen = concerns(read_snapshot(draft.pk)).digest
    return {"report": draft.pk, "edition": first.pk, "correction": second.pk, "seen": seen}


def _drafted(province: Province, submission: Submission) -> dict[str, Any]:
    selection = read_selection({"period": submission.period.code})
    draft = begin_draft(unit=submission.org_unit, selection=selection, by=province.person("officer"))
    return {"draft": draft.pk}


GIVEN: dict[str, Callable[[Province, Submission], dict[str, Any] | None]] = {
    "entered": _entered,
    "explained": _explained,
    "submitted": _submitted,
    "approved": _approved,
    "returned": _returned,
    "out of line": _out_of_line,
    "published": _published,
    "drafted": _drafted,
}
