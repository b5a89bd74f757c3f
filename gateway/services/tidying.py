"""Letting go of rows that only the recent past needs."""

from __future__ import annotations

from datetime import timedelta

from desk import clock
from gateway.choices import PushState
from gateway.models import ChannelHour, PushMessage

KEPT_DAYS = 90


def tidy() -> int:
    """Delete processed pushes and channel hours older than KEPT_DAYS; how many rows."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    pushes, _ = (
        PushMessage.objects.filter(received_at__lt=before).exclude(state=PushState.NEW).delete()
    )
    hours, _ = ChannelHour.objects.filter(hour__lt=before).delete()
    return pushes + hours
