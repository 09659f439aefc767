"""The tests' settings (a database of its own, plain static files) with the baseline page beside ours."""

from dxreport.settings import CACHES as APPLICATION_CACHES
from tests.settings import *

CACHES = APPLICATION_CACHES
ROOT_URLCONF = "bench.urls"
