"""Ids that look like the platforms' own and are the same on every machine.

All come from BLAKE2 over a text that names the thing, never from `hash()` or the clock.
"""

from __future__ import annotations

import base64
from hashlib import blake2b


def digest(text: str, size: int = 16) -> bytes:
    """`size` bytes that depend on nothing but the text."""
    return blake2b(text.encode(), digest_size=size).digest()


def number(text: str, digits: int, lead: str = "") -> str:
    """A decimal id of `digits` digits that starts with `lead`, without a leading zero."""
    room = digits - len(lead)
    value = int.from_bytes(digest(text, 8), "big")
    if lead:
        return lead + str(value % 10**room).zfill(room)
    return str(10 ** (room - 1) + value % (9 * 10 ** (room - 1)))


def seed(text: str) -> int:
    """A seed for `random.Random`."""
    return int.from_bytes(digest(text, 8), "big")


def hexadecimal(text: str, digits: int) -> str:
    """`digits` lower-case hex digits, an even count."""
    return digest(text, digits // 2).hex()


def opaque(text: str) -> str:
    """22 characters of url-safe base64, the shape of the platform's V2 map ids."""
    return base64.urlsafe_b64encode(digest(text)).rstrip(b"=").decode()
