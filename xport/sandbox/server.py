"""Serving over HTTP/1.1: one thread a connection, connections kept open between calls.

Werkzeug's own server closes after every answer, and the client under test pools its connections; so
the handler is the standard library's, and Werkzeug only sees the WSGI side.
"""

from __future__ import annotations

import io
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import unquote

from .app import Sandbox
from .options import Options
from .world import World

IDLE_SECONDS = 75
MAX_BODY = 4 * 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    """One connection: reads a call, hands it to the application, sends the answer in one piece."""

    protocol_version = "HTTP/1.1"
    server_version = "xport"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def handle_one_request(self) -> None:
        """As the base class does, for any method."""
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or len(self.raw_requestline) > 65536:
                self.close_connection = True
                return
            if not self.parse_request():
                return
            self._answer()
            self.wfile.flush()
        except (OSError, ValueError):
            # The other side went away, or sent something that is not HTTP.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the ledger and the page show what happened."""

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.send_error(413)
            self.close_connection = True
            return
        body = self.rfile.read(int(length))
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc: Any = None) -> Any:
            started[:] = [status, headers]
            return None

        answer = self.server.app(self._environ(body), start_response)
        payload = b"".join(answer)
        status, headers = started
        code, _, reason = status.partition(" ")
        names = {name.lower(): value for name, value in headers}
        cut = names.pop("x-cut", None)
        if cut == "all":
            self._cut()
            return
        self.send_response(int(code), reason)
        for name, value in headers:
            if name.lower() not in ("content-length", "x-cut", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", names.get("content-length", str(len(payload))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload[: len(payload) // 2] if cut == "half" else payload)
        if cut == "half":
            self.wfile.flush()
            self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "utf-8").encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": str(self.server.server_address[0]),
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            if "_" not in name:
                environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return environ


class Server(socketserver.ThreadingMixIn, HTTPServer):
    """A thread a connection; all of them die with the process."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, app: Sandbox, host: str, port: int) -> None:
        self.app = app
        super().__init__((host, port), Handler)

    def server_bind(self) -> None:
        """Without the base class's name look-up, which may ask the network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken connection is no news."""


def serve(options: Options, world: World | None = None) -> tuple[Sandbox, Server]:
    """A sandbox and the server that listens for it; the caller runs `serve_forever`.

    Raises OSError when the port is taken, before anything is generated.
    """
    probe = socket.create_server((options.host, options.port), reuse_port=False)
    port = probe.getsockname()[1]
    probe.close()
    sandbox = Sandbox(replace(options, port=port), world)
    return sandbox, Server(sandbox, options.host, port)


_WORLD: list[World] = []
_WORLD_LOCK = threading.Lock()


def shared_world() -> World:
    """One world for all sandboxes of a process: it never changes."""
    with _WORLD_LOCK:
        if not _WORLD:
            _WORLD.append(World.generate())
        return _WORLD[0]


@contextmanager
def running_sandbox(state: str = ":memory:", port: int = 0, **settings: Any) -> Iterator[Sandbox]:
    """A sandbox on a loopback port in this process, for tests.

    `settings` are fields of Options. Yields the Sandbox: `.base_url` with prefix, `.control` to
    drive the other side.
    """
    options = Options(state=str(state), port=port, **settings)
    sandbox, server = serve(options, shared_world())
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    sandbox.start()
    try:
        yield sandbox
    finally:
        server.shutdown()
        server.server_close()
        sandbox.close()
        thread.join(timeout=5)
