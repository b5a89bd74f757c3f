"""One signed client a process, dressed as a sub-account. The only place that builds it.

Beside the library's own behaviour: no call while a database transaction is open, a limit and a
"down until" mark shared by all processes, and one log line an attempt.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from accounts.models import SubAccount
from desk import clock
from gateway.guard import ensure_right_platform
from gateway.limits import SharedDownUntil, SharedLimiter, redis_bucket, sqlite_bucket
from xport.client import (
    Answer,
    Attempt,
    BadSubAccount,
    Client,
    ClientConfig,
    Endpoint,
    Outcome,
    load_overrides,
)

log = structlog.get_logger(__name__)

Req = TypeVar("Req")
Res = TypeVar("Res")


class SubAccountOff(BadSubAccount):
    """The sub-account is switched off on our side; nothing was asked of the platform."""


def client_for(sub_account: SubAccount) -> Client:
    """The client that acts as `sub_account`.

    Raises SubAccountOff (a ReadFailed, so pages show its sentence) when it is inactive, and
    ImproperlyConfigured when the database belongs to another platform.
    """
    if not sub_account.is_active:
        raise SubAccountOff(
            endpoint="",
            code="inactive",
            message=f"sub-account {sub_account.pk} is inactive",
            sentence=_("The sub-account “%(name)s” is switched off. An admin can switch it on.")
            % {"name": sub_account.name},
        )
    return shared_client().as_user(sub_account.user_id)


def shared_client() -> Client:
    """This process's client, for nobody yet; `as_user` picks whom it acts for."""
    return _built(os.getpid(), _wiring())[0]


def seconds_until_up() -> float:
    """Seconds for which the platform is marked down; 0 when calls may go."""
    return _built(os.getpid(), _wiring())[1].down_for()


@dataclass(frozen=True, slots=True)
class Wiring:
    """The settings that shape the client. One client is kept for each that occurs."""

    base_url: str
    access_key: str
    access_secret: str = field(repr=False)
    timestamp_unit: str
    nonce_headers: tuple[str, ...]
    overrides: str
    proxy: str = field(repr=False)
    connect_seconds: float
    read_seconds: float
    write_seconds: float
    per_second: int
    redis_url: str = field(repr=False)
    var_dir: str

    @property
    def name(self) -> str:
        """Names the shared limit and mark, one a credential and platform, showing neither."""
        seed = f"{self.base_url}\n{self.access_key}"
        return hashlib.sha256(seed.encode()).hexdigest()[:16]


def _wiring() -> Wiring:
    return Wiring(
        base_url=settings.XPORT_BASE_URL,
        access_key=settings.XPORT_ACCESS_KEY,
        access_secret=settings.XPORT_ACCESS_SECRET,
        timestamp_unit=settings.XPORT_TIMESTAMP_UNIT,
        nonce_headers=tuple(settings.XPORT_NONCE_HEADERS),
        overrides=settings.XPORT_OVERRIDES,
        proxy=settings.XPORT_PROXY,
        connect_seconds=settings.XPORT_CONNECT_SECONDS,
        read_seconds=settings.XPORT_READ_SECONDS,
        write_seconds=settings.COMMAND_CALL_SECONDS,
        per_second=settings.XPORT_CALLS_PER_SECOND,
        redis_url=settings.REDIS_URL,
        var_dir=str(settings.VAR_DIR),
    )


@lru_cache(maxsize=4)
def _built(pid: int, wiring: Wiring) -> tuple[Client, SharedDownUntil]:
    """The process number is part of the key: a forked child must not share sockets."""
    ensure_right_platform()
    breaker = SharedDownUntil(wiring.name)
    client = GuardedClient(
        client_config(wiring), limiter=_limiter(wiring), breaker=breaker, observer=log_attempt
    )
    return client, breaker


def client_config(wiring: Wiring | None = None) -> ClientConfig:
    """The library's configuration, from the settings unless a wiring is given."""
    wiring = wiring or _wiring()
    more: dict[str, Any] = {}
    if wiring.overrides:
        more["overrides"] = load_overrides(wiring.overrides)
    return ClientConfig(
        base_url=wiring.base_url,
        access_key=wiring.access_key,
        access_secret=wiring.access_secret,
        nonce_headers=wiring.nonce_headers,
        timestamp_unit="ms" if wiring.timestamp_unit == "ms" else "s",
        connect_timeout=wiring.connect_seconds,
        read_timeout=wiring.read_seconds,
        read_deadline=wiring.read_seconds,
        write_deadline=wiring.write_seconds,
        proxy=wiring.proxy or None,
        **more,
    )


def _limiter(wiring: Wiring) -> SharedLimiter:
    name, per_second = f"calls_{wiring.name}", wiring.per_second
    if wiring.redis_url:
        return SharedLimiter(
            lambda: redis_bucket(wiring.redis_url, f"xport:{name}", per_second),
            per_second=per_second,
        )
    path = Path(wiring.var_dir) / "limits.sqlite3"
    return SharedLimiter(lambda: sqlite_bucket(path, name, per_second), per_second=per_second)


def platform_now(client: Client) -> datetime:
    """This moment by the platform's clock, as far as its answers have told: for windows of lists,
    whose times are the platform's."""
    return clock.now() + timedelta(seconds=client.clock_offset)


class GuardedClient(Client):
    """The client, refusing to call while a database transaction is open.

    A call may take many seconds; a transaction held open so long stops every other writer, and a
    rollback afterwards would forget what the platform has done.
    """

    def read(
        self, endpoint: Endpoint[Req, Res], request: Req, *, deadline: float | None = None
    ) -> Answer[Res]:
        refuse_inside_transaction(endpoint.key)
        return super().read(endpoint, request, deadline=deadline)

    def write(
        self,
        endpoint: Endpoint[Req, Res],
        request: Req,
        *,
        send_by: datetime | None = None,
        deadline: float | None = None,
    ) -> Outcome[Res]:
        refuse_inside_transaction(endpoint.key)
        return super().write(endpoint, request, send_by=send_by, deadline=deadline)

    def raw(
        self,
        key_or_path: str,
        body: Mapping[str, Any] | None = None,
        *,
        method: str | None = None,
        deadline: float | None = None,
    ) -> dict[str, Any]:
        refuse_inside_transaction(key_or_path)
        return super().raw(key_or_path, body, method=method, deadline=deadline)


def refuse_inside_transaction(what: str) -> None:
    """Raises RuntimeError inside `atomic`; the blocks that wrap a test case do not count."""
    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise RuntimeError(
                f"{what}: the platform must not be called inside a database transaction"
            )


def log_attempt(attempt: Attempt) -> None:
    """One line an attempt: no bodies, no secrets, no addresses."""
    line = {
        "endpoint": attempt.endpoint,
        "sub_account": attempt.user_id,
        "ms": round(attempt.duration * 1000, 1),
        "outcome": attempt.outcome,
        "http": attempt.http_status,
        "code": attempt.code,
        "request_id": attempt.request_id,
    }
    if attempt.http_status is None and attempt.reason:
        line["reason"] = attempt.reason  # our own words: nothing came from the platform
    if attempt.outcome in ("done", "raw"):
        log.info("xport.call", **line)
    else:
        log.warning("xport.call", **line)
