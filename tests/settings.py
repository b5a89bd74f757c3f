"""The project's own settings as a bare clone has them, with what only tests need on top."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("IGNORE_DOTENV", "1")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# One folder a test process: parallel workers must not share files or clear each other's cache.
_base = os.environ.setdefault("TESTS_VAR", tempfile.mkdtemp(prefix="quayside-tests-"))
os.environ["VAR_DIR"] = str(Path(_base) / os.environ.get("PYTEST_XDIST_WORKER", "main"))

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
