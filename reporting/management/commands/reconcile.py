"""`manage.py reconcile`: the same figure in page, Word, PDF, HTML, workbook and JSON, compared one by one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from collection.models import ReportingPeriod
from collection.workflow import Basis
from reporting.figures import FigureError, resolve_basis, resolve_period, resolve_unit
from reporting.models import Edition
from reporting.reconciling.pages import reader_of
from reporting.reconciling.published import reconcile_edition
from reporting.reconciling.run import Product, Wanted, reconcile
from reporting.report.pdf import PdfUnavailable
from reporting.report.tokens import ReportError
from reporting.selection import Selection


@dataclass(frozen=True)
class Compared:
    """What was compared, in words and for programs, and what came of it."""

    heading: str
    about: Mapping[str, str | int]
    products: Sequence[Product]


class Command(BaseCommand):
    help = "Đối chiếu từng chỉ số giữa trang web, Word, PDF, HTML, Excel và JSON; mã thoát 1 nếu có chỗ lệch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, metavar="CODE[..CODE]", help="kỳ, như 2022..2023")
        parser.add_argument("--unit", metavar="CODE", help="đơn vị; mặc định là đơn vị cao nhất")
        parser.add_argument(
            "--basis", default=Basis.OFFICIAL.value, help="official (mặc định) hoặc provisional"
        )
        parser.add_argument(
            "--edition", type=int, metavar="N", help="chỉ đọc lại các tệp của bản công bố số N"
        )
        parser.add_argument("--format", default="table", metavar="table|json", help="cách in kết quả")

    def handle(self, *args: Any, **options: Any) -> None:
        writers = {"table": self._table, "json": self._json}
        if options["format"] not in writers:
            raise CommandError(f"Không có định dạng “{options['format']}”. Hãy dùng table hoặc json.")
        try:
            compared = _of_edition(options) if options["edition"] is not None else _of_today(options)
        except (FigureError, PdfUnavailable, ReportError) as error:
            raise CommandError(str(error)) from error
        writers[options["format"]](compared)
        if any(one.faults for one in compared.products):
            sys.exit(1)

    def _table(self, compared: Compared) -> None:
        products = compared.products
        self.stdout.write(compared.heading)
        width = max((len(one.name) for one in products), default=0)
        for one in products:
            said = f"{one.agreeing}/{len(one.codes)} chỉ số khớp, ở {len(one.told)} chỗ"
            self.stdout.write(f"  {one.name:{width}}  {said}")
        faults = [(one.name, fault) for one in products for fault in one.faults]
        for name, fault in faults:
            self.stdout.write(
                f"LỆCH  {fault.code} {fault.aspect}: {name} ghi “{fault.found}”, đúng là “{fault.expected}”"
                f" ({fault.place})"
            )
        everywhere = {code for one in products for code in one.codes}
        wrong = {fault.code for _name, fault in faults}
        end = f"{len(everywhere) - len(wrong)}/{len(everywhere)} chỉ số khớp ở mọi sản phẩm"
        self.stdout.write(f"{end}; {len(faults)} chỗ lệch." if faults else f"{end}.")

    def _json(self, compared: Compared) -> None:
        self.stdout.write(json.dumps(as_json(compared), ensure_ascii=False, indent=1))


def _of_today(options: Mapping[str, Any]) -> Compared:
    """Every product, made now. Raises FigureError, CommandError, ReportError, PdfUnavailable."""
    basis = resolve_basis(options["basis"])
    unit, period = resolve_unit(options["unit"]), resolve_period(options["period"])
    reader = reader_of(unit)
    if reader is None:
        raise CommandError(
            f"Chưa có tài khoản nào được xem {unit.name} nên không đọc được các trang."
            " Hãy tạo một tài khoản rồi chạy lại."
        )
    selection = Selection(period, basis, tuple(ReportingPeriod.objects.for_selector()))
    about = {"period": period.code, "unit": unit.code, "basis": basis.value}
    heading = f"Đối chiếu số liệu của {unit.name}, {period.name} (đọc trang: {reader.username})"
    return Compared(heading, about, reconcile(Wanted(unit, selection, reader)))


def _of_edition(options: Mapping[str, Any]) -> Compared:
    """The files of an edition as they were published. Raises FigureError, CommandError."""
    unit, period, number = (
        resolve_unit(options["unit"]),
        resolve_period(options["period"]),
        options["edition"],
    )
    edition = Edition.objects.filter(unit=unit, period=period, number=number).first()
    if edition is None:
        raise CommandError(f"{unit.name} chưa có bản công bố số {number} của {period.name}.")
    about = {"period": period.code, "unit": unit.code, "basis": edition.basis, "edition": number}
    heading = f"Đối chiếu bản công bố số {number} của {unit.name}, {period.name}"
    return Compared(heading, about, reconcile_edition(edition))


def as_json(compared: Compared) -> dict[str, Any]:
    """The same for programs."""
    products = compared.products
    return {
        **compared.about,
        "products": [
            {
                "product": one.name,
                "figures": len(one.codes),
                "agreeing": one.agreeing,
                "places": len(one.told),
            }
            for one in products
        ],
        "disagreements": [
            {
                "product": one.name,
                "code": fault.code,
                "aspect": fault.aspect,
                "place": fault.place,
                "expected": fault.expected,
                "found": fault.found,
            }
            for one in products
            for fault in one.faults
        ],
    }
