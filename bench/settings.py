"""The tests' settings (a database of its own, plain static files) with the baseline page beside ours."""

from tests.settings import *

ROOT_URLCONF = "bench.urls"
