"""How fast the push address answers: p50 and p99 against a running desk.

    .venv/bin/python benchmarks/push.py [--url http://127.0.0.1:8000] [--secret practice]
                                        [--count 2000] [--at-once 8]

Each push names an order of its own, so each is stored. The platform waits 1,000 ms and the desk
promises 100 ms at p99, also while the worker is stopped: stop it first to see that.
"""

from __future__ import annotations

import argparse
import json
import secrets
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests

PROMISED_MS = 100


def push(number: int, run: str) -> bytes:
    """One status message as the platform sends it."""
    body = {"purchaseId": f"{run}{number}", "status": "WAIT_SELLER_SEND"}
    message = {
        "messageId": f"{run}-{number}",
        "messagePlatform": number % 2,
        "messageType": "ORDER_STATUS_CHANGE",
        "timestamp": int(time.time() * 1000),
        "messageBody": body,
    }
    return json.dumps(message).encode()


def send(session: requests.Session, address: str, body: bytes) -> tuple[float, int]:
    """Milliseconds until the answer, and its status."""
    began = time.perf_counter()
    answer = session.post(address, body, headers={"Content-Type": "application/json"}, timeout=10)
    return (time.perf_counter() - began) * 1000, answer.status_code


def measure(address: str, count: int, at_once: int) -> list[tuple[float, int]]:
    """`count` pushes over `at_once` connections that stay open."""
    run = secrets.token_hex(4)
    shares = [range(start, count, at_once) for start in range(at_once)]

    def work(share: range) -> list[tuple[float, int]]:
        session = requests.Session()
        session.trust_env = False
        return [send(session, address, push(number, run)) for number in share]

    with ThreadPoolExecutor(at_once) as pool:
        return [row for rows in pool.map(work, shares) for row in rows]


def main() -> int:
    """Prints the numbers; 1 when the promise is broken or an answer is not 200."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--secret", default="practice")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=8)
    given = parser.parse_args()
    address = f"{given.url.rstrip('/')}/callbacks/xport/{given.secret}/"
    began = time.perf_counter()
    rows = measure(address, given.count, given.at_once)
    seconds = time.perf_counter() - began
    times = sorted(ms for ms, _status in rows)
    bad = sum(status != 200 for _ms, status in rows)
    p99 = times[int(len(times) * 0.99)]
    print(f"{len(rows)} pushes in {seconds:.1f} s, {len(rows) / seconds:.0f} a second")
    print(f"p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, worst {times[-1]:.1f} ms")
    print(f"answers other than 200: {bad}")
    return 1 if bad or p99 > PROMISED_MS else 0


if __name__ == "__main__":
    sys.exit(main())
