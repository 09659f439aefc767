"""manage.py load_catalogue: what is measured, from the files in fixtures/."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from indicators.actions import load_catalogue
from indicators.loading import CatalogueRefused


class Command(BaseCommand):
    help = "Nạp danh mục chỉ số từ các tệp trong fixtures/ và kiểm tra toàn bộ công thức, biểu mẫu, quy tắc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.FIXTURE_DIRS[0],
            help="thư mục chứa các tệp .yaml (mặc định: fixtures)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            loaded = load_catalogue(folder=folder)
        except CatalogueRefused as refused:
            raise CommandError(
                f"Danh mục có {len(refused.faults)} lỗi, chưa nạp gì. Hãy sửa rồi chạy lại:\n"
                + "\n".join(f"- {fault}" for fault in refused.faults)
            ) from refused
        self.stdout.write(
            f"Đã nạp danh mục: {loaded['indicator']} chỉ số, {loaded['dataelement']} chỉ tiêu dữ liệu, "
            f"{loaded['form']} biểu mẫu, {loaded['target']} mục tiêu, {loaded['rule']} quy tắc."
        )
