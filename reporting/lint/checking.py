"""What others call: a text, or a file of anyone's making, to what cannot be right in it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from dxreport.lib import limited
from dxreport.lib.limited import MIB
from reporting.lint.child import examined
from reporting.lint.faults import Fault
from reporting.lint.passages import Passage
from reporting.lint.prose import Text
from reporting.lint.refusals import SENTENCES, STOPPED
from reporting.lint.rules import faults_of
from reporting.lint.sentences import Finding, finding_of

logger = logging.getLogger(__name__)

KINDS = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}


@dataclass(frozen=True)
class Limits:
    """What a file may be, and what reading and checking it may cost."""

    file: int = 10 * MIB
    passages: int = 20_000
    characters: int = 1_000_000
    entries: int = 500
    unpacked: int = 64 * MIB
    ratio: int = 200
    rows: int = 20_000
    cells: int = 100_000
    process: limited.Limits = field(default_factory=lambda: limited.Limits(cpu_seconds=20))


LIMITS = Limits()


class TextRefused(Exception):
    """One sentence for the person who brought the file."""

    def __init__(self, sentence: str, *, code: str) -> None:
        super().__init__(sentence)
        self.sentence, self.code = sentence, code


@dataclass(frozen=True)
class Examined:
    """A text that was read: its passages and what was found in them, in the order of reading."""

    passages: list[Passage]
    findings: list[Finding]


def lint(passages: Sequence[Passage], *, is_draft: bool = False) -> list[Finding]:
    """What cannot be right in a text of our own. A draft may still lack its number and day."""
    return _findings(passages, faults_of(Text(passages, is_draft=is_draft)))


def examine(data: bytes, file_name: str, *, limits: Limits = LIMITS) -> Examined:
    """Read and check a file of anyone's making. Whatever is in it, raises TextRefused at worst."""
    kind = KINDS.get(PurePath(file_name).suffix.lower())
    if kind is None:
        raise _refused("unknown-kind")
    check_size(len(data), limits=limits)
    try:
        outcome = limited.run(
            examined,
            data,
            limits=limits.process,
            kind=kind,
            passages=limits.passages,
            characters=limits.characters,
            entries=limits.entries,
            unpacked=limits.unpacked,
            ratio=limits.ratio,
            rows=limits.rows,
            cells=limits.cells,
        )
    except limited.Refused as error:
        raise _refused(error.code, **error.named) from None
    except limited.LimitReached as error:
        raise TextRefused(str(STOPPED), code=f"limit-{error.limit}") from None
    except limited.Crashed as error:
        logger.warning("A text could not be read: %s", error)
        raise _refused("unreadable") from None
    (answer,) = outcome.values
    passages = [Passage.from_json(one) for one in answer["passages"]]
    return Examined(passages, _findings(passages, [Fault.from_json(one) for one in answer["faults"]]))


def check_size(size: int, *, limits: Limits = LIMITS) -> None:
    """Raise TextRefused for a file that is too large to be read at all."""
    if size > limits.file:
        raise _refused("file", most=limits.file // MIB)


def _findings(passages: Sequence[Passage], faults: Sequence[Fault]) -> list[Finding]:
    return [finding_of(fault, passages) for fault in faults]


def _refused(code: str, **named: str | int) -> TextRefused:
    sentence = SENTENCES.get(code) or SENTENCES["unreadable"]
    return TextRefused(str(sentence) % named, code=code)
