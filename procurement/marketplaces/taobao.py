"""Taobao orders through the platform: a create with our id, and a payment that finance settles.

    remote   upstream, or the platform's own       ours                       pay step
    12       BULIDING, still being built           placed
    0        WAIT_BUYER_P, to be paid              placed
    1        proof of payment uploaded             placed                     submitted
    2        finance accepted the payment          placed                     finance
    5        waiting for the finance system        placed                     finance
    3        finance turned the proof down         placed                     refused
    10       WAIT_SELLER_SEND_GOODS                paid
    11       WAIT_BUYER_CONFIRM_GOODS              shipped, or partly_shipped by its lines
    4        TRADE_CLOSED                          cancelled, or closed where it had been paid
    9        other, perhaps finished               says nothing (None), and is no error
    else     not in the contract                   None, word_known False

Ids: remote_id is the purchaseId (what create returns, what pay and cancel take), order_no the
19-digit orderId, outer_id our own. Reads and writes of the wire are left to xport.client.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from moneyed import Money

from procurement.choices import OrderState
from procurement.marketplaces.base import (
    NOTHING,
    Address,
    Deadline,
    Line,
    LineSnapshot,
    NotOffered,
    OrderNotThere,
    OrderPage,
    OrderRef,
    OrderSnapshot,
    ParcelSnapshot,
    PayAnswer,
    PayStep,
    Placed,
    Quote,
    in_all,
    map_done,
    page_of,
)
from procurement.marketplaces.taobao_answers import (
    merged,
    read_parcel,
    read_placed,
    read_quote,
)
from xport.client import Answer, Client, NotFound, Outcome, Rejected, Unreadable
from xport.client.endpoints import taobao_order as api

SLUG = "taobao"

STATES: dict[str, OrderState] = {
    "12": OrderState.PLACED,
    "0": OrderState.PLACED,
    "1": OrderState.PLACED,
    "2": OrderState.PLACED,
    "5": OrderState.PLACED,
    "3": OrderState.PLACED,
    "10": OrderState.PAID,
    "11": OrderState.SHIPPED,
    "4": OrderState.CANCELLED,
}
SAYS_NOTHING = frozenset({"9"})
BUILDING = frozenset({"12"})
PAY_STEPS: dict[str, str] = {"1": "submitted", "2": "finance", "5": "finance", "3": "refused"}
PAID_WORDS = frozenset({"10", "11"})
#: Words of a line that has left the seller, and of one that never will.
LINE_SHIPPED = frozenset({"11", "WAIT_BUYER_CONFIRM_GOODS", "TRADE_FINISHED"})
LINE_CLOSED = frozenset({"4", "TRADE_CLOSED"})


class Taobao:
    """The port. Several sellers in one call become several orders; we send one seller a call."""

    slug = SLUG
    label = "Taobao"
    order_key = True
    splits_by_seller = True
    cancels_asynchronously = True
    can_confirm_receipt = False
    placing_may_spend = False
    payment_methods: tuple[str, ...] = ("balance",)
    list_by_change = True

    def quote(
        self, client: Client, lines: Sequence[Line], address: Address, *, deadline: float
    ) -> Quote:
        """The platform's prices for a basket, lines that cannot be bought among them."""
        place = _receiver(address)
        request = api.RenderV2Request(
            render_item_list=tuple(
                api.RenderLine(line.order_item_id, line.order_sku_id, line.quantity)
                for line in lines
            ),
            receiver_address=place,
            warehouse_address=place,
        )
        return read_quote(lines, client.read(api.PURCHASE_RENDER_V2, request, deadline=deadline))

    def place(
        self,
        client: Client,
        lines: Sequence[Line],
        address: Address,
        *,
        outer_id: str,
        options: dict[str, Any],
        send_by: datetime,
        deadline: float,
    ) -> Outcome[Placed]:
        """Create under `outer_id`. The same id again gives the same orders, none anew.

        The budget is the sum of expected prices without freight: the platform refuses above it.
        `options` holds nothing that Taobao takes.
        """
        place = _receiver(address)
        request = api.CreateV2Request(
            outer_purchase_id=outer_id,
            purchase_amount=sum((line.unit_price * line.quantity for line in lines), NOTHING),
            order_line_list=tuple(
                api.CreateLine(
                    item_id=line.order_item_id,
                    sku_id=line.order_sku_id,
                    order_line_no=str(number),
                    quantity=line.quantity,
                    price=line.unit_price,
                )
                for number, line in enumerate(lines, 1)
            ),
            receiver=place,
            warehouse_address_info=place,
            support_partial_success=False,
        )
        outcome = client.write(api.PURCHASE_CREATE_V2, request, send_by=send_by, deadline=deadline)
        return map_done(outcome, lambda answer: read_placed(lines, answer))

    def list_orders(
        self,
        client: Client,
        *,
        page: int,
        size: int,
        changed_from: datetime | None = None,
        changed_to: datetime | None = None,
        created_from: datetime | None = None,
        outer_id: str = "",
        deadline: float,
    ) -> OrderPage:
        """One page, oldest change first.

        The list has no filter by creation. What was created since a moment has also changed since,
        so `created_from` narrows the window of changes, and older orders are left out here. A list
        that ignores `outer_id` raises Unreadable: it must not look like absence.
        """
        since = max(filter(None, (changed_from, created_from)), default=None)
        size = min(size, api.PURCHASE_PAGE.paging.max_size if api.PURCHASE_PAGE.paging else size)
        request = api.PurchasePageRequest(
            page_no=page,
            page_size=size,
            outer_purchase_id=outer_id or None,
            modify_time_start=since,
            modify_time_end=changed_to,
            sort_type="ASC",
        )
        answer = client.read(api.PURCHASE_PAGE, request, deadline=deadline)
        rows, total = answer.value.records, answer.value.total
        orders = [_order(row, answer) for row in rows]
        if outer_id:
            orders = [order for order in orders if order.outer_id == outer_id]
            if rows and not orders:
                # The filter was ignored, so this says nothing about an order of that id.
                raise _other_orders(answer)
        if created_from:
            orders = [o for o in orders if o.placed_at is None or o.placed_at >= created_from]
        return page_of(
            orders,
            page=page,
            size=answer.value.page_size or size,
            rows=len(rows),
            total=total,
            as_of=answer.as_of,
        )

    def read_order(self, client: Client, ref: OrderRef, *, deadline: float) -> OrderSnapshot:
        """One order: its detail, or the list filtered by purchase id where that fails.

        The detail's path is a guess of the contract, the list's is documented. Raises
        OrderNotThere when the list has no such order.
        """
        shared = Deadline(deadline)
        if ref.order_no:
            try:
                answer = client.read(
                    api.DETAIL, api.DetailRequest(ref.order_no), deadline=shared.left
                )
            except Rejected as failure:
                if not (isinstance(failure, NotFound) or failure.code.startswith("http 4")):
                    raise
            except Unreadable:
                pass  # some other page lives under the guessed path
            else:
                if answer.value.purchase_id == ref.remote_id:
                    return _order(answer.value, answer)
        return self._read_from_list(client, ref, deadline=shared.left)

    def _read_from_list(self, client: Client, ref: OrderRef, *, deadline: float) -> OrderSnapshot:
        request = api.PurchasePageRequest(page_size=20, purchase_ids=(ref.remote_id,))
        answer = client.read(api.PURCHASE_PAGE, request, deadline=deadline)
        for row in answer.value.records:
            if row.purchase_id == ref.remote_id:
                return _order(row, answer)
        if answer.value.records:
            raise _other_orders(answer)
        raise OrderNotThere.under(api.PURCHASE_PAGE.key, ref.remote_id, answer.request_id)

    def pay(
        self, client: Client, ref: OrderRef, *, method: str, send_by: datetime, deadline: float
    ) -> Outcome[PayAnswer]:
        """Submit one order for payment from the balance. Accepted is not paid: finance follows."""
        if method not in self.payment_methods:
            raise NotOffered(f"Taobao orders cannot be paid by {method!r}")
        request = api.PayRequest(purchase_order_id_list=(ref.remote_id,))
        outcome = client.write(api.PURCHASE_PAY, request, send_by=send_by, deadline=deadline)
        return map_done(outcome, lambda _answer: PayAnswer(PayStep.ACCEPTED))

    def cancel(
        self, client: Client, ref: OrderRef, *, reason: str, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        """Begin to cancel an unpaid order. Done says that it began; reading shows the end."""
        request = api.CancelRequest(purchase_id=ref.remote_id, cancel_reason=reason)
        outcome = client.write(api.PURCHASE_CANCEL, request, send_by=send_by, deadline=deadline)
        return map_done(outcome, lambda _answer: True)

    def confirm(
        self, client: Client, ref: OrderRef, *, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        """Taobao purchases have no such call. Raises NotOffered."""
        raise NotOffered("receipt of Taobao orders cannot be confirmed through the platform")

    def parcels(self, client: Client, ref: OrderRef, *, deadline: float) -> list[ParcelSnapshot]:
        """The parcels of all lines, each once. One call a line, so the order is read for its
        lines only where `ref` has none."""
        shared = Deadline(deadline)
        line_ids = ref.line_ids or tuple(
            line.remote_line_id
            for line in self.read_order(client, ref, deadline=shared.left).lines
            if line.remote_line_id
        )
        found: dict[str, ParcelSnapshot] = {}
        for line_id in line_ids:
            answer = client.read(api.LOGISTICS, api.LogisticsRequest(line_id), deadline=shared.left)
            for row in answer.value.pnm_logistics_details:
                if row.mail_no:
                    parcel = read_parcel(row, line_id, answer)
                    found[row.mail_no] = merged(found.get(row.mail_no), parcel)
        return list(found.values())


PORT = Taobao()


# -- what goes out ------------------------------------------------------------------------------


def _receiver(address: Address) -> api.Receiver:
    """The receiver in China: for goods that stay inside China consignee and warehouse are one."""
    return api.Receiver(
        name=address.receiver,
        mobile_phone=address.mobile,
        country="中国",
        state=address.province,
        city=address.city,
        district=address.district,
        address=address.street,
        zip=address.post_code or None,
    )


# -- what comes in ------------------------------------------------------------------------------


def _order(row: api.Purchase, answer: Answer[Any]) -> OrderSnapshot:
    lines = tuple(_line(line) for line in row.sub_orders)
    paid_at = row.pay_time or max(
        (line.pay_time for line in row.sub_orders if line.pay_time), default=None
    )
    state = _state(row, paid=paid_at is not None)
    total = _total(row, answer)
    freight = row.domestic_post_fee if row.domestic_post_fee is not None else NOTHING
    goods = row.product_amount if row.product_amount is not None else total - freight
    left = [p.rts_time for line in row.sub_orders for p in line.logistic_orders if p.rts_time]
    was_paid = paid_at is not None or row.status in PAID_WORDS
    return OrderSnapshot(
        marketplace=SLUG,
        remote_id=row.purchase_id,
        remote_status=row.status,
        state=state,
        word_known=row.status in STATES or row.status in SAYS_NOTHING,
        as_of=answer.as_of,
        total=total,
        goods=goods,
        freight=freight,
        order_no=row.order_id or "",
        outer_id=row.outer_purchase_id or "",
        paid=(row.pay_amount if row.pay_amount is not None else total) if was_paid else None,
        pay_step=PAY_STEPS.get(row.status, ""),
        payable=row.status not in BUILDING,
        placed_at=row.created_time,
        paid_at=paid_at,
        shipped_at=max(left) if left and state == OrderState.SHIPPED else None,
        modified_at=row.modify_time,
        closes_at=row.next_close_time_without_payment,
        seller_name=row.supplier_nick or "",
        close_reason=row.close_reason or "",
        lines=lines,
        tracking=tuple(dict.fromkeys(_tracking(row.sub_orders))),
    )


def _other_orders(answer: Answer[Any]) -> Unreadable:
    return Unreadable(
        endpoint=api.PURCHASE_PAGE.key,
        field="records",
        reason="the list holds other orders than asked for",
        request_id=answer.request_id,
    )


def _state(row: api.Purchase, *, paid: bool) -> OrderState | None:
    state = STATES.get(row.status)
    if state == OrderState.CANCELLED and paid:
        return OrderState.CLOSED
    if state == OrderState.SHIPPED:
        open_lines = [line for line in row.sub_orders if line.status not in LINE_CLOSED]
        shipped = [_shipped(line) for line in open_lines]
        # Lists may leave the parcels out: then the main word alone counts.
        if any(shipped) and not all(shipped):
            return OrderState.PARTLY_SHIPPED
    return state


def _total(row: api.Purchase, answer: Answer[Any]) -> Money:
    """What is to be paid. Never guessed as nothing: a payment is compared with it."""
    if row.purchase_amount is not None:
        return row.purchase_amount
    if row.product_amount is not None and row.domestic_post_fee is not None:
        return row.product_amount + row.domestic_post_fee
    amounts = [line.purchase_amount for line in row.sub_orders]
    if amounts and all(amount is not None for amount in amounts):
        return in_all(amounts)
    raise Unreadable(
        endpoint=api.PURCHASE_PAGE.key,
        field="purchaseAmount",
        reason="missing, and needed",
        request_id=answer.request_id,
    )


def _shipped(line: api.SubOrder) -> bool:
    if line.logistic_number or line.logistic_orders:
        return True
    return (line.status or "").upper() in LINE_SHIPPED


def _line(line: api.SubOrder) -> LineSnapshot:
    refund = line.refund_status
    return LineSnapshot(
        remote_line_id=line.sub_purchase_order_id,
        item_id=line.item_id or "",
        sku_id=line.sku_id or "",
        quantity=line.quantity or 0,
        amount=line.purchase_amount if line.purchase_amount is not None else line.product_amount,
        title=line.title or "",
        shipped=_shipped(line),
        refund_status=str(refund) if refund else "",  # 0: none asked for
    )


def _tracking(lines: Iterable[api.SubOrder]) -> Iterable[tuple[str, str]]:
    for line in lines:
        for parcel in line.logistic_orders:
            if parcel.logistic_number:
                yield parcel.logistic_company_name or "", parcel.logistic_number
        if line.logistic_number:
            yield line.logistic_company_name or "", line.logistic_number
