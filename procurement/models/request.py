"""A purchase request: what people ask for and approve, and the orders it is planned to become."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from accounts.choices import Marketplace
from desk import clock
from desk.money import company, from_minor
from procurement.choices import LineState, PlannedState, RequestState
from procurement.models.goods import GoodsLine


class PurchaseRequest(models.Model):
    """R-1042. `total`, `ceiling` in minor units of company currency; `token` makes asking
    unrepeatable; `fingerprint` pins what was asked for."""

    number = models.PositiveIntegerField(unique=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="requests"
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT
    )
    cost_centre = models.CharField(_("cost centre"), max_length=20)
    purpose = models.CharField(_("for what"), max_length=200)
    note = models.TextField(_("note"), blank=True, max_length=5000)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    ship_to = models.ForeignKey("procurement.ShipTo", on_delete=models.PROTECT)
    address = models.JSONField(default=dict)  # ship_to as it was when asked for, and approved
    state = models.CharField(max_length=15, choices=RequestState, default=RequestState.DRAFT)
    total = models.BigIntegerField(default=0)
    ceiling = models.BigIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("purchase request")
        verbose_name_plural = _("purchase requests")
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["requester", "-number"], name="request_requester"),
            models.Index(fields=["department", "-number"], name="request_department"),
            models.Index(fields=["state", "-number"], name="request_state"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"R-{self.number}"

    @property
    def total_money(self) -> Money:
        return company(self.total)

    def get_absolute_url(self) -> str:
        return reverse("requests:detail", args=[self.number])


class PlannedOrder(models.Model):
    """One seller's lines of a request, placed by one command. Money in minor units of `currency`;
    `approved_total` is what the approval covered, `ceiling` that plus the tolerance."""

    request = models.ForeignKey(PurchaseRequest, on_delete=models.CASCADE, related_name="planned")
    number = models.PositiveSmallIntegerField()
    marketplace = models.CharField(max_length=10, choices=Marketplace)
    sub_account = models.ForeignKey("accounts.SubAccount", on_delete=models.PROTECT)
    seller_id = models.CharField(max_length=60)
    seller_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=PlannedState, default=PlannedState.WAITING)
    outer_id = models.CharField(max_length=40, unique=True)
    goods = models.BigIntegerField()
    freight = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    rate = models.DecimalField(max_digits=16, decimal_places=8)
    rate_day = models.DateField()
    company_total = models.BigIntegerField()
    approved_total = models.BigIntegerField(null=True, blank=True)
    ceiling = models.BigIntegerField(null=True, blank=True)
    quoted_at = models.DateTimeField(null=True, blank=True)
    quoted = models.BooleanField(default=False)  # False: the platform gave no quote, list prices
    message = models.TextField(blank=True)  # the platform's words, when it refused

    class Meta:
        verbose_name = _("planned order")
        verbose_name_plural = _("planned orders")
        ordering = ("request", "number")
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="planned_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.request.label} · {self.number}"

    @property
    def total_money(self) -> Money:
        return from_minor(self.total, self.currency)

    @property
    def goods_money(self) -> Money:
        return from_minor(self.goods, self.currency)

    @property
    def freight_money(self) -> Money:
        return from_minor(self.freight, self.currency)


class RequestLine(GoodsLine):
    """A line of a request. `company_total` in minor units of company currency."""

    request = models.ForeignKey(PurchaseRequest, on_delete=models.CASCADE, related_name="lines")
    planned = models.ForeignKey(PlannedOrder, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=LineState, default=LineState.OPEN)
    company_total = models.BigIntegerField()
    rules = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("request line")
        verbose_name_plural = _("request lines")
        ordering = ("request", "position")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def company_money(self) -> Money:
        return company(self.company_total)
