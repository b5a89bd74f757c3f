"""Comments on an order, and who is told: its requester and those who spoke before."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.models import User
from desk.models import Comment
from desk.services import add_comment, tell
from procurement.models import PurchaseOrder
from procurement.querysets import orders_of
from procurement.states import ORDER

SHOWN = 80  # characters of a comment that a notice repeats


def comment_on_order(*, order: PurchaseOrder, by: User, text: str) -> Comment:
    """Store the comment and tell the others who can see the order. Raises CommentRefused."""
    subject = ORDER.subject(order)
    comment = add_comment(subject=subject, by=by, text=text)
    for person in _others(order, subject, by):
        tell(
            person=person,
            key=f"comment:{comment.pk}",
            text=gettext_noop("%(who)s wrote about %(order)s: %(words)s"),
            url=order.get_absolute_url(),
            who=str(by),
            order=order.number,
            words=comment.text[:SHOWN],
        )
    return comment


def _others(order: PurchaseOrder, subject: str, by: User) -> list[User]:
    spoke = Comment.objects.filter(subject=subject).values("author")
    people = User.objects.filter(pk__in=spoke, is_active=True)
    if order.requester_id:
        people |= User.objects.filter(pk=order.requester_id, is_active=True)
    return [
        person
        for person in people.exclude(pk=by.pk).distinct()
        if orders_of(person).filter(pk=order.pk).exists()
    ]
