"""Numbers people read: R-1042, R-1042/1, X-000123."""

from __future__ import annotations

from django.db.models import Max

from procurement.models import PurchaseOrder, PurchaseRequest

FIRST = 1001


def next_request_number() -> int:
    """One more than the highest; two at once collide on the unique column and one tries again."""
    highest = PurchaseRequest.objects.aggregate(highest=Max("number"))["highest"]
    return FIRST if highest is None else highest + 1


def next_order_number(request: PurchaseRequest) -> str:
    """R-1042/3 for the third order of a request."""
    return f"{request.label}/{PurchaseOrder.objects.filter(request=request).count() + 1}"
