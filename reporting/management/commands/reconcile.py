"""`manage.py reconcile`: the same figure in page, Word, PDF, HTML, workbook and JSON, compared one by one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from collection.models import ReportingPeriod
from collection.workflow import Basis
from reporting.figures import FigureError, resolve_basis, resolve_period, resolve_unit
from reporting.reconciling.pages import reader_of
from reporting.reconciling.run import Product, Wanted, reconcile
from reporting.report.pdf import PdfUnavailable
from reporting.report.tokens import ReportError
from reporting.selection import Selection


class Command(BaseCommand):
    help = "Đối chiếu từng chỉ số giữa trang web, Word, PDF, HTML, Excel và JSON; mã thoát 1 nếu có chỗ lệch."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, metavar="CODE[..CODE]", help="kỳ, như 2022..2023")
        parser.add_argument("--unit", metavar="CODE", help="đơn vị; mặc định là đơn vị cao nhất")
        parser.add_argument(
            "--basis", default=Basis.OFFICIAL.value, help="official (mặc định) hoặc provisional"
        )
        parser.add_argument("--format", default="table", metavar="table|json", help="cách in kết quả")

    def handle(self, *args: Any, **options: Any) -> None:
        writers = {"table": self._table, "json": self._json}
        if options["format"] not in writers:
            raise CommandError(f"Không có định dạng “{options['format']}”. Hãy dùng table hoặc json.")
        wanted = read_wanted(options)
        try:
            products = reconcile(wanted)
        except (PdfUnavailable, ReportError) as error:
            raise CommandError(str(error)) from error
        writers[options["format"]](wanted, products)
        if any(one.faults for one in products):
            sys.exit(1)

    def _table(self, wanted: Wanted, products: Sequence[Product]) -> None:
        period, reader = wanted.selection.period, wanted.reader.username
        self.stdout.write(f"Đối chiếu số liệu của {wanted.unit.name}, {period.name} (đọc trang: {reader})")
        width = max(len(one.name) for one in products)
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

    def _json(self, wanted: Wanted, products: Sequence[Product]) -> None:
        self.stdout.write(json.dumps(as_json(wanted, products), ensure_ascii=False, indent=1))


def read_wanted(options: Mapping[str, Any]) -> Wanted:
    """Check the arguments. Raises CommandError with a sentence."""
    try:
        basis = resolve_basis(options["basis"])
        unit, period = resolve_unit(options["unit"]), resolve_period(options["period"])
    except FigureError as error:
        raise CommandError(str(error)) from error
    reader = reader_of(unit)
    if reader is None:
        raise CommandError(
            f"Chưa có tài khoản nào được xem {unit.name} nên không đọc được các trang."
            " Hãy tạo một tài khoản rồi chạy lại."
        )
    return Wanted(unit, Selection(period, basis, tuple(ReportingPeriod.objects.for_selector())), reader)


def as_json(wanted: Wanted, products: Sequence[Product]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "period": wanted.selection.period.code,
        "unit": wanted.unit.code,
        "basis": wanted.selection.basis.value,
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
