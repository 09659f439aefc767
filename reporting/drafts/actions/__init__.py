"""The only code that writes drafts: their sections, who writes them, and the remarks on them.

Keyword arguments, one transaction, `by` the person who acts, and the audit event inside. Refusals are
`collection.refusals.Refused` and change nothing.
"""

from .remarks import add_comment, answer_comment, settle_comment
from .sections import (
    MOST_CHARACTERS,
    SITTING,
    Conflict,
    Saved,
    assign_authors,
    begin_draft,
    cleaned,
    reset_to_default,
    restore_version,
    save_section,
)

__all__ = [
    "MOST_CHARACTERS",
    "SITTING",
    "Conflict",
    "Saved",
    "add_comment",
    "answer_comment",
    "assign_authors",
    "begin_draft",
    "cleaned",
    "reset_to_default",
    "restore_version",
    "save_section",
    "settle_comment",
]
