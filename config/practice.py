"""The practice data of a first start: made through the sandbox, all of it or none of it.

`manage.py demo` tells the story (procurement/management/commands/demo.py). Here is only when, with
the platform running, and what happens to a story that was interrupted.
"""

from __future__ import annotations

import logging
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from desk import demo_mark

SANDBOX_STARTS_WITHIN = 60.0  # seconds; it makes its world of goods first


class NotMade(Exception):
    """The demo failed; the next start throws away what there is and tries again."""


class NotOurs(Exception):
    """Asked to throw away data that `make run` did not make."""


def is_needed() -> bool:
    """Whether there is nobody yet. Data that we did not make is never touched."""
    return demo_mark.state() != "finished" and not User.objects.exists()


def throw_away_unfinished(*, anew: bool) -> None:
    """Remove data whose demo was interrupted; with `anew`, a finished demo too.

    Only data that carries our mark: a database filled by hand in practice stays.
    Raises NotOurs where `anew` asks for more than that.
    """
    state = demo_mark.state()
    if not state and anew and _has_people():
        raise NotOurs("This database was not filled by `make run`; it is not thrown away.")
    if state == "making" or anew:
        _remove_data()
    elif not state and not _has_people():
        _remove_sandbox_state()  # books and platform begin together, or they never agree


def make() -> None:
    """Run the demo command against a sandbox of its own, marked before and after.

    Raises NotMade.
    """
    demo_mark.write("making")
    log = settings.VAR_DIR / "log" / "demo.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab", buffering=0) as file, _sandbox(file), _logging_to(log):
        try:
            call_command("demo", verbosity=0)
        except Exception as error:
            logging.getLogger(__name__).exception("the demo failed")
            raise NotMade(f"The practice data could not be made; {log} says why.") from error
    # The rings of the story are stale: every row that is still due is swept within seconds.
    shutil.rmtree(settings.VAR_DIR / "broker", ignore_errors=True)
    demo_mark.write("finished")


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Log lines go to the file instead of the terminal, where thousands of calls help nobody."""
    terminals = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler)
    ]
    with path.open("a", encoding="utf-8") as file:
        kept = [(handler, handler.setStream(file)) for handler in terminals]
        try:
            yield
        finally:
            for handler, stream in kept:
                handler.setStream(stream)


def sandbox_state() -> Path:
    return Path(settings.VAR_DIR) / "sandbox.sqlite3"


@contextmanager
def _sandbox(log: IO[bytes]) -> Iterator[None]:
    port = settings.SANDBOX_PORT
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "xport.sandbox", "--port", str(port)),
            *("--state", str(sandbox_state())),
            *("--timestamp-unit", settings.XPORT_TIMESTAMP_UNIT),
        ],
        cwd=settings.BASE_DIR,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + SANDBOX_STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotMade("The sandbox did not start; var/log/demo.log says why.")


def _has_people() -> bool:
    if User._meta.db_table not in connection.introspection.table_names():
        return False
    return bool(User.objects.exists())


def _remove_data() -> None:
    """Empty the database and forget what belongs to it: sandbox, queue, cache, uploads, mark."""
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        _remove_sqlite(path)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    _remove_sandbox_state()
    cache.clear()
    for name in ("broker", "media"):
        shutil.rmtree(settings.VAR_DIR / name, ignore_errors=True)
    demo_mark.write("")


def _remove_sandbox_state() -> None:
    _remove_sqlite(sandbox_state())


def _remove_sqlite(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
