"""Orders as the platform keeps them: the record, its storage, and finding it again.

An order carries its own schedule (what time will do to it); timetable.py fills and works it off.
Money is in fen, moments in epoch milliseconds of the world's clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .state import State

TAOBAO = "taobao"
ALIBABA = "1688"

UNPAID = "unpaid"
ACCEPTED = "accepted"  # debited, still reads unpaid
FINANCE = "finance"  # Taobao: the finance system has yet to pay the seller
PAID = "paid"
SHIPPED = "shipped"
RECEIVED = "received"  # 1688 confirm_goods
FINISHED = "finished"
CLOSED = "closed"
TERMINATED = "terminated"  # 1688: ended by the seller after payment

UNSHIPPED_LINE, SHIPPED_LINE, CLOSED_LINE = "open", "shipped", "closed"


@dataclass
class Line:
    """One line; `item_id` and `sku_id` as the create call names them (mpId; offerId, specId)."""

    line_no: str
    line_id: int
    item_id: str
    sku_id: str
    plain_sku_id: str
    title: str
    variant: str
    picture: str
    quantity: int
    price: int
    unit: str = "件"
    remark: str = ""
    status: str = UNSHIPPED_LINE


@dataclass
class Parcel:
    """One parcel. `items` is [line id, pieces]; `traces` [at, status, province, city, text]."""

    parcel_id: str
    carrier: str
    carrier_code: str
    waybill: str
    items: list[list[int]]
    ship_at: int
    deliver_at: int
    traces: list[list[Any]]
    shipped: bool = False
    delivered: bool = False


@dataclass
class Due:
    """Something time will do: `what` names a step of timetable.py, `arg` what it needs."""

    at: int
    what: str
    arg: dict[str, Any] = field(default_factory=dict)


@dataclass
class Order:
    """One order of one seller."""

    order_id: str
    marketplace: str
    user_id: str
    status: str
    seller: dict[str, Any]
    receiver: dict[str, Any]
    lines: list[Line]
    goods: int
    freight: int
    created: int
    modified: int
    purchase_id: int | None = None
    outer_id: str | None = None
    number: str = ""  # the platform's own, PO and digits
    remark: str = ""
    discount: int = 0
    close_by: int | None = None
    paid_at: int | None = None
    shipped_at: int | None = None
    delivered_at: int | None = None
    finished_at: int | None = None
    closed_at: int | None = None
    close_reason: str | None = None
    debited: int = 0
    parcels: list[Parcel] = field(default_factory=list)
    schedule: list[Due] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What is to be paid, fen."""
        return self.goods + self.freight + self.discount

    @property
    def key(self) -> str:
        """The id that pay and cancel take."""
        return str(self.purchase_id) if self.purchase_id else self.order_id

    def line(self, line_id: int) -> Line:
        """The line with this id. Raises KeyError."""
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise KeyError(line_id)

    def plan(self, at: int, what: str, **arg: Any) -> None:
        """Add to the schedule."""
        self.schedule.append(Due(at, what, arg))
        self.schedule.sort(key=lambda due: due.at)

    def unplan(self, *what: str) -> None:
        """Take these steps off the schedule."""
        self.schedule = [due for due in self.schedule if due.what not in what]

    def touch(self, now: int) -> None:
        """Move the modify time, strictly forward."""
        self.modified = max(self.modified + 1, now)

    def planned(self, what: str) -> bool:
        """Whether this step is still to come."""
        return any(due.what == what for due in self.schedule)


def decode(doc: str) -> Order:
    """An order from its stored text."""
    raw = json.loads(doc)
    raw["lines"] = [Line(**line) for line in raw["lines"]]
    raw["parcels"] = [Parcel(**parcel) for parcel in raw["parcels"]]
    raw["schedule"] = [Due(**due) for due in raw["schedule"]]
    return Order(**raw)


