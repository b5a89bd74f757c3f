"""Comments. Who may comment on a subject is the subject's app's to decide, before calling."""

from __future__ import annotations

from accounts.models import User
from desk.models import Comment

LONGEST = 5000


class CommentRefused(ValueError):
    """Empty or too long; the message says which."""


def add_comment(*, subject: str, by: User, text: str) -> Comment:
    """Store a comment, trimmed. Raises CommentRefused."""
    words = text.strip()
    if not words:
        raise CommentRefused("empty")
    if len(words) > LONGEST:
        raise CommentRefused("too long")
    return Comment.objects.create(subject=subject, author=by, text=words)
