"""What collection tells the house above it, inside the transaction that changed it.

Arrows point down, so collection cannot call reporting; reporting listens (see its apps.py).
A receiver that fails takes the whole change with it: totals are never behind the states.
"""

from django.dispatch import Signal

# submissions: list[Submission] of one period, in their new state;
# previous: dict[int, State], the state that each had before, by submission id
submissions_changed = Signal()
# period: ReportingPeriod whose submissions were created (opening), or a new span
period_opened = Signal()
