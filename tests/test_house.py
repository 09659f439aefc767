"""The walls of the house: arrows point down only, and only actions write."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps as installed

ROOT = Path(__file__).parent.parent
LIBRARY = "dxreport.lib"
# What each part may know of the others. `dxreport` itself wires them together and may know all.
KNOWS = {
    LIBRARY: set(),
    "indicators": {LIBRARY},
    "schools": {LIBRARY},
    "collection": {LIBRARY, "indicators", "schools"},
    "reporting": {LIBRARY, "indicators", "schools", "collection"},
}
APPS = sorted(set(KNOWS) - {LIBRARY})
OURS = {*APPS, "dxreport"}
# A model named in a string, as in a foreign key: "schools.OrgUnit".
MODEL_NAME = re.compile(r"({})\.[A-Z]\w+".format("|".join(APPS)))

# Besides actions, these write: what they keep follows from other rows and can be made anew from them.
DERIVED = {
    "collection/validation.py": "violations follow from values and rules",
    "reporting/totals.py": "totals follow from values and states",
    "schools/hierarchy.py": "ancestry follows from placements",
}


def python_files(part: str) -> list[Path]:
    return sorted((ROOT / part.replace(".", "/")).rglob("*.py"))


def part_of(module: str) -> str | None:
    """The part of the house a module belongs to; None for other people's packages."""
    if module == LIBRARY or module.startswith(f"{LIBRARY}."):
        return LIBRARY
    top = module.split(".")[0]
    return top if top in OURS else None


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, at any depth, relative imports resolved."""
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            # `from dxreport import lib` means dxreport.lib.
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def references_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of everything of ours that a file imports or names as a model."""
    tree = ast.parse(path.read_text())
    for line, module in imports_of(tree, path):
        part = part_of(module)
        if part:
            yield line, part
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and MODEL_NAME.fullmatch(node.value)
        ):
            yield node.lineno, node.value.split(".")[0]


@pytest.mark.parametrize("part", sorted(KNOWS))
def test_arrows_point_down_only(part):
    files = python_files(part)
    wrong = [
        f"{path.relative_to(ROOT)}:{line} reaches for {other}"
        for path in files
        for line, other in references_of(path)
        if other != part and other not in KNOWS[part]
    ]

    assert files
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_models_relate_to_models_below_only(app):
    wrong = [
        f"{model.__name__}.{field.name} points to {field.related_model._meta.label}"
        for model in installed.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if (other := field.related_model._meta.app_label) in APPS and other != app and other not in KNOWS[app]
    ]

    assert wrong == []


def is_write(call: ast.Call) -> bool:
    """Whether a call looks like one of the ORM that writes.

    `workbook.save(path)` and `found.update(more)` share the names and not the shape: a model
    saves without a place to save to, and a queryset is updated by keywords alone.
    """
    if not isinstance(call.func, ast.Attribute):
        return False
    match call.func.attr:
        case "bulk_create" | "bulk_update" | "get_or_create" | "update_or_create":
            return True
        case "create" | "update":
            return not call.args and bool(call.keywords)
        case "save" | "delete":
            return not call.args
    return False


def writes_of(path: Path) -> list[int]:
    """Lines on which a file writes to the database."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if is_write(call)]


def may_write(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts[1:]
    if (
        inside[0] == "migrations" or "actions" in inside or path.name == "actions.py"
    ):  # a part of an app may have its own
        return True
    return str(path.relative_to(ROOT)) in DERIVED


def test_only_actions_write():
    files = [path for app in APPS for path in python_files(app)]
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files
        if not may_write(path)
        for line in writes_of(path)
    ]

    assert wrong == []


@pytest.mark.parametrize("path", sorted(DERIVED))
def test_what_is_listed_as_a_writer_writes(path):
    assert writes_of(ROOT / path)


def actions_of(app: str) -> dict[str, inspect.Signature]:
    """The signatures of what `app.actions` offers to others."""
    actions = importlib.import_module(f"{app}.actions")
    return {
        name: inspect.signature(value)
        for name, value in inspect.getmembers(actions, inspect.isfunction)
        if not name.startswith("_") and value.__module__.startswith(actions.__name__)
    }


@pytest.mark.parametrize("app", ["collection", "reporting", "schools"])
def test_actions_take_keywords_only_and_say_who_acts(app):
    functions = actions_of(app)
    positional = [
        f"{name}({parameter})"
        for name, signature in functions.items()
        for parameter in signature.parameters.values()
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    ]

    assert functions
    assert positional == []
    assert [name for name, signature in functions.items() if "by" not in signature.parameters] == []


SAMPLES = [
    ("from collection import models", ["collection"]),
    ("import reporting.models as m", ["reporting"]),
    ("def late():\n    from collection.models import Submission", ["collection"]),
    ("from dxreport import lib", [LIBRARY]),
    ("from dxreport import urls", ["dxreport"]),
    ("from . import models", ["indicators"]),
    ("unit = ForeignKey('schools.OrgUnit')", ["schools"]),
    ("import django, collections", []),
]


@pytest.mark.parametrize(("source", "parts"), SAMPLES)
def test_a_reference_is_seen_wherever_it_stands(source, parts, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_house.ROOT", tmp_path)
    path = tmp_path / "indicators" / "sample.py"
    path.parent.mkdir()
    path.write_text(source)

    assert [part for _, part in references_of(path)] == parts


CALLS = [
    ("row.save()", True),
    ("row.save(update_fields=['state'])", True),
    ("workbook.save(path)", False),
    ("rows.update(state=1)", True),
    ("found.update(more)", False),
    ("Row.objects.create(state=1)", True),
    ("rows.delete()", True),
    ("Row.objects.bulk_create(rows)", True),
    ("Row.objects.filter(state=1)", False),
]


@pytest.mark.parametrize(("source", "expected"), CALLS)
def test_a_write_is_told_from_its_namesakes(source, expected):
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)

    assert is_write(call) is expected
