"""Pages of collection."""

from .anomalies import anomalies, anomaly
from .batches import batch, batches
from .bulk import approve_many, extend_many, remind
from .cells import cells
from .check import check, receipt
from .completeness import completeness, completeness_file
from .decisions import extension, reopen
from .entry import submission
from .footnotes import footnote
from .grid import grid, grid_cells
from .history import cell_history, history
from .lists import submission_list
from .matrix import matrix
from .notices import notices
from .periods import period_list
from .review import review
from .uploads import upload, upload_file, upload_marked, uploads
from .workbooks import district_workbook, workbook

__all__ = [
    "anomalies",
    "anomaly",
    "approve_many",
    "batch",
    "batches",
    "cell_history",
    "cells",
    "check",
    "completeness",
    "completeness_file",
    "district_workbook",
    "extend_many",
    "extension",
    "footnote",
    "grid",
    "grid_cells",
    "history",
    "matrix",
    "notices",
    "period_list",
    "receipt",
    "remind",
    "reopen",
    "review",
    "submission",
    "submission_list",
    "upload",
    "upload_file",
    "upload_marked",
    "uploads",
    "workbook",
]
