import datetime as dt

import pytest
from django.utils import timezone

from schools.actions import (
    NewUnit,
    close_unit,
    create_units,
    merge_units,
    rename_unit,
    split_unit,
    transfer_unit,
    transfer_units,
)
from schools.hierarchy import children
from schools.models import Ancestry, AuditEvent, OrgUnit, Placement, Succession
from schools.refusals import Refused
from tests.schools.province import FOUNDED, REFORM

DAY = dt.timedelta(days=1)
MOVED = dt.date(2024, 9, 1)
DOCUMENT = "Quyết định 15/QĐ-UBND"


def placements(code):
    rows = Placement.objects.filter(unit__code=code).order_by("valid_from")
    return [
        (row.parent.code if row.parent else None, row.name, row.valid_from, row.valid_to)
        for row in rows.select_related("parent")
    ]


def successions(code):
    rows = Succession.objects.filter(predecessor__code=code).select_related("successor").order_by("pk")
    return [(row.kind, row.successor.code if row.successor else None, row.effective_on) for row in rows]


def everything():
    """All that a refused change must leave as it was."""
    return [
        list(OrgUnit.objects.order_by("pk").values()),
        list(Placement.objects.order_by("pk").values()),
        list(Succession.objects.order_by("pk").values()),
        sorted(Ancestry.objects.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to")),
        AuditEvent.objects.count(),
    ]


def assert_refused(sentence, change, **arguments):
    before = everything()
    with pytest.raises(Refused, match=sentence):
        change(by=None, **arguments)
    assert everything() == before


def test_a_renaming_keeps_the_former_name_and_finds_the_unit_by_both(province):
    officer = province.person("officer")
    before = province["S1"].name
    unit = rename_unit(
        unit=province["S1"],
        name=" Trường Tiểu học Lê Lợi ",
        effective_on=MOVED,
        document=DOCUMENT,
        by=officer,
    )
    assert province.reread("S1").name == unit.name == "Trường Tiểu học Lê Lợi"
    assert placements("S1") == [("P1", before, FOUNDED, MOVED), ("P1", "Trường Tiểu học Lê Lợi", MOVED, None)]
    assert successions("S1") == [("renaming", "S1", MOVED)]
    assert unit.search_name == "s1\ntruong tieu hoc nguyen viet xuan\ntruong tieu hoc le loi"
    event = AuditEvent.objects.get(action="unit.rename")
    assert (event.unit_code, event.actor, event.actor_name) == ("S1", officer, "Người officer")
    assert event.detail == {"former_name": before, "document": DOCUMENT, "effective_on": "2024-09-01"}


def test_a_renaming_cannot_lie_ahead(province):
    ahead = timezone.localdate() + DAY
    assert_refused("chưa đến", rename_unit, unit=province["S1"], name="Tên mới", effective_on=ahead)


def test_a_renaming_needs_a_name(province):
    assert_refused("Chưa có tên mới", rename_unit, unit=province["S1"], name="  ", effective_on=MOVED)


def test_a_transfer_closes_one_placement_and_opens_the_next(province):
    transfer_unit(unit=province["S1"], to=province["DN"], effective_on=MOVED, by=None)
    name = province["S1"].name
    assert placements("S1") == [("P1", name, FOUNDED, MOVED), ("DN", name, MOVED, None)]
    assert successions("S1") == [("transfer", "S1", MOVED)]


def test_two_changes_on_one_day_are_one_placement(province):
    transfer_unit(unit=province["S1"], to=province["DN"], effective_on=MOVED, by=None)
    rename_unit(unit=province["S1"], name="Tên mới", effective_on=MOVED, by=None)
    assert placements("S1") == [("P1", province["S1"].name, FOUNDED, MOVED), ("DN", "Tên mới", MOVED, None)]


def test_many_units_move_with_the_statements_of_one(province, django_assert_max_num_queries):
    # Savepoints, locked rows, placements read and written, succession, ancestry, audit.
    with django_assert_max_num_queries(22):
        transfer_units(units=[province["S1"], province["S2"]], to=province["P2"], effective_on=MOVED, by=None)
    assert list(children(province["P2"], on=MOVED)) == [province["S1"], province["S2"], province["S3"]]


def test_a_change_before_a_recorded_one_is_refused(province):
    transfer_unit(unit=province["S1"], to=province["DN"], effective_on=MOVED, by=None)
    assert_refused(
        "đã có thay đổi", transfer_unit, unit=province["S1"], to=province["P2"], effective_on=MOVED - DAY
    )


def test_a_unit_is_not_placed_under_one_that_has_ended_or_not_begun(province):
    close_unit(unit=province["S3"], effective_on=MOVED, by=None)
    close_unit(unit=province["P2"], effective_on=MOVED, by=None)
    assert_refused("kết thúc", transfer_unit, unit=province["S1"], to=province["P2"], effective_on=REFORM)
    [late] = create_units(rows=[NewUnit("X1", "UBND xã", "commune", REFORM, "DN")], by=None)
    assert_refused("chưa hoạt động", transfer_unit, unit=province["S1"], to=late, effective_on=REFORM - DAY)


def test_a_merger_ends_the_units_and_hands_over_what_stood_below_them(province):
    merge_units(
        units=[province["P1"], province["P2"]],
        into=province["P2"],
        effective_on=REFORM,
        document=DOCUMENT,
        by=None,
    )
    assert province.reread("P1").valid_to == REFORM
    assert province.reread("P2").valid_to is None
    assert placements("P1") == [("DN", province["P1"].name, FOUNDED, REFORM)]
    assert [row[0] for row in placements("S1")] == ["P1", "P2"]
    assert successions("P1") == [("merger", "P2", REFORM)]
    assert successions("S1") == []
    assert set(AuditEvent.objects.filter(action="unit.merge").values_list("unit_code", flat=True)) == {"P1"}
    assert AuditEvent.objects.get(action="unit.absorb").detail["merged"] == ["P1"]


def test_a_merger_into_a_new_unit(province):
    [new] = create_units(rows=[NewUnit("M1", "Trường TH và THCS mới", "school", MOVED, "P1")], by=None)
    merge_units(units=[province["S1"], province["S2"]], into=new, effective_on=MOVED, by=None)
    assert list(children(province["P1"], on=MOVED)) == [new]
    assert list(children(province["P1"], on=MOVED - DAY)) == [province["S1"], province["S2"]]


def test_a_merger_of_a_unit_with_one_of_its_own_children_is_refused(province):
    assert_refused(
        "đang trực thuộc", merge_units, units=[province["P1"]], into=province["S1"], effective_on=MOVED
    )


def test_a_merger_needs_somebody_to_end(province):
    assert_refused(
        "Chưa chọn đơn vị", merge_units, units=[province["S1"]], into=province["S1"], effective_on=MOVED
    )


def test_a_split_that_ends_the_unit_asks_who_takes_each_child(province):
    arguments = {"unit": province["P1"], "into": [province["P2"], province["DN"]], "effective_on": REFORM}
    assert_refused("Chưa rõ đơn vị nào tiếp nhận Trường", split_unit, **arguments)
    takers = {province["S1"].pk: province["P2"]}
    assert_refused("tiếp nhận Trường TH và THCS Bế Văn Đàn", split_unit, children=takers, **arguments)
    takers[province["S2"].pk] = province["T1"]
    assert_refused("tiếp nhận Trường TH và THCS Bế Văn Đàn", split_unit, children=takers, **arguments)
    takers[province["S2"].pk] = province["DN"]
    split_unit(children=takers, by=None, **arguments)
    assert province.reread("P1").valid_to == REFORM
    assert [row[0] for row in placements("S1")] == ["P1", "P2"]
    assert [row[0] for row in placements("S2")] == ["P1", "DN"]
    assert successions("P1") == [("split", "P2", REFORM), ("split", "DN", REFORM)]


def test_a_split_off_leaves_the_unit_in_force_with_what_nobody_takes(province):
    split_unit(
        unit=province["P1"],
        into=[province["P1"], province["P2"]],
        children={province["S1"].pk: province["P2"]},
        effective_on=REFORM,
        by=None,
    )
    assert province.reread("P1").valid_to is None
    assert list(children(province["P1"], on=REFORM)) == [province["S2"]]
    assert successions("P1") == [("split", "P2", REFORM)]


def test_a_split_needs_two_successors(province):
    assert_refused(
        "ít nhất hai đơn vị", split_unit, unit=province["S1"], into=[province["S2"]], effective_on=REFORM
    )


def test_a_closure_ends_the_unit_with_nobody_in_its_place(province):
    unit = close_unit(
        unit=province["S1"], effective_on=MOVED, document=DOCUMENT, note="Không còn học sinh", by=None
    )
    assert unit.valid_to == MOVED
    assert placements("S1")[0][3] == MOVED
    assert successions("S1") == [("closure", None, MOVED)]
    event = AuditEvent.objects.get(action="unit.close")
    assert (event.reason, event.detail["document"]) == ("Không còn học sinh", DOCUMENT)
    assert event.actor_name == "Hệ thống"


def test_a_unit_with_others_below_it_is_not_closed(province):
    assert_refused(
        "Trường Tiểu học Nguyễn Viết Xuân, Trường TH", close_unit, unit=province["P1"], effective_on=MOVED
    )


def test_many_children_are_named_in_short(province):
    rows = [NewUnit(f"K{n}", f"Trường {n}", "school", FOUNDED, "P1") for n in range(7)]
    create_units(rows=rows, by=None)
    assert_refused("và 4 đơn vị khác", close_unit, unit=province["P1"], effective_on=MOVED)


def test_a_unit_is_not_closed_on_a_day_on_which_others_still_stood_below_it(province):
    for code in ("S1", "S2"):
        transfer_unit(unit=province[code], to=province["P2"], effective_on=REFORM, by=None)
    assert_refused("còn trực thuộc đến ngày 01/07/2025", close_unit, unit=province["P1"], effective_on=MOVED)


def test_an_ended_unit_changes_no_more(province):
    close_unit(unit=province["S1"], effective_on=MOVED, by=None)
    # The object in hand does not know; what is stored decides.
    for change, arguments in [
        (close_unit, {"unit": province["S1"]}),
        (rename_unit, {"unit": province["S1"], "name": "Tên"}),
        (transfer_unit, {"unit": province["S1"], "to": province["P2"]}),
        (merge_units, {"units": [province["S2"]], "into": province["S1"]}),
    ]:
        assert_refused("kết thúc hoạt động từ ngày 01/09/2024", change, effective_on=REFORM, **arguments)


def test_a_unit_does_not_end_on_the_day_it_began(province):
    assert_refused("không thể kết thúc cùng ngày", close_unit, unit=province["S1"], effective_on=FOUNDED)


def test_the_reform_of_2025_can_be_written_and_both_views_hold(province):
    """District offices end, schools pass to communes; a report on 2023 still shows the districts."""
    communes = create_units(
        rows=[NewUnit(f"X{n}", f"UBND xã {n}", "commune", REFORM, "DN") for n in (1, 2, 3)], by=None
    )
    split_unit(
        unit=province["P1"],
        into=communes[:2],
        children={province["S1"].pk: communes[0], province["S2"].pk: communes[1]},
        effective_on=REFORM,
        by=None,
    )
    merge_units(units=[province["P2"]], into=communes[2], effective_on=REFORM, by=None)
    before = {unit.code for unit in OrgUnit.objects.in_force(REFORM - DAY)}
    after = {unit.code for unit in OrgUnit.objects.in_force(REFORM)}
    assert before - after == {"P1", "P2"}
    assert after - before == {"X1", "X2", "X3"}
    under = OrgUnit.objects.under(province["P1"], on=REFORM - DAY)
    assert {unit.code for unit in under} == {"P1", "S1", "S2"}
    assert {unit.code for unit in OrgUnit.objects.under(communes[2], on=REFORM)} == {"X3", "S3"}
