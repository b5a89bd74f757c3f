"""Gunicorn's settings: two processes of eight threads share one preloaded application.

Threads suit pages that wait for the platform; two processes use two cores; more of either only
queue for SQLite's one writer. GUNICORN_CMD_ARGS overrides any of this, such as `--bind 0.0.0.0:80`.
"""

import gc
import os
from pathlib import Path

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
bind = f"127.0.0.1:{settings.PORT}"
worker_class = "gthread"
workers = 2
threads = 8
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 20
# A slow leak of some library costs a fresh worker now and then, never both at once.
max_requests = 5000
max_requests_jitter = 1000
# The heartbeat file must not sit on a disk that can stall.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - not ours to write
accesslog = None  # the application logs requests with their correlation id
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # nothing here is steered through gunicorn's own socket


def when_ready(server: object) -> None:
    """Before the workers are forked: import every view and freeze, so that memory stays shared."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # noqa: S101 - reading it imports the views
    gc.collect()
    gc.freeze()
