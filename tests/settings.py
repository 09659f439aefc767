"""The application's settings as the tests use them: those of a developer's machine, made quick and apart.

Every process has a database file of its own on SQLite, removed at the end, so that runs side
by side never meet. A file, because the threads of a live server would share the one
connection of an in-memory database.
"""

import os
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"

from dxreport.settings import *

# Only named here; whoever imports these settings without running a test leaves nothing behind.
TEST_FOLDER = Path(tempfile.gettempdir()) / f"dxreport-test-{os.getpid()}"
MEDIA_ROOT = TEST_FOLDER / "media"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "test.sqlite3")}
else:
    # Kept connections would outlive the live server's threads and block the removal of the database.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Static files come straight from their sources; no collectstatic before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# Real hashing is slow by design; nothing here depends on its strength.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A page kept from one test could be shown in the next, whose data are numbered alike.
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
