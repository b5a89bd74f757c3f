"""Goods as they stand today: the world's first-day values with what has moved since.

Prices drift a little from week to week and move when a person says so; stock falls with orders;
goods leave the shelf. The world itself (xport.sandbox.world) never changes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from .clock import DAY, WorldClock
from .orders import ALIBABA, TAOBAO
from .state import State
from .world import World
from .world.model import Good, Seller, Sku

MANUAL_ITEM = "672991141190"
WEEK = 7 * DAY
DRIFT = (950, 970, 1030, 1050, 1080)
DRIFTING_PERCENT = 8
FREIGHT_STEPS = (0, 500, 600, 600, 800, 1000, 1200, 0)
REMOTE_PROVINCES = ("新疆", "西藏", "内蒙古", "青海", "宁夏", "海南")
REMOTE_EXTRA = 1000
KILO_EXTRA = 120
FREE_FROM = 19_900


@dataclass(frozen=True)
class Change:
    """What a person did to a good."""

    permille: int = 1000
    off_shelf: bool = False


UNCHANGED = Change()


class Market:
    """Today's prices, stock and shelf."""

    def __init__(self, world: World, state: State, clock: WorldClock) -> None:
        self.world = world
        self._state = state
        self._clock = clock
        self._changes: dict[tuple[str, str], Change] = {}
        self._stock: dict[tuple[str, str], int] = {}
        self._stock_seen = -1
        self.reload()

    def reload(self) -> None:
        """Read what was changed so far."""
        with self._state.reading() as db:
            rows = db.execute("SELECT * FROM goods_changes").fetchall()
        self._changes = {
            (row["marketplace"], row["item_id"]): Change(row["permille"], bool(row["off_shelf"]))
            for row in rows
        }
        self._stock_seen = -1

    def find(self, marketplace: str, item_id: str) -> Good | None:
        """A good by its numeric id."""
        shelf = self.world.taobao if marketplace == TAOBAO else self.world.ali
        try:
            return shelf.by_item_id(item_id)
        except KeyError:
            return None

    def change_of(self, good: Good) -> Change:
        """What a person did to this good."""
        return self._changes.get((good.marketplace, good.item_id), UNCHANGED)

    def on_sale(self, good: Good) -> bool:
        """Whether it can be ordered at all."""
        return good.orderable and not self.change_of(good).off_shelf

    def moved(self, good: Good, fen: int) -> int:
        """A first-day price of this good as it is today; never below one fen."""
        permille = self.change_of(good).permille
        if good.item_id != MANUAL_ITEM:
            permille = permille * self._drift(good) // 1000
        return fen if permille == 1000 else max(1, (fen * permille + 500) // 1000)

    def unit_price(self, good: Good, sku: Sku, quantity: int) -> int:
        """Price of one piece when `quantity` pieces of the good are bought, fen."""
        if good.marketplace == TAOBAO or good.quote_type == 1 or not good.tiers:
            return self.moved(good, sku.promotion_fen)
        fitting = [price for start, price in good.tiers if start <= quantity]
        return self.moved(good, fitting[-1] if fitting else good.tiers[0][1])

    def stock(self, good: Good, sku: Sku) -> int:
        """Pieces left of one SKU."""
        return max(0, sku.stock + self._deltas().get((good.marketplace, sku.sku_id), 0))

    def total_stock(self, good: Good) -> int:
        """Pieces left over all SKUs; nothing when it is off the shelf."""
        if not self.on_sale(good):
            return 0
        return sum(self.stock(good, sku) for sku in good.skus)

    def take(self, marketplace: str, sku_id: str, quantity: int) -> None:
        """Reserve pieces (negative: give them back)."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO stock_changes VALUES (?, ?, ?) ON CONFLICT (marketplace, sku_id) "
                "DO UPDATE SET delta = delta + excluded.delta",
                (marketplace, sku_id, -quantity),
            )
        self._stock_seen = -1

    def set_stock(self, good: Good, sku: Sku, pieces: int) -> None:
        """Set what is left of one SKU."""
        self.take(good.marketplace, sku.sku_id, self.stock(good, sku) - pieces)

    def set_change(self, good: Good, change: Change) -> None:
        """Move a good's price level or take it off (or back on) the shelf."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO goods_changes VALUES (?, ?, ?, ?)",
                (good.marketplace, good.item_id, change.permille, int(change.off_shelf)),
            )
        self._changes[(good.marketplace, good.item_id)] = change

    def changed(self) -> Iterable[tuple[Good, Change]]:
        """Goods that a person changed."""
        for (marketplace, item_id), change in self._changes.items():
            good = self.find(marketplace, item_id)
            if good is not None and change != UNCHANGED:
                yield good, change

    def _drift(self, good: Good) -> int:
        week = self._clock.now() // WEEK
        draw = zlib.crc32(f"{good.marketplace}/{good.item_id}/{week}".encode())
        return DRIFT[draw // 100 % len(DRIFT)] if draw % 100 < DRIFTING_PERCENT else 1000

    def _deltas(self) -> dict[tuple[str, str], int]:
        # A rolled-back transaction may have been read in between: its count tells.
        if self._stock_seen != self._state.rollbacks:
            with self._state.reading() as db:
                rows = db.execute("SELECT * FROM stock_changes").fetchall()
            self._stock = {(row["marketplace"], row["sku_id"]): row["delta"] for row in rows}
            self._stock_seen = self._state.rollbacks
        return self._stock


def freight(seller: Seller, goods_fen: int, weight_g: int, province: str) -> int:
    """What the seller asks for sending the goods inside China, fen."""
    base = FREIGHT_STEPS[zlib.crc32(seller.seller_id.encode()) % len(FREIGHT_STEPS)]
    if seller.marketplace != ALIBABA and goods_fen >= FREE_FROM:
        base = 0
    elif base:
        base += max(0, weight_g - 1000) // 1000 * KILO_EXTRA
    return base + (REMOTE_EXTRA if province.startswith(REMOTE_PROVINCES) else 0)
