"""Whether a workbook can be the form of an appendix: what speaks against it, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from django.utils.translation import gettext as _

from dxreport.lib.naming import NamedArea, read_named_cells
from dxreport.lib.reading import WorkbookRefused
from indicators.models import Indicator
from reporting.appendix import pieces_of
from reporting.appendix_cells import (
    FIGURE,
    LISTS,
    RESULT,
    WORD_ASPECTS,
    WORDS,
    CellName,
    aspects_of,
    cell_name,
    name_code,
    piece_aspect,
    read_name,
)


def problems(data: bytes, indicators: Sequence[Indicator]) -> list[str]:
    """What must be mended before the workbook `data` is of use for these indicators; nothing if it is."""
    try:
        areas = read_named_cells(data, FIGURE, WORDS)
    except WorkbookRefused as error:
        return [error.sentence]
    known = known_names(indicators)
    return [*_name_problems(areas, known), *_place_problems(areas), *_missing(areas, indicators)]


def known_names(indicators: Sequence[Indicator]) -> dict[CellName, str]:
    """Every name that can be filled, as it is written."""
    found = {CellName("", word): cell_name("", word) for word in WORD_ASPECTS}
    for one in indicators:
        code = name_code(one.code)
        found |= {CellName(code, aspect): cell_name(code, aspect) for aspect in aspects_of(one)}
    return found


def is_fit(names: Sequence[str], indicators: Sequence[Indicator]) -> bool:
    """Whether a form with cells of these names asks for these indicators: all of them and no other."""
    told, known = {read_name(name) for name in names}, known_names(indicators)
    return told <= known.keys() and not any(_lacking(told, one) for one in indicators)


def _name_problems(areas: Sequence[NamedArea], known: Mapping[CellName, str]) -> Iterator[str]:
    for area in areas:
        name = read_name(area.name)
        if name in known:
            continue
        nearest = get_close_matches(area.name, known.values(), n=1)
        hint = _(" Có phải là %(nearest)s?") % {"nearest": nearest[0]} if nearest else ""
        yield (
            _("Ô %(place)s mang tên “%(name)s”, không phải tên nào của phụ lục.")
            % {"place": area.place, "name": area.name}
            + hint
        )
    for twice, times in Counter(area.name.casefold() for area in areas).items():
        if times > 1:
            yield _(
                "Tên “%(name)s” được đặt ở %(times)s nơi. Hãy giữ một nơi; nơi khác thêm “.2” vào tên."
            ) % {
                "name": next(area.name for area in areas if area.name.casefold() == twice),
                "times": times,
            }


def _place_problems(areas: Sequence[NamedArea]) -> Iterator[str]:
    taken: dict[tuple[str, int, int], str] = {}
    for area in areas:
        words = {"place": area.place, "name": area.name}
        if area.area is None:
            yield _("Tên “%(name)s” không chỉ vào ô nào. Hãy xóa tên này hoặc đặt lại cho một ô.") % words
            continue
        name = read_name(area.name)
        if not area.is_one and (name is None or name.code or name.aspect not in LISTS):
            yield (
                _("Tên “%(name)s” chỉ vào nhiều ô (%(place)s…). Hãy gộp các ô hoặc đặt tên cho một ô.")
                % words
            )
        if area.has_formula:
            yield (
                _("Ô %(place)s (%(name)s) có công thức. Hãy xóa công thức: ô này được điền số liệu.") % words
            )
        place = (area.area.sheet, area.area.top, area.area.left)
        if place in taken:
            yield _("Ô %(place)s có hai tên: “%(other)s” và “%(name)s”. Hãy giữ một tên.") % {
                **words,
                "other": taken[place],
            }
        taken[place] = area.name


def _missing(areas: Sequence[NamedArea], indicators: Sequence[Indicator]) -> Iterator[str]:
    told = {read_name(area.name) for area in areas if area.area is not None}
    for one in indicators:
        lacking = _lacking(told, one)
        if lacking:
            yield _("Thiếu ô cho kết quả của %(code)s (%(measure)s): hãy đặt tên %(names)s.") % {
                "code": one.code,
                "measure": one.appendix_measure or one.short_name,
                "names": _(" hoặc ").join(dict.fromkeys([cell_name(one.code, RESULT), " + ".join(lacking)])),
            }


def _lacking(told: set[CellName | None], indicator: Indicator) -> list[str]:
    """The names that would give the printed result, where the form shows it neither whole nor in parts."""
    code = name_code(indicator.code)
    if indicator.appendix_row is None or CellName(code, RESULT) in told:
        return []
    aspects = [piece_aspect(piece) for piece in pieces_of(indicator)] or [RESULT]
    if all(CellName(code, aspect) in told for aspect in aspects):
        return []
    return [cell_name(code, aspect) for aspect in aspects]
