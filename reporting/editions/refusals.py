"""Why publishing fails where no rule was broken. Rules refuse with `collection.refusals.Refused`."""

from __future__ import annotations


class Unlike(ValueError):
    """A rendered file does not say what the report says; the message names the file and the words."""
