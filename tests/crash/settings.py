"""The studio as it is served, on its own data folder, with one more slice and one more engine."""

from studio.settings import *  # noqa: F403  # that is what a variant of settings is

GENERATORS += ["tests.crash.probe"]  # noqa: F405
INSTALLED_APPS += ["tests.crash.probe"]  # noqa: F405
PROVIDERS["upstream"] = {  # noqa: F405
    "class": "tests.crash.provider.UpstreamProvider",
    "options": {"url": env.str("CRASH_UPSTREAM")},  # noqa: F405
    "limits": {"at_once": 24},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "studio.library.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
