"""The levers of the other side: everything a test, the demo or a person may do under /_sandbox/.

Each lever takes a plain dict (JSON or a form, people.py reads both) and returns a plain dict. What
a lever cannot do it says with a ValueError; an unknown order or good is a KeyError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from . import deals, payments, timetable
from .clock import iso, utc
from .engine import Engine
from .envelope import Refusal
from .ledger import Cause
from .market import Change
from .options import UserSeed
from .orders import ALIBABA, TAOBAO, Order
from .pushes import Postman
from .wire_alibaba import trade
from .wire_taobao import record
from .world.model import Good

Values = dict[str, Any]


class Control:
    """All levers of one sandbox."""

    def __init__(self, engine: Engine, postman: Postman) -> None:
        self.engine = engine
        self._postman = postman
        self._order_verbs: dict[str, Callable[[Order, int, Values], None]] = {
            "ship": self._ship,
            "ship-part": self._ship_part,
            "deliver": self._deliver,
            "price": self._price,
            "close": self._close,
            "pay": self._pay,
            "push-again": self._push_again,
            "push-shuffled": self._push_shuffled,
            "push-forged": self._push_forged,
        }

    # -- the clock ----------------------------------------------------------------------------

    def clock(self) -> Values:
        """Now in the world, and how far that is from the real clock."""
        clock = self.engine.clock
        return {
            "now": iso(clock.now()),
            "now_ms": clock.now(),
            "offset_seconds": clock.offset_ms / 1000,
        }

    def settle(self) -> None:
        """Let everything happen that is due."""
        timetable.settle(self.engine)

    def set_clock(self, values: Values) -> Values:
        """`{"now": ISO time}` or `{"offset_seconds": n}`."""
        clock = self.engine.clock
        if values.get("now"):
            clock.set_now(datetime.fromisoformat(str(values["now"]).replace("Z", "+00:00")))
        elif values.get("offset_seconds") not in (None, ""):
            clock.set_offset(float(values["offset_seconds"]))
        else:
            raise ValueError("say now or offset_seconds")
        return self._time_passed()

    def advance(self, values: Values) -> Values:
        """`{"seconds": n}`: move the world on and let everything due happen."""
        self.engine.clock.advance(float(values.get("seconds") or 0))
        return self._time_passed()

    def _time_passed(self) -> Values:
        moved = timetable.settle(self.engine)
        self._postman.wake()
        return {**self.clock(), "orders_moved": moved}

    # -- orders -------------------------------------------------------------------------------

    def orders(self, values: Values) -> list[Values]:
        """Newest orders of all sub-accounts; `text`, `limit`."""
        timetable.settle(self.engine)
        limit = int(values.get("limit") or 200)
        return [describe(order) for order in self.engine.orders.recent(limit, _text(values))]

    def order(self, order_id: str) -> Order:
        """By order id or purchase id. Raises KeyError."""
        timetable.settle(self.engine)
        order = self.engine.orders.any(order_id)
        if order is None:
            raise KeyError(f"there is no order {order_id}")
        return order

    def order_verb(self, order_id: str, verb: str, values: Values) -> Values:
        """ship, ship-part, deliver, price, close, pay, push-again, push-shuffled, push-forged."""
        if verb not in self._order_verbs:
            raise KeyError(f"an order cannot {verb}")
        self.settle()
        with self.engine.state.transaction():
            order = self.order(order_id)
            self._order_verbs[verb](order, self.engine.clock.now(), values)
        self._postman.wake()
        return describe(self.order(order_id))

    def _ship(self, order: Order, now: int, values: Values) -> None:
        deals.ship(self.engine, order, now)

    def _ship_part(self, order: Order, now: int, values: Values) -> None:
        deals.ship(self.engine, order, now, partly=True)

    def _deliver(self, order: Order, now: int, values: Values) -> None:
        deals.deliver(self.engine, order, now)

    def _price(self, order: Order, now: int, values: Values) -> None:
        percent = float(values.get("percent") or 0)
        amount = int(values.get("amount") or 0)
        if not percent and not amount:
            raise ValueError("say percent, or amount in fen")
        deals.change_price(self.engine, order, now, percent=percent, amount=amount)

    def _close(self, order: Order, now: int, values: Values) -> None:
        reason = str(values.get("reason") or "SELLER_GOODS_LACK")
        deals.seller_closes(self.engine, order, now, reason)

    def _pay(self, order: Order, now: int, values: Values) -> None:
        code = payments.pay(self.engine, order, now, Cause())
        if code:
            raise ValueError(f"not paid: {code}")

    def _push_again(self, order: Order, now: int, values: Values) -> None:
        if not self.engine.outbox.again(order.order_id, now):
            raise ValueError("nothing was pushed for this order yet")

    def _push_shuffled(self, order: Order, now: int, values: Values) -> None:
        if not self.engine.outbox.again(order.order_id, now, reverse=True):
            raise ValueError("nothing was pushed for this order yet")

    def _push_forged(self, order: Order, now: int, values: Values) -> None:
        self.engine.outbox.forge(order.order_id, order.marketplace, now)

    # -- the cashier --------------------------------------------------------------------------

    def cashier_order(self, token: str) -> Order:
        """The order that a cashier link is about. Raises KeyError."""
        order_id = self.engine.state.meta(f"cashier:{token}", "")
        if not order_id:
            raise KeyError("this cashier link is not known")
        return self.order(order_id)

    def pay_at_cashier(self, token: str) -> str | None:
        """A person pays. None, or the code of why not; a paid order is not debited again."""
        with self.engine.state.transaction():
            order = self.cashier_order(token)
            if order.debited:
                return payments.ALREADY_PAID
            code = payments.pay(
                self.engine, order, self.engine.clock.now(), Cause(f"cashier:{token[:8]}")
            )
        self._postman.wake()
        return code

    # -- goods --------------------------------------------------------------------------------

    def goods(self, values: Values) -> list[Values]:
        """Goods of both marketplaces that match `text`, as they stand today."""
        text = _text(values)
        if not text:
            return [self._good(good) for good, _ in self.engine.market.changed()]
        found: list[Good] = []
        for shelf in (self.engine.world.taobao, self.engine.world.ali):
            try:
                found.append(shelf.by_item_id(text))
            except KeyError:
                found += shelf.search(text, size=6).goods
        return [self._good(good) for good in found]

    def _good(self, good: Good) -> Values:
        market = self.engine.market
        change = market.change_of(good)
        return {
            "marketplace": good.marketplace,
            "item_id": good.item_id,
            "title": good.title_zh,
            "title_en": good.title_en,
            "picture": self.engine.picture(good.main_picture, 160),
            "price": market.moved(good, good.price_fen),
            "stock": market.total_stock(good),
            "permille": change.permille,
            "off_shelf": change.off_shelf,
            "skus": [
                {"sku_id": sku.sku_id, "spec_id": sku.spec_id, "mp_sku_id": sku.mp_sku_id}
                | {"price": market.unit_price(good, sku, good.moq)}
                | {"stock": market.stock(good, sku)}
                for sku in good.skus
            ],
        }

    def good_verb(self, marketplace: str, item_id: str, verb: str, values: Values) -> Values:
        """price (percent), stock (pieces, sku_id), off-shelf, on-shelf, restore."""
        market = self.engine.market
        good = self._any_good(marketplace, item_id)
        if good is None:
            raise KeyError(f"there is no good {item_id} on {marketplace}")
        change = market.change_of(good)
        if verb == "price":
            percent = float(values.get("percent") or 0)
            permille = max(1, round(change.permille * (100 + percent) / 100))
            market.set_change(good, replace(change, permille=permille))
        elif verb == "stock":
            pieces = max(0, int(values.get("pieces") or 0))
            chosen = str(values.get("sku_id") or "")
            for sku in good.skus:
                if chosen in ("", sku.sku_id):
                    market.set_stock(good, sku, pieces)
        elif verb in ("off-shelf", "on-shelf"):
            market.set_change(good, replace(change, off_shelf=verb == "off-shelf"))
        elif verb == "restore":
            market.set_change(good, Change())
        else:
            raise KeyError(f"a good cannot {verb}")
        return self._good(good)

    def _any_good(self, marketplace: str, item_id: str) -> Good | None:
        """By its numeric id, or a Taobao good by the opaque id of the V2 calls."""
        market = self.engine.market
        if marketplace not in (TAOBAO, ALIBABA):
            return None
        try:
            return market.find(marketplace, item_id) or market.world.taobao.by_map_id(item_id)
        except KeyError:
            return None

    # -- sub-accounts, faults, pushes ----------------------------------------------------------

    def users(self) -> list[Values]:
        """Every sub-account with its balance in fen."""
        return [asdict(user) for user in self.engine.users.all()]

    def save_user(self, values: Values) -> Values:
        """Add a sub-account or change it: user_id, name, balance, agreement_limit, suspended."""
        user_id = str(values.get("user_id") or "")
        if not (user_id.isascii() and user_id.isdigit()):
            raise ValueError("a user_id is a number of digits")
        known = self.engine.users.find(user_id)
        base = UserSeed(**asdict(known)) if known else UserSeed(user_id, f"子账号{user_id[-4:]}")
        suspended = values.get("suspended")
        seed = replace(
            base,
            balance=int(values.get("balance") or base.balance),
            agreement_limit=int(values.get("agreement_limit", base.agreement_limit) or 0),
            name=str(values.get("name") or base.name),
            suspended=base.suspended
            if suspended in (None, "")
            else str(suspended).lower() in ("1", "true", "on"),
        )
        self.engine.users.save(seed)
        return asdict(seed)

    def top_up(self, user_id: str, values: Values) -> Values:
        """Add `amount` fen (or `yuan`) to a balance."""
        amount = int(values.get("amount") or 0) or round(float(values.get("yuan") or 0) * 100)
        if self.engine.users.find(user_id) is None:
            raise KeyError(f"there is no sub-account {user_id}")
        self.engine.users.add_to_balance(user_id, amount)
        user = self.engine.users.find(user_id)
        return asdict(user) if user else {}

    def configure_pushes(self, values: Values) -> Values:
        """`enabled`, `url`, `flavour` (ka or standard); each may be left out."""
        enabled = values.get("enabled")
        self.engine.outbox.configure(
            url=values.get("url"),
            enabled=None if enabled in (None, "") else str(enabled).lower() in ("1", "true", "on"),
            flavour=values.get("flavour") or None,
        )
        return self.pushes({})

    def pushes(self, values: Values) -> Values:
        """How pushes are set and the newest of them; `order`, `limit`."""
        outbox = self.engine.outbox
        rows = outbox.recent(int(values.get("limit") or 50), values.get("order") or None)
        return {
            "enabled": outbox.enabled,
            "url": outbox.url,
            "flavour": outbox.flavour,
            "pushes": rows,
        }

    def forge(self, values: Values) -> Values:
        """Push a lie about an order that may not even exist: `order_id`, `marketplace`."""
        order_id = str(values.get("order_id") or "3305075341149134260")
        marketplace = str(values.get("marketplace") or ALIBABA)
        self.engine.outbox.forge(order_id, marketplace, self.engine.clock.now())
        self._postman.wake()
        return {"forged": order_id}

    def reset(self) -> Values:
        """Forget everything."""
        self.engine.reset()
        return self.clock()


def describe(order: Order) -> Values:
    """An order for people and tests: the record as kept, and as the wire shows it."""
    wire = record(order) if order.marketplace == TAOBAO else trade(order)
    return {
        **asdict(order),
        "total": order.total,
        "created_at": utc(order.created).isoformat(),
        "modified_at": utc(order.modified).isoformat(),
        "wire": wire,
    }


def said(error: Exception) -> str:
    """An error of a lever as a sentence."""
    if isinstance(error, Refusal):
        return error.message
    return str(error.args[0]) if error.args else type(error).__name__


def _text(values: Values) -> str:
    return str(values.get("text") or "").strip()
