"""The tests' settings (a database of its own, plain static files) with the baseline page beside ours."""

from tests.settings import *

ROOT_URLCONF = "bench.urls"
# Pages are kept as in the application; the tests build every page anew.
CACHES = {
    **CACHES,
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
