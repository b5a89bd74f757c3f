"""Pictures of goods at /img/<name>.jpg?size=, drawn once and kept beside the state file."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path

from werkzeug.wrappers import Request, Response

from .world import pictures

DEFAULT_SIZE = 480
SIZES = (80, 160, 240, 320, 400, 480, 640, 800)
IN_MEMORY = 64
A_YEAR = "public, max-age=31536000, immutable"


class Pictures:
    """Draws, remembers a few in memory and all on disk."""

    def __init__(self, state_path: str) -> None:
        self._folder: Path | None = None
        if state_path != ":memory:":
            self._folder = Path(state_path).parent / "sandbox-pictures"
        self._recent: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def respond(self, request: Request) -> Response:
        """The JPEG, or 404 for a picture that no good has."""
        name = request.path.removeprefix("/img/")
        wanted = request.args.get("size", DEFAULT_SIZE, type=int)
        size = next((known for known in SIZES if known >= wanted), SIZES[-1])
        try:
            jpeg = self.jpeg(name, size)
        except ValueError:
            return Response("no such picture", 404, content_type="text/plain")
        headers = {"Cache-Control": A_YEAR, "X-Content-Type-Options": "nosniff"}
        return Response(jpeg, headers=headers, content_type="image/jpeg")

    def jpeg(self, name: str, size: int) -> bytes:
        """Bytes of one picture. Raises ValueError for an unknown name."""
        key = (name, size)
        with self._lock:
            if key in self._recent:
                self._recent.move_to_end(key)
                return self._recent[key]
        jpeg = self._from_disk(name, size)
        with self._lock:
            self._recent[key] = jpeg
            while len(self._recent) > IN_MEMORY:
                self._recent.popitem(last=False)
        return jpeg

    def _from_disk(self, name: str, size: int) -> bytes:
        if self._folder is None:
            return pictures.draw(name, size)
        digest = hashlib.sha256(f"{name}/{size}".encode()).hexdigest()[:24]
        path = self._folder / f"{digest}.jpg"
        if path.exists():
            return path.read_bytes()
        jpeg = pictures.draw(name, size)
        self._folder.mkdir(parents=True, exist_ok=True)  # a clean-up may have taken it
        half = path.with_suffix(f".{threading.get_ident()}")
        half.write_bytes(jpeg)
        half.replace(path)
        return jpeg
