"""Where a poller stands: one cursor a sub-account, marketplace and channel."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SyncCursor(models.Model):
    """`position`: all that changed before it has been read. Only a complete pass moves it."""

    sub_account = models.ForeignKey("accounts.SubAccount", on_delete=models.CASCADE)
    marketplace = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    position = models.DateTimeField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    lock_token = models.CharField(max_length=32, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    odd = models.CharField(max_length=300, blank=True)  # an order that could not be taken in
    hurry = models.BooleanField(default=False)  # a push named something we do not know
    changed = models.PositiveIntegerField(default=0)  # rows the last pass changed

    class Meta:
        verbose_name = _("sync cursor")
        verbose_name_plural = _("sync cursors")
        constraints = [
            models.UniqueConstraint(
                fields=["sub_account", "marketplace", "channel"], name="one_cursor_a_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.marketplace} {self.channel} {self.sub_account_id}"
