"""Who may open the border's pages."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.choices import Right
from accounts.models import User


def person_with(request: HttpRequest, right: Right) -> User:
    """The person behind a request that a log-in check let through. Raises PermissionDenied."""
    person = request.user
    if not isinstance(person, User) or not person.may(right):
        raise PermissionDenied
    return person
