"""What the desk shows on a person's own page: their notices, unread first."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import User
from accounts.slots import MePart
from desk.models import Notice

SHOWN = 20


def notices_part(person: User) -> MePart:
    """The newest notices. Two queries."""
    rows = Notice.objects.filter(person=person)
    newest = rows.annotate(is_read=Q(read_at__isnull=False)).order_by("is_read", "-at")[:SHOWN]
    unread = rows.filter(read_at=None).count()
    return MePart("desk/_notices.html", {"notices": list(newest), "unread": unread})
