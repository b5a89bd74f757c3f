"""Celery's queue over files, for the default without Redis: Kombu's, with whole messages only.

Kombu writes a message where readers already look for it, so a busy machine now and then reads half
of one, and the worker ends over it, in the middle of whatever its children are doing. Here a file
gets its name when it is complete, and one that cannot be read is dropped: a message is a bell, the
row is the job (docs/adr).
"""

from __future__ import annotations

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """Files of one folder, `<time>_<id>.<queue>.msg`, oldest first."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Add a message under its final name in one step."""
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        folder = Path(self.data_folder_out)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, dumps(message))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """Take the oldest message; of several readers the one whose rename succeeds has it."""
        for path in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = path.with_name(path.name + ".taken")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue
            text = taken.read_text(encoding="utf-8", errors="replace")
            taken.unlink(missing_ok=True)
            try:
                return loads(text)
            except ValueError:
                log.warning("a message that cannot be read is dropped", file=path.name)
        raise Empty

    def _bindings(self, exchange: str) -> Path:
        return Path(self.control_folder) / f"{exchange}.exchange"  # the names are all ours

    def get_table(self, exchange: str) -> list[Any]:
        """Queues bound to the exchange; none while nothing is written yet."""
        try:
            text = self._bindings(exchange).read_text(encoding="utf-8")
            return [filesystem.exchange_queue_t(*row) for row in loads(text)]
        except (FileNotFoundError, ValueError):
            return []

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        """Add a binding; two processes that start together both get theirs in."""
        file = self._bindings(exchange)
        file.parent.mkdir(parents=True, exist_ok=True)
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with alone(file.with_suffix(".lock")):
            rows = self.get_table(exchange)
            if row not in rows:
                write_whole(file, dumps([row, *rows]))


class Transport(filesystem.Transport):
    Channel = Channel


def write_whole(path: Path, text: str) -> None:
    """Write so that a reader sees all of the file or none."""
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock between processes."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install() -> None:
    """Make `filesystem://` mean this transport. Before the Celery app connects."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
