"""What this database belongs to: practice or one live platform."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlatformMark(models.Model):
    """One row, written at the first start. Starting against something else is an error."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    base_url = models.CharField(max_length=200)
    is_practice = models.BooleanField()
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("platform mark")
        verbose_name_plural = _("platform marks")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_platform_mark")]

    def __str__(self) -> str:
        return self.base_url
