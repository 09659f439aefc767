"""Messages for translation: those that the sources ask for, and those that the English file answers.

Read without gettext's programs, which a machine that only runs the tests need not have.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

# Function of django.utils.translation -> which arguments are context, message, plural (None: it has none).
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
# What stands for a translation call in a template that `templatize` has rewritten.
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({LITERAL})(?:,\s*({LITERAL}))?(?:,\s*({LITERAL}))?")


class Message(NamedTuple):
    """What gettext looks up; `plural` is empty for a message of one form."""

    context: str
    text: str
    plural: str = ""

    def __str__(self) -> str:
        return f"“{self.text}”" + (f" ({self.context})" if self.context else "")


@dataclass
class Entry:
    """One entry of a .po file: `translations` by plural form, one alone for a message without."""

    message: Message
    translations: list[str]
    flags: set[str] = field(default_factory=set)


def shape_of(function: str) -> tuple[int | None, int, int | None] | None:
    """Where the arguments of gettext_lazy, pgettext … stand; None for any other function."""
    return SHAPES.get(function.removesuffix("_lazy").removesuffix("_noop"))


def python_messages(source: str) -> Iterator[Message]:
    """The messages of a module, under whatever name it imports the functions."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = names.get(function.id, "") if isinstance(function, ast.Name) else ""
        if isinstance(function, ast.Attribute):  # translation.gettext("…")
            name = function.attr
        shape = shape_of(name)
        if shape:
            yield from _message([constant_of(argument) for argument in node.args], shape)


def constant_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _message(arguments: list[str | None], shape: tuple[int | None, int, int | None]) -> Iterator[Message]:
    """The message of one call; nothing when a variable stands where the text should."""

    def at(place: int | None) -> str | None:
        if place is None:
            return ""
        return arguments[place] if place < len(arguments) else None

    context, text, plural = (at(place) for place in shape)
    if context is not None and text is not None and plural is not None:
        yield Message(context, text, plural)


def template_messages(source: str) -> Iterator[Message]:
    """The messages of a template, as Django itself finds them."""
    for found in CALL.finditer(templatize(source)):
        function, *literals = found.groups()
        shape = SHAPES["gettext" if function == "_" else function]
        yield from _message([ast.literal_eval(one) for one in literals if one], shape)


def read_po(path: Path) -> list[Entry]:
    """The entries of a .po file, without its header and without the obsolete ones."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    entries = [_entry(block.splitlines()) for block in blocks if re.search("^msgid ", block, re.MULTILINE)]
    return [entry for entry in entries if entry.message.text]


def _entry(lines: list[str]) -> Entry:
    parts: dict[str, str] = {}
    flags: set[str] = set()
    keyword = ""
    for line in lines:
        if line.startswith("#,"):
            flags |= {flag.strip() for flag in line[2:].split(",")}
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            keyword, line = line.split(" ", 1)
        parts[keyword] = parts.get(keyword, "") + ast.literal_eval(line)
    message = Message(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))
    return Entry(message, [text for key, text in parts.items() if key.startswith("msgstr")], flags)


def read_mo(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        return GNUTranslations(file)


def compiled(translations: GNUTranslations, entry: Entry) -> list[str]:
    """What a compiled file answers for an entry, by plural form (English has two)."""
    context, text, plural = entry.message
    if not plural:
        return [translations.pgettext(context, text) if context else translations.gettext(text)]
    if context:
        return [translations.npgettext(context, text, plural, count) for count in (1, 2)]
    return [translations.ngettext(text, plural, count) for count in (1, 2)]
