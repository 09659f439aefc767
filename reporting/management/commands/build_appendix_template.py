"""Write the workbook form of the appendix as it was delivered."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from dxreport.lib.files import write_whole
from indicators.kept import catalogue_of
from indicators.models import IndicatorSet
from reporting.appendix_template import TEMPLATE, build


class Command(BaseCommand):
    """manage.py build_appendix_template: also the way back after an edit went wrong."""

    help = "Ghi lại mẫu Excel của phụ lục như khi bàn giao; những sửa đổi trên tệp mẫu sẽ mất."

    def handle(self, *args: object, **options: object) -> None:
        found = IndicatorSet.objects.order_by("pk").first()
        if found is None:
            raise CommandError("Chưa có bộ chỉ số nào. Hãy chạy `manage.py load_catalogue` trước.")
        write_whole(TEMPLATE, build(catalogue_of(found).indicators))
        self.stdout.write(f"Đã ghi mẫu Excel: {TEMPLATE.name}.")
