"""Files as answers: their types, names that every system and mail takes, and the answer itself."""

import re
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"
_UNUSUAL = re.compile(r"[^A-Za-z0-9.-]+")


def file_name(*parts: str, extension: str) -> str:
    """("bao-cao", "DN", "2022..2023") -> "bao-cao_DN_2022-2023.docx"."""
    plain = (_UNUSUAL.sub("-", part.replace("..", "-")).strip(".-") for part in parts)
    return "_".join(plain) + f".{extension}"


def attachment(data: bytes, content_type: str, name: str) -> HttpResponse:
    """An answer that the browser saves as `name`, as from `file_name`."""
    return HttpResponse(data, content_type=content_type, headers=_saved_as(name))


def streamed_attachment(pieces: Iterator[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    """The same for a file that is made while it is sent, however long it is."""
    return StreamingHttpResponse(pieces, content_type=content_type, headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
