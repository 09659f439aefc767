"""`manage.py lint_report`: what cannot be right in a published text, of anyone's making."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from reporting.lint.checking import Examined, TextRefused, check_size, examine
from reporting.lint.sentences import Finding

FORMATS = ("text", "json")
FOUND, REFUSED = 1, 2


class Command(BaseCommand):
    help = (
        "Soát một văn bản (.docx, .xlsx, .txt, .md, .html): chỉ ra số liệu, ngày, số thứ tự không thể đúng."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--format", default="text", metavar="|".join(FORMATS), help="dạng in ra")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 without findings, 1 with some, 2 where the file cannot be read."""
        if options["format"] not in FORMATS:
            raise CommandError(
                f"Không có định dạng “{options['format']}”. Hãy dùng text hoặc json.", returncode=REFUSED
            )
        found = self._examined(Path(options["file"])).findings
        if options["format"] == "json":
            self.stdout.write(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
        else:
            self._tell(found)
        if found:
            sys.exit(FOUND)

    def _examined(self, path: Path) -> Examined:
        try:
            check_size(path.stat().st_size)
            return examine(path.read_bytes(), path.name)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {path}: {error.strerror}.", returncode=REFUSED) from error
        except TextRefused as refused:
            raise CommandError(refused.sentence, returncode=REFUSED) from refused

    def _tell(self, found: list[Finding]) -> None:
        for one in found:
            self.stdout.write(f"{one.place}: {one.title} [{one.rule}]")
            self.stdout.write(f"    {one.text}")
            self.stdout.write(f"    {one.message}")
        if found:
            self.stdout.write(
                ngettext(
                    "Tìm thấy %(count)s điểm cần xem lại.", "Tìm thấy %(count)s điểm cần xem lại.", len(found)
                )
                % {"count": len(found)}
            )
        else:
            self.stdout.write("Không thấy điểm nào cần xem lại.")
