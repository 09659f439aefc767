"""`manage.py export_appendix`: the ministry's appendix as a workbook."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.appendix import appendix
from reporting.exporting import add_arguments, read_request, write
from reporting.report.tokens import ReportError
from reporting.report_files import render_appendix


class Command(BaseCommand):
    help = "Xuất phụ lục số liệu gửi Bộ thành tệp Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        request = read_request(options)
        period = request.selection.period
        found = appendix(unit=request.unit, period=period, basis=request.selection.basis)
        try:
            data = render_appendix(found)
        except ReportError as error:
            raise CommandError(str(error)) from error
        write(request.output, data)
        self.stdout.write(f"Đã xuất phụ lục của {request.unit.name}, {period.name}: {request.output}")
