"""Who writes to whom: the head and the end of an official document (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from reporting.notes import full_date
from reporting.report.tokens import TokenError, fill
from schools.hierarchy import path
from schools.models import OrgUnit

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "…………"
LETTERHEADS = Path(settings.BASE_DIR) / "templates" / "documents" / "letterheads.yaml"

_ADMINISTRATIVE_WORD = re.compile(
    r"(tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)\s+", re.IGNORECASE
)

Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Letterhead:
    """The words around a unit's documents. `words` are the tokens that its sentences may use.

    `posts` say as what the signer signs, a line each: ("KT. Giám đốc", "Phó Giám đốc"); `signer` is the
    person's name, empty where a hand writes it.
    """

    name: str
    superior: str
    issuer: str
    symbol: str
    place: str
    posts: tuple[str, ...]
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    is_single: bool
    words: Mapping[str, str]
    signer: str = ""

    def place_and_date(self, made_on: dt.date) -> str:
        """As "Đắk Nông, ngày 05 tháng 3 năm 2024"."""
        return f"{self.place or BLANK}, {full_date(made_on)}"


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(LETTERHEADS.read_text(encoding="utf-8"))
    return found


def letterhead(unit: OrgUnit, *, on: dt.date) -> Letterhead:
    """The letterhead of `unit`, standing where it stood on the day `on`."""
    return compose(path(unit, on=on) or [unit])


def compose(chain: Sequence[OrgUnit]) -> Letterhead:
    """The letterhead of the last unit of `chain`, which begins at the top of the hierarchy."""
    unit = chain[-1]
    entry = _entry_for(unit)
    locality = _locality(chain)
    words = {
        "name": unit.name,
        "parent": chain[-2].name if len(chain) > 1 else "",
        "locality": locality,
        "place": _ADMINISTRATIVE_WORD.sub("", locality, count=1) if locality else "",
    }

    def text(template: str) -> str:
        return fill(template, {"unit": words}).strip()

    def texts(templates: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, map(text, templates)))

    return Letterhead(
        name=unit.name,
        superior=text(entry["superior"]),
        issuer=text(entry["issuer"]),
        symbol=entry["symbol"],
        place=words["place"],
        posts=tuple(entry["posts"]),
        addressees=texts(entry["addressees"]),
        recipients=texts(entry["recipients"]),
        is_single=entry.get("is_single", False),
        words={**words, **{name: text(template) for name, template in entry["words"].items()}},
    )


def _entry_for(unit: OrgUnit) -> dict[str, Any]:
    for entry in _entries():
        if entry.get("kind", unit.kind.code) == unit.kind.code and unit.name.startswith(
            _starts(entry) or ("",)
        ):
            return entry
    raise TokenError(f"{LETTERHEADS.name} không có mục nào cho loại đơn vị “{unit.kind.code}”.")


def _starts(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(entry.get("name_starts", ()))


def _locality(chain: Sequence[OrgUnit]) -> str:
    """The locality in the name of the nearest unit that has one, such as "huyện Cư Jút"."""
    for unit in reversed(chain):
        # A school named "Trung tâm …" tells what it is, not where.
        entries = (
            one for one in _entries() if one.get("kind") == unit.kind.code and not one.get("is_single")
        )
        for start in (start for entry in entries for start in _starts(entry)):
            if unit.name.startswith(start) and unit.name != start:
                return unit.name.removeprefix(start).strip()
    return ""
