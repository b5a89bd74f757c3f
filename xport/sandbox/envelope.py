"""The envelope of every answer, and the refusals the platform knows.

platform.yaml documents the five fields and code 200 only; the other codes are this sandbox's own.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

DEVELOP_ID = "1014533973088404335"
SUCCESS = 200
MALFORMED = 40001
SIGNATURE_WRONG = 40101
TIMESTAMP_OUTSIDE = 40102
NONCE_REUSED = 40103
UNKNOWN_ACCESS_KEY = 40104
UNKNOWN_USER = 40301
USER_SUSPENDED = 40302
NOT_FOUND = 40401
NOT_ALLOWED = 40901
TOO_MANY_CALLS = 42901
BROKEN = 50000


class Refusal(Exception):
    """The platform says no: nothing happened. `status` is the HTTP status of the answer."""

    def __init__(self, code: int, message: str, status: int = 200) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True)
class Verbatim:
    """Data that is already JSON text and goes out unchanged."""

    text: str


@dataclass(frozen=True)
class Bare:
    """An answer of code and msg alone, as the address page shows."""


@dataclass(frozen=True)
class Nameless:
    """Data in an envelope whose requestId is null, as some pages show."""

    data: Any


def new_request_id() -> str:
    """32 hex characters."""
    return uuid.uuid4().hex


def pack(request_id: str, data: Any) -> bytes:
    """A success as bytes."""
    if isinstance(data, Bare):
        return dump({"code": SUCCESS, "msg": "成功"})
    shown: str | None = request_id
    if isinstance(data, Nameless):
        shown, data = None, data.data
    body: dict[str, Any] = {
        "requestId": shown,
        "code": SUCCESS,
        "developId": DEVELOP_ID,
        "msg": "成功",
    }
    if isinstance(data, Verbatim):
        head = json.dumps(body, ensure_ascii=False, indent=4)[:-2]
        return f'{head},\n    "data": {data.text}\n}}'.encode()
    body["data"] = data
    return dump(body)


def pack_refusal(request_id: str, code: int, message: str) -> bytes:
    """A refusal as bytes."""
    return dump(
        {
            "requestId": request_id,
            "code": code,
            "developId": DEVELOP_ID,
            "msg": message,
            "data": None,
        }
    )


def dump(body: Any) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
