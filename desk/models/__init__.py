"""Tables of this app, one module a noun."""

from desk.models.comment import Comment
from desk.models.event import Event
from desk.models.notice import Notice
from desk.models.rate import ExchangeRate

__all__ = ["Comment", "Event", "ExchangeRate", "Notice"]
