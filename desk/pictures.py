"""Goods pictures: signed addresses of our own proxy, which fetches, resizes and keeps them.

Only allow-listed hosts are ever asked, redirects are not followed, and what comes back is decoded
and written anew, so nothing of a foreign file reaches a browser.
"""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import requests
from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare
from PIL import Image, UnidentifiedImageError

SIZES = (80, 160, 320, 640)
LARGEST = 8 * 1024 * 1024
RETRY_AFTER = 300  # seconds before a picture that failed is asked for again
Image.MAX_IMAGE_PIXELS = 40_000_000
_salt = "desk.pictures"


class NoPicture(Exception):
    """It cannot be shown; the text says why, for the log."""


def picture_url(source: str, size: int = 160) -> str:
    """Our address of a picture at the platform, as a square of at most `size` pixels."""
    if not source:
        return ""
    mark = signing.Signer(salt=_salt).signature(f"{source}|{size}")
    return "/pictures/?" + urlencode({"u": source, "s": size, "k": mark})


def is_ours(source: str, size: int, mark: str) -> bool:
    """Whether we made this address."""
    expected = signing.Signer(salt=_salt).signature(f"{source}|{size}")
    return constant_time_compare(expected, mark)


def picture(source: str, size: int) -> bytes:
    """JPEG bytes, from the shelf or fetched now. Raises NoPicture."""
    path = _shelf(source, size)
    if path.is_file():
        return path.read_bytes()
    missing = path.with_suffix(".none")
    if missing.is_file() and time.time() - missing.stat().st_mtime < RETRY_AFTER:
        raise NoPicture("failed a moment ago")
    try:
        data = _resized(_fetch(source), size)
    except NoPicture:
        missing.touch()
        raise
    part = path.with_suffix(f".{time.monotonic_ns()}")
    part.write_bytes(data)
    part.replace(path)
    return data


def _shelf(source: str, size: int) -> Path:
    digest = hashlib.sha256(source.encode()).hexdigest()
    folder = Path(settings.VAR_DIR) / "pictures" / digest[:2]
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{digest}-{size}.jpg"


def allowed(source: str) -> bool:
    """http(s), and a host of PICTURE_HOSTS (`*.` stands for any host below)."""
    try:
        parts = urlsplit(source)
        port = parts.port
    except ValueError:  # sellers' addresses may be no addresses
        return False
    if parts.scheme not in {"http", "https"} or parts.username or parts.password:
        return False
    host, place = parts.hostname or "", parts.netloc
    for pattern in settings.PICTURE_HOSTS:
        if pattern in {host, place} and (":" in pattern or port in {None, 80, 443}):
            return True
        if pattern.startswith("*.") and host.endswith(pattern[1:]) and port in {None, 443}:
            return True
    return False


def _fetch(source: str) -> bytes:
    if not allowed(source):
        raise NoPicture("host is not allowed")
    session = requests.Session()
    session.trust_env = False
    try:
        with session.get(source, timeout=(2, 4), stream=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                raise NoPicture(f"HTTP {answer.status_code}")
            data = answer.raw.read(LARGEST + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise NoPicture(type(error).__name__) from error
    if len(data) > LARGEST:
        raise NoPicture("too large")
    return data


def _resized(data: bytes, size: int) -> bytes:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (size, size))
            flat = image.convert("RGB")
            flat.thumbnail((size, size))
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=82, optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture("not a picture") from error
    return out.getvalue()
