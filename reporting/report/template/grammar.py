"""The language of a template's tags: names, loops, conditions, and nothing else.

Jinja can do much more, and much of it is a way to Python or to a loop without end. So each template is
read as a tree before it is compiled, and refused unless every node of it is one that is named here. Loops
go down the tree of what is filled in, one level at a time: no template can do more work than its own length
times the length of the report.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

MOST_TAGS = 1_000
KEPT = 64  # compiled texts; a Word file has some nine: its body, headers, footers and properties
LONGEST_NAME = 60
FILTERS = frozenset({"upper", "lower", "capitalize", "trim"})
_LOOP = {"index": "text", "index0": "text", "first": "text", "last": "text", "length": "text"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TAG_START = re.compile(r"(\{\{|\{%|\{#)")

# "text", "xml" (ready-made runs of Word), {name: Shape} or [Shape].
Shape = Any


@dataclass(frozen=True)
class Problem:
    """Something wrong with a template: a code, and what its sentence will name."""

    code: str
    named: Mapping[str, str | int] = field(default_factory=dict)


class TemplateRefused(Exception):
    """A template that is not in our language, with all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(one.code for one in problems))
        self.problems = problems


class Environment(SandboxedEnvironment):
    """Compiles nothing that is not in the language; what is filled in is escaped for XML."""

    def __init__(self, sample: Mapping[str, Any]) -> None:
        super().__init__(autoescape=True)
        self._shape = shape_of(sample)
        self._compiled = lru_cache(KEPT)(super().from_string)

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        """The template of a text; the same text is read and compiled once."""
        return self._compiled(source, *args, **options)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except (TemplateSyntaxError, RecursionError):
            tree = None
        if tree is None or len(_TAG_START.findall(source)) > MOST_TAGS or not self._is_ours(tree):
            # Read once more with the tags told apart, to name them.
            raise TemplateRefused(list(problems_of(source, self._shape)))
        return tree

    def _is_ours(self, tree: nodes.Template) -> bool:
        return not any(_Reader([""]).block(tree.body, _Scope(self._shape)))


def shape_of(value: Any) -> Shape:
    """What of a sample may be named: {"name": "text"}; members of a list share one shape."""
    if isinstance(value, Mapping):
        return {name: shape_of(one) for name, one in value.items()}
    if isinstance(value, list):
        merged: Shape = "text"
        for one in map(shape_of, value):
            merged = {**merged, **one} if isinstance(merged, dict) and isinstance(one, dict) else one
        return [merged]
    return "xml" if isinstance(value, Markup) else "text"


def problems_of(source: str, shape: Shape) -> Iterator[Problem]:
    """All that is not in the language, in the order of the text."""
    # A line for each tag, so that the line of a node tells its tag.
    lines = _TAG_START.sub(r"\n\1", source.replace("\n", " ")).split("\n")
    if len(lines) > MOST_TAGS:
        yield Problem("many-tags", {"most": MOST_TAGS})
        return
    try:
        tree = SandboxedEnvironment().parse("\n".join(lines))
    except TemplateSyntaxError as error:
        yield Problem("syntax", {"tag": _tag(lines, error.lineno)})
        return
    except RecursionError:
        yield Problem("syntax", {"tag": "…"})
        return
    yield from _Reader(lines).block(tree.body, _Scope(shape))


def _tag(lines: list[str], number: int) -> str:
    line = lines[min(number, len(lines)) - 1]
    found = _TAG.match(line)
    # A tag that does not end has the rest of its line, without the XML around the words.
    text = found[0] if found else re.sub("<[^>]*>", "", line)
    return shortened(re.sub(r"\s+", " ", text).strip())


def shortened(text: str) -> str:
    """Fit to stand in a sentence."""
    kept = "".join(letter if letter.isprintable() else "?" for letter in text)
    return kept if len(kept) <= LONGEST_NAME else f"{kept[: LONGEST_NAME - 1]}…"


@dataclass(frozen=True)
class _Scope:
    """What may be named here; `innermost` is the variable of the loop around, if there is one."""

    names: Mapping[str, Shape]
    innermost: str = ""

    def within(self, variable: str, shape: Shape) -> _Scope:
        return _Scope({**self.names, "loop": _LOOP, variable: shape}, variable)


