"""What holds our calls back: the rate limit of one credential and the "down until" mark.

Both are shared by all processes: the limit through a SQLite file in VAR_DIR, or Redis where
REDIS_URL is set; the mark through Django's cache. Waiting and repeating are left to the client.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import redis
import structlog
from django.core.cache import cache
from pyrate_limiter import (
    AbstractBucket,
    Duration,
    InMemoryBucket,
    Rate,
    RateItem,
    RedisBucket,
    SQLiteBucket,
)
from redis.exceptions import NoScriptError, RedisError

log = structlog.get_logger(__name__)

TIDY_EVERY = 100  # calls between two removals of entries older than the window
RETRY_STORE_SECONDS = 5.0  # how long a process counts alone after the shared store failed


class FileLock:
    """One holder among all threads and processes of this machine, by flock on a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        self._thread = threading.Lock()

    def __enter__(self) -> None:
        self._thread.acquire()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._thread.release()


def sqlite_bucket(path: Path, name: str, per_second: int) -> AbstractBucket:
    """The bucket `name` in the file at `path`, made when absent.

    The file is no record of anything, so a power cut may lose it: no fsync, 0.1 ms a call instead
    of 0.9. The library counts and inserts in two statements, hence the lock around both.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_suffix(".lock"))
    with lock:
        connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            f'CREATE TABLE IF NOT EXISTS "{name}" (name VARCHAR, item_timestamp INTEGER)'
        )
        connection.execute(f'CREATE INDEX IF NOT EXISTS "{name}_time" ON "{name}" (item_timestamp)')
        connection.commit()
    return SQLiteBucket([Rate(per_second, Duration.SECOND)], connection, name, lock=lock)


def redis_bucket(url: str, name: str, per_second: int) -> AbstractBucket:
    """The bucket `name` in Redis. Raises RedisError where it cannot be reached."""
    connection = redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
    bucket = RedisBucket.init([Rate(per_second, Duration.SECOND)], connection, name)
    if not isinstance(bucket, RedisBucket):  # only an asynchronous connection gives another thing
        raise TypeError("a synchronous Redis connection expected")
    return bucket


class SharedLimiter:
    """At most `per_second` calls in any second, over all processes that share the bucket.

    `open_bucket` is called once a process (and again after a fork or a failure). While the shared
    store cannot be used, this process keeps the limit alone and tries the store again later.
    """

    def __init__(self, open_bucket: Callable[[], AbstractBucket], *, per_second: int) -> None:
        self._open_bucket = open_bucket
        self._per_second = per_second
        self._lock = threading.Lock()
        self._bucket: AbstractBucket | None = None
        self._pid = 0
        self._alone_until = 0.0
        self._taken = 0

    def acquire(self, *, timeout: float) -> bool:
        """Waits at most `timeout` seconds for a turn; False when there is none in time."""
        deadline = time.monotonic() + timeout
        while True:
            wait = self._try()
            if wait <= 0:
                return True
            left = deadline - time.monotonic()
            if wait > left:
                return False
            time.sleep(wait)

    def _try(self) -> float:
        """Take a turn; 0 when it is ours, else the seconds until one may be free."""
        try:
            return self._put(self._ready())
        except NoScriptError:  # Redis was restarted or flushed: load its script again
            self._bucket = None
            return 0.01
        except (sqlite3.Error, RedisError, OSError) as error:
            log.warning("rate_limit.alone", error=type(error).__name__)
            self._bucket, self._alone_until = None, time.monotonic() + RETRY_STORE_SECONDS
            return self._put(self._ready())

    def _ready(self) -> AbstractBucket:
        with self._lock:
            own = self._pid == os.getpid()
            alone = isinstance(self._bucket, InMemoryBucket)
            if not own or self._bucket is None or (alone and time.monotonic() > self._alone_until):
                self._pid = os.getpid()
                self._bucket = (
                    InMemoryBucket([Rate(self._per_second, Duration.SECOND)])
                    if time.monotonic() < self._alone_until
                    else self._open_bucket()
                )
            return self._bucket

    def _put(self, bucket: AbstractBucket) -> float:
        # The wall clock, because all processes have to agree on it.
        now = time.time_ns() // 1_000_000
        item = RateItem("call", now)
        with self._lock:
            decision = bucket.put_decision(item)
            self._taken += 1
            if self._taken % TIDY_EVERY == 0:
                bucket.leak(now)
        if decision.allowed:  # type: ignore[union-attr]  # awaitable for asynchronous buckets only
            return 0.0
        wait: int | None = decision.retry_after_ms  # type: ignore[union-attr]
        return max(1, wait if wait is not None and wait >= 0 else 50) / 1000


class SharedDownUntil:
    """The mark that the platform is down, shared through Django's cache.

    Each process counts its own failures; after `after` in a row everyone pauses, twice as long
    with each further failure, from `first` to `longest` seconds. Then the next call decides.
    """

    def __init__(
        self, name: str, *, after: int = 3, first: float = 2.0, longest: float = 30.0
    ) -> None:
        self._key = f"xport-down-until-{name}"
        self._after, self._first, self._longest = after, first, longest
        self._lock = threading.Lock()
        self._failures = 0
        self._marked = False

    def down_for(self) -> float:
        """Seconds for which nothing shall be sent; 0.0 when calls may go."""
        until = _shared(cache.get, self._key)
        if until is None:
            return 0.0
        self._marked = True
        return max(0.0, float(until) - time.time())

    def failed(self) -> None:
        """The platform was not reached, or answered that it is down."""
        with self._lock:
            self._failures += 1
            beyond = self._failures - self._after
        if beyond >= 0:
            pause = min(self._first * 2 ** min(beyond, 16), self._longest)
            _shared(cache.set, self._key, time.time() + pause, pause + 1)
            self._marked = True
            log.warning("platform.marked_down", seconds=pause, failures=self._failures)

    def answered(self) -> None:
        """The platform answered: nothing is marked any more."""
        if not (self._failures or self._marked):
            return
        with self._lock:
            self._failures = 0
            marked, self._marked = self._marked, False
        if marked:
            _shared(cache.delete, self._key)


def _shared(act: Callable[..., Any], *values: Any) -> Any:
    """A cache that cannot be reached must not turn a payment that was done into an error."""
    try:
        return act(*values)
    except (RedisError, OSError) as error:
        log.warning("down_mark.unshared", error=type(error).__name__)
        return None
