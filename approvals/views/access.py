"""Who may open which approval: 403 for people who decide nothing, 404 for what is not theirs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.choices import Right
from accounts.models import User
from approvals.models import Approval
from approvals.querysets import visible_to
from approvals.slots import decides


def person_of(request: HttpRequest) -> User:
    """The person behind a request that a log-in check let through."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required came first
    return request.user


def decider(request: HttpRequest) -> User:
    """Raises PermissionDenied for people who are never asked."""
    person = person_of(request)
    if not decides(person):
        raise PermissionDenied
    return person


def approval_for(request: HttpRequest, pk: int) -> Approval:
    """404 for what this person may not see; nobody sees amounts without the right to prices."""
    person = person_of(request)
    rows = visible_to(person) if person.may(Right.SEE_PRICES) else Approval.objects.none()
    return get_object_or_404(rows, pk=pk)
