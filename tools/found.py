"""Where this machine keeps the programs that the tests need. Each function gives None when absent."""

import ctypes
import os
import re
import shutil
import subprocess
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def find_browser() -> str | None:
    """Path of the browser named by $CHROME, else of the first Chromium or Chrome on PATH."""
    names = (os.environ["CHROME"],) if os.environ.get("CHROME") else BROWSERS
    return next((path for name in names if (path := shutil.which(name))), None)


def find_office() -> str | None:
    """Path of LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def find_postgres() -> Path | None:
    """Folder with initdb, pg_ctl and postgres: of PATH, else the newest that Debian keeps off PATH."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    folders = [found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def has_library(name: str) -> bool:
    """Whether the shared library `name` (as `libpango-1.0.so.0`) can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_vietnamese_fonts() -> bool:
    """Whether a font family with every Vietnamese letter is installed.

    Liberation has them from version 2 on; Debian 12 keeps that one in a folder of its own
    beside version 1, which has not.
    """
    families = ("liberation2/LiberationSans-Regular.ttf", "croscore/Arimo-Regular.ttf")
    if any(next(folder.rglob(family), None) for folder in FONT_FOLDERS for family in families):
        return True
    liberation = [path for folder in FONT_FOLDERS for path in folder.rglob("LiberationSans-Regular.ttf")]
    return any(b"Version 2" in path.read_bytes().replace(b"\0", b"") for path in liberation)


def version_of(program: str | Path) -> str:
    """The version that `program --version` prints, as "15.18"; the whole answer when it has none."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"\d+(\.\d+)+", answer)
    return version.group() if version else answer.strip()
