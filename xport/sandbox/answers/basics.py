"""Section basics: the delivery addresses of a sub-account. Source: contract/basics.yaml."""

from __future__ import annotations

import json
from typing import Any

from xport.sandbox import ledger as effects
from xport.sandbox.envelope import NOT_FOUND, Bare, Refusal

from .call import Call, answers, malformed

FIELDS = ("name", "province", "city", "district", "address", "phone")
MAX_LENGTH = 200


@answers("basics.addresses")
def addresses(call: Call) -> Any:
    """All addresses of the sub-account."""
    with call.engine.state.reading() as db:
        rows = db.execute(
            "SELECT id, doc FROM addresses WHERE user_id = ? ORDER BY id", (call.user.user_id,)
        ).fetchall()
    return [{"id": row["id"], **json.loads(row["doc"])} for row in rows]


@answers("basics.save_address")
def save_address(call: Call) -> Any:
    """A new address, or one over an existing id; no key, so a repeat without id adds a copy."""
    saved = {name: call.text(name) for name in FIELDS}
    for name, value in saved.items():
        if len(value) > MAX_LENGTH:
            raise malformed(name)
    doc = json.dumps(saved, ensure_ascii=False)
    address_id = call.whole("id", 0)
    with call.engine.state.transaction() as db:
        if address_id:
            done = db.execute(
                "UPDATE addresses SET doc = ? WHERE id = ? AND user_id = ?",
                (doc, address_id, call.user.user_id),
            )
            if done.rowcount != 1:
                raise Refusal(NOT_FOUND, f"地址不存在: {address_id}")
        else:
            db.execute(
                "INSERT INTO addresses (user_id, doc) VALUES (?, ?)", (call.user.user_id, doc)
            )
    call.engine.ledger.record(
        effects.ADDRESS_SAVED,
        at=call.now,
        user_id=call.user.user_id,
        cause=call.cause,
        detail=str(address_id) if address_id else "new",
    )
    return Bare()
