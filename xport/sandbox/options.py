"""How one sandbox is set up: what the command line, a test or a users file may decide.

Leaves reading the command line to __main__.py, the meaning of a value to the module that uses it.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PRACTICE_KEY = "0b5e55ed0b5e55ed0b5e55ed0b5e55ed"
PRACTICE_SECRET = "practice-only-no-real-money"  # noqa: S105 - printed in the README, guards nothing


@dataclass(frozen=True)
class UserSeed:
    """A sub-account the sandbox knows at its first start. Amounts in fen; no agreement is 0."""

    user_id: str
    name: str
    balance: int = 50_000_000
    agreement_limit: int = 500_000
    suspended: bool = False


PRACTICE_USERS = (
    UserSeed("2100000000001", "采购一部"),
    UserSeed("2100000000002", "采购二部"),
    UserSeed("2100000000003", "行政采购"),
    # The fourth has signed no password-free agreement: 1688 answers it with a link to the cashier.
    UserSeed("2100000000004", "海外仓采购", agreement_limit=0),
    UserSeed("2100000000005", "已停用子账号", balance=0, suspended=True),
)


@dataclass(frozen=True)
class Options:
    """Everything that can differ between two sandboxes."""

    state: str = ":memory:"
    host: str = "127.0.0.1"
    port: int = 8100
    prefix: str = "/api"
    public_url: str | None = None
    access_key: str = PRACTICE_KEY
    access_secret: str = PRACTICE_SECRET
    timestamp_unit: str = "s"
    nonce_header: str | None = None  # None: either spelling of the manual is taken
    latency_ms: int = 0
    rate_limit: int = 0  # calls a second and access key, 0 for none
    faults: str | None = None
    push_to: str | None = None
    push_flavour: str = "ka"
    users: tuple[UserSeed, ...] = field(default=PRACTICE_USERS)


def read_users(path: str) -> tuple[UserSeed, ...]:
    """Sub-accounts from a JSON or TOML file: a list, or a table with the list under `users`.

    Raises ValueError with a sentence when the file does not say what is needed.
    """
    rows = read_table(path)
    found = rows.get("users") if isinstance(rows, dict) else rows
    if not isinstance(found, list):
        raise ValueError(f"{path}: expected a list of users")
    try:
        return tuple(UserSeed(**{**row, "user_id": str(row["user_id"])}) for row in found)
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path}: a user needs user_id and name ({error})") from error


def read_table(path: str) -> Any:
    """The content of a JSON or, by its ending, TOML file."""
    text = Path(path).read_text(encoding="utf-8")
    return tomllib.loads(text) if path.endswith(".toml") else json.loads(text)
