"""The attempt loop: `Client` reads and writes through declared endpoints.

Every attempt is signed afresh. Reads are repeated with backoff inside their deadline; a write goes
out once, and its outcome is one of four (`outcomes`). One client serves many threads.
"""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import stamina

from xport.client.calls import Call, call_of, path_of, raw_call
from xport.client.config import ClientConfig
from xport.client.endpoint import Endpoint
from xport.client.endpoints import ENDPOINTS
from xport.client.envelope import Envelope, open_envelope, parse_json
from xport.client.errors import InvalidRequest, PlatformDown, ReadFailed, TimedOut, TooManyCalls
from xport.client.limits import Breaker, DownUntil, Limiter, Unlimited
from xport.client.outcomes import Answer, Done, NotSent, Outcome, Refused, Unknown
from xport.client.reply import Reader, Reply
from xport.client.signing import Signer, new_nonce
from xport.client.transport import Exchange, Lost, NotReached, Transport
from xport.client.wire import Misfit

log = logging.getLogger(__name__)

Req = TypeVar("Req")
Res = TypeVar("Res")
AttemptOutcome = Literal["done", "refused", "not_sent", "unknown", "failed", "raw"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the observer sees of every attempt. Holds no body, no address, no secret."""

    endpoint: str
    user_id: str
    started: datetime
    duration: float
    outcome: AttemptOutcome
    http_status: int | None = None
    code: str = ""
    request_id: str = ""
    reason: str = ""


Observer = Callable[[Attempt], None]


class Client:
    """Speaks to the platform for one credential; `as_user` picks the sub-account.

    `clock` gives seconds since 1970, `nonce` 32 random characters; both only serve signing and
    time stamps. `limiter` and `breaker` may be shared between processes.
    """

    def __init__(
        self,
        config: ClientConfig,
        *,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], str] = new_nonce,
        limiter: Limiter | None = None,
        breaker: Breaker | None = None,
        observer: Observer | None = None,
        user_id: str = "",
    ) -> None:
        self.config = config
        self.user_id = user_id
        self._clock = clock
        self._signer = Signer(config, clock=clock, nonce=nonce)
        self._limiter: Limiter = limiter or Unlimited()
        self._breaker: Breaker = breaker or DownUntil()
        self._observer = observer
        self._reader = Reader(config.overrides)
        self._transport = Transport(
            pool_size=config.pool_size,
            max_answer_bytes=config.max_answer_bytes,
            proxy=config.proxy,
            ca_bundle=config.ca_bundle,
        )

    def __repr__(self) -> str:
        return f"<Client of {self.config.base_url} as {self.user_id or 'nobody'}>"

    def as_user(self, user_id: str) -> Client:
        """The same client, pool and limits, acting for another sub-account."""
        client = copy.copy(self)
        client.user_id = user_id
        return client

    @property
    def clock_offset(self) -> float:
        """Seconds that the platform's clock is ahead of ours, as far as answers have told."""
        return self._signer.offset

    def close(self) -> None:
        """Closes pooled connections; for all sub-accounts."""
        self._transport.close()

    # -- reading ------------------------------------------------------------------------------

    def read(
        self, endpoint: Endpoint[Req, Res], request: Req, *, deadline: float | None = None
    ) -> Answer[Res]:
        """Calls a read. `deadline` is the total in seconds, repeats included.

        Raises a subclass of ReadFailed, or InvalidRequest where nothing could be sent.
        """
        if not endpoint.is_read:
            raise TypeError(f"{endpoint.key} is no read; use write")
        call = self._call(endpoint, request)
        config = self.config
        deadline_at = time.monotonic() + (config.read_deadline if deadline is None else deadline)
        tried = 0

        def repeat(error: Exception) -> bool | float:
            if not isinstance(error, ReadFailed) or not error.repeatable:
                return False
            left = deadline_at - time.monotonic()
            if error.retry_after is not None:
                return error.retry_after if error.retry_after < left else False
            return min(config.backoff_initial * 2.0**tried, config.backoff_max) < left

        for attempt in stamina.retry_context(
            on=repeat,
            attempts=config.read_attempts,
            timeout=None,
            wait_initial=config.backoff_initial,
            wait_max=config.backoff_max,
            wait_jitter=config.backoff_initial,
        ):
            with attempt:
                tried += 1
                return self._read_once(endpoint, call, deadline_at)
        raise AssertionError("the loop above returns or raises")

    def _read_once(
        self, endpoint: Endpoint[Any, Res], call: Call, deadline_at: float
    ) -> Answer[Res]:
        started = time.monotonic()
        reply: Reply | None = None
        try:
            reply = self._ask(call, deadline_at)
            value = self._reader.value(endpoint, reply)
        except ReadFailed as error:
            self._observe(call, started, "failed", reply, code=error.code, reason=str(error))
            raise
        self._observe(call, started, "done", reply)
        return Answer(value, reply.started, reply.request_id)

    def _ask(self, call: Call, deadline_at: float) -> Reply:
        """One attempt of a read; transport failures become ReadFailed."""
        down_for = self._breaker.down_for()
        if down_for:
            raise self._reader.failure(
                PlatformDown, call.key, "down", f"marked down for {down_for:.0f} s"
            )
        left = deadline_at - time.monotonic()
        if left <= 0:
            raise self._reader.failure(TimedOut, call.key, "slow", "the deadline has passed")
        if not self._limiter.acquire(timeout=left):
            raise self._reader.failure(TooManyCalls, call.key, "limit", "no turn in time")
        try:
            return self._exchange(call, deadline_at, self.config.connect_timeout)
        except NotReached as error:
            raise self._reader.failure(
                PlatformDown, call.key, "down", str(error), repeatable=True
            ) from None
        except Lost as error:
            kind, code = (TimedOut, "slow") if error.timed_out else (PlatformDown, "down")
            raise self._reader.failure(kind, call.key, code, str(error), repeatable=True) from None

    # -- writing ------------------------------------------------------------------------------

    def write(
        self,
        endpoint: Endpoint[Req, Res],
        request: Req,
        *,
        send_by: datetime | None = None,
        deadline: float | None = None,
    ) -> Outcome[Res]:
        """Calls a write once. Gives Done, Refused, NotSent or Unknown; raises InvalidRequest only.

        `send_by` (aware) is checked just before signing and bounds connecting. A refusal for our
        clock, cured by the platform's own `Date`, is signed once more: it came before any effect.
        """
        if endpoint.is_read:
            raise TypeError(f"{endpoint.key} is a read; use read")
        if send_by is not None and send_by.tzinfo is None:
            raise TypeError("send_by must be an aware time")
        call = self._call(endpoint, request)
        seconds = self.config.write_deadline if deadline is None else deadline
        deadline_at = time.monotonic() + seconds
        outcome, clock_cured = self._write_once(endpoint, call, request, send_by, deadline_at)
        if clock_cured:
            outcome, _ = self._write_once(endpoint, call, request, send_by, deadline_at)
        return outcome

    def _write_once(
        self,
        endpoint: Endpoint[Req, Res],
        call: Call,
        request: Req,
        send_by: datetime | None,
        deadline_at: float,
    ) -> tuple[Outcome[Res], bool]:
        started = time.monotonic()
        reply: Reply | None = None
        outcome: Outcome[Res] | None = self._held_back(deadline_at)
        if outcome is None:
            # Last before signing: waiting for a turn may have used up the time.
            connect = self._may_connect(send_by, deadline_at)
            if connect <= 0:
                outcome = NotSent("the time for sending had passed", "late")
            else:
                try:
                    reply = self._exchange(call, deadline_at, connect)
                    outcome = self._reader.outcome(endpoint, request, reply)
                except NotReached as error:
                    outcome = NotSent(str(error), "connect")
                except Lost as error:
                    outcome = Unknown(str(error))
        self._observe_write(call, started, outcome, reply)
        cured = isinstance(outcome, Refused) and reply is not None and reply.clock_refused
        return outcome, cured

    def _held_back(self, deadline_at: float) -> NotSent | None:
        down_for = self._breaker.down_for()
        if down_for:
            return NotSent(f"the platform is marked down for {down_for:.0f} s", "marked")
        if not self._limiter.acquire(timeout=max(0.0, deadline_at - time.monotonic())):
            return NotSent("our own limit left no turn in time", "limit")
        return None

    def _may_connect(self, send_by: datetime | None, deadline_at: float) -> float:
        """Seconds that connecting may take; 0 or less when it is too late to send."""
        left = min(self.config.connect_timeout, deadline_at - time.monotonic())
        if send_by is not None:
            left = min(left, send_by.timestamp() - self._clock())
        return left

    # -- raw ----------------------------------------------------------------------------------

    def raw(
        self,
        key_or_path: str,
        body: Mapping[str, Any] | None = None,
        *,
        method: str | None = None,
        deadline: float | None = None,
    ) -> dict[str, Any]:
        """One signed call of an endpoint key or a path; gives the whole envelope, unjudged.

        Never repeated. A path is POSTed unless `method` says otherwise. Fractions are Decimals.
        Raises ReadFailed where no envelope came; for a write that says nothing about its effect.
        """
        call = self._raw_call(key_or_path, method, dict(body or {}))
        seconds = self.config.write_deadline if deadline is None else deadline
        started = time.monotonic()
        reply: Reply | None = None
        try:
            reply = self._ask(call, started + seconds)
            if reply.envelope is None:
                raise self._reader.unreadable(call.key, "", f"HTTP {reply.status}, no envelope", "")
        except ReadFailed as error:
            self._observe(call, started, "failed", reply, code=error.code, reason=str(error))
            raise
        self._observe(call, started, "raw", reply)
        return dict(reply.parsed)

    # -- shared steps -------------------------------------------------------------------------

    def _call(self, endpoint: Endpoint[Any, Any], request: Any) -> Call:
        self._check_user(endpoint.key)
        return call_of(self.config, endpoint, request)

    def _raw_call(self, key_or_path: str, method: str | None, params: dict[str, Any]) -> Call:
        self._check_user(key_or_path)
        if key_or_path.startswith("/"):
            return raw_call(self.config, key_or_path, method or "POST", key_or_path, params)
        endpoint = ENDPOINTS.get(key_or_path)
        if endpoint is None:
            raise InvalidRequest(f"{key_or_path}: no declared endpoint; give its path instead")
        path = path_of(self.config, endpoint)
        return raw_call(self.config, endpoint.key, method or endpoint.method, path, params)

    def _check_user(self, key: str) -> None:
        if not (self.user_id and self.user_id.isascii() and self.user_id.isprintable()):
            raise InvalidRequest(f"{key}: no sub-account chosen; use as_user")

    def _exchange(self, call: Call, deadline_at: float, connect_timeout: float) -> Reply:
        """Signs and sends once. Raises NotReached or Lost; keeps clock and breaker informed."""
        started = self._clock()
        began = time.monotonic()
        left = max(0.001, deadline_at - began)
        headers = self._signer.headers(self.user_id)
        headers["Accept"] = "application/json"
        headers["Accept-Encoding"] = "gzip"
        headers["User-Agent"] = "quayside"
        if call.body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            exchange = self._transport.exchange(
                call.method,
                call.url,
                headers,
                call.body,
                connect_timeout=min(connect_timeout, left),
                read_timeout=min(self.config.read_timeout, left),
                deadline_at=deadline_at,
            )
        except (NotReached, Lost):
            self._breaker.failed()
            raise
        if exchange.status in (502, 503, 504):
            self._breaker.failed()
        else:
            self._breaker.answered()
        return self._opened(exchange, started, time.monotonic() - began)

    def _opened(self, exchange: Exchange, started: float, duration: float) -> Reply:
        moved = self._signer.learn(
            exchange.headers.get("Date"), started=started, finished=started + duration
        )
        parsed: Any = None
        envelope: Envelope | None = None
        try:
            parsed = parse_json(exchange.body)
            envelope = open_envelope(parsed)
        except Misfit:
            log.debug("An answer of HTTP %s holds no envelope.", exchange.status)
        return Reply(
            started=datetime.fromtimestamp(started, UTC),
            status=exchange.status,
            envelope=envelope,
            parsed=parsed,
            retry_after=_seconds(exchange.headers.get("Retry-After")),
            clock_moved=moved,
        )

    # -- observing ----------------------------------------------------------------------------

    def _observe_write(
        self, call: Call, started: float, outcome: Outcome[Any], reply: Reply | None
    ) -> None:
        if isinstance(outcome, Done):
            self._observe(call, started, "done", reply)
        elif isinstance(outcome, Refused):
            self._observe(call, started, "refused", reply, code=outcome.code)
        elif isinstance(outcome, NotSent):
            self._observe(call, started, "not_sent", reply, reason=outcome.reason)
        else:
            self._observe(call, started, "unknown", reply, code=outcome.code, reason=outcome.reason)

    def _observe(
        self,
        call: Call,
        started: float,
        outcome: AttemptOutcome,
        reply: Reply | None,
        *,
        code: str = "",
        reason: str = "",
    ) -> None:
        if self._observer is None:
            return
        envelope = reply.envelope if reply else None
        duration = time.monotonic() - started
        attempt = Attempt(
            endpoint=call.key,
            user_id=self.user_id,
            started=reply.started
            if reply
            else datetime.fromtimestamp(self._clock() - duration, UTC),
            duration=duration,
            outcome=outcome,
            http_status=reply.status if reply else None,
            code=code or (envelope.code if envelope else ""),
            request_id=envelope.request_id if envelope else "",
            reason=reason,
        )
        try:
            self._observer(attempt)
        except Exception:
            # A broken call log must not turn a payment that was done into an unknown one.
            log.exception("The observer failed on %s (%s).", attempt.endpoint, attempt.outcome)


def _seconds(header: str | None) -> float | None:
    """Retry-After in seconds; its date form is rare and not worth a clock."""
    return float(header) if header and header.strip().isdecimal() else None
