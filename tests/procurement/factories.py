"""Rows of orders for page tests, written straight into the database, each fit to be shown."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from approvals.choices import ApprovalState
from approvals.models import Approval
from desk import clock
from procurement.choices import OrderState, ParcelState, PaymentState
from procurement.models import OrderLine, Parcel, Payment, PurchaseOrder, PurchaseRequest

_made = iter(range(1, 10**9))


def make_request(company: SimpleNamespace, **fields: Any) -> PurchaseRequest:
    number = next(_made) + 5000
    values = {
        "number": number,
        "requester": company.ana,
        "department": company.marketing,
        "cost_centre": "4100",
        "purpose": f"Fair {number}",
        "ship_to": company.ship_to,
        "token": f"request-{number}",
        "state": "placed",
        "asked_at": clock.now(),
    }
    return PurchaseRequest.objects.create(**values | fields)


def make_order(company: SimpleNamespace, *, pieces: int = 20, **fields: Any) -> PurchaseOrder:
    """An order of Ana's with one line. `request=None, requester=None` makes one from outside."""
    serial = next(_made)
    request = fields.pop("request", ...)
    if request is ...:
        request = make_request(company)
    values = {
        "number": f"{request.label}/1" if request else f"X-{serial:06d}",
        "request": request,
        "requester": company.ana,
        "department": company.marketing if request else None,
        "cost_centre": "4100",
        "marketplace": "taobao",
        "sub_account": company.account,
        "remote_id": f"88{serial:012d}",
        "seller_name": "义乌某厂",
        "title": f"Mug {serial}",
        "goods": 123_400,
        "freight": 56,
        "total": 123_456,
        "rate": "0.128",
        "company_total": 15_802,
        "ordered_count": pieces,
        "placed_at": clock.now() - timedelta(minutes=serial),
        "as_of": clock.now() - timedelta(minutes=5),
    }
    order = PurchaseOrder.objects.create(**values | fields)
    OrderLine.objects.create(
        order=order,
        remote_line_id=f"L{serial}",
        marketplace=order.marketplace,
        item_id=f"item{serial}",
        order_item_id=f"item{serial}",
        title=order.title,
        title_original="马克杯",
        seller_id="s",
        seller_name="义乌某厂",
        quantity=pieces,
        unit_price=6170,
        amount=123_400,
    )
    return order


def make_payment(order: PurchaseOrder, **fields: Any) -> Payment:
    """An approved payment with the approval that covers it."""
    values = {
        "approved": order.total,
        "ceiling": order.total,
        "company_approved": order.company_total,
        "state": PaymentState.APPROVED,
    }
    payment = Payment.objects.create(order=order, **values | fields)
    Approval.objects.create(
        subject=f"payment:{payment.pk}",
        requester=order.requester,
        title="x",
        url="/",
        amount=order.company_total,
        fingerprint="f",
        state=ApprovalState.APPROVED,
    )
    return payment


def make_parcel(order: PurchaseOrder, **fields: Any) -> Parcel:
    values = {
        "tracking_no": f"YT{next(_made):010d}",
        "carrier": "圆通",
        "state": ParcelState.DELIVERED,
        "delivered_at": clock.now(),
    }
    return Parcel.objects.create(order=order, **values | fields)


def shipped(company: SimpleNamespace, **fields: Any) -> PurchaseOrder:
    """On the way, its parcel delivered."""
    order = make_order(company, **{"state": OrderState.SHIPPED} | fields)
    make_parcel(order)
    return order
