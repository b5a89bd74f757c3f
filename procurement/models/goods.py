"""What every line of goods says about itself, from cart to order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from accounts.choices import Marketplace
from desk.money import from_minor


class GoodsLine(models.Model):
    """One variant of one item and how many. `order_item_id` and `order_sku_id` are the ids that
    ordering wants (Taobao mpId and mpSkuId, 1688 offerId and specId); `item_id` opens the page.
    `unit_price` in minor units of `currency`."""

    marketplace = models.CharField(_("marketplace"), max_length=10, choices=Marketplace)
    item_id = models.CharField(max_length=40)
    sku_id = models.CharField(max_length=40, blank=True)
    order_item_id = models.CharField(max_length=40)
    order_sku_id = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=300)
    title_original = models.CharField(_("original title"), max_length=300, blank=True)
    variant = models.CharField(_("variant"), max_length=200, blank=True)
    picture = models.CharField(max_length=500, blank=True)
    seller_id = models.CharField(max_length=60)
    seller_name = models.CharField(_("seller"), max_length=120)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.BigIntegerField(_("unit price"))
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        abstract = True

    @property
    def unit_money(self) -> Money:
        return from_minor(self.unit_price, self.currency)

    @property
    def total_money(self) -> Money:
        return from_minor(self.unit_price * self.quantity, self.currency)
