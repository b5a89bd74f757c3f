"""The cart: what a person gathers before asking."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk import clock
from procurement.models.goods import GoodsLine


class CartLine(GoodsLine):
    """`rules` keeps what checks need without a call (moq, batch, stock, tiers), true `as_of`."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cart_lines"
    )
    rules = models.JSONField(default=dict, blank=True)
    as_of = models.DateTimeField(default=clock.now)
    added_at = models.DateTimeField(default=clock.now)
    saved_for_later = models.BooleanField(default=False)
    flag = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering = ("marketplace", "seller_name", "added_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "marketplace", "item_id", "sku_id"],
                name="one_cart_line_a_variant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"
