"""Baskets that can be bought at the sandbox, and the levers of the other side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procurement.marketplaces import port
from procurement.marketplaces.base import Address, Line, OrderPort, OrderRef, Placed
from xport.client import Client, Done
from xport.client.endpoints import alibaba_product, taobao_product
from xport.sandbox import Sandbox

ADDRESS = Address(
    receiver="陈晓",
    mobile="13800000000",
    province="浙江省",
    city="杭州市",
    district="余杭区",
    street="样品路1号仓",
    post_code="311121",
)
SECONDS = 10.0


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=5)


class Desk:
    """Does with a port what a service does, for one marketplace and sub-account."""

    address = ADDRESS

    def __init__(self, order_port: OrderPort, client: Client, sandbox: Sandbox) -> None:
        self.port, self.client, self.sandbox = order_port, client, sandbox
        self.placed_so_far = 0

    def place(self, lines: list[Line], outer_id: str = "", **options: Any) -> Any:
        self.placed_so_far += 1
        return self.port.place(
            self.client,
            lines,
            ADDRESS,
            outer_id=outer_id or f"R-{self.placed_so_far}",
            options=options,
            send_by=soon(),
            deadline=SECONDS,
        )

    def made(self, lines: list[Line], **more: Any) -> OrderRef:
        """The one order of a create that has to succeed."""
        outcome = self.place(lines, **more)
        assert isinstance(outcome, Done), outcome
        placed = outcome.value
        assert isinstance(placed, Placed)
        assert len(placed.remote_ids) == 1
        return OrderRef(placed.remote_ids[0])

    def read(self, ref: OrderRef) -> Any:
        return self.port.read_order(self.client, ref, deadline=SECONDS)

    def full_ref(self, ref: OrderRef) -> OrderRef:
        order = self.read(ref)
        lines = tuple(line.remote_line_id for line in order.lines)
        return OrderRef(order.remote_id, order.order_no, order.outer_id, lines)

    def pay(self, ref: OrderRef, method: str) -> Any:
        return self.port.pay(self.client, ref, method=method, send_by=soon(), deadline=SECONDS)

    def paid(self, lines: list[Line]) -> OrderRef:
        """An order that is paid and reads so, with all its ids."""
        ref = self.full_ref(self.made(lines))
        self.do(ref, "pay")
        self.later(minutes=1)
        return ref

    def cancel(self, ref: OrderRef, reason: str = "no longer needed") -> Any:
        return self.port.cancel(self.client, ref, reason=reason, send_by=soon(), deadline=SECONDS)

    def confirm(self, ref: OrderRef) -> Any:
        return self.port.confirm(self.client, ref, send_by=soon(), deadline=SECONDS)

    def parcels(self, ref: OrderRef) -> Any:
        return self.port.parcels(self.client, ref, deadline=SECONDS)

    def list(self, **more: Any) -> Any:
        return self.port.list_orders(
            self.client, **({"page": 1, "size": 20, "deadline": SECONDS} | more)
        )

    def quote(self, lines: list[Line]) -> Any:
        return self.port.quote(self.client, lines, ADDRESS, deadline=SECONDS)

    def do(self, ref: OrderRef, verb: str, **values: Any) -> Any:
        """The other side: ship, ship-part, deliver, price, close, pay."""
        return self.sandbox.control.order_verb(ref.remote_id, verb, values)

    def later(self, **span: float) -> None:
        self.sandbox.control.advance({"seconds": timedelta(**span).total_seconds()})

    def effects(self, effect: str) -> list[Any]:
        return self.sandbox.engine.ledger.rows(effect=effect)


@pytest.fixture
def taobao(xport_client: Client, sandbox: Sandbox) -> Desk:
    return Desk(port("taobao"), xport_client, sandbox)


@pytest.fixture
def ali(xport_client: Client, sandbox: Sandbox) -> Desk:
    return Desk(port("1688"), xport_client, sandbox)


@pytest.fixture
def taobao_lines(xport_client: Client) -> Callable[..., list[Line]]:
    """Lines for goods of one shop that are in stock."""

    def find(count: int = 1, quantity: int = 2) -> list[Line]:
        request = taobao_product.SearchRequest(keyword="杯子", page_no=1, page_size=40)
        for item in xport_client.read(taobao_product.SEARCH, request).value.items:
            detail = taobao_product.GetRequest(item_id=item.item_id)
            good = xport_client.read(taobao_product.DETAIL_V2, detail).value
            skus = [sku for sku in good.sku_list if sku.mp_sku_id and (sku.quantity or 0) >= 100]
            if len(skus) >= count and (good.begin_amount or 1) <= quantity:
                return [
                    Line(good.mp_id, sku.mp_sku_id, quantity, sku.promotion_price or sku.price)
                    for sku in skus[:count]
                ]
        raise AssertionError("no good to order")

    return find


@pytest.fixture
def ali_lines(xport_client: Client) -> Callable[..., list[Line]]:
    """Lines for one offer that are in stock, with a quantity that it takes."""

    def find(count: int = 1) -> list[Line]:
        request = alibaba_product.SearchRequest(keyword="杯")
        for row in xport_client.read(alibaba_product.SEARCH, request).value.rows:
            detail = alibaba_product.DetailRequest(offer_id=row.offer_id)
            offer = xport_client.read(alibaba_product.DETAIL, detail).value
            batch = offer.batch_number or 1
            quantity = max(offer.min_order_quantity or 1, batch, 2)
            quantity += -quantity % batch
            skus = [s for s in offer.product_sku_infos if (s.amount_on_sale or 0) >= 5 * quantity]
            if len(skus) >= count:
                return [
                    Line(offer.offer_id, sku.spec_id, quantity, sku.consign_price or sku.price)
                    for sku in skus[:count]
                ]
        raise AssertionError("no offer to order")

    return find
