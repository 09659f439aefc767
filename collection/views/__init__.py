"""Pages of collection."""

from .decisions import extension, reopen
from .entry import submission
from .history import cell_history, history
from .lists import submission_list
from .periods import period_list
from .review import review

__all__ = [
    "cell_history",
    "extension",
    "history",
    "period_list",
    "reopen",
    "review",
    "submission",
    "submission_list",
]
