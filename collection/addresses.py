"""How pages name a submission and show its state."""

from django.urls import reverse

from collection.models import Anomaly, Submission
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


def anomaly_address(anomaly: Anomaly) -> str:
    """The page of one number out of line."""
    cell = {"element": anomaly.element.code, "kind": anomaly.kind}
    return reverse("collection:anomaly", kwargs={**codes_of(anomaly.submission), **cell})
