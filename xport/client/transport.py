"""One HTTP exchange: what goes out, what comes back, and whether anything left at all.

Requests' adapter is used without its session, because what the session adds is what must be off:
redirects (a 307 would send a POST again), cookies (they would leak between sub-accounts) and the
environment's proxies. Signing and repeating are left to `session`.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError

_CHUNK = 65_536

#: Whether bytes of this thread's present exchange have been given to a connection.
_progress = threading.local()


class NotReached(Exception):
    """No connection came about, so nothing can have reached the platform."""


class Lost(Exception):
    """Bytes left, no whole answer came. `timed_out` tells silence from a cut."""

    def __init__(self, reason: str, *, timed_out: bool = False, status: int | None = None) -> None:
        super().__init__(reason)
        self.timed_out = timed_out
        self.status = status


@dataclass(frozen=True, slots=True)
class Exchange:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Marking:
    """Notes the moment from which a request may have reached the other side.

    Connecting (name, TCP, TLS) comes first and is never noted, whatever exception it ends in;
    judging by the exception's type would take a TLS alert after the request for a failed handshake.
    """

    sock: Any
    timeout: Any

    def getresponse(self) -> Any:
        # Connecting took its part of the deadline; silence may take only what is left.
        left = _progress.deadline_at - time.monotonic()
        self.timeout = max(0.001, left if self.timeout is None else min(self.timeout, left))
        return super().getresponse()  # type: ignore[misc]

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is None:
            self.connect()  # type: ignore[attr-defined]
        _progress.sent = True
        super().endheaders(*args, **kwargs)  # type: ignore[misc]


class _Connection(_Marking, HTTPConnection):
    pass


class _TlsConnection(_Marking, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


def _watch(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


class _Adapter(HTTPAdapter):
    """Adapter retries stay 0: a re-sent request would repeat its nonce."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        _watch(manager)
        return manager


class Transport:
    """A pool of connections, shared by the threads of one process.

    A forked process makes its own: two processes on one connection would read each other's answers.
    """

    def __init__(
        self,
        *,
        pool_size: int,
        max_answer_bytes: int,
        proxy: str | None = None,
        ca_bundle: str | None = None,
    ) -> None:
        self._pool_size = pool_size
        self._adapter, self._process = self._new_adapter(), os.getpid()
        self._max_answer_bytes = max_answer_bytes
        self._verify: bool | str = ca_bundle or True
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}

    def _new_adapter(self) -> _Adapter:
        return _Adapter(
            pool_connections=2, pool_maxsize=self._pool_size, max_retries=0, pool_block=False
        )

    def _own_adapter(self) -> _Adapter:
        if self._process != os.getpid():
            self._adapter, self._process = self._new_adapter(), os.getpid()
        return self._adapter

    def exchange(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None,
        *,
        connect_timeout: float,
        read_timeout: float,
        deadline_at: float,
    ) -> Exchange:
        """Sends once and reads the whole answer. Raises NotReached or Lost.

        `deadline_at` is a reading of time.monotonic(); the body is read in pieces, so that an
        answer that drips cannot outlast it.
        """
        request = requests.PreparedRequest()
        request.method, request.url, request.body = method, url, body
        request.headers = CaseInsensitiveDict(headers)
        if body is not None:
            request.headers["Content-Length"] = str(len(body))
        elif method != "GET":
            request.headers["Content-Length"] = "0"
        request.prepare_cookies({})
        _progress.sent, _progress.deadline_at = False, deadline_at
        try:
            response = self._own_adapter().send(
                request,
                stream=True,
                timeout=(connect_timeout, read_timeout),
                proxies=self._proxies,
                verify=self._verify,
            )
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _failure(error, read_timeout) from None
        return self._read(response, deadline_at)

    def _read(self, response: requests.Response, deadline_at: float) -> Exchange:
        status, raw = response.status_code, response.raw
        pieces: list[bytes] = []
        size = 0
        try:
            while piece := raw.read1(_CHUNK, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if size > self._max_answer_bytes:
                    raise Lost("the answer is too long", status=status)
                left = deadline_at - time.monotonic()
                if left <= 0:
                    raise Lost("the answer took too long", timed_out=True, status=status)
                if raw.connection is not None and raw.connection.sock is not None:
                    raw.connection.sock.settimeout(left)
            whole = raw.length_remaining in (None, 0)
        except (HTTPError, OSError) as error:
            raw.close()
            raise Lost(
                "the answer broke off", timed_out=_is_timeout(error), status=status
            ) from None
        except Lost:
            raw.close()
            raise
        if not whole:
            raw.close()
            raise Lost("the answer broke off", status=status)
        raw.release_conn()
        return Exchange(status, response.headers, b"".join(pieces))

    def close(self) -> None:
        """Closes pooled connections."""
        self._adapter.close()


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, (requests.Timeout, ReadTimeoutError, TimeoutError))


def _failure(error: Exception, read_timeout: float) -> NotReached | Lost:
    """The words are ours: exceptions of the libraries below print addresses."""
    if getattr(_progress, "sent", True):
        if _is_timeout(error):
            return Lost(f"no answer within {read_timeout:.1f} s", timed_out=True)
        return Lost("the connection was cut before an answer came")
    if isinstance(error, requests.exceptions.SSLError):
        return NotReached("no secure connection came about (TLS)")
    if isinstance(error, requests.exceptions.ProxyError):
        return NotReached("the proxy could not be reached")
    if isinstance(error, requests.ConnectTimeout) or _is_timeout(error):
        return NotReached("no connection in time")
    return NotReached("no connection (refused, or the name is unknown)")
