"""Comments under a request: stored once, and told to those it concerns."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from approvals.choices import StepState
from approvals.models import ApprovalStep
from approvals.services.asking import people_of
from desk.models import Comment
from desk.services import tell
from desk.services.comments import add_comment
from procurement.models import PurchaseRequest
from procurement.states import REQUEST

TOKEN_SECONDS = 3600


def comment_on_request(
    *, request: PurchaseRequest, by: User, text: str, token: str = ""
) -> Comment | None:
    """Store a comment and tell the requester and whoever decides or decided; None for a form that
    was sent before. Whether `by` may see the request is the caller's to know.

    Raises CommentRefused.
    """
    if token and not cache.add(f"comment:{by.pk}:{token}"[:200], 1, TOKEN_SECONDS):
        return None
    with transaction.atomic():
        comment = add_comment(subject=REQUEST.subject(request), by=by, text=text)
        for person in _concerned(request, by):
            tell(
                person=person,
                key=f"comment:{comment.pk}",
                text=gettext_noop("%(who)s wrote about %(title)s."),
                url=request.get_absolute_url(),
                who=str(by),
                title=f"{request.label} · {request.purpose}",
            )
    return comment


def _concerned(request: PurchaseRequest, by: User) -> list[User]:
    """The requester, whose turn it is, and who decided a step; never the author."""
    steps = ApprovalStep.objects.filter(approval__subject=REQUEST.subject(request)).select_related(
        "person", "decided_by", "approval"
    )
    people: dict[int, User] = {request.requester_id: request.requester}
    for step in steps:
        if step.decided_by:
            people[step.decided_by.pk] = step.decided_by
        elif step.state == StepState.ACTIVE:
            people |= {person.pk: person for person in people_of(step)}
    return [person for pk, person in people.items() if pk != by.pk]
