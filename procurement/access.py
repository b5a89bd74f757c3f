"""Who may see what in pages: prices above all."""

from __future__ import annotations

from accounts.choices import Right
from accounts.models import User


def sees_prices(person: User) -> bool:
    return person.may(Right.SEE_PRICES)
