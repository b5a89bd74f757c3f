"""The push inbox: raw messages, stored once, processed later. A push is only a hint."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from desk import clock
from gateway.choices import PushState


class PushMessage(models.Model):
    """One message as it came. `digest` is the SHA-256 of the body: repeats are dropped."""

    digest = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    received_at = models.DateTimeField(default=clock.now)
    repeats = models.PositiveIntegerField(default=0)
    marketplace = models.CharField(max_length=10, blank=True)
    type = models.CharField(max_length=80, blank=True)
    refs = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=PushState, default=PushState.NEW)
    tries = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(default=clock.now)
    processed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("push message")
        verbose_name_plural = _("push messages")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "try_at"], name="push_due"),
            models.Index(fields=["marketplace", "-received_at"], name="push_last_heard"),
        ]

    def __str__(self) -> str:
        return f"{self.marketplace} {self.type} {self.received_at:%Y-%m-%d %H:%M}"
