"""What a rule finds, before it is put into words."""

from __future__ import annotations

from typing import Any, NamedTuple

# A value that a sentence will name: a text or a count as it is, a percentage as ("%", its exact digits).
Value = str | int | tuple[str, str]


class Fault(NamedTuple):
    """Words (`start` to `end`) of passage number `passage` that cannot be right.

    `reason` is a key of `reporting.lint.sentences.REASONS`, and `named` what its words need.
    """

    rule: str
    reason: str
    passage: int
    start: int
    end: int
    named: dict[str, Value]

    @classmethod
    def from_json(cls, value: list[Any]) -> Fault:
        """The fault that JSON made a list of."""
        rule, reason, passage, start, end, named = value
        named = {key: tuple(one) if isinstance(one, list) else one for key, one in named.items()}
        return cls(rule, reason, passage, start, end, named)
