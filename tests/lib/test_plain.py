import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from dxreport.lib.plain import Codec, PlainError
from schools.models import OrgUnit, UnitKind


class Mood(StrEnum):
    GOOD = "good"


@dataclass(frozen=True)
class Leaf:
    name: str


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    height: Decimal
    mood: Mood
    planted: dt.date
    seen: dt.datetime
    mark: UUID
    words: Mapping[str, str]


CODEC = Codec([Tree, Mood, OrgUnit, UnitKind], shared=[Leaf])


def there_and_back(value: Any) -> Any:
    return CODEC.decode(json.loads(json.dumps(CODEC.encode(value))))


def test_whatever_a_class_holds_comes_back() -> None:
    leaf = Leaf("lá")
    tree = Tree(
        (leaf, leaf),
        Decimal("84.340"),
        Mood.GOOD,
        dt.date(2024, 3, 5),
        dt.datetime(2024, 3, 5, 7, 30, tzinfo=dt.UTC),
        UUID(int=7),
        {"is": "a key like any other"},
    )
    again = there_and_back(tree)
    assert again == tree
    assert str(again.height) == "84.340"
    assert again.leaves[0] is again.leaves[1]


def test_a_record_comes_back_with_what_was_read_along() -> None:
    unit = OrgUnit(pk=7, code="DN", name="Sở", kind=UnitKind(pk=1, code="department", name="Sở"))
    again = there_and_back(unit)
    assert (again, again.code, again.kind.code) == (unit, "DN", "department")


def test_what_is_not_known_is_neither_written_nor_made() -> None:
    with pytest.raises(PlainError):
        CODEC.encode(object())
    with pytest.raises(PlainError):
        CODEC.decode({"objects": [], "root": {"is": "Popen", "args": "x"}})
