"""`python -m xport.sandbox`: reads the command line, serves until told to stop."""

from __future__ import annotations

import argparse
import errno
import signal
import sys
import threading
from types import FrameType

from .options import PRACTICE_KEY, PRACTICE_SECRET, PRACTICE_USERS, Options, read_users
from .server import serve


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    made = argparse.ArgumentParser(prog="python -m xport.sandbox", description=__doc__)
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=8100)
    made.add_argument("--state", default="var/sandbox.sqlite3", help="SQLite file, or :memory:")
    made.add_argument("--prefix", default="/api", help="what precedes every path")
    made.add_argument("--public-url", help="address under which browsers reach the pictures")
    made.add_argument("--access-key", default=PRACTICE_KEY)
    made.add_argument("--access-secret", default=PRACTICE_SECRET)
    made.add_argument("--timestamp-unit", choices=("s", "ms"), default="s")
    made.add_argument("--nonce-header", choices=("nonce-str", "once-str"))
    made.add_argument("--latency-ms", type=int, default=0)
    made.add_argument("--rate-limit", type=int, default=0, help="calls a second, 0 for none")
    made.add_argument("--faults", help="JSON or TOML file of faults")
    made.add_argument("--push-to", help="address for push messages")
    made.add_argument("--push-flavour", choices=("ka", "standard"), default="ka")
    made.add_argument("--users", help="JSON or TOML file of sub-accounts")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Serve. Returns the exit status."""
    given = vars(parser().parse_args(arguments))
    users = given.pop("users")
    try:
        options = Options(**given, users=read_users(users) if users else PRACTICE_USERS)
        sandbox, server = serve(options)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _complain(f"Port {given['port']} is taken. Choose another with --port.")
        return _complain(str(error))
    except ValueError as error:
        return _complain(str(error))

    def stop(number: int, frame: FrameType | None) -> None:
        # shutdown() waits for the loop that this very thread runs.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sandbox.start()
    sys.stdout.write(
        f"Sandbox: {sandbox.base_url} · the other side: {sandbox.root_url}/_sandbox/\n"
    )
    sys.stdout.flush()
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.server_close()
        sandbox.close()
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
