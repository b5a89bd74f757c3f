"""What people here call an item, beside its translated and original titles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import Marketplace
from desk import clock


class OurName(models.Model):
    """One name an item, company-wide; whoever may ask may change it."""

    marketplace = models.CharField(_("marketplace"), max_length=10, choices=Marketplace)
    item_id = models.CharField(_("item id"), max_length=40)
    name = models.CharField(_("our name for it"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL
    )
    at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("our name for an item")
        verbose_name_plural = _("our names for items")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "item_id"], name="one_name_an_item")
        ]

    def __str__(self) -> str:
        return self.name
