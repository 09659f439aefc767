"""A page of fifty rows of each list, against the least that answers somebody who is signed in."""

from collections.abc import Iterator

from bench.harness import Pair
from bench.pages import page, signed_in, statements

BARE = "/bench/no-query/"
OFFICER = "chuyenvien"
# What 25 ms more than the bare view are: it takes 1.1 ms where they were measured.
LIMIT = 24


def lists() -> Iterator[Pair]:
    """Each list as it opens for the whole province; the register of learners has 187,000 rows."""
    officer = signed_in(OFFICER)
    bare = page(officer, BARE)
    for name, path in (
        ("units", "/org-units/"),
        ("submissions", "/submissions/"),
        ("staff", "/teachers/"),
        ("learners", "/students/"),
        ("indicators", "/indicators/?per_page=50"),
        ("audit trail", "/audit/"),
    ):
        subject = page(officer, path)
        subject()
        asked = statements(subject)
        yield Pair(f"list of 50 {name} / bare signed-in view", subject, bare, LIMIT, statements=asked)
