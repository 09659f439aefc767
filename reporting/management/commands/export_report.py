"""`manage.py export_report`: the summary report as a Word, PDF or HTML file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.drafts.selections import written_report
from reporting.exporting import add_arguments, read_request, write
from reporting.report.pdf import PdfUnavailable
from reporting.report.tokens import ReportError
from reporting.report_files import CONTENT_TYPES, render


class Command(BaseCommand):
    help = "Xuất báo cáo tổng hợp thành tệp Word, PDF hoặc HTML."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)
        parser.add_argument("--format", required=True, metavar="docx|pdf|html", help="định dạng tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in CONTENT_TYPES:
            raise CommandError(f"Không có định dạng “{options['format']}”. Hãy dùng docx, pdf hoặc html.")
        request = read_request(options)
        try:
            written = written_report(request.unit, request.selection)
            data = render(written, options["format"], unit=request.unit)
        except (PdfUnavailable, ReportError) as error:
            raise CommandError(str(error)) from error
        write(request.output, data)
        period = request.selection.period.name
        self.stdout.write(f"Đã xuất báo cáo của {request.unit.name}, {period}: {request.output}")
