"""Creating units and saying what a school is."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dxreport.lib.folding import fold
from schools.hierarchy import among, circle, lock_placements, rebuild_ancestry
from schools.models import EducationLevel, OrgUnit, Placement, SchoolProfile, UnitKind, User
from schools.refusals import Refused

from .audit import record_event, record_events

BATCH = 2000  # rows a statement; Django makes them fewer for SQLite
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}", re.ASCII)


@dataclass(frozen=True)
class NewUnit:
    """A unit to create. `parent` is a code, of an existing unit or of another row; `levels` and
    `ownership` make it a school with a profile."""

    code: str
    name: str
    kind: str
    valid_from: dt.date
    parent: str | None = None
    levels: Sequence[str] = ()
    ownership: str = SchoolProfile.Ownership.PUBLIC
    is_illustrative: bool = False


@dataclass(frozen=True)
class Profile:
    """What a school is: the codes of its levels, and its ownership."""

    unit: OrgUnit
    levels: Sequence[str]
    ownership: str = SchoolProfile.Ownership.PUBLIC


@transaction.atomic
def create_units(*, rows: Iterable[NewUnit], by: User | None) -> list[OrgUnit]:
    """Create units in any order of parents and children; returns them in the order of `rows`.

    The number of statements grows only with batches of thousands. Raises Refused, with the
    code it speaks of, and creates nothing.
    """
    wanted = list(rows)
    if not wanted:
        return []
    lock_placements()
    _check_rows(wanted)
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    units = OrgUnit.objects.bulk_create([_unit(row, kinds) for row in wanted], batch_size=BATCH)
    by_code = {unit.code: unit for unit in units}
    parents = {**_existing({row.parent for row in wanted if row.parent}), **by_code}
    Placement.objects.bulk_create(
        [
            Placement(
                unit=by_code[row.code], parent=_parent(row, parents), name=row.name, valid_from=row.valid_from
            )
            for row in wanted
        ],
        batch_size=BATCH,
    )
    rebuild_ancestry(units)
    _write_profiles([Profile(by_code[row.code], row.levels, row.ownership) for row in wanted if row.levels])
    record_events(
        by=by,
        events=[
            {
                "action": "unit.create",
                "subject": row.name,
                "unit_code": row.code,
                "detail": {"kind": row.kind, "parent": row.parent, "valid_from": row.valid_from.isoformat()},
            }
            for row in wanted
        ],
    )
    return units


def _check_rows(rows: Sequence[NewUnit]) -> None:
    for row in rows:
        if not _CODE.fullmatch(row.code):
            raise Refused(
                _(
                    "Mã đơn vị “%(code)s” không dùng được. Hãy dùng chữ cái không dấu, chữ số,"
                    " dấu chấm hoặc gạch nối, tối đa 20 ký tự."
                )
                % {"code": row.code}
            )
        if not row.name.strip():
            raise Refused(_("Đơn vị %(code)s chưa có tên. Hãy nhập tên.") % {"code": row.code})
    codes = Counter(row.code for row in rows)
    repeated = [code for code, times in codes.items() if times > 1]
    taken = repeated[:1] or list(_existing(codes))[:1]
    if taken:
        raise Refused(_("Mã đơn vị %(code)s đã được dùng. Hãy chọn mã khác.") % {"code": taken[0]})


def _existing(codes: Iterable[str]) -> dict[str, OrgUnit]:
    wanted = set(codes)
    return {unit.code: unit for unit in OrgUnit.objects.filter(among("code", wanted)) if unit.code in wanted}


def _unit(row: NewUnit, kinds: dict[str, UnitKind]) -> OrgUnit:
    if row.kind not in kinds:
        raise Refused(
            _("Không có loại đơn vị “%(kind)s” (đơn vị %(code)s). Các loại đang có: %(known)s.")
            % {"kind": row.kind, "code": row.code, "known": ", ".join(kinds)}
        )
    return OrgUnit(
        code=row.code,
        name=row.name,
        search_name=search_text(row.code, [row.name]),
        kind=kinds[row.kind],
        valid_from=row.valid_from,
        is_illustrative=row.is_illustrative,
    )


def search_text(code: str, names: Iterable[str]) -> str:
    """What a search looks through: the code and every name that the unit has had."""
    return "\n".join(dict.fromkeys([fold(code), *map(fold, names)]))


def _parent(row: NewUnit, known: dict[str, OrgUnit]) -> OrgUnit | None:
    if row.parent is None:
        return None
    parent = known.get(row.parent)
    if parent is not None and parent.code == row.code:
        raise circle(parent)
    if parent is None:
        raise Refused(
            _("Không có đơn vị cấp trên mang mã “%(parent)s” (đơn vị %(code)s). Hãy tạo đơn vị đó trước.")
            % {"parent": row.parent, "code": row.code}
        )
    check_stands(parent, on=row.valid_from)
    return parent


def check_stands(parent: OrgUnit, *, on: dt.date) -> None:
    """Raise Refused unless `parent` exists on the day `on` and has no end yet."""
    if parent.valid_from > on or parent.valid_to is not None:
        raise Refused(
            _(
                "%(parent)s không còn hoặc chưa hoạt động vào ngày %(day)s nên không nhận đơn vị trực thuộc."
                " Hãy chọn đơn vị cấp trên khác."
            )
            % {"parent": parent.name, "day": date_format(on, "SHORT_DATE_FORMAT")}
        )


@transaction.atomic
def set_profiles(*, profiles: Sequence[Profile], by: User | None) -> None:
    """Say, for each unit, which levels it teaches and whose it is; what was said before goes."""
    before = _described([profile.unit for profile in profiles])
    _write_profiles(profiles)
    record_events(
        by=by,
        events=[
            {
                "action": "unit.profile",
                "subject": profile.unit.name,
                "unit_code": profile.unit.code,
                "detail": {
                    "before": before.get(profile.unit.pk),
                    "after": {"levels": sorted(profile.levels), "ownership": str(profile.ownership)},
                },
            }
            for profile in profiles
        ],
    )


def _described(units: Sequence[OrgUnit]) -> dict[int, dict[str, object]]:
    stored = SchoolProfile.objects.filter(among("unit", {unit.pk for unit in units}))
    return {
        profile.unit_id: {
            "levels": sorted(level.code for level in profile.levels.all()),
            "ownership": profile.ownership,
        }
        for profile in stored.prefetch_related("levels")
    }


def _write_profiles(profiles: Sequence[Profile]) -> None:
    levels = {level.code: level.pk for level in EducationLevel.objects.all()} if profiles else {}
    for profile in profiles:
        _check_profile(profile, levels)
    for start in range(0, len(profiles), BATCH):
        _write_batch(profiles[start : start + BATCH], levels)


def _write_batch(profiles: Sequence[Profile], levels: dict[str, int]) -> None:
    SchoolProfile.objects.bulk_create(
        [SchoolProfile(unit=profile.unit, ownership=profile.ownership) for profile in profiles],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["ownership"],
    )
    stored = SchoolProfile.objects.filter(unit__in=[profile.unit.pk for profile in profiles]).order_by()
    ids = dict(stored.values_list("unit", "pk"))
    links = SchoolProfile.levels.through
    links.objects.filter(schoolprofile__in=ids.values()).delete()
    links.objects.bulk_create(
        links(schoolprofile_id=ids[profile.unit.pk], educationlevel_id=levels[code])
        for profile in profiles
        for code in sorted(set(profile.levels))
    )


def _check_profile(profile: Profile, levels: dict[str, int]) -> None:
    unknown = [code for code in profile.levels if code not in levels]
    if unknown:
        raise Refused(
            _("Không có cấp học “%(level)s” (đơn vị %(code)s). Các cấp đang có: %(known)s.")
            % {"level": unknown[0], "code": profile.unit.code, "known": ", ".join(levels)}
        )
    if profile.ownership not in SchoolProfile.Ownership.values:
        raise Refused(
            _("Không có loại hình “%(ownership)s” (đơn vị %(code)s). Các loại hình: %(known)s.")
            % {
                "ownership": profile.ownership,
                "code": profile.unit.code,
                "known": ", ".join(SchoolProfile.Ownership.values),
            }
        )


@transaction.atomic
def save_word(*, word: UnitKind | EducationLevel, by: User | None) -> None:
    """Add a kind or a level, or change its names and place. Its code never changes: forms name it."""
    known = type(word)._default_manager.filter(pk=word.pk).values_list("code", flat=True).first()
    if known is not None and known != word.code:
        raise Refused(_("Mã “%(code)s” đang được dùng nên không đổi được.") % {"code": known})
    word.save()
    record_event(by=by, action="word.change", subject=f"{word._meta.verbose_name}: {word.code} {word.name}")