@dataclass
class _Reader:
    """Walks the tree. A shape of None means that the problem has been told."""

    lines: list[str]

    def block(self, found: list[nodes.Node], scope: _Scope) -> Iterator[Problem]:
        for node in found:
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        yield from self.printed(one, scope)
            elif isinstance(node, nodes.For):
                yield from self.loop(node, scope)
            elif isinstance(node, nodes.If):
                yield from self.expression(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    yield from self.block(list(part), scope)
            else:
                yield self.problem("statement", node)

    def printed(self, node: nodes.Expr, scope: _Scope) -> Iterator[Problem]:
        found: list[Problem] = []
        shape = self.shape(node, scope, found)
        yield from found
        if not found and not isinstance(shape, str):
            yield self.problem("whole", node)

    def expression(self, node: nodes.Node, scope: _Scope) -> Iterator[Problem]:
        found: list[Problem] = []
        self.shape(node, scope, found)
        yield from found

    def loop(self, node: nodes.For, scope: _Scope) -> Iterator[Problem]:
        target = node.target
        if not isinstance(target, nodes.Name) or node.test is not None or node.recursive:
            yield self.problem("statement", node)
            return
        found: list[Problem] = []
        shape = self.shape(node.iter, scope, found)
        yield from found
        if found:
            return
        if not isinstance(shape, list):
            yield self.problem("no-list", node)
        elif target.name in scope.names:
            yield self.problem("taken", node, name=shortened(target.name))
        elif scope.innermost and _root(node.iter) != scope.innermost:
            yield self.problem("nested", node)
        else:
            yield from self.block(list(node.body), scope.within(target.name, shape[0]))
            yield from self.block(list(node.else_), scope)

    def shape(self, node: nodes.Node, scope: _Scope, found: list[Problem]) -> Shape:
        if isinstance(node, nodes.Name):
            return self.member(scope.names, node.name, node, found)
        if isinstance(node, nodes.Getattr):
            return self.member(self.shape(node.node, scope, found), node.attr, node, found)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self.item(self.shape(node.node, scope, found), node.arg.value, node, found)
        if isinstance(node, nodes.Filter):
            return self.filtered(node, scope, found)
        for one in self.parts(node, found):
            self.shape(one, scope, found)
        return "text"

    def parts(self, node: nodes.Node, found: list[Problem]) -> list[nodes.Node]:
        """What a comparison or a choice is made of; anything else is no expression of ours."""
        if isinstance(node, nodes.Const):
            return []
        if isinstance(node, nodes.Compare):
            return [node.expr, *(one.expr for one in node.ops)]
        if isinstance(node, nodes.And | nodes.Or):
            return [node.left, node.right]
        if isinstance(node, nodes.Not):
            return [node.node]
        if isinstance(node, nodes.CondExpr):
            return [one for one in (node.test, node.expr1, node.expr2) if one is not None]
        found.append(self.problem("call" if isinstance(node, nodes.Call) else "expression", node))
        return []

    def member(self, shape: Shape, name: str, node: nodes.Node, found: list[Problem]) -> Shape:
        if name.startswith("_"):
            found.append(self.problem("python", node))
        elif isinstance(shape, Mapping) and name in shape:
            return shape[name]
        elif shape is not None:
            near = difflib.get_close_matches(name, list(shape), 1) if isinstance(shape, Mapping) else []
            code = "unknown-near" if near else "unknown"
            found.append(self.problem(code, node, name=shortened(name), near=near[0] if near else ""))
        return None

    def item(self, shape: Shape, key: object, node: nodes.Node, found: list[Problem]) -> Shape:
        if isinstance(key, str):
            return self.member(shape, key, node, found)
        if isinstance(shape, list):
            return shape[0]
        if shape is not None:
            found.append(self.problem("no-list", node))
        return None

    def filtered(self, node: nodes.Filter, scope: _Scope, found: list[Problem]) -> Shape:
        has_more = node.args or node.kwargs or node.dyn_args or node.dyn_kwargs
        shape = self.shape(node.node, scope, found) if node.node is not None else None
        if node.name not in FILTERS or has_more or shape not in ("text", None):
            found.append(self.problem("filter", node, name=shortened(node.name)))
        return "text"

    def problem(self, code: str, node: nodes.Node, **named: str | int) -> Problem:
        return Problem(code, {"tag": _tag(self.lines, _line(node)), **named})


def _line(node: nodes.Node) -> int:
    """Where a node stands; some that only hold others do not know."""
    found: int | None = node.lineno
    return found or next((_line(one) for one in node.iter_child_nodes()), 1)


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
