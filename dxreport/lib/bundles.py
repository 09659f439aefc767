"""Many files in one zip: looked over in a limited child, then taken out one at a time."""

from __future__ import annotations

import io
import logging
import zipfile
import zlib
from dataclasses import dataclass, field

from dxreport.lib import archives, limited
from dxreport.lib.limited import MIB
from dxreport.lib.refusals import BUNDLE_SENTENCES, SENTENCES, STOPPED

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What a bundle may be: bytes of the archive, files, bytes of them all and of each, growth of each."""

    file: int = 40 * MIB
    entries: int = 400
    unpacked: int = 200 * MIB
    largest: int = 10 * MIB
    ratio: int = 200
    process: limited.Limits = field(default_factory=limited.Limits)


LIMITS = Limits()


class BundleRefused(Exception):
    """One sentence for the person who brought the archive."""

    def __init__(self, sentence: str, *, code: str) -> None:
        super().__init__(sentence)
        self.sentence, self.code = sentence, code


def names_in(data: bytes, *, limits: Limits = LIMITS) -> list[str]:
    """The names of the files in a zip, in its order. Raises BundleRefused."""
    if len(data) > limits.file:
        raise too_large(limits)
    try:
        outcome = limited.run(
            archives.files,
            data,
            limits=limits.process,
            entries=limits.entries,
            unpacked=limits.unpacked,
            ratio=limits.ratio,
            largest=limits.largest,
        )
    except limited.Refused as error:
        raise _refused(error.code, error.named) from None
    except limited.LimitReached as error:
        raise BundleRefused(str(STOPPED), code=f"limit-{error.limit}") from None
    except limited.Crashed as error:
        logger.warning("An archive could not be read: %s", error)
        raise _refused("half", {}) from None
    return [name for name, _size in outcome.values]


def file_in(data: bytes, name: str, *, limits: Limits = LIMITS) -> bytes:
    """One file of a zip that `names_in` has looked over. Raises BundleRefused where it is damaged.

    Unpacked here and not in the child: sizes are known to be bounded, and zipfile holds each to its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as file:
            return file.read(limits.largest)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError):
        raise _refused("half", {}) from None


def too_large(limits: Limits = LIMITS) -> BundleRefused:
    """The refusal for an archive of more bytes than `limits` allow."""
    return _refused("bundle", {"most": limits.file // MIB})


def _refused(code: str, named: dict[str, str | int]) -> BundleRefused:
    sentence = BUNDLE_SENTENCES.get(code) or SENTENCES[code]
    return BundleRefused(str(sentence) % named, code=code)
