"""`manage.py figures`: every indicator of a unit, for people and for programs."""

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from collection.workflow import Basis
from dxreport.lib.delimited import defused
from reporting.figures import Figure, FigureError, figures, resolve_basis, resolve_period, resolve_unit


def exact(value: int | Decimal | None) -> str | None:
    """A number as an exact string, for programs; never in powers of ten."""
    if value is None:
        return None
    return str(value) if isinstance(value, int) else format(value, "f")


def row(figure: Figure) -> dict[str, Any]:
    """One object of the JSON list: the shape that others rely on."""
    return {
        "code": figure.code,
        "name": figure.indicator.name,
        "numerator": exact(figure.numerator),
        "denominator": exact(figure.denominator),
        "value": exact(figure.value),
        "display": figure.display_in("vi"),
        "units_counted": figure.units_counted,
        "units_expected": figure.units_expected,
        "target": None if figure.target is None else exact(figure.target.value.normalize()),
        "status": str(figure.status),
    }


class Command(BaseCommand):
    help = "In mọi chỉ số của một đơn vị trong một kỳ (hoặc nhiều kỳ: 2022..2023)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, metavar="CODE[..CODE]")
        parser.add_argument("--unit", metavar="CODE")
        parser.add_argument("--basis", default=Basis.OFFICIAL.value, metavar="|".join(Basis.values))
        parser.add_argument("--format", default="table", metavar="json|csv|table")

    def handle(self, *args: Any, **options: Any) -> None:
        writers = {"json": self._json, "csv": self._csv, "table": self._table}
        if options["format"] not in writers:
            raise CommandError(f"Không có định dạng “{options['format']}”. Hãy dùng json, csv hoặc table.")
        try:
            basis = resolve_basis(options["basis"])
            unit, period = resolve_unit(options["unit"]), resolve_period(options["period"])
        except FigureError as error:
            raise CommandError(str(error)) from error
        found = figures(unit=unit, period=period, basis=basis)
        writers[options["format"]](found)
        for note in dict.fromkeys(note for figure in found for note in figure.findings):
            codes = ", ".join(figure.code for figure in found if note in figure.findings)
            where = f"{note.unit_name}, kỳ {note.period_code}"
            self.stderr.write(f"Quy tắc {note.rule_code} ({codes}): {note.sentence_in('vi')}; {where}.")

    def _json(self, found: Sequence[Figure]) -> None:
        self.stdout.write(json.dumps([row(figure) for figure in found], ensure_ascii=False, indent=1))

    def _csv(self, found: Sequence[Figure]) -> None:
        # Names are what people typed; the rest is codes and numbers of ours, and -5 is a number.
        rows = [row(figure) | {"name": defused(figure.indicator.name)} for figure in found]
        writer = csv.DictWriter(
            self.stdout, fieldnames=list(rows[0]) if rows else ["code"], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)

    def _table(self, found: Sequence[Figure]) -> None:
        for figure in found:
            coverage = f"{figure.units_counted}/{figure.units_expected}"
            shown = f"{figure.code:6} {figure.display_in('vi'):>12} {coverage:>10} {figure.status:14}"
            self.stdout.write(f"{shown} {figure.indicator.name}")
