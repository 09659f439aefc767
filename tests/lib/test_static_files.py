"""The modules of the browser find each other under the hashed names of production."""

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from dxreport.lib.static_files import ModuleStorage

IMPORTED = re.compile(r"""(?:\bfrom\s+|\bimport\s*\(?\s*)["']([./][^"']+)["']""")
PACKAGES = ("vendor/idb", "vendor/tabulator")


class _Uncompressed(ModuleStorage):
    """As in production, but for the minutes that compressing takes."""

    def compress_files(self, paths):
        return iter(())


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Our modules and the packages they import, as collectstatic leaves them."""
    place = tmp_path_factory.mktemp("static")
    shutil.copytree(settings.BASE_DIR / "static" / "js", place / "js")
    sources = [entry for entry in settings.STATICFILES_DIRS if isinstance(entry, tuple)]
    for name, folder in sources:
        if name in PACKAGES:
            shutil.copytree(folder, place / name)
    files = FileSystemStorage(place)
    found = chain((place / "js").rglob("*.js"), (place / "vendor").rglob("*.*"))
    names = [str(path.relative_to(place)) for path in found]
    storage = _Uncompressed(location=str(place))
    for name, _hashed, processed in storage.post_process({name: (files, name) for name in names}):
        assert not isinstance(processed, Exception), f"{name}: {processed}"
    return place, storage


def test_every_import_of_our_modules_leads_to_a_hashed_file(collected):
    place, storage = collected
    ours = [name for name in storage.hashed_files if name.startswith("js/")]
    assert ours
    for name in ours:
        hashed: Path = place / storage.hashed_files[name]
        for address in IMPORTED.findall(hashed.read_text()):
            assert re.search(r"\.[0-9a-f]{12}\.m?js$", address), f"{name} imports {address}"
            assert (hashed.parent / address).is_file(), f"{name} imports {address}"
