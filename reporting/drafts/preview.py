"""A section as it will read, and what the checker has to say about its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from reporting.models import Draft, DraftSection
from reporting.notes import LANGUAGE
from reporting.report.build import Source, compose_section, read_source
from reporting.report.content import Block, Heading, Mark, Paragraph
from reporting.selection import Selection

from .selections import selection_of

TOPMOST = 3  # the level of a section's first heading on the editor's page


@dataclass(frozen=True)
class Sight:
    """A draft with what its sections are written from."""

    draft: Draft
    selection: Selection
    source: Source

    @property
    def urls(self) -> dict[str, str]:
        """By indicator code the page that explains its figure."""
        unit = self.draft.unit.code
        return {one.code: self.selection.figure_url(unit, one.code) for one in self.source.figures}


def read_sight(draft: Draft) -> Sight:
    """Read what every section of a draft may name: a constant number of queries."""
    selection = selection_of(draft)
    with override(LANGUAGE):
        source = read_source(draft.unit, selection, timezone.localdate())
    return Sight(draft, selection, source)


def preview(sight: Sight, section: DraftSection, text: str) -> SafeString:
    """The section with `text` as HTML. Raises ReportError where it cannot be read."""
    blocks = compose_section(sight.source, section.key, text)
    return render_to_string("reporting/drafts/preview.html", _context(blocks, sight.urls))


def _context(blocks: Sequence[Block], urls: Mapping[str, str]) -> dict[str, object]:
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    paragraphs = (block for block in blocks if isinstance(block, Paragraph))
    return {
        "blocks": blocks,
        "top": TOPMOST - min(levels, default=1),
        "notes": "linked",
        "urls": urls,
        "footnotes": [one.note for block in paragraphs for one in block.inlines if isinstance(one, Mark)],
    }
