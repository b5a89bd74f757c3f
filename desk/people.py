"""What people and rates add to the shell: an admin's entries of the navigation, and the part of
their home page that names what is missing. The tables themselves are in the admin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import SubAccount, User
from desk.services.rates import newest_rates
from desk.slots import HomePart, NavEntry

OLD_RATE = timedelta(days=7)
MOST = 5


def navigation(person: User) -> Iterator[tuple[int, NavEntry]]:
    """People and rules, for those who manage the desk."""
    if person.may(Right.MANAGE_DESK):
        yield 80, NavEntry(_("People"), reverse("admin:accounts_user_changelist"), "people")
        yield 81, NavEntry(_("Rules"), reverse("admin:index"), "rules")


def home_part(person: User) -> Iterable[HomePart]:
    """Unmapped people, sub-accounts whose last test failed, old rates; nothing if all is well.
    Four queries, for admins only."""
    if not person.may(Right.MANAGE_DESK):
        return []
    unmapped = User.objects.unmapped()
    context: dict[str, object] = {
        "unmapped": list(unmapped[:MOST]),
        "unmapped_count": unmapped.count(),
        "failing": list(SubAccount.objects.filter(is_active=True, test_passed=False)),
        "old_rates": [
            rate for rate in newest_rates() if timezone.localdate() - rate.day > OLD_RATE
        ],
    }
    if not any(context.values()):
        return []
    return [HomePart(_("People and rates"), "desk/_people.html", context)]
