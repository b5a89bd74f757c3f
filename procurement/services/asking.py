"""Asking: the cart becomes a purchase request, once, and whoever must agree is asked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from approvals import services as approvals
from approvals.models import ApprovalStep
from desk import clock
from desk.money import convert, minor
from desk.states import StateError
from gateway.services.queueing import fingerprint
from procurement.choices import PlannedState, RequestState
from procurement.models import CartLine, PlannedOrder, PurchaseRequest, RequestLine, ShipTo
from procurement.models.goods import GoodsLine
from procurement.services import cart, placing
from procurement.services.numbering import next_request_number
from procurement.services.quoting import Group, quoted_unit_prices
from procurement.states import REQUEST

WITHDRAWABLE = (RequestState.ASKED, RequestState.SENT_BACK, RequestState.DRAFT)


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
    made = made_with(person=person, token=wish.token)
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
            made = made_with(person=person, token=wish.token)
            if made:
                return made
    raise AskRefused({"": [_("Many people asked at the same moment. Ask again.")]})


def made_with(*, person: User, token: str) -> PurchaseRequest | None:
    """The request this person's form made before, if it did."""
    if "\x00" in token:
        return None  # no form of ours, and PostgreSQL refuses to look for it
    return PurchaseRequest.objects.filter(token=token, requester=person).first()


def _check(person: User, wish: Wish, groups: list[Group]) -> None:
    if not person.may(Right.ASK):
        raise AskRefused({"": [_("You may look, but not order.")]})
    if not groups:
        raise AskRefused({"": [_("The cart is empty.")]})
    if not wish.token or len(wish.token) > 40:
        raise AskRefused({"": [_("This form is not whole. Open checkout again.")]})
    errors: dict[str, list[str]] = {}
    if not wish.purpose.strip():
        errors["purpose"] = [_("Say what it is for.")]
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
        address=wish.ship_to.as_json(),
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
    _empty_cart(person, [line for group in groups for line in group.lines])
    open_approval(request, by=person)
    _close_sent_back(request)
    return request


def _empty_cart(person: User, lines: list[GoodsLine]) -> None:
    """Take the lines out exactly as they were quoted. Another tab that was first, or changed a
    quantity meanwhile, undoes the whole request: AskRefused."""
    taken = 0
    for line in lines:
        rows = CartLine.objects.filter(
            pk=line.pk, person=person, quantity=line.quantity, saved_for_later=False
        )
        taken += rows.delete()[0]
    if taken != len(lines):
        raise AskRefused({"": [_("The cart changed a moment ago, in another window.")]})


def _close_sent_back(request: PurchaseRequest) -> None:
    """A request that was sent back ends when goods of it are asked for again."""
    variants = Q()
    for marketplace, item_id, sku_id in request.lines.values_list(
        "marketplace", "item_id", "sku_id"
    ):
        variants |= Q(lines__marketplace=marketplace, lines__item_id=item_id, lines__sku_id=sku_id)
    rows = PurchaseRequest.objects.filter(
        variants, requester=request.requester, state=RequestState.SENT_BACK
    )
    for older in rows.distinct():
        REQUEST.move(
            older,
            RequestState.WITHDRAWN,
            by=request.requester,
            why=gettext_noop("Changed and asked again as %(label)s."),
            label=request.label,
        )
        drop_planned(older)


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
        "ship_to": request.address,
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
    """Take one's own request back. Returns how many lines went back into the cart (none when it
    was sent back: then they are there already).

    Raises AskRefused when it is no longer waiting, or was never theirs.
    """
    if request.requester_id != by.pk:
        raise AskRefused({"": [_("Only who asked can take it back.")]})
    if request.state not in WITHDRAWABLE and not may_take_back(request, by):
        raise AskRefused({"": [_("It was decided already. Cancel its orders instead.")]})
    sent_back = request.state == RequestState.SENT_BACK
    with transaction.atomic():
        if request.state == RequestState.PLACING:
            if not placing.take_back(request=request, by=by):
                raise AskRefused({"": [_("Too late: it was sent already. Cancel the order.")]})
            request.refresh_from_db()
        approvals.withdraw(subject=REQUEST.subject(request), by=by)
        try:
            REQUEST.move(
                request, RequestState.WITHDRAWN, by=by, why=gettext_noop("Took the request back.")
            )
        except StateError:
            raise AskRefused({"": [_("It was decided a moment ago.")]}) from None
        drop_planned(request)
        lines = [] if sent_back else list(request.lines.all())
        return cart.refill(person=request.requester, lines=lines, as_of=request.asked_at)


def may_take_back(request: PurchaseRequest, by: User) -> bool:
    """Ordered by one's own limit and not sent yet: nobody else decided, so it is theirs to undo."""
    if request.state != RequestState.PLACING or request.requester_id != by.pk:
        return False
    asked_others = ApprovalStep.objects.filter(approval__subject=REQUEST.subject(request))
    return not asked_others.exists() and all(
        state == PlannedState.QUEUED for state in request.planned.values_list("state", flat=True)
    )


def drop_planned(request: PurchaseRequest) -> None:
    """Nothing of this request will be ordered any more."""
    request.planned.filter(
        state__in=(PlannedState.WAITING, PlannedState.CHANGED, PlannedState.REFUSED)
    ).update(state=PlannedState.DROPPED)


def to_cart(*, request: PurchaseRequest, by: User, planned: PlannedOrder | None = None) -> int:
    """Put a request's lines, or those of one of its orders, into one's own cart: to change what
    was sent back, to mend what was refused, to buy again. Returns how many lines.

    Raises AskRefused.
    """
    if not by.may(Right.ASK):
        raise AskRefused({"": [_("You may look, but not order.")]})
    lines = request.lines.filter(planned=planned) if planned else request.lines.all()
    return cart.refill(person=by, lines=list(lines), as_of=request.asked_at)
