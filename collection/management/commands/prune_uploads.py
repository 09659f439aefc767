"""Forget uploads that nobody confirmed, and the bytes of files whose years are over."""

from typing import Any

from django.core.management.base import BaseCommand

from collection.actions import prune_uploads


class Command(BaseCommand):
    """For a daily timer: what may go is decided in `collection.actions.uploads`."""

    help = "Xóa tệp Excel chưa xác nhận quá 30 ngày và nội dung tệp đã lưu quá 2 năm."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, emptied = prune_uploads(by=None)
        self.stdout.write(f"Đã xóa {deleted} tệp chưa xác nhận, bỏ nội dung {emptied} tệp đã lưu.")
