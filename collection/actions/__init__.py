"""The only code that writes what was reported.

Every action is keyword-only, runs in one transaction, takes the actor as `by` and leaves an
audit event. Refusals are sentences (collection.refusals); a missing right is PermissionDenied.
"""

from collection.entries import Entry

from .anomalies import assign_anomaly, confirm_anomaly, screen_again
from .cells import save_cells
from .notices import Reminded, mark_notices_read, remind
from .periods import (
    close_period,
    create_period,
    create_span,
    grant_extension,
    open_period,
    reopen_period,
)
from .saving import SaveResult, save_many, save_values
from .transitions import approve, reopen, return_cells, submit

__all__ = [
    "Entry",
    "Reminded",
    "SaveResult",
    "approve",
    "assign_anomaly",
    "close_period",
    "confirm_anomaly",
    "create_period",
    "create_span",
    "grant_extension",
    "mark_notices_read",
    "open_period",
    "remind",
    "reopen",
    "reopen_period",
    "return_cells",
    "save_cells",
    "save_many",
    "save_values",
    "screen_again",
    "submit",
]
