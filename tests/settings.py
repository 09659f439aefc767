"""The application's settings as the tests use them: those of a developer's machine, made quick and apart.

Every run has a database file of its own on SQLite, in a folder removed at the end, so that
runs side by side never meet. A file, because the threads of a live server would share the
one connection of an in-memory database.
"""

import os
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"

from dxreport.settings import *

_folder = tempfile.TemporaryDirectory(prefix="dxreport-tests-")
MEDIA_ROOT = Path(_folder.name) / "media"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder.name}/test.sqlite3"}
else:
    # Kept connections would outlive the live server's threads and block the removal of the database.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Static files come straight from their sources; no collectstatic before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# Real hashing is slow by design; nothing here depends on its strength.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
