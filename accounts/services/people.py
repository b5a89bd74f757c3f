"""Changes to a person that touch more than one table."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import User


def follow_email(*, person: User) -> None:
    """After the e-mail changed: the old address must not let anyone in any more.

    allauth keeps addresses in a table of its own and looks there at log-in.
    """
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()


def remove_second_factor(*, person: User) -> int:
    """For someone who lost their phone. Returns how many keys and code lists were removed."""
    removed, _each = Authenticator.objects.filter(user=person).delete()
    return removed


def save_own_settings(*, person: User, **values: Any) -> None:
    """Keep settings that a form has checked: language, theme, time_zone, shortcuts."""
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
