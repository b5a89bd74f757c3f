"""Asking: the cart becomes a purchase request, once, and whoever must agree is asked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from approvals import services as approvals
from desk import clock
from desk.choices import EventKind
from desk.money import convert, minor
from desk.states import StateError
from gateway.services.queueing import fingerprint
from procurement.choices import PlannedState, RequestState
from procurement.models import CartLine, PlannedOrder, PurchaseRequest, RequestLine, ShipTo
from procurement.models.goods import GoodsLine
from procurement.services import cart
from procurement.services.numbering import next_request_number
from procurement.services.quoting import Group, quoted_unit_prices
from procurement.states import REQUEST


class AskRefused(Exception):
    """Nothing was asked for. `errors` maps form fields ("" for the whole) to sentences."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("; ".join(text for texts in errors.values() for text in texts))
        self.errors = errors


class TotalRose(Exception):
    """The total is higher than the page showed; show both and let the person decide."""

    def __init__(self, now: int) -> None:
        super().__init__(str(now))
        self.now = now


@dataclass(frozen=True, slots=True)
class Wish:
    """What the checkout form says. `shown_total` in minor units of company currency is what the
    button said; `token` was rendered into the form."""

    token: str
    purpose: str
    cost_centre: str
    ship_to: ShipTo
    needed_by: date | None = None
    note: str = ""
    shown_total: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def ask_for(*, person: User, wish: Wish, groups: list[Group]) -> PurchaseRequest:
    """Make the request from quoted groups, empty the cart of its lines, and ask.

    The same token again gives the request it made the first time. Raises AskRefused, TotalRose.
    """
    made = PurchaseRequest.objects.filter(token=wish.token, requester=person).first()
    if made:
        return made
    _check(person, wish, groups)
    total = sum(minor(_company(group)) for group in groups)
    if wish.shown_total is not None and total > wish.shown_total:
        raise TotalRose(total)
    for _try in range(5):
        try:
            with transaction.atomic():
                return _make(person, wish, groups, total)
        except IntegrityError:
            made = PurchaseRequest.objects.filter(token=wish.token).first()
            if made:
                return made
    raise AskRefused({"": [_("Many people asked at the same moment. Ask again.")]})


def _check(person: User, wish: Wish, groups: list[Group]) -> None:
    if not person.may(Right.ASK):
        raise AskRefused({"": [_("You may look, but not order.")]})
    if not groups:
        raise AskRefused({"": [_("The cart is empty.")]})
    errors: dict[str, list[str]] = {}
    for group in groups:
        if group.sub_account is None:
            errors.setdefault(f"group-{group.key}", []).append(
                _("You have no sub-account for this marketplace. An admin can map you to one.")
            )
        elif group.rate is None:
            errors.setdefault(f"group-{group.key}", []).append(
                _("There is no exchange rate for %(currency)s. Finance can enter one.")
                % {"currency": group.lines[0].currency}
            )
        elif group.blocked:
            errors.setdefault(f"group-{group.key}", []).extend(group.blocked)
    if errors:
        raise AskRefused(errors)


def _company(group: Group) -> Any:
    assert group.rate is not None  # noqa: S101 - _check refused groups without a rate
    return convert(group.total, group.rate)


def _make(person: User, wish: Wish, groups: list[Group], total: int) -> PurchaseRequest:
    request = PurchaseRequest.objects.create(
        number=next_request_number(),
        requester=person,
        department=person.department,
        cost_centre=wish.cost_centre,
        purpose=wish.purpose,
        note=wish.note,
        needed_by=wish.needed_by,
        ship_to=wish.ship_to,
        total=total,
        token=wish.token,
        created_at=clock.now(),
    )
    position = 0
    for number, group in enumerate(groups, start=1):
        planned = _plan(request, number, group)
        prices = quoted_unit_prices(group.quote) if group.quote else {}
        for line in group.lines:
            position += 1
            _line(request, planned, position, line, prices, group)
    CartLine.objects.filter(
        pk__in=[line.pk for group in groups for line in group.lines], person=person
    ).delete()
    open_approval(request, by=person)
    return request


def _plan(request: PurchaseRequest, number: int, group: Group) -> PlannedOrder:
    assert group.rate is not None and group.sub_account is not None  # noqa: S101 - checked
    return PlannedOrder.objects.create(
        request=request,
        number=number,
        marketplace=group.marketplace,
        sub_account=group.sub_account,
        seller_id=group.seller_id,
        seller_name=group.seller_name,
        outer_id=f"QS{request.number}-{number}-{secrets.token_hex(4)}",
        goods=minor(group.goods),
        freight=minor(group.freight),
        total=minor(group.total),
        currency=group.total.currency.code,
        rate=group.rate.value,
        rate_day=group.rate.day,
        company_total=minor(_company(group)),
        quoted_at=group.quote.as_of if group.quote else None,
        quoted=group.quote is not None,
    )


