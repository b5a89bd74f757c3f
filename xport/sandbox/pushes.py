"""The background thread: lets time act on orders and sends the push messages that are due.

Waits 1,000 ms for an answer; anything but HTTP 200 comes again half an hour later by the world's
clock, five times at most (message access manual, platform.yaml). Redirects are not followed.
"""

from __future__ import annotations

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from . import timetable
from .clock import MINUTE
from .engine import Engine
from .outbox import GIVEN_UP, SENDING, SENT, WAITING

TIMEOUT = 1.0
RETRY_AFTER = 30 * MINUTE
RETRIES = 5
AT_ONCE = 6
TICK = 0.25


class Postman:
    """Ticks until stopped; `wake` makes the next tick come now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox-postman", daemon=True)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sandbox-push")

    def start(self) -> None:
        """Begin ticking."""
        self._thread.start()

    def wake(self) -> None:
        """Something may be due now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the messages in hand and end."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=3)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(TICK)
            self._wake.clear()
            if self._stop.is_set():
                return
            timetable.settle(self._engine)
            while self.send_due() and not self._stop.is_set():
                pass

    def send_due(self) -> int:
        """Send up to a handful of messages that are due, at the same time. Returns how many."""
        engine = self._engine
        url = engine.outbox.url
        if url is None or not engine.outbox.enabled:
            return 0
        with engine.state.transaction() as db:
            rows = db.execute(
                "SELECT id, body FROM pushes WHERE due <= ? AND status = ? "
                "ORDER BY due, id LIMIT ?",
                (engine.clock.now(), WAITING, AT_ONCE),
            ).fetchall()
            db.executemany(
                "UPDATE pushes SET status = ? WHERE id = ?",
                [(SENDING, row["id"]) for row in rows],
            )
        answers = self._pool.map(lambda row: post(url, row["body"].encode()), rows)
        for row, answer in zip(rows, answers, strict=True):
            self._note(int(row["id"]), answer)
        return len(rows)

    def _note(self, push_id: int, answer: str) -> None:
        engine = self._engine
        with engine.state.transaction() as db:
            row = db.execute("SELECT attempts FROM pushes WHERE id = ?", (push_id,)).fetchone()
            if row is None:
                return  # the sandbox was reset meanwhile
            attempts = row["attempts"] + 1
            due: int | None = None
            status = SENT
            if answer != "200":
                status = WAITING if attempts <= RETRIES else GIVEN_UP
                due = engine.clock.now() + RETRY_AFTER if status == WAITING else None
            db.execute(
                "UPDATE pushes SET attempts = ?, status = ?, due = ?, answer = ? WHERE id = ?",
                (attempts, status, due, answer, push_id),
            )


def post(url: str, body: bytes) -> str:
    """One POST; returns the HTTP status as text, or what went wrong."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path or "/", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except TimeoutError:
        return "no answer within 1,000 ms"
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
