"""What online services are made of: wholes and their parts, as templates/reporting/compositions says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from dxreport.lib.charts import Cell, Chart, Row
from dxreport.lib.numbers import format_number, format_percent
from indicators.arithmetic import percentage
from indicators.models.base import in_language
from reporting.charts.common import Subject
from reporting.figures import Figure
from reporting.sentences import inside_sentence

FILES = Path(settings.BASE_DIR) / "templates" / "reporting" / "compositions"


@dataclass(frozen=True)
class Name:
    """A name in Vietnamese and English."""

    vietnamese: str
    english: str

    def __str__(self) -> str:
        return in_language(self.vietnamese, self.english)


@dataclass(frozen=True)
class Bar:
    """A whole: the code of the indicator of each part with its name, and the name of what is left over."""

    name: Name
    parts: tuple[tuple[str, Name], ...]
    rest: Name


@dataclass(frozen=True)
class Composition:
    """The bars of one chart."""

    name: Name
    bars: tuple[Bar, ...]

    @property
    def codes(self) -> set[str]:
        """The indicators that the chart is made of."""
        return {code for bar in self.bars for code, _name in bar.parts}


@lru_cache(maxsize=32)
def load_composition(set_code: str) -> Composition | None:
    """What the file of an indicator set says; None where there is none."""
    path = FILES / f"{set_code}.yaml"
    if not path.is_file():
        return None
    return read_composition(yaml.safe_load(path.read_text(encoding="utf-8")))


def read_composition(data: Mapping[str, Any]) -> Composition:
    """A composition from what its file holds. Raises KeyError where a word is missing."""
    bars = (
        Bar(
            _name(bar),
            tuple((part["indicator"], _name(part)) for part in bar["parts"]),
            _name(bar["rest"]),
        )
        for bar in data["bars"]
    )
    return Composition(_name(data), tuple(bars))


def _name(data: Mapping[str, Any]) -> Name:
    return Name(data["name"], data["name_en"])


def composition_chart(
    subject: Subject, figures: Sequence[Figure], composition: Composition | None
) -> Chart | None:
    """The bars that the unit has figures for; None where it has none."""
    if composition is None:
        return None
    by_code = {figure.code: figure for figure in figures}
    bars = [rows for bar in composition.bars if (rows := _rows(subject, bar, by_code))]
    if not bars:
        return None
    return subject.chart(
        "services",
        "parts",
        title=_title(composition, bars),
        unit=_("Số lượng của mỗi phần và tỉ lệ trong tổng số"),
        columns=(str(composition.name), _("Phần"), _("Số lượng"), _("Tỉ lệ")),
        rows=[row for rows in bars for row in rows],
    )


def _rows(subject: Subject, bar: Bar, by_code: Mapping[str, Figure]) -> list[Row]:
    """A row for each part and one for the rest; none where the parts are not parts of one whole."""
    found = [(by_code.get(code), name) for code, name in bar.parts]
    known = [(figure, name) for figure, name in found if figure is not None and figure.value is not None]
    wholes = {figure.denominator for figure, _name in known}
    if len(known) < len(bar.parts) or len(wholes) != 1:
        return []
    whole = wholes.pop() or 0
    rest = whole - sum(figure.numerator or 0 for figure, _name in known)
    if rest < 0:
        return []
    rows = [
        _row(bar, str(name), figure.numerator, whole, subject.figure_url(figure)) for figure, name in known
    ]
    return [*rows, _row(bar, str(bar.rest), rest, whole)]


def _row(bar: Bar, part: str, number: int | None, whole: int, why: str = "") -> Row:
    share = percentage(number, whole)
    cells = (Cell(part), Cell(format_number(number), number), Cell(format_percent(share), share, why))
    return Row(str(bar.name), cells)


def _title(composition: Composition, bars: Sequence[Sequence[Row]]) -> str:
    """The finding: the first part of the first two bars."""
    said = [
        _("%(whole)s %(share)s %(part)s")
        % {
            "whole": inside_sentence(rows[0].label),
            "share": rows[0].cells[2].text,
            "part": inside_sentence(rows[0].cells[0].text),
        }
        for rows in bars[:2]
    ]
    return f"{composition.name}: {'; '.join(said)}"
