"""Quotes: the cart as it would be ordered, and the platform's own total for each order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from moneyed import Money

from accounts.models import SubAccount, User
from accounts.services import sub_accounts_of
from desk import clock
from desk.money import NoRate, Rate, convert, from_minor, minor, rate_for
from gateway.client import client_for
from procurement.marketplaces import port
from procurement.marketplaces.base import Address, Line, Quote
from procurement.models import CartLine, ShipTo
from procurement.models.goods import GoodsLine
from xport.client import ReadFailed

KEPT_SECONDS = 600
FRESH_SECONDS = 60


@dataclass(slots=True)
class Group:
    """What one order will hold: one marketplace, one sub-account, one seller.

    Money in the platform's currency; `quote` None until the platform has answered.
    """

    marketplace: str
    seller_id: str
    seller_name: str
    sub_account: SubAccount | None
    lines: list[GoodsLine] = field(default_factory=list)
    quote: Quote | None = None
    failure: str = ""
    rate: Rate | None = None

    @property
    def key(self) -> str:
        text = f"{self.marketplace}|{self.seller_id}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def goods(self) -> Money:
        if self.quote and not self.quote.refused:
            return self.quote.goods
        return self.listed

    @property
    def listed(self) -> Money:
        """Goods at the prices kept in the lines."""
        currency = self.lines[0].currency
        return from_minor(sum(line.unit_price * line.quantity for line in self.lines), currency)

    @property
    def freight(self) -> Money:
        if self.quote and not self.quote.refused:
            return self.quote.freight
        return from_minor(0, self.lines[0].currency)

    @property
    def total(self) -> Money:
        return self.quote.total if self.quote and not self.quote.refused else self.listed

    @property
    def company_total(self) -> Money | None:
        return convert(self.total, self.rate) if self.rate else None

    @property
    def blocked(self) -> list[str]:
        """Why this order cannot be placed as it is; empty when it can."""
        if self.sub_account is None:
            return ["unmapped"]
        if self.quote is None:
            return []
        if self.quote.refused:
            return [self.quote.refused]
        return [line.reason or "unavailable" for line in self.quote.unavailable]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


def group_lines(*, person: User, lines: Iterable[GoodsLine]) -> list[Group]:
    """Lines as they will be ordered, in a fixed order. Four queries at most, no call."""
    accounts = sub_accounts_of(person=person)
    groups: dict[tuple[str, str], Group] = {}
    rates: dict[str, Rate | None] = {}
    for line in lines:
        place = (line.marketplace, line.seller_id)
        if place not in groups:
            account = next((a for a in accounts if a.serves(line.marketplace)), None)
            groups[place] = Group(line.marketplace, line.seller_id, line.seller_name, account)
            if line.currency not in rates:
                rates[line.currency] = _rate(line.currency)
            groups[place].rate = rates[line.currency]
        groups[place].lines.append(line)
    return [groups[place] for place in sorted(groups)]


def cart_groups(person: User) -> list[Group]:
    """The cart's groups, without what is saved for later."""
    lines = CartLine.objects.filter(person=person, saved_for_later=False)
    return group_lines(person=person, lines=lines)


def read_quotes(
    groups: Sequence[Group], *, ship_to: ShipTo, deadline: float | None = None, fresh: bool = False
) -> None:
    """Fill in each group's quote, all in parallel, within the page's deadline.

    A quote read less than a minute ago for the same lines and address is used again unless
    `fresh`. What cannot be read leaves `quote` None and says why in `failure`.
    """
    wait = deadline or settings.XPORT_PAGE_SECONDS
    open_groups = []
    for group in groups:
        if group.sub_account is None:
            group.failure = "unmapped"
            continue
        kept = None if fresh else cache.get(_cache_key(group, ship_to))
        if kept and (clock.now() - kept.as_of).total_seconds() < FRESH_SECONDS:
            group.quote = kept
        else:
            open_groups.append(group)
    if len(open_groups) == 1:
        _read(open_groups[0], ship_to, wait)
    elif open_groups:
        with ThreadPoolExecutor(max_workers=min(8, len(open_groups))) as pool:
            list(pool.map(lambda group: _read_in_thread(group, ship_to, wait), open_groups))


def _read_in_thread(group: Group, ship_to: ShipTo, wait: float) -> None:
    try:
        _read(group, ship_to, wait)
    finally:
        connections.close_all()


def _read(group: Group, ship_to: ShipTo, wait: float) -> None:
    assert group.sub_account is not None  # noqa: S101 - callers skip unmapped groups
    try:
        group.quote = quote(
            sub_account=group.sub_account,
            marketplace=group.marketplace,
            lines=order_lines(group.lines),
            address=ship_to.as_json(),
            deadline=wait,
        )
    except ReadFailed as failure:
        group.failure = failure.sentence
        return
    group.failure = ""
    cache.set(_cache_key(group, ship_to), group.quote, KEPT_SECONDS)


def quote(
    *,
    sub_account: SubAccount,
    marketplace: str,
    lines: Sequence[Line],
    address: dict[str, str],
    deadline: float,
) -> Quote:
    """The platform's own total for one order. Raises ReadFailed."""
    return port(marketplace).quote(
        client_for(sub_account), lines, Address(**address), deadline=deadline
    )


def order_lines(lines: Iterable[GoodsLine]) -> list[Line]:
    """Goods lines as the ports take them; the same variant twice becomes one line."""
    merged: dict[tuple[str, str], Line] = {}
    for line in lines:
        place = (line.order_item_id, line.order_sku_id)
        before = merged.get(place)
        merged[place] = Line(
            order_item_id=line.order_item_id,
            order_sku_id=line.order_sku_id,
            quantity=line.quantity + (before.quantity if before else 0),
            unit_price=line.unit_money,
            title=line.title_original or line.title,
        )
    return list(merged.values())


def quoted_unit_prices(quote: Quote) -> dict[tuple[str, str], int]:
    """Minor units a piece, as quoted, by order ids."""
    return {
        (line.order_item_id, line.order_sku_id): minor(line.unit_price)
        for line in quote.lines
        if line.unit_price is not None
    }


def _cache_key(group: Group, ship_to: ShipTo) -> str:
    parts: list[Any] = [group.marketplace, ship_to.pk, group.sub_account and group.sub_account.pk]
    parts += sorted(
        (line.order_item_id, line.order_sku_id, line.quantity) for line in group.lines
    )
    return "quote:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _rate(currency: str) -> Rate | None:
    try:
        return rate_for(currency)
    except NoRate:
        return None


def oldest(groups: Sequence[Group]) -> datetime | None:
    """The age of the oldest quote shown."""
    return min((group.quote.as_of for group in groups if group.quote), default=None)
