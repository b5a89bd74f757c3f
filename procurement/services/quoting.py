"""Quotes: the cart as it would be ordered, and the platform's own total for each order."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
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
from xport.client import Client, ReadFailed

KEPT_SECONDS = 600  # a quote stands in for one that cannot be read now
FRESH_SECONDS = 60  # a quote is used again without asking
LEAST_SECONDS = 0.1  # with less left, a call is not worth starting
UNMAPPED = "unmapped"
TOO_MANY = gettext_noop("There was no time left to read this one.")


@dataclass(slots=True)
class Group:
    """What one order will hold: one marketplace, one sub-account, one seller.

    Money in the platform's currency; `quote` None until the platform has answered. `failure` is
    "unmapped" without a sub-account, else the sentence of the last read that failed.
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
    def is_fresh(self) -> bool:
        """Whether the quote was read so lately that it need not be read again."""
        if self.quote is None or self.failure:
            return False
        return (clock.now() - self.quote.as_of).total_seconds() < FRESH_SECONDS

    @property
    def failure_words(self) -> str:
        """Why the last read failed, in the reader's language."""
        return _(self.failure) if self.failure and self.failure != UNMAPPED else ""

    @property
    def is_pending(self) -> bool:
        """Nobody has asked the platform yet."""
        return self.quote is None and not self.failure

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
            return [UNMAPPED]
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
    """Fill in each group's quote, all in parallel, within `deadline` seconds for all together.

    A quote read less than a minute ago for the same lines and address is used again unless
    `fresh`. What cannot be read says why in `failure`; its `quote` is then the one read in the
    last ten minutes (its own `as_of` says when), or None.
    """
    until = time.monotonic() + (deadline or settings.XPORT_PAGE_SECONDS)
    if not fresh:
        recall(groups, ship_to=ship_to)
    jobs: list[tuple[Group, Client]] = []
    for group in groups:
        if group.sub_account is None:
            group.failure = UNMAPPED
            continue
        if not fresh and group.is_fresh:
            continue
        try:
            # Here and not in the threads: dressing a client may ask the database.
            jobs.append((group, client_for(group.sub_account)))
        except ReadFailed as failure:
            group.failure = failure.sentence
    if len(jobs) == 1:
        _read(jobs[0][0], jobs[0][1], ship_to, until)
    elif jobs:
        with ThreadPoolExecutor(max_workers=min(8, len(jobs))) as pool:
            list(pool.map(lambda job: _read(job[0], job[1], ship_to, until), jobs))
    for group, _client in jobs:
        _keep(group, ship_to)


def recall(groups: Sequence[Group], *, ship_to: ShipTo) -> None:
    """Fill in what is still remembered of quotes, without a call."""
    keys = {_cache_key(group, ship_to): group for group in groups if group.sub_account}
    for key, kept in cache.get_many(keys).items():
        keys[key].quote, keys[key].failure = kept
    for group in groups:
        if group.sub_account is None:
            group.failure = UNMAPPED


def _read(group: Group, client: Client, ship_to: ShipTo, until: float) -> None:
    """One call, no database: runs in a thread. An older quote stays when the call fails."""
    left = until - time.monotonic()
    if left < LEAST_SECONDS:
        group.failure = TOO_MANY
        return
    try:
        group.quote = port(group.marketplace).quote(
            client, order_lines(group.lines), Address(**ship_to.as_json()), deadline=left
        )
        group.failure = ""
    except ReadFailed as failure:
        group.failure = failure.sentence


def _keep(group: Group, ship_to: ShipTo) -> None:
    """Remember the quote, and what stood in the way of a newer one, for the page's other parts."""
    seconds = KEPT_SECONDS
    if group.quote and group.failure:
        seconds -= int((clock.now() - group.quote.as_of).total_seconds())
    cache.set(_cache_key(group, ship_to), (group.quote, group.failure), max(1, seconds))


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
    parts += sorted((line.order_item_id, line.order_sku_id, line.quantity) for line in group.lines)
    return "quote:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _rate(currency: str) -> Rate | None:
    try:
        return rate_for(currency)
    except NoRate:
        return None


def oldest(groups: Sequence[Group]) -> datetime | None:
    """The age of the oldest quote shown."""
    return min((group.quote.as_of for group in groups if group.quote), default=None)
