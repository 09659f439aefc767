"""What every row of the catalogue shares: a bilingual name and a natural key."""

from typing import Any

from django.db import models
from django.utils.translation import get_language


class NaturalKeyManager(models.Manager[Any]):
    """Finds a row by the values of its model's `NATURAL_KEY`, flattened in order."""

    def get_by_natural_key(self, *values: str | int) -> models.Model:
        keys = self.model.NATURAL_KEY
        found: models.Model = self.get(**dict(zip(keys, values, strict=True)))
        return found


class BilingualName(models.Model):
    """A name in Vietnamese with its English translation."""

    name = models.CharField("tên", max_length=400)
    name_en = models.CharField("tên tiếng Anh", max_length=400, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name in the reader's language; Vietnamese where no translation is given."""
        return in_language(self.name, self.name_en)


def in_language(vietnamese: str, english: str) -> str:
    """The English text for a reader of English when there is one, else the Vietnamese."""
    return english if english and (get_language() or "").startswith("en") else vietnamese
