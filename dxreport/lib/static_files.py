"""Static files: which are served, and where they are kept in production.

In production they are compressed, stand under names that change with their content, and the
stylesheets that every page needs are one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/all.css"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\)( print)?;\n')


class NamedFilesFinder(FileSystemFinder):
    """Of a package (a folder with a prefix), only the files that `SERVED_OF_PACKAGES` names by pattern.

    Packages bring sources, maps and other formats by the megabyte, which nobody asks for and
    collectstatic would hash and compress.
    """

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if _is_served(getattr(storage, "prefix", None), path):
                yield path, storage

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        found: str | None = super().find_location(root, path, prefix)
        return found if found and _is_served(prefix, path.removeprefix(f"{prefix}/")) else None


def _is_served(prefix: str | None, path: str) -> bool:
    return not prefix or any(fnmatch(path, pattern) for pattern in settings.SERVED_OF_PACKAGES[prefix])


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the addresses in `import … from "./other.js"`, so that our modules find each other.

    Addresses inside modules are relative to the file: `"../../vendor/idb/index.js"` is found on a
    developer's machine and, hashed, in production. A statement must end with a semicolon. Only
    our own modules are rewritten: packages bring files that import what is not served.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        HashedFilesMixin._js_module_import_aggregation_patterns[1],  # type: ignore[attr-defined]
    )

    def post_process(self, paths: Mapping[str, tuple[Storage, str]], **options: Any) -> Iterator[Any]:
        """As usual, with the imports of the bundle replaced by what they name: one request instead of ten."""
        if BUNDLE in paths:
            self.delete(BUNDLE)
            self.save(BUNDLE, ContentFile(bundled(paths).encode()))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, **options)


def bundled(paths: Mapping[str, tuple[Storage, str]]) -> str:
    """The bundle's text with the stylesheets in place of their imports; `paths` as for `post_process`."""

    def text(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            content: bytes = file.read()
        return content.decode()

    def imported(match: re.Match[str]) -> str:
        sheet = text(f"css/{match[1]}")
        return f"@media print {{\n{sheet}}}\n" if match[2] else sheet

    return IMPORT.sub(imported, text(BUNDLE))
