"""Parcels from seller to warehouse, with the carriers' own words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from desk import clock
from procurement.choices import ParcelState


class Parcel(models.Model):
    """One waybill of an order. Several an order are usual."""

    order = models.ForeignKey(
        "procurement.PurchaseOrder", on_delete=models.CASCADE, related_name="parcels"
    )
    tracking_no = models.CharField(_("tracking number"), max_length=40, db_index=True)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ParcelState, default=ParcelState.ANNOUNCED)
    remote_status = models.CharField(max_length=40, blank=True)
    pieces = models.PositiveIntegerField(null=True, blank=True)
    last_event_at = models.DateTimeField(null=True, blank=True)
    last_event = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(fields=["order", "tracking_no"], name="one_row_a_waybill")
        ]

    def __str__(self) -> str:
        return self.tracking_no


class ParcelEvent(models.Model):
    """One scan. Carriers repeat and reorder them; (parcel, at, text) is unique."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    place = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("parcel event")
        verbose_name_plural = _("parcel events")
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "at", "text"], name="one_row_a_scan")
        ]

    def __str__(self) -> str:
        return self.text
