"""Finds out how the live platform wants to be called: tries the likely combinations, read only.

The vendor's pages contradict each other on the prefix, the nonce header and the timestamp's unit.
`check` asks for the saved addresses under each combination and says which the server accepts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import urlsplit, urlunsplit

from xport.client.config import NONCE_HEADERS, ClientConfig, TimestampUnit
from xport.client.endpoints.basics import ADDRESSES, AddressesRequest
from xport.client.errors import BadSubAccount, PlatformDown, ReadFailed
from xport.client.session import Client

PREFIX = "/api"
_NONCE_CHOICES = (NONCE_HEADERS, NONCE_HEADERS[:1], NONCE_HEADERS[1:])
_UNITS: tuple[TimestampUnit, ...] = ("s", "ms")


@dataclass(frozen=True, slots=True)
class Trial:
    """One combination and what the server said. `accepted`: the signature was taken.

    `code` is empty on full success; `sentence` is for people.
    """

    base_url: str
    nonce_headers: tuple[str, ...]
    timestamp_unit: TimestampUnit
    accepted: bool
    code: str
    sentence: str
    clock_offset: float

    @property
    def settings(self) -> tuple[str, ...]:
        """Lines to paste into the environment."""
        return (
            f"XPORT_BASE_URL={self.base_url}",
            f"XPORT_NONCE_HEADERS={','.join(self.nonce_headers)}",
            f"XPORT_TIMESTAMP_UNIT={self.timestamp_unit}",
        )


def check(
    config: ClientConfig, user_id: str, *, clock: Callable[[], float] = time.time
) -> Iterator[Trial]:
    """Tries every combination, the configured one first; at most a dozen harmless reads.

    Stops early where a base URL cannot be reached at all: its other combinations cannot be either.
    """
    unreachable: set[str] = set()
    for candidate in _candidates(config):
        if candidate.base_url in unreachable:
            continue
        trial, reached = _try(candidate, user_id, clock)
        if not reached:
            unreachable.add(candidate.base_url)
        yield trial


def _candidates(config: ClientConfig) -> Iterator[ClientConfig]:
    """The configured combination, then the others, none twice."""
    tried: set[tuple[str, tuple[str, ...], str]] = set()
    configured = ((config.base_url, config.nonce_headers, config.timestamp_unit),)
    for base_url, headers, unit in (
        *configured,
        *product(_base_urls(config.base_url), _NONCE_CHOICES, _UNITS),
    ):
        if (base_url, headers, unit) not in tried:
            tried.add((base_url, headers, unit))
            yield replace(
                config,
                base_url=base_url,
                nonce_headers=headers,
                timestamp_unit=unit,
                read_attempts=1,
            )


def _base_urls(base_url: str) -> tuple[str, str]:
    """As configured, and with the prefix added or taken off."""
    parts = urlsplit(base_url)
    path = parts.path
    other = path.removesuffix(PREFIX) if path.endswith(PREFIX) else path + PREFIX
    return base_url, urlunsplit(parts._replace(path=other))


def _try(config: ClientConfig, user_id: str, clock: Callable[[], float]) -> tuple[Trial, bool]:
    client = Client(config, clock=clock, user_id=user_id)
    try:
        client.read(ADDRESSES, AddressesRequest())
    except ReadFailed as error:
        # An unknown or suspended sub-account is told only to those whose signature was right.
        accepted, code, sentence = isinstance(error, BadSubAccount), error.code, error.sentence
        reached = not isinstance(error, PlatformDown)
    else:
        accepted, code, sentence, reached = True, "", "The platform accepts this.", True
    finally:
        client.close()
    trial = Trial(
        base_url=config.base_url,
        nonce_headers=config.nonce_headers,
        timestamp_unit=config.timestamp_unit,
        accepted=accepted,
        code=code,
        sentence=sentence,
        clock_offset=client.clock_offset,
    )
    return trial, reached
