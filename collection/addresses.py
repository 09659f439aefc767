"""How pages name a submission and show its state."""

from collection.models import Submission
from collection.workflow import State

# Class of the chip that shows each state.
CHIPS = {State.DRAFT: "none", State.SUBMITTED: "wait", State.RETURNED: "miss", State.APPROVED: "met"}


def codes_of(submission: Submission) -> dict[str, str]:
    """Period, unit and form of a submission as addresses name them."""
    return {
        "period": submission.period.code,
        "unit": submission.org_unit.code,
        "form": submission.form.code,
    }
