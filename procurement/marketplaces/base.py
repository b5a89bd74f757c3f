"""What a marketplace can do with orders, in our words: the port its adapters implement.

Adapters are stateless: they take a client and plain data, return these frozen snapshots with
`as_of` (the moment the request started), and never touch the ORM. Each opens with its status
table. The remote word is always kept beside ours; a word we do not know leaves `state` None.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _
from moneyed import CNY, Money

from xport.client import Client, Done, NotFound, Outcome, XportError


@dataclass(frozen=True, slots=True)
class Line:
    """A line to price or to buy. `unit_price` is what we expect to pay for one."""

    order_item_id: str
    order_sku_id: str
    quantity: int
    unit_price: Money
    title: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.order_item_id, self.order_sku_id, self.quantity)


@dataclass(frozen=True, slots=True)
class Address:
    """A receiver in China, place names in Chinese (ShipTo.as_json() gives the fields)."""

    receiver: str
    mobile: str
    province: str
    city: str
    district: str
    street: str
    post_code: str = ""


@dataclass(frozen=True, slots=True)
class QuotedLine:
    order_item_id: str
    order_sku_id: str
    unit_price: Money | None
    available: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The platform's own total before placing. `refused` is its words when nothing can be had."""

    goods: Money
    freight: Money
    total: Money
    lines: tuple[QuotedLine, ...]
    as_of: datetime
    discount: Money | None = None
    refused: str = ""
    trade_types: tuple[str, ...] = ()

    @property
    def unavailable(self) -> tuple[QuotedLine, ...]:
        return tuple(line for line in self.lines if not line.available)


@dataclass(frozen=True, slots=True)
class LineSnapshot:
    remote_line_id: str
    item_id: str
    sku_id: str
    quantity: int
    amount: Money | None
    title: str = ""
    picture: str = ""
    shipped: bool = False
    refund_status: str = ""


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """One order as the platform shows it. `state` is a procurement.choices.OrderState value or
    None for a word that says nothing to us. `pay_step` is "" | "submitted" | "finance" |
    "refused" where the platform shows a payment under way. `total` is what is to be paid."""

    marketplace: str
    remote_id: str
    remote_status: str
    state: str | None
    word_known: bool
    as_of: datetime
    total: Money
    goods: Money
    freight: Money
    order_no: str = ""
    outer_id: str = ""
    paid: Money | None = None
    pay_step: str = ""
    payable: bool = True  # False while the platform is still building it
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    completed_at: datetime | None = None
    modified_at: datetime | None = None
    closes_at: datetime | None = None
    seller_id: str = ""
    seller_name: str = ""
    close_reason: str = ""
    lines: tuple[LineSnapshot, ...] = ()
    tracking: tuple[tuple[str, str], ...] = ()  # (carrier, tracking number)


@dataclass(frozen=True, slots=True)
class OrderPage:
    orders: tuple[OrderSnapshot, ...]
    total: int
    page: int
    has_more: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """What a create call made: remote ids, and the lines that were left out with reasons."""

    remote_ids: tuple[str, ...]
    left_out: tuple[tuple[str, str, str], ...] = ()  # (order_item_id, order_sku_id, reason)


class PayStep(StrEnum):
    PAID = "paid"  # debited; reading the order will show it
    ACCEPTED = "accepted"  # will be debited; nothing is proven
    OUTSIDE = "outside"  # a person has to pay behind a link


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """`link` is given to one person once and never stored."""

    step: PayStep
    link: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ScanSnapshot:
    at: datetime
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ParcelSnapshot:
    """`state` is a procurement.choices.ParcelState value, None when the word says nothing to us."""

    tracking_no: str
    carrier: str
    state: str | None
    remote_status: str
    as_of: datetime
    pieces: int | None = None
    remote_line_ids: tuple[str, ...] = ()
    scans: tuple[ScanSnapshot, ...] = ()


class OrderPort(Protocol):
    """What each module in procurement/marketplaces offers as `PORT`.

    Writes return the client's outcome with our words as its value. Reads raise ReadFailed.
    `ref` is the stored order's ids: remote_id, order_no, outer_id, line_ids.
    """

    slug: str
    label: str
    order_key: bool  # a create carries our id and a repeat is recognised
    splits_by_seller: bool
    cancels_asynchronously: bool
    can_confirm_receipt: bool
    placing_may_spend: bool
    payment_methods: tuple[str, ...]
    list_by_change: bool  # the list can be filtered by time of change

    def quote(
        self, client: Client, lines: Sequence[Line], address: Address, *, deadline: float
    ) -> Quote: ...

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
    ) -> Outcome[Placed]: ...

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
    ) -> OrderPage: ...

    def read_order(self, client: Client, ref: OrderRef, *, deadline: float) -> OrderSnapshot: ...

    def pay(
        self, client: Client, ref: OrderRef, *, method: str, send_by: datetime, deadline: float
    ) -> Outcome[PayAnswer]: ...

    def cancel(
        self, client: Client, ref: OrderRef, *, reason: str, send_by: datetime, deadline: float
    ) -> Outcome[bool]: ...

    def confirm(
        self, client: Client, ref: OrderRef, *, send_by: datetime, deadline: float
    ) -> Outcome[bool]: ...

    def parcels(
        self, client: Client, ref: OrderRef, *, deadline: float
    ) -> list[ParcelSnapshot]: ...


@dataclass(frozen=True, slots=True)
class OrderRef:
    """The ids under which the platform knows an order."""

    remote_id: str
    order_no: str = ""
    outer_id: str = ""
    line_ids: tuple[str, ...] = ()


class OrderNotThere(NotFound):
    """The platform was asked and has no such order. A ReadFailed, so pages can show it."""

    @classmethod
    def under(cls, endpoint: str, number: str, request_id: str = "") -> OrderNotThere:
        return cls(
            endpoint=endpoint,
            code="order_not_there",
            message=f"no order {number}",
            request_id=request_id,
            sentence=_("The platform has no order under this number."),
        )


class NotOffered(XportError):
    """The marketplace has no such action; the port's flags say so beforehand. Nothing was sent."""


T = TypeVar("T")
S = TypeVar("S")


def map_done(outcome: Outcome[T], read: Callable[[T], S]) -> Outcome[S]:
    """The same outcome with a Done's value in our words; the other three stay as they are."""
    if isinstance(outcome, Done):
        return Done(read(outcome.value), outcome.request_id, outcome.as_of)
    return outcome


class Deadline:
    """Seconds that several calls share."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never negative; a read with none left raises TimedOut."""
        return max(0.0, self._until - time.monotonic())


#: No yuan at all.
NOTHING = Money(0, CNY)


def in_all(amounts: Iterable[Money | None]) -> Money:
    """The sum in yuan of those amounts that there are."""
    return sum((amount for amount in amounts if amount is not None), NOTHING)


def page_of(
    orders: Iterable[OrderSnapshot],
    *,
    page: int,
    size: int,
    rows: int,
    total: int | None,
    as_of: datetime,
) -> OrderPage:
    """A page, and whether to ask for another; a page count of the platform is never believed.

    `rows` is what came before we left any out. A short page that does not end at the total means
    that the platform caps pages below `size`, or counts wrongly: then only an empty page ends it.
    """
    end = (page - 1) * size + rows
    if total is None or rows == 0:
        more = rows >= size
    elif rows >= size:
        more = end < total
    else:
        more = end != total
    return OrderPage(
        orders=tuple(orders),
        total=end if total is None else total,
        page=page,
        has_more=more,
        as_of=as_of,
    )
