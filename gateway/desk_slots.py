"""What the border plugs into the desk: navigation, to-dos, and the admin's part of home."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from desk.slots import HomePart, NavEntry, ToDo
from gateway import stuck
from gateway.choices import CommandState, Verdict
from gateway.connections import red_channels
from gateway.models import RemoteCommand
from gateway.slots import about

MOST = 7


def navigation(person: User) -> Iterable[tuple[int, NavEntry]]:
    if person.may(Right.SETTLE_STUCK):
        yield 80, NavEntry(_("Stuck"), reverse("gateway:stuck"), "stuck", _count(person) or None)
    if person.may(Right.SEE_CONNECTIONS):
        yield 90, NavEntry(_("Connections"), reverse("gateway:connections"), "connections")


def todo_count(person: User) -> int:
    return _count(person) if person.may(Right.SETTLE_STUCK) else 0


def todos(person: User) -> Iterable[ToDo]:
    """Unclear commands that somebody has to settle."""
    if not person.may(Right.SETTLE_STUCK):
        return
    rows = RemoteCommand.objects.filter(state=CommandState.UNKNOWN).exclude(verdict=Verdict.OPEN)
    for command in rows.order_by("id")[:MOST]:
        words = about(command)
        yield ToDo(
            _("Settle"),
            _("We sent %(what)s to %(where)s and got no answer.")
            % {"what": words.sent, "where": stuck.where(command)},
            f"{reverse('gateway:stuck')}#command-{command.pk}",
        )


def home_parts(person: User) -> Iterable[HomePart]:
    """What an admin watches."""
    if person.may(Right.SEE_CONNECTIONS) and person.may(Right.MANAGE_DESK):
        yield HomePart(_("Connections"), "gateway/_home_connections.html", {"red": red_channels()})


def _count(person: User) -> int:
    """Counted once a request, for the menu, the tab title and home."""
    if not hasattr(person, "_stuck_count"):
        person._stuck_count = stuck.needing_a_person()  # type: ignore[attr-defined]
    return int(person._stuck_count)  # type: ignore[attr-defined]
