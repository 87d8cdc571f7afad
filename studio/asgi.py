"""The web process's door for uvicorn."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from studio.watch.proxies import behind

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
application = behind(settings.TRUSTED_PROXIES, get_asgi_application())
