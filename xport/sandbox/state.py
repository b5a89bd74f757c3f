"""The sandbox's memory: one SQLite file (WAL), one connection, short transactions behind a lock.

Keeps no rules: what the rows mean is the business of orders.py, ledger.py, users.py and their like.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users (
  user_id TEXT PRIMARY KEY, name TEXT NOT NULL, balance INTEGER NOT NULL,
  agreement_limit INTEGER NOT NULL, suspended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonces_at ON nonces (at);
CREATE TABLE IF NOT EXISTS orders (
  order_id TEXT PRIMARY KEY, marketplace TEXT NOT NULL, user_id TEXT NOT NULL,
  purchase_id INTEGER, outer_id TEXT, status TEXT NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL, due INTEGER, doc TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS orders_due ON orders (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS orders_created ON orders (marketplace, user_id, created, order_id);
CREATE INDEX IF NOT EXISTS orders_modified ON orders (marketplace, user_id, modified);
CREATE INDEX IF NOT EXISTS orders_purchase ON orders (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS orders_outer ON orders (user_id, outer_id) WHERE outer_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS order_lines (line_id INTEGER PRIMARY KEY, order_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS versions (
  id INTEGER PRIMARY KEY, order_id TEXT NOT NULL, at INTEGER NOT NULL, doc TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS versions_order ON versions (order_id, at);
CREATE TABLE IF NOT EXISTS creates (
  user_id TEXT NOT NULL, outer_id TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (user_id, outer_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, effect TEXT NOT NULL, marketplace TEXT,
  user_id TEXT, order_id TEXT, purchase_id INTEGER, amount INTEGER,
  request_id TEXT, nonce TEXT, detail TEXT);
CREATE INDEX IF NOT EXISTS ledger_order ON ledger (order_id);
CREATE TABLE IF NOT EXISTS addresses (
  id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS goods_changes (
  marketplace TEXT NOT NULL, item_id TEXT NOT NULL,
  permille INTEGER NOT NULL DEFAULT 1000, off_shelf INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (marketplace, item_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stock_changes (
  marketplace TEXT NOT NULL, sku_id TEXT NOT NULL, delta INTEGER NOT NULL,
  PRIMARY KEY (marketplace, sku_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pushes (
  id INTEGER PRIMARY KEY, order_id TEXT, user_id TEXT, event TEXT NOT NULL,
  created INTEGER NOT NULL, due INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL, body TEXT NOT NULL,
  answer TEXT);
CREATE INDEX IF NOT EXISTS pushes_due ON pushes (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS pushes_order ON pushes (order_id);
"""

TABLES = (
    *("nonces", "orders", "order_lines", "versions", "creates", "ledger", "addresses"),
    *("goods_changes", "stock_changes", "faults", "pushes", "users", "meta"),
)


class State:
    """The one door to the database. Every use goes through `transaction`."""

    def __init__(self, path: str) -> None:
        self.path = path
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self.rollbacks = 0  # lets caches notice that what they read was undone
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA busy_timeout = 5000")
        self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction, all or nothing; inside another it joins that one."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._db
            except BaseException:
                if outermost:
                    self._db.execute("ROLLBACK")
                    self.rollbacks += 1
                raise
            else:
                if outermost:
                    self._db.execute("COMMIT")
            finally:
                self._depth -= 1

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for reads: no transaction is opened, nothing is written."""
        with self._lock:
            yield self._db

    def meta(self, name: str, default: str) -> str:
        """One remembered value."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else default

    def set_meta(self, name: str, value: str) -> None:
        """Remember one value."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def next_number(self, name: str) -> int:
        """1, 2, 3 … for each name, never twice; inside the caller's transaction."""
        with self.transaction() as db:
            row = db.execute(
                "INSERT INTO meta VALUES (?, '1') ON CONFLICT (name) "
                "DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
                (name,),
            ).fetchone()
        return int(row["value"])

    def clear(self) -> None:
        """Forget everything, as on the first day."""
        with self.transaction() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the list above

    def close(self) -> None:
        """Fold the write-ahead log back into the file."""
        with self._lock:
            self._db.close()
