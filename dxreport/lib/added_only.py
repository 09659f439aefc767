"""Rows that are written once and never changed or removed. The database refuses it too, by triggers."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Fixed(TypeError):
    """Somebody tried to change or remove what is only ever added."""


class AddedOnlyQuerySet(models.QuerySet[Row]):
    """Rows can be added and read."""

    def update(self, **fields: Any) -> NoReturn:
        raise self._refusal()

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise self._refusal()

    def delete(self) -> NoReturn:
        raise self._refusal()

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise self._refusal()

    def _refusal(self) -> Fixed:
        return Fixed(getattr(self.model, "refusal", ""))


class AddedOnly(models.Model):
    """A model whose rows can be added and read; `refusal` is the sentence for whoever tries more."""

    refusal: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise Fixed(self.refusal)
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise Fixed(self.refusal)
