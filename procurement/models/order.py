"""A purchase order: one order at the platform, as last read, and what we counted in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from accounts.choices import Marketplace
from desk import clock
from desk.money import company, from_minor
from procurement.choices import OrderState
from procurement.models.goods import GoodsLine


class PurchaseOrder(models.Model):
    """R-1042/1, or X-000123 when it was placed outside the desk.

    `remote_id` is the id that paying and cancelling take; `order_no` the platform's order number.
    `remote_status` is the platform's own word; `word_known` False when we do not know it.
    `as_of` is the moment the last adopted read started. Amounts in minor units of `currency`.
    """

    number = models.CharField(max_length=20, unique=True)
    request = models.ForeignKey(
        "procurement.PurchaseRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    planned = models.ForeignKey(
        "procurement.PlannedOrder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT
    )
    cost_centre = models.CharField(max_length=20, blank=True)
    marketplace = models.CharField(max_length=10, choices=Marketplace)
    sub_account = models.ForeignKey("accounts.SubAccount", on_delete=models.PROTECT)
    remote_id = models.CharField(max_length=40)
    order_no = models.CharField(max_length=40, blank=True, db_index=True)
    outer_id = models.CharField(max_length=40, blank=True)
    seller_id = models.CharField(max_length=60, blank=True)
    seller_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=15, choices=OrderState, default=OrderState.PLACED)
    remote_status = models.CharField(max_length=40, blank=True)
    word_known = models.BooleanField(default=True)
    conflict = models.CharField(max_length=200, blank=True)
    goods = models.BigIntegerField(default=0)
    freight = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    rate = models.DecimalField(max_digits=16, decimal_places=8, default=1)
    rate_day = models.DateField(null=True, blank=True)
    company_total = models.BigIntegerField(default=0)
    placed_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(default=clock.now)
    reread_at = models.DateTimeField(null=True, blank=True)
    parcels_at = models.DateTimeField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)
    ordered_count = models.PositiveIntegerField(default=0)
    received_count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        ordering = ("-placed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "remote_id"], name="one_order_a_remote_id"
            )
        ]
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="order_newest"),
            models.Index(fields=["requester", "-placed_at"], name="order_requester"),
            models.Index(fields=["department", "-placed_at"], name="order_department"),
            models.Index(fields=["state", "-placed_at"], name="order_state"),
            models.Index(fields=["sub_account", "marketplace", "state"], name="order_poll"),
            models.Index(fields=["reread_at"], name="order_reread"),
            models.Index(fields=["outer_id"], name="order_outer_id"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total_money(self) -> Money:
        return from_minor(self.total, self.currency)

    @property
    def company_money(self) -> Money:
        return company(self.company_total)

    @property
    def is_outside(self) -> bool:
        """Placed outside the desk and not claimed by anyone."""
        return self.request_id is None and self.requester_id is None

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", args=[self.number])


class OrderLine(GoodsLine):
    """A line of an order, as the platform shows it, with our own counts."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    request_line = models.ForeignKey(
        "procurement.RequestLine", null=True, blank=True, on_delete=models.SET_NULL
    )
    remote_line_id = models.CharField(max_length=40)
    amount = models.BigIntegerField(default=0)
    shipped = models.PositiveIntegerField(default=0)
    received = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "remote_line_id"], name="one_row_a_remote_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class GoodsReceipt(models.Model):
    """A count of goods received. A correction is another row, so the count stays explainable."""

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="receipts")
    quantity = models.IntegerField(_("quantity"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=500, blank=True)
    token = models.CharField(max_length=60, unique=True)

    class Meta:
        verbose_name = _("goods receipt")
        verbose_name_plural = _("goods receipts")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.quantity:+d}"
