"""`/healthz`: 200 when web, database and worker are well."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from studio.worker import heartbeat


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    parts = {"web": True, "database": _database_is_well(), "worker": heartbeat.is_well()}
    well = all(parts.values())
    words = {name: "ok" if good else "down" for name, good in parts.items()}
    return JsonResponse({"status": "ok" if well else "down", **words}, status=200 if well else 503)


def _database_is_well() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False
