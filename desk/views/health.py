"""For machines: `/healthz` says that the process answers, `/readyz` that the desk can be used."""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk import clock, demo_mark
from desk.heartbeat import last_beat

_migrated = False  # applied migrations stay applied while this process lives


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks nothing else."""
    return JsonResponse({"status": "up"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be used, else 503; each part says how it is.

    The worker is shown and not required: without it pages still work, and pushes are still taken.
    """
    parts = {"database": _database(), "demo": _demo()}
    is_ready = parts["database"] == "ok" and parts["demo"] != "being made"
    body = {"status": "ready" if is_ready else "not ready", **parts, "worker": _worker()}
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> str:
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return f"does not answer ({type(error).__name__})"
    return "ok" if _migrated else "migrations are missing"


def _demo() -> str:
    if not (settings.DEMO and settings.XPORT_IS_PRACTICE):
        return "none"
    return {"": "none", "making": "being made", "finished": "ok"}[demo_mark.state()]


def _worker() -> dict[str, object]:
    heard = last_beat()
    if heard is None:
        return {"heard": None, "seconds_ago": None}
    ago = round((clock.now() - heard).total_seconds(), 1)
    return {"heard": heard.isoformat(timespec="seconds"), "seconds_ago": ago}
