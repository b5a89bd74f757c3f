"""Words of procurement: the states of requests, planned orders, orders, payments, parcels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PLACING = "placing", _("Being ordered")
    PLACED = "placed", _("Ordered")
    PARTLY_PLACED = "partly_placed", _("Partly ordered")
    CLOSED = "closed", _("Closed")
    SENT_BACK = "sent_back", _("Sent back")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PlannedState(models.TextChoices):
    """One seller's part of a request, until it is an order."""

    WAITING = "waiting", _("Waiting for approval")
    QUEUED = "queued", _("About to be ordered")
    PLACED = "placed", _("Ordered")
    CHANGED = "changed", _("Changed since it was approved")
    UNCLEAR = "unclear", _("Sent, answer lost; checking")
    REFUSED = "refused", _("Refused by the platform")
    DROPPED = "dropped", _("Not ordered")


class OrderState(models.TextChoices):
    PLACED = "placed", _("Ordered, not paid")
    PAID = "paid", _("Paid")
    PARTLY_SHIPPED = "partly_shipped", _("Partly on the way")
    SHIPPED = "shipped", _("On the way")
    COMPLETED = "completed", _("Completed")
    CANCELLING = "cancelling", _("Being cancelled")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", _("Closed")


class PaymentState(models.TextChoices):
    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    SENDING = "sending", _("Being paid")
    ACCEPTED = "accepted", _("Accepted, not yet settled")
    SETTLED = "settled", _("Paid")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Sent, answer lost; checking")
    WAITING_OUTSIDE = "waiting_outside", _("To be paid at the marketplace")


LIVE_PAYMENT = (
    PaymentState.SENDING,
    PaymentState.ACCEPTED,
    PaymentState.UNKNOWN,
    PaymentState.WAITING_OUTSIDE,
)


class LineState(models.TextChoices):
    OPEN = "open", _("Open")
    REFUSED = "refused", _("Refused")


class ParcelState(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    MOVING = "moving", _("On the way")
    OUT = "out", _("Out for delivery")
    DELIVERED = "delivered", _("Delivered")
    PROBLEM = "problem", _("Delivery problem")
