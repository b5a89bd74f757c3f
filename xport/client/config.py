"""How the platform is reached and signed for: one frozen value, built from settings by the caller.

What differs by key (paths, units, codes, sentences) comes from a TOML file, see `overrides`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from xport.client.overrides import NO_OVERRIDES, Overrides

TimestampUnit = Literal["s", "ms"]
#: Both spellings that the vendor prints; sending the two with one value satisfies either.
NONCE_HEADERS = ("nonce-str", "once-str")


@dataclass(frozen=True, slots=True)
class ClientConfig:
    """Everything but clock and randomness. The secret is in no repr.

    `base_url` includes the prefix (live: https://www.xportcn.com/api). Times are seconds; the
    deadlines are totals of a call, its repeats and its reading included. `ca_bundle` is a file of
    certificates trusted in place of the public ones.
    """

    base_url: str
    access_key: str
    access_secret: str = field(repr=False)
    nonce_headers: tuple[str, ...] = NONCE_HEADERS
    timestamp_unit: TimestampUnit = "s"
    connect_timeout: float = 3.0
    read_timeout: float = 10.0
    read_deadline: float = 8.0
    write_deadline: float = 20.0
    read_attempts: int = 3
    backoff_initial: float = 0.1
    backoff_max: float = 2.0
    max_answer_bytes: int = 8_000_000
    pool_size: int = 16
    proxy: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    overrides: Overrides = NO_OVERRIDES

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("base_url must be an http or https address")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("base_url must have neither credentials nor a query")
        if not self.access_key or not self.access_secret:
            raise ValueError("access_key and access_secret belong together; one is empty")
        if self.timestamp_unit not in ("s", "ms"):
            raise ValueError("timestamp_unit must be s or ms")
        if not self.nonce_headers:
            raise ValueError("nonce_headers must name at least one header")
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
