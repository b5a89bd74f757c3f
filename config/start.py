"""`make run`: from a fresh clone to a desk that answers, then hands over to supervisord.

In order: `.env`, settings, one start at a time, free ports, words, tables, static files, the right
platform, practice data at the first start. Each step is skipped when there is nothing to do.
Keeping the processes alive is supervisord's (config/supervisord.conf), saying that they are up the
herald's (config/herald.py).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import quote

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HOME = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """The text is one sentence for the person at the terminal."""


def main(arguments: list[str]) -> None:
    """Prepare and start; with `--demo-reset`, make the practice data anew instead."""
    signal.signal(signal.SIGTERM, _end)
    os.chdir(HOME)
    try:
        write_dotenv(HOME / ".env")
        read_settings()
        take_lock()
        check_ports()
        if arguments == ["--demo-reset"]:
            prepare(anew=True)
            say("The practice data is new. `make run` starts the desk.")
            return
        prepare(anew=False)
        hand_over()
    except (CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)  # through every `finally`, so that the sandbox of the demo ends too


# --- Settings ------------------------------------------------------------------------------------
def write_dotenv(path: Path) -> None:
    """Give a bare clone its own secret, and the log-in cards where it will be practice."""
    if path.exists() or os.environ.get("IGNORE_DOTENV"):
        return
    lines = [
        "# Written at the first start. .env.example lists every setting; the environment wins.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
    ]
    if "XPORT_BASE_URL" not in os.environ:
        lines.append("DEMO=true")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def read_settings() -> None:
    """Load the settings and the apps. Raises CannotStart or ImproperlyConfigured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except ValueError as error:
        raise CannotStart(f"A setting cannot be read: {error}. .env.example explains each.") from (
            error
        )


def runs_own_sandbox() -> bool:
    """Whether the platform is the sandbox that we start ourselves, not one somewhere else."""
    ours = f"http://127.0.0.1:{settings.SANDBOX_PORT}/api"
    return bool(ours == settings.XPORT_BASE_URL)


# --- One at a time, on free ports ----------------------------------------------------------------
def take_lock() -> None:
    """Hold the lock of this VAR_DIR for as long as the desk runs.

    supervisord inherits it, so a killed start never leaves a lock behind.
    """
    descriptor = os.open(settings.VAR_DIR / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
        raise CannotStart(
            f"Quayside is already running from this folder ({owner or 'just starting'});"
            " end it first, with Ctrl-C where it was started."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"process {os.getpid()}, {settings.SITE_URL}".encode(), 0)
    os.set_inheritable(descriptor, True)


def check_ports() -> None:
    """Raises CannotStart, naming the port, the setting and the way out."""
    wanted = {"PORT": settings.PORT}
    if runs_own_sandbox():
        wanted["SANDBOX_PORT"] = settings.SANDBOX_PORT
    if len(set(wanted.values())) < len(wanted):
        raise CannotStart(f"PORT and SANDBOX_PORT are both {settings.PORT}; they must differ.")
    for name, port in wanted.items():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError) as error:
                raise CannotStart(
                    f"{name} {port} cannot be used ({_why(error)});"
                    f" choose another, for example `{name}={_another(port)} make run`."
                ) from error


def _why(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "the system keeps it for the administrator"
    return "another program has taken it" if isinstance(error, OSError) else "no such port"


def _another(port: int) -> int:
    return port + 10 if 1024 <= port < 65_000 else 8010


# --- Preparing -----------------------------------------------------------------------------------
def prepare(*, anew: bool) -> None:
    """Everything the processes expect to find. `anew` throws the practice data away first."""
    from config.catalogues import compile_catalogues

    compile_catalogues()
    makes_demo = runs_own_sandbox() and settings.DEMO
    if anew and not makes_demo:
        raise CannotStart(
            "Only practice data is ever thrown away, and this is not practice with demo data"
            f" (XPORT_BASE_URL is {settings.XPORT_BASE_URL}, DEMO is {settings.DEMO})."
        )
    reach_database()
    if not makes_demo:
        prepare_tables()
        return
    from config import practice

    try:
        practice.throw_away_unfinished(anew=anew)
        prepare_tables()
        if practice.is_needed():
            say("Making the practice data (once; it takes up to a minute)")
            practice.make()
    except (practice.NotOurs, practice.NotMade) as refusal:
        raise CannotStart(str(refusal)) from refusal


def prepare_tables() -> None:
    """Tables, static files, and the check that this database belongs to this platform."""
    migrate()
    collect_static()
    from gateway.guard import ensure_right_platform

    ensure_right_platform()


def reach_database() -> None:
    """Raises CannotStart where there is none, in the driver's own words."""
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except Error as error:
        first_line = str(error).strip().splitlines()[0]
        raise CannotStart(f"The database of DATABASE_URL does not answer: {first_line}") from error


def migrate() -> None:
    """Bring the tables up to date; costs a look when they are."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Collect, hash and compress static files when any of them changed since the last time."""
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            seen = Path(storage.path(name)).stat()
            digest.update(f"{name}:{seen.st_size}:{seen.st_mtime_ns}\n".encode())
    stamp = settings.VAR_DIR / "static.stamp"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file() and stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    say("Collecting static files")
    call_command("collectstatic", verbosity=0, interactive=False, clear=manifest.is_file())
    stamp.write_text(digest.hexdigest())


# --- Handing over --------------------------------------------------------------------------------
def hand_over() -> NoReturn:
    """Become supervisord. The lock's descriptor goes along."""
    logs = settings.VAR_DIR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **_named_for_supervisord(logs)}
    environment.pop("TZ", None)  # Django set it for itself; logs are in the machine's time
    sys.stdout.flush()
    supervise = [sys.executable, "-P", str(HOME / "config" / "supervise.py")]
    os.execve(sys.executable, supervise, environment)  # noqa: S606 - no shell is wanted


def _named_for_supervisord(logs: Path) -> dict[str, str]:
    """What config/supervisord.conf and config/herald.py read."""
    root = f"http://127.0.0.1:{settings.PORT}"
    push_to = f"{root}/callbacks/xport/{quote(settings.XPORT_PUSH_SECRET, safe='')}/"
    return {
        "QUAYSIDE_PYTHON": sys.executable,
        "QUAYSIDE_HOME": str(HOME),
        "QUAYSIDE_VAR": str(settings.VAR_DIR.resolve()),
        "QUAYSIDE_PORT": str(settings.PORT),
        "QUAYSIDE_URL": settings.SITE_URL + "/",
        "QUAYSIDE_PUSH_TO": push_to,
        "QUAYSIDE_SANDBOX": "true" if runs_own_sandbox() else "false",
        "QUAYSIDE_SANDBOX_PORT": str(settings.SANDBOX_PORT),
        "QUAYSIDE_TIMESTAMP_UNIT": settings.XPORT_TIMESTAMP_UNIT,
        "QUAYSIDE_SAY": terminal() or str(logs / "herald.log"),
    }


def terminal() -> str | None:
    """Our own standard output as a path that another process can open; None for a socket."""
    try:
        os.close(os.open("/dev/fd/1", os.O_WRONLY | os.O_APPEND))
    except OSError:
        return None
    return "/dev/fd/1"


if __name__ == "__main__":
    main(sys.argv[1:])
