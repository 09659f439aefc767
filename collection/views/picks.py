"""Rows that somebody ticked on a page, as they come back: numbers, and the versions seen."""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS_AT_MOST = 18  # a longer number is no id of ours and would not fit the database's


def number_in(text: str) -> int | None:
    """The whole number that `text` is, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_AT_MOST else None


def numbers_in(texts: Iterable[str]) -> list[int]:
    """The whole numbers among `texts`; whatever else was sent is no row of ours."""
    return [number for text in texts if (number := number_in(text)) is not None]
