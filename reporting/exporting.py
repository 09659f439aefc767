"""What the export commands share: reading their arguments, and writing one whole file or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from collection.models import ReportingPeriod
from collection.workflow import Basis
from dxreport.lib.files import write_whole
from reporting.figures import FigureError, resolve_basis, resolve_period, resolve_unit
from reporting.selection import Selection
from schools.models import OrgUnit


@dataclass(frozen=True)
class ExportRequest:
    """What to export, and where to."""

    unit: OrgUnit
    selection: Selection
    output: Path


def add_arguments(parser: CommandParser) -> None:
    """The arguments of every export command."""
    parser.add_argument(
        "--period", required=True, metavar="CODE[..CODE]", help="kỳ báo cáo, như 2023 hoặc 2022..2023"
    )
    parser.add_argument("--unit", metavar="CODE", help="đơn vị; mặc định là đơn vị cao nhất")
    parser.add_argument("--basis", default=Basis.OFFICIAL.value, help="official (mặc định) hoặc provisional")
    parser.add_argument("--output", required=True, metavar="FILE", help="tệp sẽ ghi")


def read_request(options: Mapping[str, Any]) -> ExportRequest:
    """Check the arguments before any work is done. Raises CommandError with a sentence."""
    try:
        basis = resolve_basis(options["basis"])
        unit, period = resolve_unit(options["unit"]), resolve_period(options["period"])
    except FigureError as error:
        raise CommandError(str(error)) from error
    periods = tuple(ReportingPeriod.objects.for_selector())
    return ExportRequest(unit, Selection(period, basis, periods), _output(options["output"]))


def _output(text: str) -> Path:
    path = Path(text)
    # Unlike those of Path, these take any text: a name too long, a folder that may not be entered.
    if not text or os.path.isdir(path):
        raise CommandError(f"“{text}” là một thư mục. Hãy ghi cả tên tệp sau --output.")
    if not os.path.isdir(path.parent):
        raise CommandError(f"Không có thư mục “{path.parent}”. Hãy tạo thư mục đó hoặc chọn nơi khác.")
    # The new file takes the place of the old one; a device such as /dev/null must keep its own.
    if os.path.exists(path) and not os.path.isfile(path):
        raise CommandError(f"“{text}” không phải là tệp thường nên không ghi vào đó. Hãy chọn tên tệp khác.")
    return path


def write(path: Path, data: bytes) -> None:
    """Write the file whole. Raises CommandError with a sentence, and then changes nothing."""
    try:
        write_whole(path, data)
    except PermissionError as error:
        raise CommandError(f"Không có quyền ghi vào “{path}”. Hãy chọn thư mục khác.") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise CommandError(f"Không ghi được “{path}” ({why}). Hãy chọn tên tệp hoặc thư mục khác.") from error
