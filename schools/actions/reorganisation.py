"""What happens to units over time: renaming, transfer, merger, split, closure.

Each writes placements from its first day on, a Succession with the document that decided it,
the ancestry and the audit trail. Values stay with the unit that reported them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dxreport.lib.folding import fold
from schools.hierarchy import among, circle, lock_placements, rebuild_ancestry
from schools.models import OrgUnit, Placement, Succession, User
from schools.refusals import Refused

from .audit import record_events
from .units import BATCH, check_stands

Kind = Succession.Kind


@dataclass(frozen=True)
class Decision:
    """The day a change takes effect, the document that decided it and a remark."""

    effective_on: dt.date
    document: str = ""
    note: str = ""


@transaction.atomic
def rename_unit(
    *, unit: OrgUnit, name: str, effective_on: dt.date, by: User | None, document: str = "", note: str = ""
) -> OrgUnit:
    """Give `unit` another name from `effective_on`; the former one stays in its placements.

    The day may not lie ahead: `OrgUnit.name` is today's name, and nothing would change it then.
    """
    name = name.strip()
    if not name:
        raise Refused(_("Chưa có tên mới. Hãy nhập tên."))
    if effective_on > timezone.localdate():
        raise Refused(
            _("Ngày đổi tên %(day)s chưa đến. Hãy ghi việc đổi tên từ ngày đó.") % {"day": _day(effective_on)}
        )
    decision = Decision(effective_on, document, note)
    [unit] = _locked([unit])
    former = unit.name
    _place([unit], decision, names={unit.pk: name})
    unit.name = name
    unit.search_name = "\n".join(dict.fromkeys([*unit.search_name.split("\n"), fold(name)]))
    unit.save(update_fields=["name", "search_name"])
    _succeed([(unit, unit)], Kind.RENAMING, decision)
    rebuild_ancestry([unit])
    _record("unit.rename", [unit], decision, by, former_name=former)
    return unit


def transfer_unit(
    *, unit: OrgUnit, to: OrgUnit, effective_on: dt.date, by: User | None, document: str = "", note: str = ""
) -> OrgUnit:
    """Place `unit` under `to` from `effective_on`."""
    [moved] = transfer_units(
        units=[unit], to=to, effective_on=effective_on, by=by, document=document, note=note
    )
    return moved


@transaction.atomic
def transfer_units(
    *,
    units: Iterable[OrgUnit],
    to: OrgUnit,
    effective_on: dt.date,
    by: User | None,
    document: str = "",
    note: str = "",
) -> list[OrgUnit]:
    """Place many units under `to`, with the same statements as for one."""
    decision = Decision(effective_on, document, note)
    *moved, to = _locked([*units, to])
    check_stands(to, on=effective_on)
    _place(moved, decision, parents={unit.pk: to for unit in moved})
    _succeed([(unit, unit) for unit in moved], Kind.TRANSFER, decision)
    rebuild_ancestry(moved)
    _record("unit.transfer", moved, decision, by, to=to.code)
    return moved


@transaction.atomic
def merge_units(
    *,
    units: Iterable[OrgUnit],
    into: OrgUnit,
    effective_on: dt.date,
    by: User | None,
    document: str = "",
    note: str = "",
) -> OrgUnit:
    """End `units` on `effective_on`; `into` takes their place and what stood below them.

    `into` may be one of them, which then goes on. Create a new unit first, with the same day.
    """
    decision = Decision(effective_on, document, note)
    *ending, into = _locked([*(unit for unit in units if unit.pk != into.pk), into])
    if not ending:
        raise Refused(_("Chưa chọn đơn vị nào để sáp nhập vào %(unit)s.") % {"unit": into.name})
    check_stands(into, on=effective_on)
    below = _children(ending, effective_on)
    _refuse_into_below(into, below)
    orphans = [child for child in below if child.pk not in {unit.pk for unit in ending}]
    _place(orphans, decision, parents={child.pk: into for child in orphans})
    _end(ending, decision)
    _succeed([(unit, into) for unit in ending], Kind.MERGER, decision)
    rebuild_ancestry([*ending, *orphans, into])
    _record("unit.merge", ending, decision, by, into=into.code)
    _record("unit.absorb", [into], decision, by, merged=[unit.code for unit in ending])
    return into


def _refuse_into_below(into: OrgUnit, below: Iterable[OrgUnit]) -> None:
    if any(child.pk == into.pk for child in below):
        raise Refused(
            _(
                "%(unit)s đang trực thuộc một đơn vị bị sáp nhập."
                " Hãy chuyển nó lên đơn vị cấp trên khác trước, rồi sáp nhập."
            )
            % {"unit": into.name}
        )


@transaction.atomic
def split_unit(
    *,
    unit: OrgUnit,
    into: Sequence[OrgUnit],
    effective_on: dt.date,
    by: User | None,
    children: Mapping[int, OrgUnit] | None = None,
    document: str = "",
    note: str = "",
) -> list[OrgUnit]:
    """Divide `unit` among the existing units `into`.

    Where `unit` is itself one of them it goes on (tách), else it ends on that day (chia).
    `children` says who takes each unit that stood below it, by id; one that is not named stays
    when `unit` goes on and is a reason to refuse when it ends. The first of `into` holds what
    cannot be divided (see `hierarchy.current_holders`).
    """
    decision = Decision(effective_on, document, note)
    unit, *successors = _locked([unit, *into])
    goes_on = any(one.pk == unit.pk for one in successors)
    if len(successors) < 2:
        raise Refused(_("Chia tách cần ít nhất hai đơn vị. Hãy chọn thêm đơn vị tiếp nhận."))
    for successor in successors:
        check_stands(successor, on=effective_on)
    takers = dict(children or {})
    moving = [child for child in _children([unit], effective_on) if goes_on is False or child.pk in takers]
    _check_takers(unit, moving, takers, successors)
    _place(moving, decision, parents={child.pk: takers[child.pk] for child in moving})
    if not goes_on:
        _end([unit], decision)
    _succeed([(unit, one) for one in successors if one.pk != unit.pk], Kind.SPLIT, decision)
    rebuild_ancestry([unit, *moving])
    _record("unit.split", [unit], decision, by, into=[one.code for one in successors])
    return successors


def _check_takers(
    unit: OrgUnit, moving: Iterable[OrgUnit], takers: Mapping[int, OrgUnit], successors: Iterable[OrgUnit]
) -> None:
    allowed = {one.pk for one in successors}
    left = [child for child in moving if child.pk not in takers or takers[child.pk].pk not in allowed]
    if left:
        raise Refused(
            _(
                "Chưa rõ đơn vị nào tiếp nhận %(children)s sau khi chia tách %(unit)s."
                " Hãy chọn cho từng đơn vị."
            )
            % {"children": _names(left), "unit": unit.name}
        )


@transaction.atomic
def close_unit(
    *, unit: OrgUnit, effective_on: dt.date, by: User | None, document: str = "", note: str = ""
) -> OrgUnit:
    """End `unit` on `effective_on` with nobody in its place. What stands below it moves first."""
    decision = Decision(effective_on, document, note)
    [unit] = _locked([unit])
    below = _children([unit], effective_on)
    if below:
        raise Refused(
            _("%(unit)s vẫn còn đơn vị trực thuộc: %(children)s. Hãy chuyển các đơn vị này đi trước.")
            % {"unit": unit.name, "children": _names(below)}
        )
    _end([unit], decision)
    _succeed([(unit, None)], Kind.CLOSURE, decision)
    rebuild_ancestry([unit])
    _record("unit.close", [unit], decision, by)
    return unit


def _names(units: Sequence[OrgUnit], shown: int = 5) -> str:
    named = ", ".join(unit.name for unit in units[:shown])
    more = len(units) - shown
    return _("%(named)s và %(more)s đơn vị khác") % {"named": named, "more": more} if more > 0 else named


def _locked(units: Sequence[OrgUnit]) -> list[OrgUnit]:
    """The same units as they are now; nobody else reorganises until the transaction ends."""
    lock_placements()
    wanted = [unit.pk for unit in units]
    found = {row.pk: row for row in OrgUnit.objects.filter(among("pk", wanted)) if row.pk in set(wanted)}
    ended = [row for row in found.values() if row.valid_to is not None]
    if ended:
        raise Refused(
            _("%(unit)s kết thúc hoạt động từ ngày %(day)s nên không thay đổi được nữa.")
            % {"unit": ended[0].name, "day": _day(ended[0].valid_to)}
        )
    return [found[pk] for pk in wanted]


def _open_placements(units: Sequence[OrgUnit], effective_on: dt.date) -> dict[int, Placement]:
    """The last placement of each unit. A change before its start would rewrite what is recorded."""
    wanted = {unit.pk for unit in units}
    rows = Placement.objects.filter(among("unit", wanted), valid_to__isnull=True).select_related("unit")
    found = {row.unit_id: row for row in rows if row.unit_id in wanted}
    for row in found.values():
        if row.valid_from > effective_on:
            raise Refused(
                _(
                    "%(unit)s đã có thay đổi ghi từ ngày %(last)s, sau ngày %(day)s."
                    " Hãy chọn ngày từ %(last)s trở đi."
                )
                % {
                    "unit": row.unit.name,
                    "last": _day(row.valid_from),
                    "day": _day(effective_on),
                }
            )
    return found


def _place(
    units: Sequence[OrgUnit],
    decision: Decision,
    *,
    parents: Mapping[int, OrgUnit] | None = None,
    names: Mapping[int, str] | None = None,
) -> None:
    """From the decision's day on, stand `units` under other parents or give them other names.

    Two changes on one day are one placement, as on 1 July 2025.
    """
    current = _open_placements(units, decision.effective_on)
    following, amended, closed = [], [], []
    for unit in units:
        last = current[unit.pk]
        row = last
        if last.valid_from < decision.effective_on:
            row = Placement(unit=unit, parent=last.parent, name=last.name, valid_from=decision.effective_on)
            following.append(row)
            last.valid_to = decision.effective_on
            closed.append(last)
        else:
            amended.append(row)
        row.parent = (parents or {}).get(unit.pk, row.parent)
        if row.parent == unit:
            raise circle(unit)
        row.name = (names or {}).get(unit.pk, row.name)
    Placement.objects.bulk_update(closed, ["valid_to"], batch_size=BATCH)
    Placement.objects.bulk_update(amended, ["parent", "name"], batch_size=BATCH)
    Placement.objects.bulk_create(following, batch_size=BATCH)


def _children(units: Sequence[OrgUnit], effective_on: dt.date) -> list[OrgUnit]:
    """Units that would stand under `units` on that day or later."""
    rows = OrgUnit.objects.filter(
        placements__parent__in=[unit.pk for unit in units], placements__valid_to__isnull=True
    )
    return list(rows.order_by("code"))


def _end(units: Sequence[OrgUnit], decision: Decision) -> None:
    """Close units and their placements on the decision's day."""
    current = _open_placements(units, decision.effective_on)
    for unit in units:
        if unit.valid_from >= decision.effective_on or current[unit.pk].valid_from >= decision.effective_on:
            raise Refused(
                _(
                    "%(unit)s mới có thay đổi trong ngày %(day)s nên không thể kết thúc cùng ngày."
                    " Hãy chọn ngày sau."
                )
                % {"unit": unit.name, "day": _day(decision.effective_on)}
            )
    ids = [unit.pk for unit in units]
    later = (
        Placement.objects.filter(parent__in=ids, valid_to__gt=decision.effective_on)
        .select_related("unit")
        .first()
    )
    if later is not None:
        raise Refused(
            _("%(unit)s còn trực thuộc đến ngày %(day)s. Hãy chọn ngày kết thúc từ ngày đó trở đi.")
            % {"unit": later.unit.name, "day": _day(later.valid_to)}
        )
    Placement.objects.filter(unit__in=ids, valid_to__isnull=True).update(valid_to=decision.effective_on)
    OrgUnit.objects.filter(pk__in=ids).update(valid_to=decision.effective_on)
    for unit in units:
        unit.valid_to = decision.effective_on


def _succeed(
    pairs: Iterable[tuple[OrgUnit, OrgUnit | None]], kind: Succession.Kind, decision: Decision
) -> None:
    Succession.objects.bulk_create(
        [
            Succession(
                kind=kind,
                predecessor=old,
                successor=new,
                effective_on=decision.effective_on,
                document=decision.document,
                note=decision.note,
            )
            for old, new in pairs
        ],
        batch_size=BATCH,
    )


def _record(
    action: str, units: Sequence[OrgUnit], decision: Decision, by: User | None, **detail: object
) -> None:
    record_events(
        by=by,
        events=[
            {
                "action": action,
                "subject": unit.name,
                "unit_code": unit.code,
                "reason": decision.note,
                "detail": {
                    "effective_on": decision.effective_on.isoformat(),
                    "document": decision.document,
                    **detail,
                },
            }
            for unit in units
        ],
    )


def _day(day: dt.date | None) -> str:
    """A day as sentences name it; a unit that has ended, or a placement, always has one."""
    assert day is not None
    return date_format(day, "SHORT_DATE_FORMAT")
