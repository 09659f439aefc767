"""Dataclasses and records as plain data (what JSON can hold) and back again, nothing lost on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model

IS, TEXT, REF = "is", "text", "ref"
# What JSON has no word for is text, by the name of its class.
_FROM_TEXT: Mapping[str, Callable[[str], Any]] = {
    "Decimal": Decimal,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "UUID": UUID,
}


class PlainError(ValueError):
    """Data that no known class can be made of."""


class Codec:
    """Knows which classes may be written and made again: dataclasses, enumerations and models.

    Records and instances of `shared` classes are written once, however often they are named. A record
    is its own fields, with the records that were read along with it; it is never looked up again.
    """

    def __init__(self, classes: Iterable[type], *, shared: Iterable[type] = ()) -> None:
        self.classes = {one.__name__: one for one in (*classes, *shared)}
        self.shared = tuple(shared)

    def encode(self, value: Any) -> dict[str, Any]:
        """`{"objects": [...], "root": ...}`. Raises PlainError."""
        writing = _Writing(self)
        root = writing.plain(value)
        return {"objects": writing.objects, "root": root}

    def decode(self, data: Mapping[str, Any]) -> Any:
        """What `encode` was given. Raises PlainError."""
        made: list[Any] = []
        for one in data["objects"]:
            made.append(self._made(one, made))
        return self._made(data["root"], made)

    def class_of(self, name: str) -> type:
        """The known class of that name. Raises PlainError."""
        if name not in self.classes:
            raise PlainError(f"{name} is not known here")
        return self.classes[name]

    def _made(self, data: Any, made: list[Any]) -> Any:
        if isinstance(data, list):
            return tuple(self._made(one, made) for one in data)
        if not isinstance(data, dict):
            return data
        if REF in data:
            return made[data[REF]]
        fields = {name: self._made(one, made) for name, one in data.items() if name != IS}
        return fields if IS not in data else self._instance(data[IS], fields)

    def _instance(self, name: str, fields: dict[str, Any]) -> Any:
        if name in _FROM_TEXT:
            return _FROM_TEXT[name](fields[TEXT])
        if name == "dict":
            return dict(fields["items"])
        known = self.class_of(name)
        if issubclass(known, Enum):
            return known(fields[TEXT])
        return _record(known, fields) if issubclass(known, Model) else known(**fields)


class _Writing:
    """One run of writing: what has been written already, by what it is."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.objects: list[Any] = []
        self.places: dict[Any, int] = {}

    def plain(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return {IS: self._name(value), TEXT: value.value}
        if value is None or isinstance(value, str | int | float):
            return value
        if type(value).__name__ in _FROM_TEXT:
            return {IS: type(value).__name__, TEXT: str(value)}
        if isinstance(value, tuple | list):
            return [self.plain(one) for one in value]
        if isinstance(value, Mapping):
            return {IS: "dict", "items": [[key, self.plain(one)] for key, one in value.items()]}
        if isinstance(value, (Model, *self.codec.shared)):
            return {REF: self._place(value)}
        return self._fields(value)

    def _place(self, value: Any) -> int:
        key = (type(value), value.pk) if isinstance(value, Model) and value.pk else id(value)
        if key not in self.places:
            written = self._fields(value)  # what it names comes before it
            self.places[key] = len(self.objects)
            self.objects.append(written)
        return self.places[key]

    def _fields(self, value: Any) -> dict[str, Any]:
        name = self._name(value)
        if isinstance(value, Model):
            return {IS: name, **{field: self.plain(one) for field, one in _fields_of(value)}}
        if not dataclasses.is_dataclass(value):
            raise PlainError(f"{name} cannot be written as plain data")
        return {
            IS: name,
            **{one.name: self.plain(getattr(value, one.name)) for one in dataclasses.fields(value)},
        }

    def _name(self, value: Any) -> str:
        name = type(value).__name__
        self.codec.class_of(name)
        return name


def _fields_of(record: Model) -> Iterable[tuple[str, Any]]:
    """The fields that were read, and the records that were read along with them."""
    deferred = record.get_deferred_fields()
    for field in record._meta.concrete_fields:
        if field.attname not in deferred:
            value = field.value_from_object(record)
            # A record that was never stored has the choice itself, one that was read its value.
            yield field.attname, value.value if isinstance(value, Enum) else value
        if isinstance(field, ForeignKey) and field.is_cached(record):
            yield field.name, getattr(record, field.name)


def _record(model: type[Model], values: Mapping[str, Any]) -> Model:
    """A record as it was; fields that have come since are read where somebody asks for them."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    names = [name for name in known if name in values]
    record = model.from_db("default", names, [_typed(known[name], values[name]) for name in names])
    for field in known.values():
        if isinstance(field, ForeignKey) and field.name in values and field.name != field.attname:
            field.set_cached_value(record, values[field.name])
    return record


def _typed(field: Field[Any, Any], value: Any) -> Any:
    """A list of JSON has come back as a tuple."""
    return list(value) if isinstance(value, tuple) else value
