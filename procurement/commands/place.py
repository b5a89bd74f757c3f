"""Placing one planned order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.choices import Marketplace
from approvals import services as approvals
from approvals.choices import Reason
from approvals.models import Approval
from desk.choices import EventKind
from desk.money import Rate, convert, from_minor, minor
from gateway import doorbell
from gateway.choices import CommandState
from gateway.client import platform_now
from gateway.kinds import Absent, CommandKind, Doubt, Finding, Found, Several, Stop
from gateway.models import RemoteCommand
from procurement.choices import LineState, PlannedState, RequestState
from procurement.marketplaces import port
from procurement.marketplaces.base import Address, Line, OrderSnapshot, Placed, Quote
from procurement.models import PlannedOrder, PurchaseOrder
from procurement.services import polling
from procurement.services.making import make_order
from procurement.services.placing import place_payload, settle_request, take_turn
from procurement.services.quoting import quote
from procurement.states import PLANNED, REQUEST
from xport.client import Client, Outcome, ReadFailed

# UNCLEAR: this very command was queued again, because it was shown not to have been done.
MAY_BE_SENT = (PlannedState.QUEUED, PlannedState.UNCLEAR)
LOOK_BACK = timedelta(minutes=30)  # how far before sending the list is read, for clocks that differ
PAGE = 50
MOST_PAGES = 20


class Place(CommandKind):
    """Subject `planned:<id>`. Keyed where the marketplace carries our outer id."""

    name = "place"
    label = _("Place the order")

    def recheck(self, command: RemoteCommand) -> None:
        planned = self._planned(command)
        request = planned.request
        if request.state != RequestState.PLACING or planned.state not in MAY_BE_SENT:
            raise Stop(gettext_noop("The request is no longer being ordered."))
        if request.fingerprint != command.payload["request_fingerprint"]:
            raise Stop(gettext_noop("The request changed after it was approved."))
        if place_payload(planned) != command.payload:
            raise Stop(gettext_noop("What would be ordered is not what was approved."))
        problem = _approval_problem(planned)
        if problem:
            raise Stop(problem)
        if planned.state == PlannedState.UNCLEAR:
            PLANNED.move(
                planned,
                PlannedState.QUEUED,
                by=None,
                why=gettext_noop("Order %(number)d had not been placed; trying again."),
                kind=EventKind.MACHINE,
                number=planned.number,
            )

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        """The platform's quote now, and for keyless creates the orders that exist already."""
        planned = self._planned(command)
        now = quote(
            sub_account=command.sub_account,
            marketplace=command.marketplace,
            lines=lines_of(command),
            address=command.payload["address"],
            deadline=settings.COMMAND_CALL_SECONDS,
        )
        _stop_if_changed(planned, now)
        prepared: dict[str, Any] = {"total": minor(now.total), "as_of": now.as_of.isoformat()}
        prepared["prices"] = [
            [line.order_item_id, line.order_sku_id, minor(line.unit_price)]
            for line in now.lines
            if line.unit_price is not None
        ]
        if now.trade_types:
            prepared["trade_type"] = now.trade_types[0]
        if not port(command.marketplace).order_key:
            prepared |= self._baseline(command, client)
        return prepared

    def _baseline(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        """The orders that exist before sending. A repeat keeps the first baseline, so that what
        the first try made can never pass for an order that was there before. Raises Doubt."""
        if "known" in command.prepared and command.attempts.exists():
            since = datetime.fromisoformat(command.prepared["since"])
            orders, as_of = _orders_since(command, client, since)
            if not isinstance(_match(command, orders, as_of), Absent):
                raise Doubt(gettext_noop("The first try shows up now after all."))
            return {"since": command.prepared["since"], "known": command.prepared["known"]}
        since = platform_now(client) - LOOK_BACK
        orders, _as_of = _orders_since(command, client, since)
        return {"since": since.isoformat(), "known": [order.remote_id for order in orders]}

    def send(
        self, command: RemoteCommand, client: Client, *, send_by: datetime, deadline: float
    ) -> Outcome[Placed]:
        return port(command.marketplace).place(
            client,
            lines_of(command, command.prepared.get("prices", ())),
            Address(**command.payload["address"]),
            outer_id=command.payload["outer_id"],
            options={"trade_type": command.prepared.get("trade_type", "")},
            send_by=send_by,
            deadline=deadline,
        )

    def result(self, command: RemoteCommand, value: Placed) -> dict[str, Any]:
        return {
            "remote_ids": list(value.remote_ids),
            "left_out": [list(entry) for entry in value.left_out],
        }

    def find(self, command: RemoteCommand, client: Client) -> Finding:
        """By our outer id where there is one; else orders that are new, unclaimed and alike."""
        if port(command.marketplace).order_key:
            page = port(command.marketplace).list_orders(
                client,
                page=1,
                size=PAGE,
                outer_id=command.payload["outer_id"],
                deadline=settings.COMMAND_CALL_SECONDS,
            )
            if page.orders:
                return Found({"remote_ids": [o.remote_id for o in page.orders], "left_out": []})
            return Absent(page.as_of)
        since = datetime.fromisoformat(command.prepared["since"])
        orders, as_of = _orders_since(command, client, since)
        return _match(command, orders, as_of)

    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        planned = self._planned(command)
        take_turn(planned.request)
        self._let_polls_look(command)
        for remote_id in result["remote_ids"]:
            make_order(planned=planned, remote_id=remote_id)
        for item, sku, reason in result.get("left_out", ()):
            planned.lines.filter(order_item_id=item, order_sku_id=sku).update(
                state=LineState.REFUSED
            )
            planned.message = f"{planned.message} {reason}".strip()
        PLANNED.move(
            planned,
            PlannedState.PLACED,
            by=None,
            why=gettext_noop("Order %(number)d was placed at %(marketplace)s."),
            kind=EventKind.MONEY,
            also={"message": planned.message},
            number=planned.number,
            marketplace=Marketplace(planned.marketplace).label,
        )
        settle_request(planned.request)

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        planned = self._planned(command)
        take_turn(planned.request)
        self._let_polls_look(command)
        change = command.result.get("change")
        if command.state == CommandState.UNDONE:
            changed_before = Approval.objects.filter(subject=PLANNED.subject(planned)).exists()
            to = PlannedState.CHANGED if changed_before else PlannedState.WAITING
            why = gettext_noop("Order %(number)d was taken back.")
        elif change:
            to, why = PlannedState.CHANGED, gettext_noop("Order %(number)d costs more now.")
        else:
            to, why = PlannedState.REFUSED, gettext_noop("Order %(number)d could not be placed.")
        PLANNED.move(
            planned,
            to,
            by=None,
            why=why,
            kind=EventKind.MONEY,
            note=reason,
            also={"message": reason},
            number=planned.number,
        )
        if change:
            _ask_again(planned, change)
        elif to == PlannedState.REFUSED:
            settle_request(planned.request)

    def unclear(self, command: RemoteCommand) -> None:
        planned = self._planned(command)
        if planned.state == PlannedState.QUEUED:
            PLANNED.move(
                planned,
                PlannedState.UNCLEAR,
                by=None,
                why=gettext_noop("Order %(number)d was sent and the answer lost; checking."),
                kind=EventKind.MACHINE,
                number=planned.number,
            )

    def after_commit(self, command: RemoteCommand) -> None:
        for order in PurchaseOrder.objects.filter(planned_id=command.payload["planned"]):
            doorbell.ring("procurement.read_order", order.pk)

    def _let_polls_look(self, command: RemoteCommand) -> None:
        """Orders that polls left to this command are theirs from here on."""
        polling.look_back(
            sub_account=command.sub_account,
            marketplace=command.marketplace,
            to=command.created_at - LOOK_BACK,
        )

    def _planned(self, command: RemoteCommand) -> PlannedOrder:
        return PlannedOrder.objects.select_related("request", "sub_account").get(
            pk=command.payload["planned"]
        )


class KeyedPlace(Place):
    """Placing where a repeat with the same outer id is recognised, so it may be sent again."""

    name = "place_keyed"
    keyed = True


def lines_of(command: RemoteCommand, prices: Iterable[list[Any]] = ()) -> list[Line]:
    """The payload's lines as the port takes them; `prices` are those of the quote just read."""
    now = {(item, sku): price for item, sku, price in prices}
    return [
        Line(
            order_item_id=line["order_item_id"],
            order_sku_id=line["order_sku_id"],
            quantity=line["quantity"],
            unit_price=from_minor(
                now.get((line["order_item_id"], line["order_sku_id"]), line["unit_price"]),
                line["currency"],
            ),
            title=line["title"],
        )
        for line in command.payload["lines"]
    ]


def _approval_problem(planned: PlannedOrder) -> str | None:
    """A change that was approved afterwards stands for itself; else the request's approval."""
    own = PLANNED.subject(planned)
    if Approval.objects.filter(subject=own).exists():
        return approvals.who_stands_for(own)
    return approvals.who_stands_for(REQUEST.subject(planned.request))


def _stop_if_changed(planned: PlannedOrder, now: Quote) -> None:
    """Above the ceiling, or no longer to be had: nothing is sent."""
    if now.refused or now.unavailable:
        words = now.refused or "; ".join(line.reason for line in now.unavailable)
        raise Stop(words or gettext_noop("A line can no longer be bought."))
    total = minor(now.total)
    if planned.ceiling is None or total > planned.ceiling:
        raise Stop(
            gettext_noop("It costs more than was approved."),
            change={
                "then": {
                    "goods": planned.goods,
                    "freight": planned.freight,
                    "total": planned.total,
                },
                "now": {"goods": minor(now.goods), "freight": minor(now.freight), "total": total},
                "as_of": now.as_of.isoformat(),
                "lines": [
                    [line.order_item_id, line.order_sku_id, minor(line.unit_price)]
                    for line in now.lines
                    if line.unit_price is not None
                ],
            },
        )


def _ask_again(planned: PlannedOrder, change: dict[str, Any]) -> None:
    """One decision about the difference; only if approved are the new figures taken."""
    now = from_minor(change["now"]["total"], planned.currency)
    amount = minor(convert(now, Rate(planned.currency, planned.rate, planned.rate_day)))
    request = planned.request
    others = request.planned.exclude(pk=planned.pk).exclude(state=PlannedState.DROPPED)
    approvals.ask(
        subject=PLANNED.subject(planned),
        requester=request.requester,
        department=request.department,
        title=f"{request.label}/{planned.number} · {request.purpose}",
        url=request.get_absolute_url(),
        amount=amount,
        basis=amount + sum(others.values_list("company_total", flat=True)),
        fingerprint=f"{request.fingerprint[:32]}{change['now']['total']:x}"[:64],
        shown={"change": change, "currency": planned.currency},
        reason=Reason.CHANGE,
    )


def _orders_since(
    command: RemoteCommand, client: Client, since: datetime
) -> tuple[list[OrderSnapshot], datetime]:
    """Every order created since a moment, and when the first page was asked. Raises ReadFailed.

    A list whose total moves while it is read is not complete and is read again from the start.
    """
    for _again in range(3):
        orders: list[OrderSnapshot] = []
        as_of, total = None, None
        for number in range(1, MOST_PAGES + 1):
            page = port(command.marketplace).list_orders(
                client,
                page=number,
                size=PAGE,
                created_from=since,
                deadline=settings.COMMAND_CALL_SECONDS,
            )
            as_of = as_of or page.as_of
            if total is not None and page.total != total:
                break
            total = page.total
            orders += page.orders
            if not page.has_more:
                return list({o.remote_id: o for o in orders}.values()), as_of
    raise ReadFailed(
        endpoint=f"{command.marketplace} orders",
        code="shifting",
        sentence=gettext_noop("The order list keeps changing while it is read."),
    )


def _match(command: RemoteCommand, orders: list[OrderSnapshot], as_of: datetime) -> Finding:
    known = set(command.prepared["known"]) | set(command.ruled_out)
    wanted = Counter(
        {
            (line["order_item_id"], line["order_sku_id"]): line["quantity"]
            for line in command.payload["lines"]
        }
    )
    new = [o for o in orders if o.remote_id not in known]
    claimed = set(
        PurchaseOrder.objects.filter(
            marketplace=command.marketplace,
            remote_id__in=[o.remote_id for o in new],
            planned__isnull=False,
        ).values_list("remote_id", flat=True)
    )
    alike = [o for o in new if o.remote_id not in claimed and _within(o, wanted)]
    exact = [o for o in alike if _goods(o) == _by_item(wanted)]
    if len(exact) == 1:
        return Found({"remote_ids": [exact[0].remote_id], "left_out": []})
    if not exact and alike and sum((_goods(o) for o in alike), Counter()) == _by_item(wanted):
        return Found({"remote_ids": [o.remote_id for o in alike], "left_out": []})
    if alike:
        return Several([_candidate(order) for order in alike])
    return Absent(as_of)


def _candidate(order: OrderSnapshot) -> dict[str, Any]:
    """What a person needs to tell one from the other, beside what `apply` takes."""
    return {
        "remote_ids": [order.remote_id],
        "left_out": [],
        "seen": {
            "total": minor(order.total),
            "currency": order.total.currency.code,
            "seller": order.seller_name,
            "placed_at": order.placed_at.isoformat() if order.placed_at else "",
            "lines": [f"{line.quantity} × {line.title}" for line in order.lines],
        },
    }


def _goods(order: OrderSnapshot) -> Counter[str]:
    goods: Counter[str] = Counter()
    for line in order.lines:
        goods[line.item_id] += line.quantity
    return goods


def _by_item(wanted: Counter[tuple[str, str]]) -> Counter[str]:
    goods: Counter[str] = Counter()
    for (item, _sku), quantity in wanted.items():
        goods[item] += quantity
    return goods


def _within(order: OrderSnapshot, wanted: Counter[tuple[str, str]]) -> bool:
    """Whether an order holds nothing but what was asked for. Lists show the SKU under another id
    than ordering takes, so goods are compared by item and quantity."""
    goods = _goods(order)
    return bool(goods) and goods <= _by_item(wanted)
