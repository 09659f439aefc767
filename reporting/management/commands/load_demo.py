"""`manage.py load_demo`: the demo province, once."""

import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dxreport.lib.numbers import format_number
from reporting.demo.accounts import sign_in_lines
from reporting.demo.loader import DemoRefused, is_loaded, load_demo
from reporting.demo.province import PUBLISHED_SCHOOLS
from reporting.demo.scenario import SEED
from reporting.demo.under_way import CODE, is_open, open_year_under_way


def _whole_number(value: int | str, option: str) -> int:
    """An option as a number. Raises CommandError with a sentence."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}", value, re.ASCII):
        raise CommandError(f"{option} cần một số nguyên, như 370; không đọc được “{value}”.")
    return int(value)


class Command(BaseCommand):
    help = "Nạp tỉnh dùng thử: đơn vị, số liệu hai năm, sổ giáo viên và học sinh, tài khoản. Chỉ nạp một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--schools",
            default=PUBLISHED_SCHOOLS,
            metavar="N",
            help="số trường (mặc định: %(default)s)",
        )
        parser.add_argument(
            "--seed",
            default=SEED,
            metavar="S",
            help="số gốc của phần sinh ngẫu nhiên (mặc định: %(default)s)",
        )
        parser.add_argument(
            "--no-registers",
            action="store_false",
            dest="registers",
            help="không nạp sổ giáo viên, học sinh (nên dùng khi N lớn)",
        )
        parser.add_argument(
            "--with-open-year",
            action="store_true",
            help="thêm một năm đang thu thập, với phiếu ở mọi trạng thái để dùng thử",
        )

    def handle(self, *args: Any, registers: bool, with_open_year: bool, **options: Any) -> None:
        schools, seed = (_whole_number(options[name], f"--{name}") for name in ("schools", "seed"))
        if is_loaded():
            self.stdout.write("Dữ liệu dùng thử đã được nạp từ trước; không thay đổi gì.")
        else:
            try:
                loaded = load_demo(schools=schools, seed=seed, registers=registers)
            except DemoRefused as refused:
                raise CommandError(str(refused)) from refused
            self.stdout.write(
                f"Đã nạp tỉnh dùng thử: {format_number(loaded.schools)} trường,"
                f" {format_number(loaded.values)} số liệu của hai năm,"
                f" {format_number(loaded.learners)} người học,"
                f" {format_number(loaded.staff)} cán bộ, giáo viên, nhân viên."
            )
        if with_open_year and not is_open():
            phieu = open_year_under_way()
            self.stdout.write(f"Đã mở năm {CODE} đang thu thập, với {format_number(phieu)} phiếu.")
        self._print_accounts()

    def _print_accounts(self) -> None:
        if not settings.DEMO_ACCOUNTS_OPEN:
            self.stdout.write("Tài khoản dùng thử chỉ đăng nhập được khi DEBUG=1.")
            return
        self.stdout.write("Tài khoản dùng thử:")
        for line in sign_in_lines():
            self.stdout.write(f"  {line}")
