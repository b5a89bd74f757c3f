"""What a marketplace last told us, so that a page has something to show when it is silent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemSnapshot(models.Model):
    """The last known offer of an item (JSON of services.keeping) and when it was read.

    Rows without an offer come from searches: they keep the translated title, which Taobao's detail
    calls do not give.
    """

    marketplace = models.CharField(_("marketplace"), max_length=10)
    item_id = models.CharField(_("item id"), max_length=40)
    offer = models.JSONField(null=True, blank=True)
    title_translated = models.CharField(max_length=300, blank=True)
    as_of = models.DateTimeField(_("read"), db_index=True)

    class Meta:
        verbose_name = _("last known offer")
        verbose_name_plural = _("last known offers")
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "item_id"], name="one_snapshot_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.marketplace} {self.item_id}"


class SearchSnapshot(models.Model):
    """The last answer to a search; `digest` stands for what was asked."""

    marketplace = models.CharField(_("marketplace"), max_length=10)
    digest = models.CharField(max_length=64)
    page = models.JSONField()
    as_of = models.DateTimeField(_("read"), db_index=True)

    class Meta:
        verbose_name = _("last search result")
        verbose_name_plural = _("last search results")
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "digest"], name="one_snapshot_a_search")
        ]

    def __str__(self) -> str:
        return f"{self.marketplace} {self.digest[:8]}"
