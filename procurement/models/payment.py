"""A payment of one order: its own row, so that a lost answer never hides behind the order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from desk import clock
from desk.money import company, from_minor
from procurement.choices import LIVE_PAYMENT, PaymentState


class Payment(models.Model):
    """`approved` and `ceiling` in minor units of `currency`; `paid` is what was read afterwards."""

    order = models.ForeignKey(
        "procurement.PurchaseOrder", on_delete=models.PROTECT, related_name="payments"
    )
    method = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=PaymentState, default=PaymentState.APPROVED)
    approved = models.BigIntegerField()
    ceiling = models.BigIntegerField()
    paid = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    company_approved = models.BigIntegerField()
    released = models.BooleanField(default=False)  # small enough, or finance said so
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=[s.value for s in LIVE_PAYMENT]),
                name="one_live_payment_an_order",
            )
        ]
        indexes = [models.Index(fields=["state", "-created_at"], name="payment_state")]

    def __str__(self) -> str:
        return f"{self.order} {self.state}"

    @property
    def approved_money(self) -> Money:
        return from_minor(self.approved, self.currency)

    @property
    def company_money(self) -> Money:
        return company(self.company_approved)
