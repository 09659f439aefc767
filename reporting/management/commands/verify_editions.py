"""`manage.py verify_editions`: say of how many editions everything is as it was published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.editions.verifying import faults
from reporting.models import Edition


class Command(BaseCommand):
    help = "Kiểm tra mọi bản công bố: nội dung, tệp và số liệu có còn nguyên như khi công bố."

    def handle(self, *args: Any, **options: Any) -> None:
        sound = broken = 0
        for edition in Edition.objects.select_related("unit", "period").order_by("pk").iterator():
            found = faults(edition)
            sound, broken = sound + (not found), broken + bool(found)
            for one in found:
                self.stdout.write(
                    f"{edition.unit.code}, {edition.period.code}, bản số {edition.number}: {one}"
                )
        if broken:
            raise CommandError(f"{broken} bản công bố không còn nguyên vẹn; {sound} bản nguyên vẹn.")
        self.stdout.write(f"{sound} bản công bố, tất cả còn nguyên như khi công bố.")
