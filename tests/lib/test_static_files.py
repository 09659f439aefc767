"""The modules of the browser find each other under the hashed names of production."""

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from dxreport.lib.static_files import ModuleStorage, NamedFilesFinder

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
            for pattern in settings.SERVED_OF_PACKAGES[name]:
                for path in folder.glob(pattern):
                    target = place / name / path.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)
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


# --- What pages ask for -----------------------------------------------------------------

NAMED = re.compile(r"""\{% static ['"]([^'"]+)['"] %\}""")
STYLES = settings.BASE_DIR / "static" / "css"


def test_every_file_that_a_template_names_is_served():
    """Packages serve only what SERVED_OF_PACKAGES names, on a developer's machine too."""
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    named = {name for template in templates for name in NAMED.findall(template.read_text())}
    assert "vendor/htmx/htmx.min.js" in named
    assert sorted(name for name in named if not finders.find(name)) == []


def test_every_typeface_of_the_stylesheets_is_served():
    named = re.findall(r'url\("\.\./((?:fonts|vendor)/[^"]+)"\)', (STYLES / "fonts.css").read_text())
    assert named
    assert [name for name in named if not finders.find(name)] == []


def test_of_a_package_nothing_else_is_served():
    assert finders.find("vendor/tabulator/js/tabulator.js") is None
    listed = {
        path
        for path, storage in NamedFilesFinder().list([])
        if getattr(storage, "prefix", "") == "vendor/tabulator"
    }
    assert listed == {"js/tabulator_esm.min.mjs"}


def test_in_production_one_stylesheet_holds_those_of_every_page(tmp_path):
    imported = re.findall(r'url\("([\w-]+\.css)"\)', (STYLES / "all.css").read_text())
    fonts = re.findall(r"(?:fonts|vendor)/[\w./-]+woff2(?=\")", (STYLES / "fonts.css").read_text())
    sources = {
        name: (FileSystemStorage(Path(str(finders.find(name))).parent), Path(name).name) for name in fonts
    }
    sources |= {f"css/{name}": (FileSystemStorage(STYLES), name) for name in ["all.css", *imported]}
    storage = _Uncompressed(location=str(tmp_path))
    for _once_more in range(2):  # collectstatic runs again over what it left
        for name, _hashed, processed in storage.post_process(sources):
            assert not isinstance(processed, Exception), f"{name}: {processed}"
        bundle = (tmp_path / storage.hashed_files["css/all.css"]).read_text()

        assert "@import" not in bundle
        assert ".masthead {" in bundle
        assert re.search(r"be-vietnam-pro-latin-400-normal\.[0-9a-f]{12}\.woff2", bundle)
        assert bundle.index("@media print {\n") > bundle.index(".masthead {")
        assert bundle.count("{") == bundle.count("}")
