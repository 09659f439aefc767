"""The function that the limited child runs over a template somebody sent: look it over, then fill it in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from jinja2 import TemplateError

from dxreport.lib.limited_child import Refused
from reporting.report.template import package
from reporting.report.template.filling import Filling
from reporting.report.template.grammar import Problem, TemplateRefused, shortened
from reporting.report.template.sample import REQUIRED, SAMPLE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def problems(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """{"code": …, "named": {…}} for all that is wrong. Raises Refused for a file that is no Word document."""
    for problem in _problems(stream):
        yield {"code": problem.code, "named": dict(problem.named)}


def _problems(stream: IO[bytes]) -> Iterator[Problem]:
    found = list(package.problems_of(stream))
    yield from found
    if found:
        return  # what carries a macro is not opened any further
    stream.seek(0)
    try:
        filled = _filled(stream.read())
    except TemplateRefused as refused:
        yield from refused.problems
        return
    except (MemoryError, Refused):
        raise
    except (TemplateError, SyntaxError) as error:
        yield Problem("trial", {"reason": shortened(str(error))})
        return
    except Exception as error:
        # The packages underneath meet a file that they did not foresee; it is refused all the same.
        yield Problem("trial", {"reason": type(error).__name__})
        return
    yield from _lost(filled)


def _filled(data: bytes) -> bytes:
    filling = Filling(data)
    filling.fill(SAMPLE, ["zznotezz"])
    return filling.packed(title="", author="", made_on=dt.date(2024, 1, 1))


def _lost(filled: bytes) -> Iterator[Problem]:
    """Parts of the report that the template does not print, and runs that it prints within text."""
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        parts = [
            ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
            if package.PRINTED.fullmatch(name)
        ]
    text = "".join(one.text or "" for part in parts for one in part.iter(f"{_W}t")).lower()
    if any(len(one) for part in parts for one in part.iter(f"{_W}t")):
        yield Problem("needs-r")
        return
    for label in dict.fromkeys(label for mark, label in REQUIRED.items() if mark not in text):
        yield Problem("lost", {"name": label})
