"""How each channel did, hour by hour: the strips of the connections page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelHour(models.Model):
    """Counts of one hour (UTC) of one channel at one marketplace."""

    marketplace = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    hour = models.DateTimeField()
    succeeded = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    last_success = models.DateTimeField(null=True, blank=True)
    last_failure = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("channel hour")
        verbose_name_plural = _("channel hours")
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "channel", "hour"], name="one_row_a_channel_and_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.marketplace} {self.channel} {self.hour:%Y-%m-%d %H}"
