"""Files that leave the house: written whole or not at all, and the same bytes for the same content."""

import io
import os
import struct
import zipfile
from pathlib import Path

# The first day that a zip archive can name; no reader shows it.
_ARCHIVE_DATE = (0, 1 << 5 | 1)  # time and day as an archive has them: midnight, 1 January 1980
_RIGHTS = 0o600 << 16
_DIRECTORY_ENTRY = 46  # bytes of an entry before its name


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
    packed = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        parts, entry = read.infolist(), read.start_dir
    for part in parts:
        # The header before the part's data, and its entry in the directory at the end, say the same.
        struct.pack_into("<HH", packed, part.header_offset + 10, *_ARCHIVE_DATE)
        struct.pack_into("<HH", packed, entry + 12, *_ARCHIVE_DATE)
        packed[entry + 5] = 0  # else the archive names the system that packed it
        struct.pack_into("<I", packed, entry + 38, _RIGHTS)
        name, extra, comment = struct.unpack_from("<HHH", packed, entry + 28)
        entry += _DIRECTORY_ENTRY + name + extra + comment
    return bytes(packed)