def _line(
    request: PurchaseRequest,
    planned: PlannedOrder,
    position: int,
    line: GoodsLine,
    prices: dict[tuple[str, str], int],
    group: Group,
) -> None:
    assert group.rate is not None  # noqa: S101 - checked
    price = prices.get((line.order_item_id, line.order_sku_id), line.unit_price)
    copied = {
        field.name: getattr(line, field.name)
        for field in GoodsLine._meta.get_fields()
        if field.name not in {"id", "unit_price"}
    }
    row = RequestLine(
        request=request,
        planned=planned,
        position=position,
        unit_price=price,
        company_total=0,
        rules=getattr(line, "rules", {}),
        **copied,
    )
    row.company_total = minor(convert(row.total_money, group.rate))
    row.save()


def open_approval(request: PurchaseRequest, *, by: User) -> None:
    """Pin what is asked for and ask. In the caller's transaction."""
    request.fingerprint = fingerprint(content(request))
    PurchaseRequest.objects.filter(pk=request.pk).update(fingerprint=request.fingerprint)
    REQUEST.move(
        request,
        RequestState.ASKED,
        by=by,
        why=gettext_noop("Asked for it."),
        also={"asked_at": clock.now()},
    )
    approvals.ask(
        subject=REQUEST.subject(request),
        requester=request.requester,
        department=request.department,
        title=f"{request.label} · {request.purpose}",
        url=request.get_absolute_url(),
        amount=request.total,
        fingerprint=request.fingerprint,
        shown={},
    )
    request.refresh_from_db()


def content(request: PurchaseRequest) -> dict[str, Any]:
    """What an approval is about, as data: change any of it and the fingerprint changes."""
    return {
        "ship_to": request.ship_to.as_json(),
        "cost_centre": request.cost_centre,
        "planned": [
            {
                "marketplace": planned.marketplace,
                "sub_account": planned.sub_account_id,
                "seller": planned.seller_id,
                "total": planned.total,
                "currency": planned.currency,
                "lines": [
                    [line.order_item_id, line.order_sku_id, line.quantity, line.unit_price]
                    for line in planned.lines.all()
                ],
            }
            for planned in request.planned.prefetch_related("lines")
        ],
    }


def withdraw(*, request: PurchaseRequest, by: User) -> int:
    """Take one's own request back; its lines return to the cart. Returns how many lines.

    Raises AskRefused when it is no longer waiting (or was never theirs).
    """
    if request.requester_id != by.pk:
        raise AskRefused({"": [_("Only who asked can take it back.")]})
    if request.state not in {RequestState.ASKED, RequestState.SENT_BACK, RequestState.DRAFT}:
        raise AskRefused({"": [_("It was decided already. Cancel its orders instead.")]})
    with transaction.atomic():
        approvals.withdraw(subject=REQUEST.subject(request), by=by)
        try:
            REQUEST.move(
                request, RequestState.WITHDRAWN, by=by, why=gettext_noop("Took the request back.")
            )
        except StateError:
            raise AskRefused({"": [_("It was decided a moment ago.")]}) from None
        drop_planned(request)
        return cart.refill(person=request.requester, lines=list(request.lines.all()))


def drop_planned(request: PurchaseRequest) -> None:
    """Nothing of this request will be ordered any more."""
    request.planned.filter(
        state__in=(PlannedState.WAITING, PlannedState.CHANGED, PlannedState.REFUSED)
    ).update(state=PlannedState.DROPPED)


def to_cart(*, request: PurchaseRequest, by: User) -> int:
    """Put a request's lines into one's own cart: fix what was sent back, or buy again."""
    if not by.may(Right.ASK):
        raise AskRefused({"": [_("You may look, but not order.")]})
    count = cart.refill(person=by, lines=list(request.lines.all()))
    if request.state == RequestState.SENT_BACK and request.requester_id == by.pk:
        with transaction.atomic():
            REQUEST.move(
                request,
                RequestState.WITHDRAWN,
                by=by,
                why=gettext_noop("Took the lines back into the cart to change them."),
                kind=EventKind.DECISION,
            )
            drop_planned(request)
    return count
