"""A threaded HTTP server on loopback that answers as told: well, badly, late or not at all."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

REQUEST_ID = "0123456789abcdef0123456789abcdef"


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Behaviour = Callable[["Platform", socket.socket, Seen], bool]


@dataclass
class Platform:
    """The other side. `script` is used up first, one behaviour a request; then `always`."""

    script: list[Behaviour] = field(default_factory=list)
    always: Behaviour | None = None
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    date_offset: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def date(self) -> str:
        moment = time.gmtime(time.time() + self.date_offset)
        return time.strftime("%a, %d %b %Y %H:%M:%S GMT", moment)

    def next_behaviour(self) -> Behaviour:
        with self.lock:
            return self.script.pop(0) if self.script else (self.always or answers({}))


def answers(
    data: Any = None, *, code: Any = 200, status: int = 200, msg: str = "成功", **headers: str
) -> Behaviour:
    """An envelope; header names with _ for -."""
    envelope = {"requestId": REQUEST_ID, "code": code, "developId": "1", "msg": msg, "data": data}
    body = json.dumps(envelope, ensure_ascii=False).encode()
    return answers_bytes(body, status=status, **headers)


def answers_bytes(body: bytes, *, status: int = 200, **headers: str) -> Behaviour:
    def behave(platform: Platform, connection: socket.socket, _seen: Seen) -> bool:
        extra = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        head = (
            f"HTTP/1.1 {status} X\r\nDate: {platform.date()}\r\n{extra}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        return True

    return behave


def cuts(_platform: Platform, _connection: socket.socket, _seen: Seen) -> bool:
    """Takes the request, then closes without a word."""
    return False


def cuts_in_the_middle(platform: Platform, connection: socket.socket, _seen: Seen) -> bool:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"code": 200, "data"')
    return False


def silent(seconds: float) -> Behaviour:
    """Takes the request and says nothing for a while: a time-out after the effect."""

    def behave(_platform: Platform, _connection: socket.socket, _seen: Seen) -> bool:
        time.sleep(seconds)
        return False

    return behave


def drips(every: float) -> Behaviour:
    """An answer that never ends: a byte now and then."""

    def behave(_platform: Platform, connection: socket.socket, _seen: Seen) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            try:
                connection.sendall(b" ")
            except OSError:
                return False
            time.sleep(every)
        return False

    return behave


def chunked(body: bytes) -> Behaviour:
    def behave(platform: Platform, connection: socket.socket, _seen: Seen) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(body), 7):
            piece = body[start : start + 7]
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        return True

    return behave


def start_platform() -> tuple[Platform, socketserver.ThreadingTCPServer]:
    platform = Platform()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with platform.lock:
                platform.connections += 1
            while request := self._request():
                with platform.lock:
                    platform.seen.append(request)
                try:
                    stays = platform.next_behaviour()(platform, self.connection, request)
                except OSError:
                    return
                if not stays:
                    return

        def _request(self) -> Seen | None:
            try:
                first = self.rfile.readline().decode()
            except OSError:
                return None
            if not first.strip():
                return None
            method, target, _ = first.split(" ", 2)
            headers: dict[str, str] = {}
            while line := self.rfile.readline().decode().strip():
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            body = self.rfile.read(int(headers.get("content-length", "0")))
            return Seen(method, target, headers, body)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 64

    server = Server(("127.0.0.1", 0), Handler)
    platform.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return platform, server


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
