"""What the editor's picker offers: figures as they stand now, phrases that follow them, tables, charts."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from dxreport.lib.folding import fold
from indicators.models.base import in_language
from reporting.figures import Figure
from reporting.report.markup import BLOCK_WORDS
from reporting.report.named import LABELS, OF_ALL, OF_ONE, WORDS
from reporting.report.source import Source
from reporting.report.tokens import aspects_of

from .preview import Sight


class Insertion(TypedDict):
    """A token, what it is, and what stands there now; `is_block` for what needs a line of its own."""

    token: str
    label: str
    text: str
    is_block: bool


class Group(TypedDict):
    """What may be inserted about one subject; `search` is folded for finding it without diacritics."""

    code: str
    title: str
    search: str
    items: list[Insertion]


def insertions(sight: Sight) -> list[Group]:
    """Tables and charts first, then every figure that concerns the unit, in the order of the set."""
    title = _("Bảng và biểu đồ")
    general = Group(code="", title=title, search=fold(title), items=[_block(*place) for place in OF_ALL])
    return [general, *(_group(one, sight.source) for one in sight.source.asked)]


def _group(figure: Figure, source: Source) -> Group:
    name = in_language(figure.indicator.name, figure.indicator.name_en)
    aspects = [
        Insertion(token=one.token, label=one.label, text=one.text, is_block=False)
        for one in aspects_of(figure, source.earlier.get(figure.code), source.below)
    ]
    return Group(
        code=figure.code,
        title=name,
        search=fold(f"{figure.code} {figure.indicator.name} {name}"),
        items=[*aspects, *_phrases(figure), *(_block(*place, figure.code) for place in OF_ONE)],
    )


def _phrases(figure: Figure) -> list[Insertion]:
    """Phrases that change with the figure; what stands in them is for the author to word."""
    code = figure.code
    phrases = [(f"{{{code} tăng: đã tăng|không tăng}}", _("Cụm từ theo chiều tăng, giảm"))]
    if figure.target is not None:
        phrases.append((f"{{{code} đạt: đã đạt mục tiêu|chưa đạt mục tiêu}}", _("Cụm từ theo mục tiêu")))
    return [Insertion(token=token, label=label, text="", is_block=False) for token, label in phrases]


def _block(kind: str, name: str, code: str = "") -> Insertion:
    """A table or a chart; documents are in Vietnamese, and so are the words for what stands in them."""
    words = " ".join(filter(None, (BLOCK_WORDS[kind], name, code)))
    label = f"{LABELS[kind]}: {WORDS[kind, name]}"
    return Insertion(token=f"{{{words}}}", label=label, text="", is_block=True)
