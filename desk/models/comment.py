"""What people say about a request or an order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk import clock


class Comment(models.Model):
    """A person's words on a subject ("request:12"). Plain text, at most 5,000 characters."""

    subject = models.CharField(max_length=40)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "id")
        indexes = [models.Index(fields=["subject", "at"], name="comment_subject_at")]

    def __str__(self) -> str:
        return self.text[:40]
