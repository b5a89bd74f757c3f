"""When a Celery worker last finished a task; beat rings every few seconds, so silence is trouble.

The web process reads it for `/readyz` and the connections page; losing it costs nothing.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.core.cache import cache

KEY = "worker-heartbeat"
EVERY = 2.0  # seconds: a busy worker writes this often, not once a task
_written = -EVERY


def beat() -> None:
    """Called in the worker after a task."""
    global _written
    if time.monotonic() - _written >= EVERY:
        _written = time.monotonic()
        cache.set(KEY, time.time(), timeout=None)


def last_beat() -> datetime | None:
    """Aware, UTC; None when no worker was ever heard."""
    heard = cache.get(KEY)
    return datetime.fromtimestamp(heard, UTC) if isinstance(heard, float) else None
