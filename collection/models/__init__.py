"""What was reported: periods, submissions, values, and what was said about them."""

from .anomalies import Anomaly
from .batches import Batch, BatchFile
from .footnotes import Footnote
from .notices import Notice
from .periods import ReportingPeriod
from .submissions import Extension, ReturnedCell, Submission, Violation
from .uploads import Upload
from .values import DataValue, ValueChange

__all__ = [
    "Anomaly",
    "Batch",
    "BatchFile",
    "DataValue",
    "Extension",
    "Footnote",
    "Notice",
    "ReportingPeriod",
    "ReturnedCell",
    "Submission",
    "Upload",
    "ValueChange",
    "Violation",
]
