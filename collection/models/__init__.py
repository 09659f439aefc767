"""What was reported: periods, submissions, values, and what was said about them."""

from .periods import ReportingPeriod
from .submissions import Extension, ReturnedCell, Submission, Violation
from .values import DataValue, ValueChange

__all__ = [
    "DataValue",
    "Extension",
    "ReportingPeriod",
    "ReturnedCell",
    "Submission",
    "ValueChange",
    "Violation",
]