class OrderBook:
    """Storage of orders and of every version they went through."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, order: Order) -> None:
        """Store a new order and its line ids."""
        with self._state.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO order_lines VALUES (?, ?)",
                [(line.line_id, order.order_id) for line in order.lines],
            )
            self.save(order)

    def save(self, order: Order) -> None:
        """Store the order as it now is, and remember this version for lists that lag."""
        doc = json.dumps(asdict(order), ensure_ascii=False, separators=(",", ":"))
        due = order.schedule[0].at if order.schedule else None
        with self._state.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (order.order_id, order.marketplace, order.user_id, order.purchase_id)
                + (order.outer_id, order.status, order.created, order.modified, due, doc),
            )
            db.execute(
                "INSERT INTO versions (order_id, at, doc) VALUES (?, ?, ?)",
                (order.order_id, order.modified, doc),
            )

    def find(self, marketplace: str, user_id: str, order_id: str) -> Order | None:
        """One order of one sub-account, by order id or purchase id."""
        column = "order_id"
        if marketplace == TAOBAO and len(order_id) < 15:
            column = "purchase_id"
        with self._state.reading() as db:
            row = db.execute(
                f"SELECT doc FROM orders WHERE {column} = ? AND marketplace = ? AND user_id = ?",  # noqa: S608
                (order_id, marketplace, user_id),
            ).fetchone()
        return decode(row["doc"]) if row else None

    def find_line(self, user_id: str, line_id: int) -> Order | None:
        """The sub-account's order that has this line."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT doc FROM orders JOIN order_lines USING (order_id) "
                "WHERE line_id = ? AND user_id = ?",
                (line_id, user_id),
            ).fetchone()
        return decode(row["doc"]) if row else None

    def any(self, order_id: str) -> Order | None:
        """An order by order id or purchase id, whoever it belongs to."""
        number = int(order_id) if order_id.isascii() and order_id.isdigit() else -1
        with self._state.reading() as db:
            row = db.execute(
                "SELECT doc FROM orders WHERE order_id = ? OR purchase_id = ?",
                (order_id, number if number < 2**63 else -1),
            ).fetchone()
        return decode(row["doc"]) if row else None

    def due(self, now: int) -> list[Order]:
        """Orders to which time has something to do."""
        with self._state.reading() as db:
            rows = db.execute("SELECT doc FROM orders WHERE due <= ? ORDER BY due", (now,))
            return [decode(row["doc"]) for row in rows.fetchall()]

    def recent(self, limit: int, text: str = "") -> list[Order]:
        """Newest orders of all sub-accounts, filtered by any text in them."""
        where, values = ("WHERE doc LIKE ?", [f"%{text}%"]) if text else ("", [])
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT doc FROM orders {where} ORDER BY created DESC, order_id DESC LIMIT ?",  # noqa: S608
                [*values, limit],
            ).fetchall()
        return [decode(row["doc"]) for row in rows]

    def page(self, query: PageQuery) -> tuple[int, list[Order]]:
        """How many orders match, and those of one page; newest first unless told."""
        if query.as_of is not None:
            return self._page_as_of(query, query.as_of)
        where, values = query.sql()
        direction = "ASC" if query.ascending else "DESC"
        with self._state.reading() as db:
            total = db.execute(f"SELECT count(*) FROM orders WHERE {where}", values).fetchone()[0]  # noqa: S608
            rows = db.execute(
                f"SELECT doc FROM orders WHERE {where} "  # noqa: S608
                f"ORDER BY {query.order_by} {direction}, order_id {direction} LIMIT ? OFFSET ?",
                [*values, query.size, max(0, (query.page - 1) * query.size + query.shift)],
            ).fetchall()
        return int(total), [decode(row["doc"]) for row in rows]

    def _page_as_of(self, query: PageQuery, moment: int) -> tuple[int, list[Order]]:
        """The list as a replica showed it at an earlier moment."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT v.doc FROM versions v JOIN (SELECT order_id, max(id) AS id FROM versions "
                "WHERE at <= ? GROUP BY order_id) latest ON v.id = latest.id",
                (moment,),
            ).fetchall()
        return _cut(query, [decode(row["doc"]) for row in rows])


@dataclass(frozen=True)
class PageQuery:
    """What one list call asks for. Windows are inclusive, epoch milliseconds."""

    marketplace: str
    user_id: str
    page: int = 1
    size: int = 20
    statuses: Sequence[str] | None = None
    order_id: str | None = None
    outer_id: str | None = None
    purchase_ids: Sequence[int] | None = None
    created: tuple[int | None, int | None] = (None, None)
    modified: tuple[int | None, int | None] = (None, None)
    title: str | None = None
    ascending: bool = False
    as_of: int | None = None
    shift: int = 0

    @property
    def order_by(self) -> str:
        """Modify time where the window is by it, else creation."""
        return "modified" if self.modified != (None, None) else "created"

    def sql(self) -> tuple[str, list[Any]]:
        """The WHERE clause and its values."""
        parts, values = ["marketplace = ?", "user_id = ?"], [self.marketplace, self.user_id]
        clauses: list[tuple[str, Iterable[Any]]] = []
        if self.statuses is not None:
            clauses.append((f"status IN ({_marks(self.statuses)})", self.statuses))
        if self.order_id:
            clauses.append(("order_id = ?", [self.order_id]))
        if self.outer_id:
            clauses.append(("outer_id = ?", [self.outer_id]))
        if self.purchase_ids:
            clauses.append((f"purchase_id IN ({_marks(self.purchase_ids)})", self.purchase_ids))
        if self.title:
            clauses.append(("doc LIKE ?", [f"%{self.title}%"]))
        for column, (low, high) in (("created", self.created), ("modified", self.modified)):
            if low is not None:
                clauses.append((f"{column} >= ?", [low]))
            if high is not None:
                clauses.append((f"{column} <= ?", [high]))
        bound: list[Any] = list(values)
        for clause, given in clauses:
            parts.append(clause)
            bound += list(given)
        return " AND ".join(parts), bound

    def takes(self, order: Order) -> bool:
        """The same filter on an order in hand."""
        return (
            (order.marketplace, order.user_id) == (self.marketplace, self.user_id)
            and (self.statuses is None or order.status in self.statuses)
            and self.order_id in (None, "", order.order_id)
            and self.outer_id in (None, "", order.outer_id)
            and (not self.purchase_ids or order.purchase_id in self.purchase_ids)
            and (not self.title or any(self.title in line.title for line in order.lines))
            and _inside(order.created, self.created)
            and _inside(order.modified, self.modified)
        )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _inside(moment: int, window: tuple[int | None, int | None]) -> bool:
    low, high = window
    return (low is None or moment >= low) and (high is None or moment <= high)


def _cut(query: PageQuery, orders: list[Order]) -> tuple[int, list[Order]]:
    """Filter, sort and page in memory."""
    found = [order for order in orders if query.takes(order)]
    found.sort(
        key=lambda order: (getattr(order, query.order_by), order.order_id),
        reverse=not query.ascending,
    )
    start = max(0, (query.page - 1) * query.size + query.shift)
    return len(found), found[start : start + query.size]
