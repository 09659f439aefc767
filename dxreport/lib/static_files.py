"""Where static files are kept in production: compressed, under names that change with their content."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


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
