"""Making our row for a remote order: from the answer to placing, or because it was found there."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop

from accounts.choices import Marketplace
from accounts.models import SubAccount
from approvals.models import ApprovalPolicy
from desk import clock
from desk.choices import EventKind, Source
from desk.models.event import record
from desk.money import NoRate, Rate, convert, minor, rate_for
from procurement.choices import PaymentState
from procurement.marketplaces.base import OrderSnapshot
from procurement.models import Payment, PlannedOrder, PurchaseOrder
from procurement.services.numbering import next_order_number
from procurement.states import ORDER


def make_order(*, planned: PlannedOrder, remote_id: str) -> PurchaseOrder:
    """The order of a planned order, with its payment approved under the same ceiling.

    In the transaction that closes the place command. A row that a poll made first is claimed.
    """
    request = planned.request
    now = clock.now()
    first = planned.lines.first()
    values = {
        "request": request,
        "planned": planned,
        "requester": request.requester,
        "department": request.department,
        "cost_centre": request.cost_centre,
        "sub_account": planned.sub_account,
        "outer_id": planned.outer_id,
        "seller_id": planned.seller_id,
        "seller_name": planned.seller_name,
        "title": first.title if first else "",
        "pictures": [line.picture for line in planned.lines.all()[:3] if line.picture],
        "currency": planned.currency,
        "rate": planned.rate,
        "rate_day": planned.rate_day,
        "reread_at": now,
    }
    order, created = PurchaseOrder.objects.get_or_create(
        marketplace=planned.marketplace,
        remote_id=remote_id,
        defaults=values
        | {
            "number": next_order_number(request),
            "goods": planned.goods,
            "freight": planned.freight,
            "total": planned.total,
            "company_total": planned.company_total,
            "placed_at": now,
            "as_of": planned.request.created_at,
            "ordered_count": sum(line.quantity for line in planned.lines.all()),
        },
    )
    if not created:
        if order.planned_id:
            return order
        PurchaseOrder.objects.filter(pk=order.pk).update(
            **values, number=next_order_number(request)
        )
        order.refresh_from_db()
    record(
        ORDER.subject(order),
        gettext_noop("Ordered at %(marketplace)s as %(remote)s."),
        kind=EventKind.MONEY,
        source=Source.PLATFORM,
        marketplace=Marketplace(order.marketplace).label,
        remote=remote_id,
    )
    approve_payment(order=order, planned=planned)
    return order


def approve_payment(*, order: PurchaseOrder, planned: PlannedOrder) -> Payment:
    """The request's approval covers paying too, up to the ceiling fixed with it."""
    limit = ApprovalPolicy.current().pay_at_once_up_to
    return Payment.objects.create(
        order=order,
        method="",
        state=PaymentState.APPROVED,
        approved=planned.approved_total or planned.total,
        ceiling=planned.ceiling or planned.total,
        currency=planned.currency,
        company_approved=planned.company_total,
        released=planned.company_total <= limit,
        created_at=clock.now(),
    )


def adopt_outside(*, sub_account: SubAccount, snapshot: OrderSnapshot) -> PurchaseOrder:
    """A row for an order that nobody here placed. Its number is its own: X-000123."""
    rate = rate_or_none(snapshot.total.currency.code)
    order, created = PurchaseOrder.objects.get_or_create(
        marketplace=snapshot.marketplace,
        remote_id=snapshot.remote_id,
        defaults={
            "number": f"X-{snapshot.marketplace[:2]}-{snapshot.remote_id[-8:]}"[:20],
            "sub_account": sub_account,
            "currency": snapshot.total.currency.code,
            "rate": rate.value if rate else 1,
            "rate_day": rate.day if rate else None,
            "company_total": minor(convert(snapshot.total, rate)) if rate else 0,
            "placed_at": snapshot.placed_at or clock.now(),
            "as_of": snapshot.as_of - timedelta(microseconds=1),  # so that it is adopted next
            "seller_name": snapshot.seller_name[:120],
            "title": snapshot.lines[0].title[:300] if snapshot.lines else "",
            "pictures": [line.picture for line in snapshot.lines[:3] if line.picture],
        },
    )
    if created:
        PurchaseOrder.objects.filter(pk=order.pk).update(number=f"X-{order.pk:06d}")
        order.refresh_from_db()
        record(
            ORDER.subject(order),
            gettext_noop("Found at the platform: placed outside the desk."),
            kind=EventKind.MACHINE,
            source=Source.PLATFORM,
        )
    return order


def rate_or_none(currency: str) -> Rate | None:
    try:
        return rate_for(currency)
    except NoRate:
        return None
