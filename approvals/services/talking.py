"""Comments on what waits for approval, and who is told: its requester and who spoke or decides."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.models import User
from approvals.choices import StepState
from approvals.models import Approval
from approvals.querysets import visible_to
from desk.models import Comment
from desk.services import add_comment, tell

SHOWN = 80  # characters of a comment that a notice repeats


def comment_on(*, approval: Approval, by: User, text: str) -> Comment:
    """Store the comment on the subject and tell the others. Raises CommentRefused."""
    comment = add_comment(subject=approval.subject, by=by, text=text)
    for person in _others(approval, by):
        own = person.pk == approval.requester_id
        tell(
            person=person,
            key=f"comment:{comment.pk}",
            text=gettext_noop("%(who)s wrote about %(title)s: %(words)s"),
            url=approval.url if own else f"/approvals/{approval.pk}/",
            who=str(by),
            title=approval.title,
            words=comment.text[:SHOWN],
        )
    return comment


def _others(approval: Approval, by: User) -> list[User]:
    spoke = Comment.objects.filter(subject=approval.subject).values_list("author", flat=True)
    asked = approval.steps.exclude(state=StepState.LATER).values_list("person", flat=True)
    pks = {pk for pk in (*spoke, *asked, approval.requester_id) if pk and pk != by.pk}
    return [
        person
        for person in User.objects.filter(pk__in=pks, is_active=True)
        if visible_to(person).filter(pk=approval.pk).exists()
    ]
