"""The studio's own settings with engines that answer at once, and the reference in the same process and database."""

from benchmarks.upstream import ENGINES
from studio.settings import *  # noqa: F403  # that is what a variant of settings is

SECRET_KEY = "a key for benchmarks only"  # noqa: S105  # opens nothing
PROVIDERS = {
    name: {
        "class": "benchmarks.upstream.InstantUpstream",
        "options": {"engine": name, "workdir": STUDIO_DATA / "upstream"},  # noqa: F405
    }
    for name in ENGINES
}
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks", "django_tasks", "django_tasks_db"]  # noqa: F405
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES = {  # pages need no static files built
    "default": {"BACKEND": "studio.library.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
