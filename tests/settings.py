"""The studio's settings, made quick and closed for tests."""

import atexit
import shutil
import tempfile
from pathlib import Path

from studio.settings import *  # noqa: F403  # that is what a variant of settings is

STUDIO_DATA = Path(tempfile.mkdtemp(prefix="studio-tests-"))
atexit.register(shutil.rmtree, STUDIO_DATA, ignore_errors=True)
MEDIA_ROOT = STUDIO_DATA / "media"
MIN_FREE_DISK = 0  # the disk of whoever runs the tests may be as full as it likes
SECRET_KEY = "a key for tests only"
if DATABASES["default"]["ENGINE"] == SQLITE:  # noqa: F405
    # A file, as in the product: an address in memory is not shared by several connections.
    DATABASES["default"] |= {"NAME": STUDIO_DATA / "db.sqlite3", "TEST": {"NAME": STUDIO_DATA / "test.sqlite3"}}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "studio.library.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
DESIGN_PAGE = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
