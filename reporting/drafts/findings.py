"""What the checker says of a draft, section by section, as its pages show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from .checks import Finding, check
from .preview import Sight


def findings_of(sight: Sight, texts: Mapping[str, str], *, only: str = "") -> dict[str, list[Finding]]:
    """The findings by section, or those of the section `only`, in the order of the text."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in check(sight.source, texts, only=only):
        found[one.section].append(one)
    return found


def as_json(finding: Finding) -> dict[str, object]:
    """One finding as the editor's script reads it."""
    return asdict(finding)
