"""`manage.py rebuild_totals [--check]`: recompute all totals, or say where they differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from collection.models import ReportingPeriod
from reporting.totals import differences, rebuild


class Command(BaseCommand):
    help = "Tính lại mọi số tổng hợp; với --check chỉ so sánh và báo chỗ khác nhau."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh; mã thoát 1 nếu có khác biệt")

    def handle(self, *args: Any, **options: Any) -> None:
        periods = list(ReportingPeriod.objects.select_related("first", "last"))
        if not options["check"]:
            self.stdout.write(f"Đã tính lại {rebuild(periods)} dòng số tổng hợp của {len(periods)} kỳ.")
            return
        found = differences(periods)
        for one in found:
            self.stdout.write(f"{one.key}: đang lưu {one.stored}, tính lại {one.computed}")
        if found:
            raise CommandError(
                f"{len(found)} dòng khác với kết quả tính lại. Hãy chạy `manage.py rebuild_totals`."
            )
        self.stdout.write("Mọi số tổng hợp khớp với kết quả tính lại.")
