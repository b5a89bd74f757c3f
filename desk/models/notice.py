"""Notices: what one person is told, in the desk and by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk import clock


class Notice(models.Model):
    """Told to one person once: `key` is unique a person, so a repeated event tells nobody twice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    key = models.CharField(max_length=80)
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_notice_a_person_and_key")
        ]
        indexes = [models.Index(fields=["person", "read_at", "-at"], name="notice_person_read")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return gettext(self.text) % self.params if self.params else gettext(self.text)
