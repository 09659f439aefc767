"""Write the Word template of reports as it was delivered."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from dxreport.lib.files import write_whole
from reporting.report.word import TEMPLATE
from reporting.report.word_template import build


class Command(BaseCommand):
    """manage.py build_report_template: also the way back after an edit went wrong."""

    help = "Ghi lại mẫu Word của báo cáo như khi bàn giao; những sửa đổi trên tệp mẫu sẽ mất."

    def handle(self, *args: object, **options: object) -> None:
        write_whole(TEMPLATE, build())
        self.stdout.write(f"Đã ghi mẫu Word: {TEMPLATE.name}.")
