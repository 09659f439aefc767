"""Pages of collection."""

from .anomalies import anomalies, anomaly
from .cells import cells
from .decisions import extension, reopen
from .entry import submission
from .history import cell_history, history
from .lists import submission_list
from .notices import notices
from .periods import period_list
from .review import review
from .workbooks import district_workbook, workbook

__all__ = [
    "anomalies",
    "anomaly",
    "cell_history",
    "cells",
    "district_workbook",
    "extension",
    "history",
    "notices",
    "period_list",
    "reopen",
    "review",
    "submission",
    "submission_list",
    "workbook",
]
