"""The declaration language: what one endpoint is, as typed data.

An `Endpoint` says how a call looks and how its answer is judged; `session` makes the call. Adding
an endpoint is one line plus its request and response dataclasses (see `endpoints/`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Req = TypeVar("Req")
Res = TypeVar("Res")

Method = Literal["GET", "POST"]
#: `read` is safe to repeat, `keyed` carries an idempotency key named by the contract, else `never`.
Retry = Literal["read", "keyed", "never"]
#: The contract's confidence in path and fields.
Known = Literal["documented", "partly", "inferred"]

#: Envelope codes after which nothing can have happened: the platform looked at the signature, the
#: sub-account or the parameters and stopped. One table for all writes, because no code but 200 is
#: documented (contract/platform.yaml, Error code); `XPORT_OVERRIDES` replaces it. 40103 (nonce used
#: before) is not among them: every attempt has a nonce of its own, so a used one means that this
#: very call arrived twice, sent on again by something in between, and the first may have worked.
BEFORE_EFFECT: dict[str, str] = {
    "40101": "signature wrong",
    "40102": "timestamp more than 600 s off",
    "40104": "unknown access key",
    "40301": "unknown user-id",
    "40302": "sub-account suspended",
    "40001": "parameter missing or malformed",
    "40401": "no such thing",
    "40901": "its state does not allow it",
}


@dataclass(frozen=True, slots=True)
class Failed:
    """The answer arrived with code 200 and says that the business failed.

    `code` decides what it means: on the endpoint's list of definite refusals it is a refusal,
    anywhere else (empty included) nobody knows, and the outcome is unknown.
    """

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """The answer arrived with code 200, but does not say whether the thing was done."""

    reason: str


Verdict = Failed | Doubt | None


@dataclass(frozen=True, slots=True)
class Paging:
    """Names of the page fields in request and response dataclass, and the largest page."""

    page: str
    size: str
    rows: str
    total: str
    max_size: int
    first: int = 1


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[Req, Res]):
    """One endpoint of the platform. `key` is the one of contract/navigation.yaml.

    `shape` brings the known variants of `data` (a bare list, a bare boolean, another container)
    into the one that `response` describes; `judge` reads success from a write's answer, None
    meaning done. `refusals` are the codes, of the envelope or inside the data, that mean
    "definitely not done" here, beside BEFORE_EFFECT. `null_means_none`: a read answered with null
    asked for something that does not exist (elsewhere null cannot be read).
    """

    key: str
    method: Method
    path: str
    request: type[Req]
    response: type[Res]
    retry: Retry
    known: Known
    alt_paths: tuple[str, ...] = ()
    paging: Paging | None = None
    refusals: frozenset[str] = frozenset()
    shape: Callable[[Any], Any] | None = None
    judge: Callable[[Req, Res], Verdict] | None = None
    null_means_none: bool = False

    def __post_init__(self) -> None:
        if self.retry != "read" and self.judge is None:
            raise TypeError(f"{self.key} writes, so it needs a judge")

    @property
    def section(self) -> str:
        """First half of the key, such as `taobao_order`."""
        return self.key.partition(".")[0]

    @property
    def is_read(self) -> bool:
        return self.retry == "read"


def rows_under(name: str) -> Callable[[Any], Any]:
    """A shape: a bare list, or a single bare record, becomes `{name: [...]}`; null is no rows."""

    def shape(data: Any) -> Any:
        if data is None or isinstance(data, list):
            return {name: data or []}
        if isinstance(data, dict) and name not in data:
            return {name: [data]} if data else {name: []}
        return data

    return shape


def list_under(name: str, *, null_is_empty: bool = False) -> Callable[[Any], Any]:
    """A shape: a bare list becomes `{name: [...]}`; an object is left as it is.

    Null may count as an empty list, but never for a list of orders: absence must be said.
    """

    def shape(data: Any) -> Any:
        if data is None and null_is_empty:
            return {name: []}
        return {name: data} if isinstance(data, list) else data

    return shape


def flag_under(name: str) -> Callable[[Any], Any]:
    """A shape: a bare boolean (also as text or 0/1) becomes `{name: ...}`."""

    def shape(data: Any) -> Any:
        return data if isinstance(data, dict) else {name: data}

    return shape
