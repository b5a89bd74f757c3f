"""The whole desk as `make run` starts it, on ports and in a folder of its own: for browser tests,
for tests of processes, and for taking pictures.

STACK_DATABASE_URL and STACK_REDIS_URL run it on PostgreSQL and Redis (an empty database).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

HOME = Path(__file__).resolve().parent.parent
UP_WITHIN = 240.0  # seconds; the first start makes the practice data


@dataclass(frozen=True)
class Stack:
    """A running desk. `url` has no slash at its end; `other` is the sandbox's lever address."""

    url: str
    other: str
    var: Path
    root: int  # supervisord's process id

    def processes(self, words: str) -> list[int]:
        """Ids of the running processes of this desk whose command line holds `words`."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and self._is_ours(int(entry.name)):
                with contextlib.suppress(OSError):
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found += [int(entry.name)] if words in line else []
        return sorted(found)

    def _is_ours(self, pid: int) -> bool:
        while pid > 1:
            if pid == self.root:
                return True
            try:
                stat = Path(f"/proc/{pid}/stat").read_text()
            except OSError:
                return False
            pid = int(stat.rpartition(")")[2].split()[1])
        return False

    def lever(self, path: str, **values: Any) -> Any:
        """POST to the sandbox's own side; JSON back."""
        answer = requests.post(f"{self.other}{path}", json=values, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def ledger(self) -> list[dict[str, Any]]:
        """Every effect that really happened at the platform."""
        return requests.get(f"{self.other}/ledger", timeout=30).json()


@contextlib.contextmanager
def running_stack(var: Path, **settings: str) -> Iterator[Stack]:
    """Start, wait for /readyz, and end every process afterwards."""
    port, sandbox_port = _free_port(), _free_port()
    environment = {
        **os.environ,
        "IGNORE_DOTENV": "1",
        "SECRET_KEY": "only-for-tests-but-long-enough-to-sign-things-with",
        "DEMO": "true",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        **settings,
    }
    for name in ("DJANGO_SETTINGS_MODULE", "XPORT_BASE_URL", "DATABASE_URL", "REDIS_URL", "DEBUG"):
        environment.pop(name, None)
    for name in ("DATABASE_URL", "REDIS_URL"):
        if os.environ.get(f"STACK_{name}"):
            environment[name] = os.environ[f"STACK_{name}"]
    log = (var / "start.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "config.start"],
        cwd=HOME,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    stack = Stack(
        f"http://127.0.0.1:{port}",
        f"http://127.0.0.1:{sandbox_port}/_sandbox",
        var,
        process.pid,
    )
    try:
        _wait(stack.url + "/readyz", process, var / "start.log")
        yield stack
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def chromium() -> str:
    """The system's browser."""
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    assert found, "Chromium is needed: apt-get install chromium"
    return found


LAUNCH = {
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + UP_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"The desk did not come up:\n{log.read_text()[-3000:]}")
