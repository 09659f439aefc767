"""The only code that writes what was reported.

Every action is keyword-only, runs in one transaction, takes the actor as `by` and leaves an
audit event. Refusals are sentences (collection.refusals); a missing right is PermissionDenied.
"""

from collection.entries import Entry

from .anomalies import assign_anomaly, confirm_anomaly, screen_again
from .batches import cancel_batch, confirm_batch, receive_batch, restart_batch
from .bulk import approve_unflagged
from .cells import save_cells
from .extensions import grant_extension, grant_extensions
from .footnotes import mark_footnote
from .notices import Reminded, mark_notices_read, remind
from .periods import (
    close_period,
    create_period,
    create_span,
    open_period,
    reopen_period,
)
from .saving import SaveResult, save_many, save_values
from .transitions import approve, reopen, return_cells, submit
from .uploads import (
    Received,
    confirm_upload,
    discard_upload,
    prune_uploads,
    receive_workbook,
    recheck_upload,
)

__all__ = [
    "Entry",
    "Received",
    "Reminded",
    "SaveResult",
    "approve",
    "approve_unflagged",
    "assign_anomaly",
    "cancel_batch",
    "close_period",
    "confirm_anomaly",
    "confirm_batch",
    "confirm_upload",
    "create_period",
    "create_span",
    "discard_upload",
    "grant_extension",
    "grant_extensions",
    "mark_footnote",
    "mark_notices_read",
    "open_period",
    "prune_uploads",
    "receive_batch",
    "receive_workbook",
    "recheck_upload",
    "remind",
    "reopen",
    "reopen_period",
    "restart_batch",
    "return_cells",
    "save_cells",
    "save_many",
    "save_values",
    "screen_again",
    "submit",
]
