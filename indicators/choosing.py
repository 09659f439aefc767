"""Which indicator set the pages of the catalogue show: the newest, or the one that the address names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from indicators.models import DataElement, Indicator, IndicatorSet

Row = TypeVar("Row", DataElement, Indicator)


def all_sets() -> list[IndicatorSet]:
    """All indicator sets, the newest first."""
    return list(IndicatorSet.objects.order_by("-valid_from", "code"))


def named_set(sets: Sequence[IndicatorSet], asked: Mapping[str, str]) -> IndicatorSet | None:
    """The set that `?set=` names, else the newest; None while there is none. Http404 for an unknown one."""
    if "set" not in asked:
        return sets[0] if sets else None
    for one in sets:
        if one.code == asked["set"]:
            return one
    raise Http404(_("Không có bộ chỉ số này. Hãy mở danh mục chỉ số để chọn bộ khác."))


def first_of(rows: QuerySet[Row], sets: Sequence[IndicatorSet], asked: Mapping[str, str]) -> Row | None:
    """Of `rows`, which hold one code in several sets, that of the set asked for, else of the newest."""
    wanted = [named_set(sets, asked)] if "set" in asked else sets
    found = {row.indicator_set_id: row for row in rows.filter(indicator_set__in=wanted)}
    return next((found[one.pk] for one in wanted if one and one.pk in found), None)


def set_query(shown: IndicatorSet | None, sets: Sequence[IndicatorSet]) -> str:
    """What links carry so that they stay in a set that is not the newest."""
    return f"?set={shown.code}" if shown and shown != sets[0] else ""
