"""Signs each attempt: five headers, a fresh nonce, and a clock corrected by the platform's own.

Body and path are not signed (contract/platform.yaml), so only HTTPS protects them.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from xport.client.config import ClientConfig

log = logging.getLogger(__name__)

#: Below this many seconds the clocks count as equal: `Date` has whole seconds, answers take time.
CLOCK_TOLERANCE = 5.0


def new_nonce() -> str:
    """32 random hex characters."""
    return secrets.token_hex(16).upper()


def signature(access_key: str, timestamp: str, nonce: str, secret: str) -> str:
    """Upper-case hex MD5 of the four joined without separator, as the manual's three steps say."""
    joined = access_key + timestamp + nonce + secret
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest().upper()


class Signer:
    """Makes the system headers of one attempt. Used by many threads at once."""

    def __init__(
        self,
        config: ClientConfig,
        *,
        clock: Callable[[], float],
        nonce: Callable[[], str] = new_nonce,
    ) -> None:
        self._config = config
        self._clock = clock
        self._nonce = nonce
        self._offset = 0.0
        self._lock = threading.Lock()

    @property
    def offset(self) -> float:
        """Seconds that the platform's clock is ahead of ours; 0.0 while they agree."""
        return self._offset

    def headers(self, user_id: str) -> dict[str, str]:
        """The signed headers of one attempt: never used for a second one."""
        config = self._config
        moment = self._clock() + self._offset
        timestamp = str(int(moment * 1000) if config.timestamp_unit == "ms" else int(moment))
        nonce = self._nonce()
        headers = dict.fromkeys(config.nonce_headers, nonce)
        headers["access-key"] = config.access_key
        headers["timestamp"] = timestamp
        headers["user-id"] = user_id
        headers["signature"] = signature(config.access_key, timestamp, nonce, config.access_secret)
        return headers

    def learn(self, date_header: str | None, *, started: float, finished: float) -> float:
        """Takes the offset from an answer's `Date`; returns by how many seconds it changed.

        `started` and `finished` are our clock's readings around the exchange; the platform wrote
        its `Date` somewhere in between, at the start of a second.
        """
        if not date_header:
            return 0.0
        try:
            theirs = parsedate_to_datetime(date_header).timestamp() + 0.5
        except (TypeError, ValueError, OverflowError):
            return 0.0
        offset = theirs - (started + finished) / 2
        if abs(offset) <= CLOCK_TOLERANCE + (finished - started) / 2:
            offset = 0.0
        with self._lock:
            change = abs(offset - self._offset)
            if change <= CLOCK_TOLERANCE:
                return 0.0
            self._offset = offset
        log.warning(
            "The platform's clock is %+.0f s from ours; signing with the platform's.", offset
        )
        return change
