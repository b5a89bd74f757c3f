"""Coming in as a demo person: only in practice, only with DEMO, only for people marked demo."""

from __future__ import annotations

from django.conf import settings

from accounts.models import User


def demo_is_open() -> bool:
    """Whether this desk lets anyone in as its demo people."""
    return bool(settings.DEMO and settings.XPORT_IS_PRACTICE)


def demo_person(person_id: int) -> User | None:
    """The demo person one may come in as, or None."""
    if not demo_is_open():
        return None
    return User.objects.active().filter(pk=person_id, is_demo=True).first()
