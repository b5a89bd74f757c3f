"""Scripted trouble: what goes wrong, where, how often. Decided here, done in app.py and outbox.py.

A fault names an endpoint key (or `*`, or `push`), a kind, and optionally a probability, the number
of the call it waits for, how many times it happens, seconds, and whether it strikes before or after
the effect. Faults live in the state file, so a restart keeps them.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from .options import read_table
from .state import State

BEFORE, AFTER = "before", "after"

# kind: (what people read, when it strikes unless told, seconds unless told)
KINDS: dict[str, tuple[str, str, float]] = {
    "timeout": ("No answer until the caller gives up", BEFORE, 60.0),
    "error": ("An envelope with an error code", AFTER, 0.0),
    "http_500": ("A bare server error (5xx)", BEFORE, 0.0),
    "http_429": ("Too many calls (429)", BEFORE, 0.0),
    "http_401": ("Not authorised (401)", BEFORE, 0.0),
    "redirect": ("A redirect (307)", BEFORE, 0.0),
    "cut": ("The connection is cut", AFTER, 0.0),
    "half": ("The connection is cut in the middle of the answer", AFTER, 0.0),
    "unreadable": ("A body that cannot be read", AFTER, 0.0),
    "slow": ("A slow answer", BEFORE, 3.0),
    "stale_list": ("Order lists show an earlier moment", BEFORE, 60.0),
    "shifting_list": ("Rows of order lists move between pages", BEFORE, 0.0),
    "push_lost": ("A push message is never sent", AFTER, 0.0),
    "push_twice": ("A push message is sent twice", AFTER, 0.0),
    "push_late": ("A push message comes late", AFTER, 600.0),
    "push_shuffled": ("Push messages overtake each other", AFTER, 5.0),
    "split_create": ("The next order is split line by line", BEFORE, 0.0),
    "drop_line": ("The next order leaves its last line out", BEFORE, 0.0),
    "refuse_cancel": ("The seller refuses the next cancellation", BEFORE, 0.0),
}
ONCE = ("split_create", "drop_line", "refuse_cancel")


@dataclass
class Fault:
    """One scripted fault and what it has done so far."""

    key: str
    kind: str
    when: str = BEFORE
    probability: float = 1.0
    nth: int | None = None
    count: int | None = None
    seconds: float = 0.0
    status: int = 503
    code: int = 50000
    message: str = "系统繁忙,请稍后再试"
    on: bool = True
    calls: int = 0
    fired: int = 0
    id: int = 0

    def strikes(self) -> bool:
        """Count a call that fits and decide."""
        self.calls += 1
        if not self.on or (self.count is not None and self.fired >= self.count):
            return False
        if self.nth is not None and self.calls != self.nth:
            return False
        if self.probability < 1 and random.random() >= self.probability:
            return False
        self.fired += 1
        return True


def read_fault(raw: Mapping[str, Any]) -> Fault:
    """A fault from JSON or a form. Raises ValueError with a sentence."""
    given = {name: value for name, value in raw.items() if value not in (None, "")}
    kind = str(given.pop("kind", ""))
    for when in (BEFORE, AFTER):
        if kind.endswith(f"_{when}"):
            kind, given["when"] = kind.removesuffix(f"_{when}"), when
    if kind not in KINDS:
        raise ValueError(f"no such kind of fault: {kind or 'none given'}")
    _, when_default, seconds = KINDS[kind]
    default_key = "push" if kind.startswith("push_") else "*"
    fault = Fault(str(given.pop("key", default_key)), kind, when_default, seconds=seconds)
    if kind in ONCE:
        fault.count = 1
    unknown = set(given) - {field.name for field in fields(Fault)}
    if unknown:
        raise ValueError(f"unknown fields of a fault: {', '.join(sorted(unknown))}")
    try:
        for name, value in given.items():
            setattr(fault, name, _typed(name, value))
    except ValueError as error:
        raise ValueError(f"a fault's {name} cannot be {value!r}") from error
    if fault.when not in (BEFORE, AFTER):
        raise ValueError("a fault's when is before or after")
    return fault


def _typed(name: str, value: Any) -> Any:
    if name in ("probability", "seconds"):
        return float(value)
    if name in ("nth", "count", "status", "code", "calls", "fired", "id"):
        return int(value)
    if name == "on":
        return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "on")
    return str(value)


class Faults:
    """All faults, and the decision for each call."""

    def __init__(self, state: State, path: str | None) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self.reload()
        if path is not None:
            rows = read_table(path)
            self.replace(rows.get("faults", []) if isinstance(rows, dict) else rows)

    def reload(self) -> None:
        """Read those of the state file."""
        with self._state.reading() as db:
            rows = db.execute("SELECT id, doc FROM faults ORDER BY id").fetchall()
        with self._lock:
            self._faults = [Fault(**{**json.loads(row["doc"]), "id": row["id"]}) for row in rows]

    def replace(self, rows: list[Mapping[str, Any]]) -> None:
        """Exactly these faults."""
        faults = [read_fault(row) for row in rows]
        self.clear()
        for fault in faults:
            self._add(fault)

    def add(self, raw: Mapping[str, Any]) -> Fault:
        """One more fault. Raises ValueError."""
        return self._add(read_fault(raw))

    def switch(self, fault_id: int, on: bool) -> bool:
        """Switch one on (its counts start again) or off; False when there is none."""
        for fault in self.all():
            if fault.id == fault_id:
                fault.on = on
                if on:
                    fault.calls = fault.fired = 0
                self._store(fault)
                return True
        return False

    def remove(self, fault_id: int) -> None:
        """Take one off the list."""
        with self._state.transaction() as db:
            db.execute("DELETE FROM faults WHERE id = ?", (fault_id,))
        with self._lock:
            self._faults = [fault for fault in self._faults if fault.id != fault_id]

    def clear(self) -> None:
        """No faults."""
        with self._state.transaction() as db:
            db.execute("DELETE FROM faults")
        with self._lock:
            self._faults = []

    def all(self) -> list[Fault]:
        """Every fault, on or off."""
        with self._lock:
            return list(self._faults)

    def strike(self, key: str) -> list[Fault]:
        """The faults that happen to this call."""
        struck = []
        for fault in self.all():
            if fault.kind in ONCE or fault.key not in ("*", key):
                continue
            if fault.kind.startswith("push_") != (key == "push"):
                continue
            if self._strikes(fault):
                struck.append(fault)
        return struck

    def use_once(self, kind: str) -> bool:
        """Whether this one-off is switched on; it then happens and is used up."""
        return any(fault.kind == kind and fault.on and self._strikes(fault) for fault in self.all())

    def as_json(self) -> list[dict[str, Any]]:
        """For GET /_sandbox/faults."""
        return [asdict(fault) for fault in self.all()]

    def _strikes(self, fault: Fault) -> bool:
        with self._lock:
            struck = fault.strikes()
        if struck or fault.nth is not None:
            self._store(fault)
        return struck

    def _add(self, fault: Fault) -> Fault:
        with self._state.transaction() as db:
            cursor = db.execute("INSERT INTO faults (doc) VALUES (?)", (_doc(fault),))
            fault.id = int(cursor.lastrowid or 0)
        with self._lock:
            self._faults.append(fault)
        return fault

    def _store(self, fault: Fault) -> None:
        with self._state.transaction() as db:
            db.execute("UPDATE faults SET doc = ? WHERE id = ?", (_doc(fault), fault.id))


def _doc(fault: Fault) -> str:
    return json.dumps({name: value for name, value in asdict(fault).items() if name != "id"})
