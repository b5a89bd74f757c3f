"""What the signed client costs above bare requests, call by call, against a server on loopback.

    .venv/bin/python -m benchmarks.client_overhead [calls]

Prints both medians and the difference in milliseconds (target: at most 0.3). Both sides read the
manual's own product; calls alternate, so that noise of the machine hits both alike.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from xport.client import Client, ClientConfig
from xport.client.endpoints import taobao_product

ROOT = Path(__file__).resolve().parent.parent
BODY = (ROOT / "tests/xport/client/data/manual_product.json").read_bytes()
TARGET_MS = 0.3


class Handler(BaseHTTPRequestHandler):
    """Answers every GET with the product, on a kept connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer, else Nagle waits for a delayed ACK

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def main(calls: int = 1000) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base_url = f"http://127.0.0.1:{server.server_port}/api"

    plain = requests.Session()
    bare = requests.Session()
    bare.trust_env = False
    client = Client(ClientConfig(base_url, "key", "secret"), user_id="1", observer=lambda _: None)
    request = taobao_product.GetRequest(item_id="672991141190")
    url = f"{base_url}{taobao_product.GET.path}?itemId=672991141190"

    def by_requests() -> object:
        return plain.get(url, timeout=5).json()

    def by_requests_without_environment() -> object:
        return bare.get(url, timeout=5).json()

    def by_client() -> object:
        return client.read(taobao_product.GET, request)

    ways = (by_requests, by_requests_without_environment, by_client)
    for _ in range(100):
        for way in ways:
            way()
    times: dict[str, list[float]] = {way.__name__: [] for way in ways}
    for _ in range(calls):
        for way in ways:
            times[way.__name__].append(timed(way))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:34} {median:.3f} ms")
    for name in ("by_requests", "by_requests_without_environment"):
        difference = medians["by_client"] - medians[name]
        verdict = "within" if difference <= TARGET_MS else "ABOVE"
        print(f"client above {name:34} {difference:+.3f} ms, {verdict} {TARGET_MS} ms")
    server.shutdown()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
