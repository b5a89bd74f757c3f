"""The door: five headers, signature, 600 s, nonce, sub-account. Who is refused did nothing.

Judged by the real clock, as strictly as platform.yaml says. What the call wants is not read here.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from dataclasses import dataclass

from werkzeug.datastructures import Headers

from . import envelope
from .envelope import Refusal
from .options import Options
from .state import State
from .users import User, Users

WINDOW_SECONDS = 600
NONCE_LENGTH = 32
NONCE_HEADERS = ("nonce-str", "once-str")
PRUNE_EVERY = 500


@dataclass(frozen=True)
class Visitor:
    """Who came through, and with which nonce."""

    user: User
    nonce: str


class Door:
    """Checks one call after another; remembers nonces in the state file."""

    def __init__(self, options: Options, state: State, users: Users) -> None:
        self._options = options
        self._state = state
        self._users = users
        self._unit = 1000 if options.timestamp_unit == "ms" else 1
        self._bucket = Bucket(options.rate_limit)
        self._admitted = 0

    def admit(self, headers: Headers) -> Visitor:
        """Let a call in. Raises Refusal with the code of the first thing that is wrong."""
        access_key = _header(headers, "access-key")
        timestamp = _header(headers, "timestamp")
        nonce = self._nonce(headers)
        user_id = _header(headers, "user-id")
        signature = _header(headers, "signature")
        if access_key != self._options.access_key:
            raise Refusal(envelope.UNKNOWN_ACCESS_KEY, "access-key不存在")
        self._check_time(timestamp)
        self._check_signature(access_key, timestamp, nonce, signature)
        if not self._bucket.take():
            raise Refusal(envelope.TOO_MANY_CALLS, "请求过于频繁,请稍后再试", 429)
        self._use(nonce)
        return Visitor(self._user(user_id), nonce)

    def _nonce(self, headers: Headers) -> str:
        names = (self._options.nonce_header,) if self._options.nonce_header else NONCE_HEADERS
        given = {headers[name] for name in names if headers.get(name)}
        if not given:
            raise Refusal(envelope.MALFORMED, f"缺少请求头 {names[0]}")
        nonce = given.pop()
        if given or len(nonce) != NONCE_LENGTH or not (nonce.isascii() and nonce.isalnum()):
            raise Refusal(envelope.MALFORMED, f"请求头 {names[0]} 应为32位随机字符")
        return nonce

    def _check_time(self, timestamp: str) -> None:
        if not (timestamp.isascii() and timestamp.isdigit()):
            raise Refusal(envelope.MALFORMED, "请求头 timestamp 格式错误")
        if abs(time.time() - int(timestamp) / self._unit) > WINDOW_SECONDS:
            raise Refusal(envelope.TIMESTAMP_OUTSIDE, "timestamp与服务器时间相差超过600秒")

    def _check_signature(self, key: str, timestamp: str, nonce: str, signature: str) -> None:
        signed = f"{key}{timestamp}{nonce}{self._options.access_secret}"
        expected = hashlib.md5(signed.encode(), usedforsecurity=False).hexdigest().upper()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise Refusal(envelope.SIGNATURE_WRONG, "签名错误")

    def _use(self, nonce: str) -> None:
        # Older ones can go: their timestamps no longer pass.
        now = int(time.time())
        self._admitted += 1
        with self._state.transaction() as db:
            if self._admitted % PRUNE_EVERY == 0:
                db.execute("DELETE FROM nonces WHERE at < ?", (now - 2 * WINDOW_SECONDS - 60,))
            added = db.execute("INSERT OR IGNORE INTO nonces VALUES (?, ?)", (nonce, now))
        if added.rowcount != 1:
            raise Refusal(envelope.NONCE_REUSED, "nonce-str已被使用")

    def _user(self, user_id: str) -> User:
        user = self._users.find(user_id)
        if user is None:
            raise Refusal(envelope.UNKNOWN_USER, f"user-id不存在: {user_id}")
        if user.suspended:
            raise Refusal(envelope.USER_SUSPENDED, f"子账号已停用: {user_id}")
        return user


class Bucket:
    """So many calls a second, saved up for one second; 0 means no limit."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._left = float(rate)
        self._seen = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """One call more, if it fits."""
        if not self._rate:
            return True
        with self._lock:
            now = time.monotonic()
            self._left = min(self._rate, self._left + (now - self._seen) * self._rate)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


def _header(headers: Headers, name: str) -> str:
    value = headers.get(name)
    if not value:
        raise Refusal(envelope.MALFORMED, f"缺少请求头 {name}")
    return value
