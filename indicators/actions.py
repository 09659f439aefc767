"""What changes the catalogue. Its history is that of its files; there is no other actor."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from indicators.catalogue import faults_of
from indicators.loading import Builder, CatalogueRefused, Entry, read
from indicators.models import IndicatorSet


@transaction.atomic
def load_catalogue(*, folder: Path) -> Counter[str]:
    """Make the catalogue say what the YAML files under `folder` say, read in the order of their paths.

    Rows are found by natural key, so a second load changes nothing; rows that no file names stay.
    Returns how many rows of each model were loaded. Raises CatalogueRefused with every fault
    found, and then nothing is loaded.
    """
    entries, faults = _read_all(folder)
    builder = Builder()
    loaded: Counter[str] = Counter()
    seen: set[tuple[object, ...]] = set()
    for entry in entries:
        try:
            row = builder.build(entry)
        except CatalogueRefused as refused:
            faults += refused.faults
            continue
        key = (entry.model, *_natural_key(row))
        if key in seen:
            faults.append(f"{entry.place}: khóa này đã có ở một mục trước, trong tệp này hoặc tệp khác.")
        seen.add(key)
        row.save()
        loaded[entry.model._meta.model_name] += 1
    if not faults:  # a set with rows missing would only be blamed for them a second time
        for indicator_set in IndicatorSet.objects.all():
            faults += [f"Bộ chỉ số {indicator_set.code}: {fault}" for fault in faults_of(indicator_set)]
    if faults:
        raise CatalogueRefused(faults)
    mark_changed()
    return loaded


def mark_changed() -> None:
    """Let every process read the catalogue anew: whoever writes any of it calls this."""
    IndicatorSet.objects.update(revision=uuid4())


def _read_all(folder: Path) -> tuple[list[Entry], list[str]]:
    entries: list[Entry] = []
    faults: list[str] = []
    paths = sorted(folder.glob("**/*.yaml"))
    if not paths:
        faults.append(f"Không có tệp .yaml nào trong {folder}.")
    for path in paths:
        try:
            entries += read(path, shown_as=str(path.relative_to(folder)))
        except CatalogueRefused as refused:
            faults += refused.faults
    return entries, faults


def _natural_key(row: Model) -> tuple[object, ...]:
    key: tuple[object, ...] = row.natural_key()  # type: ignore[attr-defined]
    return key
