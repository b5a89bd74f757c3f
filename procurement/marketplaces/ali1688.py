"""1688 orders through the platform: creates without a key, payments that may debit at once.

    remote                upstream's meaning          ours
    waitbuyerpay          unpaid                      placed
    waitsellersend        paid, to be shipped         paid, or partly_shipped by its lines
    waitbuyerreceive      shipped                     shipped
    confirm_goods         received                    completed
    success               finished                    completed
    cancel                cancelled                   cancelled
    terminated            ended early                 closed
    waitlogisticstakein   waiting for the carrier     says nothing (None): the contract infers these
    waitbuyersign         waiting to be signed for    four from upstream and does not say where they
    signinsuccess         signed for                  stand among the others
    signinfailed          not signed for              "
    else                  not in the contract         None, word_known False

Ids: remote_id and order_no are idOfStr, there is no outer id. Money is mixed at the wire (preview
sums fen, its lines yuan); the declarations of xport.client settle that, nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from moneyed import Money

from procurement.choices import OrderState
from procurement.marketplaces.ali1688_answers import (
    announced_parcel,
    paid_or_linked,
    parcel_heads,
    read_parcel,
    read_placed,
    read_quote,
    submitted,
)
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
    Placed,
    Quote,
    map_done,
    page_of,
)
from xport.client import Answer, Client, NotFound, Outcome, ReadFailed, Rejected, Unreadable
from xport.client.endpoints import alibaba_order as api
from xport.client.endpoints.alibaba_trade import BaseInfo, ProductItem, Trade

SLUG = "1688"
FLOW = "general"  # an ordinary market order, in every sample of the contract
BUYER_CANCELS = "buyerCancel"

STATES: dict[str, OrderState] = {
    "waitbuyerpay": OrderState.PLACED,
    "waitsellersend": OrderState.PAID,
    "waitbuyerreceive": OrderState.SHIPPED,
    "confirm_goods": OrderState.COMPLETED,
    "success": OrderState.COMPLETED,
    "cancel": OrderState.CANCELLED,
    "terminated": OrderState.CLOSED,
}
SAYS_NOTHING = frozenset({"waitlogisticstakein", "waitbuyersign", "signinsuccess", "signinfailed"})
PAID_WORDS = frozenset({"waitsellersend", "waitbuyerreceive", "confirm_goods", "success"})
#: logisticsStatus of a line: 1 not shipped, 2 shipped, 3 received, 4 returned, 5 part shipped.
LINE_SHIPPED = frozenset({2, 3, 4})
LINE_PARTLY_SHIPPED = 5
LINE_SHIPPED_WORDS = frozenset({"waitbuyerreceive", "confirm_goods", "success"})


class Ali1688:
    """The port. One shop a call; a large basket may still become several orders."""

    slug = SLUG
    label = "1688"
    order_key = False
    splits_by_seller = False
    cancels_asynchronously = False
    can_confirm_receipt = True
    placing_may_spend = False
    payment_methods: tuple[str, ...] = ("agreement", "bulk")
    list_by_change = True

    def quote(
        self, client: Client, lines: Sequence[Line], address: Address, *, deadline: float
    ) -> Quote:
        """The platform's prices, freight and trade types for a basket of one shop."""
        request = api.PreviewRequest(
            address_param=_address(address), cargo_param_list=_cargo(lines)
        )
        return read_quote(lines, client.read(api.PREVIEW, request, deadline=deadline))

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
        """Create an unpaid order. It has no key: the same call again makes another order.

        `options["trade_type"]` is one of the quote's trade types, left out for the default;
        `options["message"]` goes to the seller. `outer_id` has no place in this call.
        """
        request = api.CreateRequest(
            address_param=_address(address),
            cargo_param_list=_cargo(lines),
            flow=FLOW,
            message=options.get("message") or None,
            trade_type=options.get("trade_type") or None,
        )
        outcome = client.write(api.CREATE, request, send_by=send_by, deadline=deadline)
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
        """One page, newest first. Parcels are left out of lists; read the order for them.

        Raises NotOffered for an `outer_id`: 1688 knows none, and an unfiltered list would lie.
        """
        if outer_id:
            raise NotOffered("1688 orders have no id of ours to look for")
        size = min(size, api.PAGE.paging.max_size if api.PAGE.paging else size)
        request = api.PageRequest(
            page_no=page,
            page_size=size,
            create_start_time=created_from,
            modify_start_time=changed_from,
            modify_end_time=changed_to,
        )
        answer = client.read(api.PAGE, request, deadline=deadline)
        rows, total = answer.value.rows, answer.value.total_records
        return page_of(
            (_order(row, answer) for row in rows),
            page=page,
            size=answer.value.page_size or size,
            rows=len(rows),
            total=total,
            as_of=answer.as_of,
        )

    def read_order(self, client: Client, ref: OrderRef, *, deadline: float) -> OrderSnapshot:
        """One order with its parcels, or from the list (without them) where the detail fails.

        The detail is a sibling that another brand documents. Raises OrderNotThere when the list
        has no such order.
        """
        shared = Deadline(deadline)
        try:
            answer = self._detail(client, ref, shared)
        except Rejected as failure:
            if not (isinstance(failure, NotFound) or failure.code.startswith("http 4")):
                raise
        except Unreadable:
            pass  # some other page lives under the sibling's path
        else:
            if answer.value.base_info.id_of_str == ref.remote_id:
                return _order(answer.value, answer)
        return self._read_from_list(client, ref, deadline=shared.left)

    def _detail(self, client: Client, ref: OrderRef, shared: Deadline) -> Answer[Trade]:
        request = api.OrderDetailRequest(order_id=ref.remote_id)
        return client.read(api.ORDER_DETAIL, request, deadline=shared.left)

    def _read_from_list(self, client: Client, ref: OrderRef, *, deadline: float) -> OrderSnapshot:
        request = api.PageRequest(order_id=ref.remote_id)
        answer = client.read(api.PAGE, request, deadline=deadline)
        for row in answer.value.rows:
            if row.base_info.id_of_str == ref.remote_id:
                return _order(row, answer)
        if answer.value.rows:
            raise Unreadable(
                endpoint=api.PAGE.key,
                field="data",
                reason="the list holds other orders than asked for",
                request_id=answer.request_id,
            )
        raise OrderNotThere.under(api.PAGE.key, ref.remote_id, answer.request_id)

    def pay(
        self, client: Client, ref: OrderRef, *, method: str, send_by: datetime, deadline: float
    ) -> Outcome[PayAnswer]:
        """`agreement` debits at once or gives a link for a person; `bulk` submits for payment.

        The agreement is a GET that moves money: one click, one call.
        """
        if method == "agreement":
            paid = client.write(
                api.PAY, api.PayRequest(ref.remote_id), send_by=send_by, deadline=deadline
            )
            return map_done(paid, paid_or_linked)
        if method == "bulk":
            taken = client.write(
                api.PAY_BATCH,
                api.PayBatchRequest((ref.remote_id,)),
                send_by=send_by,
                deadline=deadline,
            )
            return map_done(taken, submitted)
        raise NotOffered(f"1688 orders cannot be paid by {method!r}")

    def cancel(
        self, client: Client, ref: OrderRef, *, reason: str, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        """Cancel an unpaid order, at once. Ours is the buyer's reason; `reason` is the remark."""
        request = api.CancelRequest(
            order_id=ref.remote_id, cancel_reason=BUYER_CANCELS, remark=reason or None
        )
        outcome = client.write(api.CANCEL, request, send_by=send_by, deadline=deadline)
        return map_done(outcome, lambda _answer: True)

    def confirm(
        self, client: Client, ref: OrderRef, *, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        """Tell the platform that all goods arrived. Irreversible: it releases the money."""
        request = api.ConfirmReceiptRequest(
            order_id=ref.remote_id, order_entry_ids=ref.line_ids or None
        )
        outcome = client.write(api.CONFIRM_RECEIPT, request, send_by=send_by, deadline=deadline)
        return map_done(outcome, lambda _answer: True)

    def parcels(self, client: Client, ref: OrderRef, *, deadline: float) -> list[ParcelSnapshot]:
        """The parcels with their scans. Carrier and lines stand in the order's detail only, so it
        is read too; where that fails the parcels come without them."""
        shared = Deadline(deadline)
        answer = client.read(api.TRACKING, api.TrackingRequest(ref.remote_id), deadline=shared.left)
        try:
            detail = self._detail(client, ref, shared).value
        except ReadFailed:
            detail = None
        heads = parcel_heads(detail)
        found = {}
        for row in answer.value.parcels:
            number = row.logistics_bill_no or row.logistics_id or ""
            if number:
                found[number] = read_parcel(row, number, heads.pop(number, None), answer)
        for number, head in heads.items():
            found[number] = announced_parcel(number, head, answer)
        return list(found.values())


PORT = Ali1688()


# -- what goes out ------------------------------------------------------------------------------


def _address(address: Address) -> api.AddressParam:
    return api.AddressParam(
        full_name=address.receiver,
        mobile=address.mobile,
        province_text=address.province,
        city_text=address.city,
        area_text=address.district,
        address=address.street,
        post_code=address.post_code or None,
    )


def _cargo(lines: Sequence[Line]) -> tuple[api.CargoParam, ...]:
    return tuple(
        api.CargoParam(line.order_item_id, line.order_sku_id, line.quantity) for line in lines
    )


# -- what comes in ------------------------------------------------------------------------------


def _order(trade: Trade, answer: Answer[Any]) -> OrderSnapshot:
    base = trade.base_info
    word = base.status or ""
    total = _total(base, answer)
    freight = base.shipping_fee if base.shipping_fee is not None else NOTHING
    goods = base.sum_product_payment
    was_paid = base.pay_time is not None or word in PAID_WORDS
    seller = base.seller_contact
    return OrderSnapshot(
        marketplace=SLUG,
        remote_id=base.id_of_str,
        remote_status=word,
        state=_state(word, trade.product_items),
        word_known=word in STATES or word in SAYS_NOTHING,
        as_of=answer.as_of,
        total=total,
        goods=goods if goods is not None else total - freight,
        freight=freight,
        order_no=base.id_of_str,
        paid=total if was_paid else None,
        placed_at=base.create_time,
        paid_at=base.pay_time,
        shipped_at=base.all_delivered_time,
        completed_at=base.complete_time,
        modified_at=base.modify_time,
        seller_id=base.seller_id or "",
        seller_name=(seller and (seller.company_name or seller.name)) or base.seller_login_id or "",
        close_reason=base.close_reason or "",
        lines=tuple(_line(line) for line in trade.product_items),
        tracking=tuple(
            (head.logistics_company_name or "", number)
            for number, head in parcel_heads(trade).items()
        ),
    )


def _total(base: BaseInfo, answer: Answer[Any]) -> Money:
    """What is to be paid. Never guessed as nothing: a payment is compared with it."""
    if base.total_amount is not None:
        return base.total_amount
    if base.sum_product_payment is not None and base.shipping_fee is not None:
        # The discount is negative when it takes off.
        discount = base.discount if base.discount is not None else NOTHING
        return base.sum_product_payment + base.shipping_fee + discount
    raise Unreadable(
        endpoint=api.PAGE.key,
        field="baseInfo.totalAmount",
        reason="missing, and needed",
        request_id=answer.request_id,
    )


def _state(word: str, lines: Iterable[ProductItem]) -> OrderState | None:
    state = STATES.get(word)
    if state == OrderState.PAID and any(
        _shipped(line) or line.logistics_status == LINE_PARTLY_SHIPPED for line in lines
    ):
        return OrderState.PARTLY_SHIPPED  # 1688 stays at waitsellersend until the last parcel
    return state


def _shipped(line: ProductItem) -> bool:
    return line.logistics_status in LINE_SHIPPED or (line.status or "") in LINE_SHIPPED_WORDS


def _line(line: ProductItem) -> LineSnapshot:
    return LineSnapshot(
        remote_line_id=line.sub_item_id or "",
        item_id=line.product_id or "",
        # What was ordered is the specId; a trade that lacks it names the skuId alone.
        sku_id=line.spec_id or line.sku_id or "",
        quantity=line.quantity or 0,
        amount=line.item_amount,
        title=line.name or "",
        picture=line.product_img_url[-1] if line.product_img_url else "",
        shipped=_shipped(line),
        refund_status=line.refund_status or "",
    )
