"""Reads catalogue files: YAML in Django's fixture format, rows pointed at by natural keys.

Files hold definitions of any app, such as kinds of unit: whatever has a natural key, but no
person. Nothing is written here; `indicators.actions.load_catalogue` saves what this builds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, Model

# The same rules in C where PyYAML was built with it: five times as fast.
_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def definitions() -> dict[str, Any]:
    """The models whose rows catalogue files may hold, by the name that files give them."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if hasattr(model, "natural_key")
        and hasattr(model._default_manager, "get_by_natural_key")
        and not model.__module__.startswith("django.")
        and not issubclass(model, get_user_model())
    }


class CatalogueRefused(ValueError):
    """Files that cannot be loaded. `faults` are the sentences that say why, all of them."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Entry:
    """One row as a file gives it; `place` says where for whoever must mend it."""

    place: str
    model: Any
    fields: dict[str, Any]


def read(path: Path, *, shown_as: str) -> list[Entry]:
    """The entries of one file. Raises CatalogueRefused with everything that is not an entry."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # a safe loader, both of them
    except (yaml.YAMLError, ValueError) as error:  # ValueError: not UTF-8, or a day that does not exist
        raise CatalogueRefused([f"{shown_as}: không đọc được tệp YAML ({error})."]) from error
    if not isinstance(rows, list):
        raise CatalogueRefused([f"{shown_as}: tệp phải là một danh sách các mục “model” và “fields”."])
    entries, faults = [], []
    for position, row in enumerate(rows, 1):
        place = f"{shown_as}, mục {position}"
        fault = _shape_fault(row)
        if fault:
            faults.append(f"{place}: {fault}")
        else:
            entries.append(Entry(_named(place, row), definitions()[row["model"]], row["fields"]))
    if faults:
        raise CatalogueRefused(faults)
    return entries


def _shape_fault(row: object) -> str:
    if not isinstance(row, dict) or set(row) != {"model", "fields"} or not isinstance(row["fields"], dict):
        return "mỗi mục gồm đúng “model” và “fields”; khóa là khóa tự nhiên, không ghi “pk”."
    if row["model"] not in definitions():
        return f"“{row['model']}” không thuộc danh mục. Các loại: {', '.join(sorted(definitions()))}."
    return ""


def _named(place: str, row: dict[str, Any]) -> str:
    what = [row["model"].partition(".")[2], str(row["fields"].get("code", ""))]
    return f"{place} ({' '.join(filter(None, what))})"


class Builder:
    """Builds model instances from entries, finding the rows that they point at."""

    def __init__(self) -> None:
        self._found: dict[tuple[Any, tuple[str, ...]], Model] = {}

    def build(self, entry: Entry) -> Model:
        """The row of `entry`, with the primary key of the stored row of the same natural key.

        Fields that the entry leaves out take their defaults. Raises CatalogueRefused with every
        fault of the entry.
        """
        values, faults = {}, []
        for name, raw in entry.fields.items():
            try:
                values[name] = self._value(entry.model._meta.get_field(name), raw)
            except FieldDoesNotExist:
                faults.append(f"không có trường “{name}”.")
            except ObjectDoesNotExist:
                faults.append(f"trường “{name}” trỏ tới {raw}, không có trong danh mục.")
            except ValidationError as error:
                faults += [f"trường “{name}”: {message}" for message in error.messages]
        if faults:
            raise CatalogueRefused(f"{entry.place}: {fault}" for fault in faults)
        row: Model = entry.model(**values)
        try:
            stored = entry.model.objects.get_by_natural_key(*row.natural_key())  # type: ignore[attr-defined]
            row.pk, row._state.adding = stored.pk, False
        except ObjectDoesNotExist:
            pass  # a new row, or one whose key is incomplete, which its own checks report
        problems = _own_faults(row)
        if problems:
            raise CatalogueRefused(f"{entry.place}: {problem}" for problem in problems)
        return row

    def _value(self, field: Any, raw: object) -> object:
        if not isinstance(field, Field):
            raise FieldDoesNotExist
        if not isinstance(field, ForeignKey) or raw is None:
            return field.to_python(raw)
        model: Any = field.related_model
        if not isinstance(raw, list):
            raise ObjectDoesNotExist
        key = (model, tuple(str(part) for part in raw))
        if key not in self._found:
            try:
                self._found[key] = model.objects.get_by_natural_key(*raw)
            except (TypeError, ValueError) as error:  # a key with too many parts, or too few
                raise ObjectDoesNotExist from error
        return self._found[key]


def _own_faults(row: Model) -> list[str]:
    """What the row's model says against it, each sentence with the field's name.

    The rows that it points at were just found, and so was its key: asking again whether they
    exist would be most of the work. What may be null is kept, because constraints speak of it.
    """
    pointing = [field.name for field in row._meta.fields if field.is_relation and not field.null]
    try:
        row.full_clean(exclude=pointing, validate_unique=False)
    except ValidationError as error:
        return [
            message if name == NON_FIELD_ERRORS else f"trường “{name}”: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []
