"""How the channels are doing: counts by the hour, and when each was last heard."""

from __future__ import annotations

import time
from datetime import datetime

from django.db.models import F

from desk import clock
from gateway.models import ChannelHour

_written: dict[tuple[str, str, bool], float] = {}
EVERY = 5.0  # seconds: a busy channel costs one small write that often, not one a call


def note_success(marketplace: str, channel: str) -> None:
    _note(marketplace, channel, error=None)


def note_failure(marketplace: str, channel: str, error: str) -> None:
    _note(marketplace, channel, error=error)


def _note(marketplace: str, channel: str, *, error: str | None) -> None:
    key = (marketplace, channel, error is None)
    if time.monotonic() - _written.get(key, -EVERY) < EVERY:
        return
    _written[key] = time.monotonic()
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    row, _ = ChannelHour.objects.get_or_create(marketplace=marketplace, channel=channel, hour=hour)
    if error is None:
        values = {"succeeded": F("succeeded") + 1, "last_success": now}
    else:
        values = {"failed": F("failed") + 1, "last_failure": now, "last_error": error[:300]}
    ChannelHour.objects.filter(pk=row.pk).update(**values)


def last_success(marketplace: str, channel: str) -> datetime | None:
    """When the channel was last heard."""
    return (
        ChannelHour.objects.filter(marketplace=marketplace, channel=channel)
        .exclude(last_success=None)
        .order_by("-hour")
        .values_list("last_success", flat=True)
        .first()
    )
