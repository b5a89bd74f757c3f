"""The sweeper: rings for every row that is due, and calls time on leases that ran out."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from desk import clock
from gateway import doorbell
from gateway.choices import CommandState
from gateway.kinds import kind_of
from gateway.models import RemoteCommand

AT_ONCE = 200  # rings a sweep; more would only fill the broker


def sweep_commands() -> int:
    """Ring for what is due; how many rings."""
    end_leases()
    now = clock.now()
    due = RemoteCommand.objects.filter(state=CommandState.QUEUED, not_before__lte=now)
    due = due.order_by("not_before")  # the longest waiting first: nobody starves behind a lane
    unclear = RemoteCommand.objects.filter(state=CommandState.UNKNOWN, ask_at__lte=now)
    unclear = unclear.order_by("ask_at")
    rings = [("gateway.run_command", pk) for pk in due.values_list("pk", flat=True)[:AT_ONCE]]
    rings += [
        ("gateway.resolve_command", pk) for pk in unclear.values_list("pk", flat=True)[:AT_ONCE]
    ]
    watched = RemoteCommand.objects.filter(state=CommandState.GIVEN_UP, ask_at__lte=now)
    rings += [
        ("gateway.watch_command", pk) for pk in watched.values_list("pk", flat=True)[:AT_ONCE]
    ]
    for task, pk in rings:
        doorbell.ring_now(task, pk)
    return len(rings)


def end_leases() -> int:
    """SENDING whose lease is over becomes UNKNOWN: the worker died, or sleeps too long."""
    now = clock.now()
    over = RemoteCommand.objects.filter(state=CommandState.SENDING, lease_until__lt=now)
    ended = 0
    for command in over.select_related("sub_account")[:AT_ONCE]:
        with transaction.atomic():
            moved = RemoteCommand.objects.filter(
                pk=command.pk, state=CommandState.SENDING, lease_token=command.lease_token
            ).update(
                state=CommandState.UNKNOWN,
                ask_at=now + timedelta(seconds=settings.RESOLVE_FIRST_SECONDS),
                asked=0,
                message=gettext_noop("The worker stopped before the answer was stored."),
            )
            if moved:
                command.refresh_from_db()
                kind_of(command).unclear(command)
                ended += 1
    return ended
