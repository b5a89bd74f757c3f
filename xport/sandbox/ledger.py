"""The ledger: every effect that really happened, in order. Tests of "never twice" compare with it.

Rows are only ever added, inside the transaction that makes the effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .clock import iso
from .orders import Order
from .state import State

ORDER_CREATED = "order_created"
DEBIT = "debit"
CANCELLED = "order_cancelled"
CLOSED = "order_closed"
PRICE_CHANGED = "price_changed"
REFUND = "refund"
SHIPPED = "parcel_shipped"
DELIVERED = "parcel_delivered"
CONFIRMED = "receipt_confirmed"
ADDRESS_SAVED = "address_saved"


@dataclass(frozen=True)
class Cause:
    """The call behind an effect; empty when time or a person in the sandbox did it."""

    request_id: str | None = None
    nonce: str | None = None


class Ledger:
    """Append and list."""

    def __init__(self, state: State) -> None:
        self._state = state

    def record(
        self,
        effect: str,
        *,
        at: int,
        user_id: str,
        marketplace: str | None = None,
        order_id: str | None = None,
        purchase_id: int | None = None,
        amount: int | None = None,
        cause: Cause | None = None,
        detail: str | None = None,
    ) -> None:
        """Add one effect; `amount` in fen."""
        because = cause or Cause()
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO ledger (at, effect, marketplace, user_id, order_id, purchase_id, "
                "amount, request_id, nonce, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (at, effect, marketplace, user_id, order_id, purchase_id, amount)
                + (because.request_id, because.nonce, detail),
            )

    def of_order(
        self,
        order: Order,
        effect: str,
        at: int,
        amount: int | None = None,
        cause: Cause | None = None,
        detail: str | None = None,
    ) -> None:
        """Add an effect on one order."""
        self.record(
            effect,
            at=at,
            user_id=order.user_id,
            marketplace=order.marketplace,
            order_id=order.order_id,
            purchase_id=order.purchase_id,
            amount=amount,
            cause=cause,
            detail=detail,
        )

    def rows(
        self,
        *,
        order: str | None = None,
        effect: str | None = None,
        user_id: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[dict[str, Any]]:
        """Effects, oldest first unless told; `order` matches order id or purchase id."""
        clauses: list[str] = []
        values: list[Any] = []
        if order:
            clauses.append("(order_id = ? OR CAST(purchase_id AS TEXT) = ?)")
            values += [order, order]
        if effect:
            clauses.append("effect = ?")
            values.append(effect)
        if user_id:
            clauses.append("user_id = ?")
            values.append(user_id)
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        direction = "DESC" if newest_first else "ASC"
        values.append(-1 if limit is None else limit)
        with self._state.reading() as db:
            found = db.execute(
                f"SELECT * FROM ledger{where} ORDER BY id {direction} LIMIT ?",  # noqa: S608
                values,
            ).fetchall()
        return [{**dict(row), "at": iso(row["at"]), "at_ms": row["at"]} for row in found]
