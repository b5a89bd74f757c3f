"""The sandbox's levers, over HTTP, for telling the story at its own times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests
from django.conf import settings


class OtherSide:
    """Clock, orders, goods and faults of the running sandbox; RuntimeError has its words."""

    def __init__(self) -> None:
        self.root = settings.XPORT_BASE_URL.rsplit("/", 1)[0] + "/_sandbox"
        self.session = requests.Session()
        self.session.trust_env = False

    def post(self, path: str, **values: Any) -> Any:
        answer = self.session.post(self.root + path, json=values, timeout=30)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.text[:200]}")
        return answer.json()

    def set_clock(self, moment: datetime) -> None:
        self.post("/clock", now=moment.isoformat())

    def real_time(self) -> None:
        """The world's clock goes with ours from here on."""
        self.post("/clock", offset_seconds=0)

    def pushes(self, *, on: bool) -> None:
        self.post("/pushes", enabled=on)

    def order(self, order_id: str, verb: str, **values: Any) -> None:
        self.post(f"/orders/{order_id}/{verb}", **values)

    def fault(self, key: str, kind: str, **values: Any) -> None:
        """Trouble for the next call of an endpoint."""
        self.post("/faults", key=key, kind=kind, **({"count": 1} | values))

    def next_time(self, kind: str) -> None:
        self.post(f"/next/{kind}")

    def no_faults(self) -> None:
        self.post("/faults/clear")
