"""Moving things between states: one conditional update plus an event row, in one transaction.

Each app writes its tables in its own states.py; nothing else assigns a state for our own actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.models import User
from desk.choices import EventKind
from desk.models.event import record


class StateError(Exception):
    """A move that cannot be made."""


class NotAllowed(StateError):
    """The table has no such arrow."""


class SomeoneWasFirst(StateError):
    """The thing was no longer in the state we saw; nothing was written."""


@dataclass(frozen=True)
class Machine:
    """`arrows` maps a state to the states that may follow it. `name` prefixes event subjects."""

    name: str
    arrows: Mapping[str, Iterable[str]]

    def allows(self, old: str, new: str) -> bool:
        return new in self.arrows.get(old, ())

    def subject(self, thing: models.Model) -> str:
        return f"{self.name}:{thing.pk}"

    def move(
        self,
        thing: Any,
        to: str,
        *,
        by: User | None,
        why: str,
        kind: str = EventKind.DECISION,
        note: str = "",
        also: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> None:
        """Move `thing` to `to` if it still is where we saw it.

        `why` is the event's text (a message id), `also` further columns written with the state.
        Raises NotAllowed (no such arrow) or SomeoneWasFirst (zero rows updated).
        """
        old = thing.state
        if not self.allows(old, to):
            raise NotAllowed(f"{self.name} {thing.pk}: {old} -> {to}")
        values = {"state": to, **(also or {})}
        with transaction.atomic():
            moved = type(thing)._default_manager.filter(pk=thing.pk, state=old).update(**values)
            if not moved:
                raise SomeoneWasFirst(f"{self.name} {thing.pk} is no longer {old}")
            record(self.subject(thing), why, kind=kind, by=by, note=note, **params)
        for name, value in values.items():
            setattr(thing, name, value)
