"""What an answer means: a value or a `ReadFailed` for a read, one of the outcomes for a write.

Knows nothing of sending. The rules are those of design section 2; which codes are definite
refusals is data (`endpoint.BEFORE_EFFECT`, each endpoint's `refusals`, the overrides).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from xport.client.codec import Codec
from xport.client.endpoint import BEFORE_EFFECT, Doubt, Endpoint, Failed
from xport.client.envelope import Envelope
from xport.client.errors import (
    CLOCK_CODES,
    REJECTIONS,
    SENTENCES,
    SUCCESS,
    NotFound,
    PlatformDown,
    ReadFailed,
    Redirected,
    Rejected,
    TooManyCalls,
    Unreadable,
    safe_words,
    sentence_for,
)
from xport.client.outcomes import Done, Outcome, Refused, Unknown
from xport.client.overrides import Overrides
from xport.client.wire import Misfit

Req = TypeVar("Req")
Res = TypeVar("Res")


@dataclass(frozen=True, slots=True)
class Reply:
    """One attempt's answer with its circumstances; `envelope` None where none could be read."""

    started: datetime
    status: int
    envelope: Envelope | None
    parsed: Any
    retry_after: float | None
    clock_moved: float

    @property
    def request_id(self) -> str:
        return self.envelope.request_id if self.envelope else ""

    @property
    def clock_refused(self) -> bool:
        """Refused for our clock, and this very answer has told the right time."""
        refused = self.envelope is not None and self.envelope.code in CLOCK_CODES
        return refused and self.clock_moved > 0


class Reader:
    """Reads replies with one configuration's units, codes and sentences."""

    def __init__(self, overrides: Overrides) -> None:
        self._codec = Codec(overrides.money)
        self._own_refusals = overrides.refusals
        shared = overrides.before_effect
        self._before_effect = frozenset(BEFORE_EFFECT) if shared is None else shared
        self._sentences = {**SENTENCES, **overrides.sentences}

    # -- reads --------------------------------------------------------------------------------

    def value(self, endpoint: Endpoint[Any, Res], reply: Reply) -> Res:
        """The decoded data of a successful answer; raises a ReadFailed for any other."""
        envelope, status = reply.envelope, reply.status
        if 300 <= status < 400:
            raise self.failure(Redirected, endpoint.key, "redirect", f"HTTP {status}")
        if envelope is None:
            raise self._without_envelope(endpoint.key, reply)
        if status == 429 or REJECTIONS.get(envelope.code) is TooManyCalls:
            raise self._too_many(endpoint.key, envelope.code, envelope.message, reply)
        if envelope.code != SUCCESS:
            raise self._rejection(endpoint.key, envelope, reply)
        if status >= 400:
            raise self._without_envelope(endpoint.key, reply)
        if envelope.data is None and endpoint.null_means_none:
            raise self.failure(
                NotFound, endpoint.key, "empty", "no data", request_id=envelope.request_id
            )
        return self._decode(endpoint, envelope)

    def _without_envelope(self, key: str, reply: Reply) -> ReadFailed:
        message = f"HTTP {reply.status}"
        if reply.status == 429:
            return self._too_many(key, "42901", message, reply)
        if reply.status >= 500:
            return self.failure(
                PlatformDown, key, "down", message, repeatable=True, retry_after=reply.retry_after
            )
        if reply.status >= 400:
            return self.failure(Rejected, key, f"http {reply.status}", message)
        return self.unreadable(key, "", "no envelope with a code", "")

    def _too_many(self, key: str, code: str, message: str, reply: Reply) -> ReadFailed:
        return self.failure(
            TooManyCalls,
            key,
            code if code != SUCCESS else "42901",
            message,
            request_id=reply.request_id,
            repeatable=True,
            retry_after=reply.retry_after,
        )

    def _rejection(self, key: str, envelope: Envelope, reply: Reply) -> ReadFailed:
        kind = REJECTIONS.get(envelope.code)
        if kind is None:
            kind = PlatformDown if reply.status >= 500 else Rejected
        return self.failure(
            kind,
            key,
            envelope.code,
            envelope.message,
            request_id=envelope.request_id,
            repeatable=reply.clock_refused or kind is PlatformDown,
            retry_after=0.0 if reply.clock_refused else None,
        )

    # -- writes -------------------------------------------------------------------------------

    def outcome(self, endpoint: Endpoint[Req, Res], request: Req, reply: Reply) -> Outcome[Res]:
        """What became of a write that was answered."""
        envelope, status = reply.envelope, reply.status
        if envelope is None:
            return Unknown(f"HTTP {status} without an answer that can be read")
        request_id, code = envelope.request_id, envelope.code
        words = safe_words(envelope.message)
        if status >= 500 or status == 429 or 300 <= status < 400:
            return Unknown(f"HTTP {status}", request_id, code, words)
        if code != SUCCESS:
            if code in self._refusals(endpoint):
                return self._refused(code, words, request_id)
            return Unknown("the platform answered with an error", request_id, code, words)
        if status >= 400:
            return Unknown(f"HTTP {status}", request_id, code, words)
        try:
            value = self._decode(endpoint, envelope)
        except Unreadable as error:
            return Unknown(f"the answer cannot be read: {error.message}", request_id, code)
        return self._judged(endpoint, request, value, reply)

    def _judged(
        self, endpoint: Endpoint[Req, Res], request: Req, value: Res, reply: Reply
    ) -> Outcome[Res]:
        verdict = endpoint.judge(request, value) if endpoint.judge else None
        if isinstance(verdict, Doubt):
            return Unknown(verdict.reason, reply.request_id, SUCCESS)
        if isinstance(verdict, Failed):
            words = safe_words(verdict.message)
            if verdict.code in self._refusals(endpoint):
                return self._refused(verdict.code, words, reply.request_id)
            reason = "the platform says that it failed, without a code that we know as a refusal"
            return Unknown(reason, reply.request_id, verdict.code, words)
        return Done(value, reply.request_id, reply.started)

    def _refusals(self, endpoint: Endpoint[Any, Any]) -> frozenset[str]:
        return self._own_refusals.get(endpoint.key, endpoint.refusals) | self._before_effect

    def _refused(self, code: str, message: str, request_id: str) -> Refused:
        return Refused(code, message, request_id, sentence_for(code, self._sentences))

    # -- both ---------------------------------------------------------------------------------

    def _decode(self, endpoint: Endpoint[Any, Res], envelope: Envelope) -> Res:
        data = envelope.data
        try:
            if endpoint.shape:
                data = endpoint.shape(data)
            return self._codec.decode(endpoint.response, data, endpoint.section)
        except Misfit as misfit:
            field = ".".join(["data", *misfit.path])
            raise self.unreadable(endpoint.key, field, misfit.reason, envelope.request_id) from None

    def unreadable(self, key: str, field: str, reason: str, request_id: str) -> Unreadable:
        """An Unreadable with this configuration's sentence."""
        return Unreadable(
            endpoint=key,
            field=field,
            reason=reason,
            request_id=request_id,
            sentence=self._sentences["unreadable"],
        )

    def failure(
        self, kind: type[ReadFailed], key: str, code: str, message: str, **more: Any
    ) -> ReadFailed:
        """A ReadFailed with this configuration's sentence."""
        fallback = "down" if issubclass(kind, PlatformDown) else "refused"
        sentence = sentence_for(code, self._sentences, fallback)
        return kind(endpoint=key, code=code, message=message, sentence=sentence, **more)
