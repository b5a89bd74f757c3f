"""Sub-accounts: who may call, what they can still spend, what 1688 may debit without a person.

Money is in fen. The ledger, not this table, is the record of what was debited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from .options import UserSeed
from .state import State


@dataclass(frozen=True)
class User:
    """One sub-account as it stands."""

    user_id: str
    name: str
    balance: int
    agreement_limit: int
    suspended: bool


class Users:
    """Reads and writes of the sub-accounts."""

    def __init__(self, state: State, seeds: Iterable[UserSeed]) -> None:
        self._state = state
        self._seeds = tuple(seeds)
        self.seed()

    def seed(self) -> None:
        """Add those of the set-up that are not there yet; never touch the others."""
        with self._state.transaction() as db:
            for seed in self._seeds:
                db.execute(
                    "INSERT OR IGNORE INTO users (user_id, name, balance, agreement_limit, "
                    "suspended) VALUES (:user_id, :name, :balance, :agreement_limit, :suspended)",
                    asdict(seed),
                )

    def find(self, user_id: str) -> User | None:
        """The sub-account, or None for one the platform does not know."""
        with self._state.reading() as db:
            row = db.execute("SELECT * FROM users WHERE user_id = ?", (user_id,)).fetchone()
        return User(**{**dict(row), "suspended": bool(row["suspended"])}) if row else None

    def all(self) -> list[User]:
        """Every sub-account, by number."""
        with self._state.reading() as db:
            rows = db.execute("SELECT * FROM users ORDER BY user_id").fetchall()
        return [User(**{**dict(row), "suspended": bool(row["suspended"])}) for row in rows]

    def save(self, seed: UserSeed) -> None:
        """Add a sub-account or overwrite it."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO users (user_id, name, balance, agreement_limit, suspended)"
                " VALUES (:user_id, :name, :balance, :agreement_limit, :suspended)",
                asdict(seed),
            )

    def add_to_balance(self, user_id: str, amount: int) -> None:
        """Top up (or, negative, take off) in fen."""
        with self._state.transaction() as db:
            db.execute(
                "UPDATE users SET balance = balance + ? WHERE user_id = ?", (amount, user_id)
            )

    def take(self, user_id: str, amount: int) -> bool:
        """Debit if the balance covers it; False and nothing taken otherwise."""
        with self._state.transaction() as db:
            done = db.execute(
                "UPDATE users SET balance = balance - ? WHERE user_id = ? AND balance >= ?",
                (amount, user_id, amount),
            )
        return done.rowcount == 1
