"""Models of reporting: stored totals, drafts of reports, published editions, templates of documents."""

from .drafts import Draft, DraftSection, SectionComment, SectionVersion
from .editions import Edition, EditionFigure, EditionFile, Publication
from .templates import DocumentTemplate
from .totals import ChoiceCount, Revision, Totals

__all__ = [
    "ChoiceCount",
    "DocumentTemplate",
    "Draft",
    "DraftSection",
    "Edition",
    "EditionFigure",
    "EditionFile",
    "Publication",
    "Revision",
    "SectionComment",
    "SectionVersion",
    "Totals",
]
