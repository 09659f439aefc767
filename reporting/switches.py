"""The switches above a page of figures, and the sentence that says when they narrow what is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from reporting import sentences
from reporting.places import at_the_start
from reporting.selection import Option, Selection
from reporting.slices import Hierarchy, level_labels, ownership_labels


@dataclass(frozen=True)
class Narrowing:
    """A choice of what the figures are about: its title and its options."""

    title: str
    options: list[Option]


@dataclass(frozen=True)
class View:
    """What is shown of what there is: in a word, in a sentence (none for everything), and the way back."""

    word: str
    sentence: str
    whole_url: str


def switches(selection: Selection, path: str, **more: str) -> dict[str, Any]:
    """The context of `partials/selectors.html` and `partials/view_note.html` for a page at `path`.

    `more` are parameters of the page that the switches keep.
    """
    return {
        "periods": selection.period_options(path, **more),
        "bases": selection.basis_options(path, **more),
        "narrowings": [
            Narrowing(_("Cấp học"), selection.level_options(path, **more)),
            Narrowing(_("Loại hình"), selection.ownership_options(path, **more)),
            Narrowing(_("Xếp đơn vị"), selection.hierarchy_options(path, **more)),
        ],
        "view": _view(selection, path, more),
    }


def _view(selection: Selection, path: str, more: dict[str, str]) -> View:
    parts = _parts(selection)
    kept = f"&{urlencode(more)}" if more else ""
    return View(
        word=at_the_start(", ".join(parts)) if parts else _("Tất cả trường"),
        sentence=narrowing_sentence(selection),
        whole_url=f"{path}?{selection.plain.query}{kept}",
    )


def _parts(selection: Selection) -> list[str]:
    """The narrowings in a few words each: "tiểu học", "công lập", "theo hiện nay"."""
    shown = selection.slice
    words = []
    if shown.level:
        words.append(level_labels()[shown.level])
    if shown.ownership:
        words.append(ownership_labels()[shown.ownership])
    if selection.hierarchy == Hierarchy.NOW:
        words.append(str(Hierarchy.NOW.label))
    return [sentences.inside_sentence(one) for one in words]


def narrowing_sentence(selection: Selection) -> str:
    """ "Chỉ các trường tiểu học, công lập. Đơn vị xếp theo hiện nay."; "" for everything as reported."""
    said = []
    if selection.slice:
        schools = ", ".join(_parts(replace(selection, hierarchy=Hierarchy.REPORTED)))
        said.append(_("Chỉ gồm các trường: %(kinds)s.") % {"kinds": schools})
    if selection.hierarchy == Hierarchy.NOW:
        said.append(_("Đơn vị xếp theo hiện nay, không theo lúc báo cáo."))
    return " ".join(said)
