"""`manage.py build_fonts`: the web fonts, out of the installed packages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from studio.statics import fonts


class Command(BaseCommand):
    help = "Cut the web fonts out of the installed font packages; does nothing when they are current."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in fonts.build(settings.BASE_DIR / "build" / "static" / "fonts"):
            self.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB")
