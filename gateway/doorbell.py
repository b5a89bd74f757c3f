"""Celery as a doorbell: a lost or repeated ring never matters, because the row is the job."""

from __future__ import annotations

import json
from pathlib import Path

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction

log = structlog.get_logger(__name__)


def ring(task: str, *args: int | str) -> None:
    """Ring after commit. A broker that is away is logged; the sweeper rings again."""
    transaction.on_commit(lambda: ring_now(task, *args))


def ring_now(task: str, *args: int | str) -> None:
    """Ring at once, never raising."""
    try:
        current_app.send_task(task, args=args, ignore_result=True, retry=False)
    except Exception as error:  # noqa: BLE001 - brokers raise what they like; the sweeper rings again
        log.warning("doorbell is silent", task=task, error=f"{type(error).__name__}: {error}")


def set_aside_torn_messages() -> int:
    """Move message files that cannot be read out of the file broker's folder; how many."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    if "data_folder_in" not in options:
        return 0
    folder = Path(str(options["data_folder_in"]))
    aside = folder.with_name(folder.name + "-torn")
    for needed in (folder, aside, Path(str(options["control_folder"]))):
        needed.mkdir(parents=True, exist_ok=True)
    torn = [path for path in folder.glob("*.msg") if not _readable(path)]
    for path in torn:
        path.rename(aside / path.name)
    if torn:
        log.warning("torn broker messages set aside", count=len(torn), folder=str(aside))
    return len(torn)


def _readable(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_bytes()), dict)
    except (ValueError, OSError):
        return False
