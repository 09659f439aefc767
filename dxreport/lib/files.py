"""Files that leave the house: written whole or not at all, and the same bytes for the same content."""

import io
import os
import zipfile
from pathlib import Path

# The first day that a zip archive can name; no reader shows it.
_ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` through a neighbour that then takes its name.

    Whoever reads `path` sees the old file or the new one, never a half. Raises OSError, and
    then leaves everything as it was.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def with_fixed_dates(archive: bytes) -> bytes:
    """The same zip archive (.docx, .xlsx) without the times at which its parts were packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ARCHIVE_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # else the archive names the system that packed it
            new.writestr(part, old.read(name))
    return packed.getvalue()
