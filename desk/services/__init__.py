"""Writes that every app uses: comments, notices."""

from desk.services.comments import add_comment
from desk.services.notices import mark_read, tell

__all__ = ["add_comment", "mark_read", "tell"]
