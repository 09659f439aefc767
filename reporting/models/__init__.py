"""Models of reporting: totals, drafts of reports, published editions, document templates, saved tables."""

from .drafts import Draft, DraftSection, SectionComment, SectionVersion
from .editions import Edition, EditionFigure, EditionFile, Publication
from .saved_views import SavedView
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
    "SavedView",
    "SectionComment",
    "SectionVersion",
    "Totals",
]
