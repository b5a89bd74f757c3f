"""Speaks at the terminal of `make run`: the link once the desk answers, a word when a process dies.

An event listener of supervisord: events come on stdin, replies go to stdout, words to stderr
(http://supervisord.org/events.html). It imports little, since it lives as long as the desk.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time

EVERY = 0.2  # seconds between looks
WORRY_AFTER = 90.0  # seconds
QUIET = 60.0  # seconds: what dies again and again is told once in a while, not each time


def main() -> None:
    threading.Thread(target=announce, daemon=True).start()
    told: dict[str, float] = {}
    while True:
        sys.stdout.write("READY\n")
        sys.stdout.flush()
        header = sys.stdin.readline()
        if not header:
            return  # supervisord is gone
        facts = _pairs(header)
        sentence = sentence_for(facts["eventname"], _pairs(sys.stdin.read(int(facts["len"]))))
        if sentence and time.monotonic() - told.get(sentence, -QUIET) >= QUIET:
            told[sentence] = time.monotonic()
            say(sentence)
        sys.stdout.write("RESULT 2\nOK")
        sys.stdout.flush()


def announce() -> None:
    """Wait for /readyz, then print the link, once in the life of supervisord."""
    port, url = int(os.environ["QUAYSIDE_PORT"]), os.environ["QUAYSIDE_URL"]
    host = url.split("://", 1)[1].rstrip("/")
    worried = False
    started = time.monotonic()
    while not answers(port, host):
        if not worried and time.monotonic() - started > WORRY_AFTER:
            worried = True
            say(f"Quayside does not answer yet; {_logs()}/web.log may say why.")
        time.sleep(EVERY)
    say(f"\nQuayside is up: {url}\nCtrl-C ends it; logs are in {_logs()}.\n")


def answers(port: int, host: str) -> bool:
    """Whether GET /readyz is answered with 200."""
    call = f"GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(call.encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def sentence_for(event: str, facts: dict[str, str]) -> str:
    """What people read about an event; nothing about what was meant to happen."""
    name = facts.get("processname", "?")
    log = f"{_logs()}/{name}.log"
    if event == "PROCESS_STATE_FATAL":
        return f"{name} does not stay up and is not tried again; {log} says why."
    if event == "PROCESS_STATE_EXITED" and facts.get("expected") == "0":
        return f"{name} ended by itself and is started again; {log} may say why."
    return ""


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _logs() -> str:
    folder = os.path.join(os.environ.get("QUAYSIDE_VAR", "var"), "log")  # noqa: PTH118 - light
    return os.path.relpath(folder)


def _pairs(line: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in line.split() if ":" in pair)


if __name__ == "__main__":
    main()
