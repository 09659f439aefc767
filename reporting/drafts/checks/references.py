"""Text that cannot be read, names what does not exist, or is not there yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from reporting.drafts.checks.finding import ERROR, Finding
from reporting.drafts.checks.section import Section
from reporting.report.aspects import ASPECTS
from reporting.report.markup import MarkupError, Named, Prompt, errors
from reporting.report.named import complaint
from reporting.report.source import Source
from reporting.report.tokens import Token

_CODE = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9]*(?:\.[0-9]+)*)\.?\s*([A-Za-z_]*)")


def references(section: Section, source: Source) -> Iterator[Finding]:
    """Everything of a section that stands for nothing."""
    if not section.text.strip() and not section.may_be_empty:
        message = _("Phần “%(name)s” chưa có nội dung.") % {"name": section.heading}
        yield section.finding("empty", ERROR, (0, 0), message)
    for error in errors(section.text):
        yield section.finding(
            "markup", ERROR, (error.start, error.end), str(error), _repaired(error, section, source)
        )
    for entry in section.entries:
        if isinstance(entry, Prompt):
            message = _("Còn gợi ý “%(text)s”. Hãy viết nội dung thay cho gợi ý, hoặc xóa dòng này.")
            yield section.finding("prompt", ERROR, entry.at, message % {"text": entry.text})
        elif isinstance(entry, Named) and (wrong := complaint(entry, source)):
            yield section.finding("unknown", ERROR, entry.at, str(wrong))
    for _prose, token in section.tokens():
        yield from _token(section, token, source)
    for choice in section.choices():
        condition = choice.condition
        if condition is not None and condition.code not in source.by_code:
            yield section.finding("unknown", ERROR, choice.at, _unknown_code(condition.code))


def _token(section: Section, token: Token, source: Source) -> Iterator[Finding]:
    known = source.words.get(token.subject) or (ASPECTS if token.subject in source.by_code else None)
    if known is None:
        nearest = nearest_code(token.subject, source)
        offer = f"{{{nearest}.{nearest_of(token.aspect, _aspects(nearest, source))}}}" if nearest else ""
        yield section.finding("unknown", ERROR, token.at, _unknown_code(token.subject), offer)
    elif token.aspect not in known:
        message = _("Ký hiệu %(token)s không có “%(aspect)s”.") % {"token": token, "aspect": token.aspect}
        nearest = nearest_of(token.aspect, known)
        yield section.finding("unknown", ERROR, token.at, message, f"{{{token.subject}.{nearest}}}")


def _unknown_code(code: str) -> str:
    return _("Bộ chỉ số của kỳ này không có “%(code)s”.") % {"code": code}


def _repaired(error: MarkupError, section: Section, source: Source) -> str:
    """A token that was meant by what cannot be read: "{A1.1}", "{a1.1.Value}"; "" where nobody can tell."""
    found = _CODE.match(section.text[error.start : error.end])
    if found is None or not section.text[error.start : error.end].endswith("}"):
        return ""
    code = nearest_code(found[1], source)
    return f"{{{code}.{nearest_of(found[2].lower(), _aspects(code, source))}}}" if code else ""


def _aspects(subject: str, source: Source) -> Iterable[str]:
    return source.words.get(subject, ASPECTS)


def nearest_code(code: str, source: Source) -> str:
    """The subject that comes nearest; "" where none does."""
    subjects = {one.lower(): one for one in (*source.by_code, *source.words)}
    found = get_close_matches(code.lower(), subjects, n=1, cutoff=0.6)
    return subjects[found[0]] if found else ""


def nearest_of(aspect: str, known: Iterable[str]) -> str:
    """The aspect that comes nearest, else the first."""
    names = list(known)
    found = get_close_matches(aspect, names, n=1, cutoff=0.5)
    return found[0] if found else names[0]
