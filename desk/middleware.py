"""One correlation id a request, so that a click, its task and the platform's request id join up;
and counts that are never older than one's own last click."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from desk.context import count_key, nav_key


class CorrelationMiddleware:
    """Binds `correlation` to every log line of the request and answers it as a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        correlation = uuid.uuid4().hex[:12]
        request.correlation = correlation  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(correlation=correlation):
            response = self.get_response(request)
        response.headers["X-Correlation-Id"] = correlation
        return response


class FreshCountsMiddleware:
    """What somebody has just done shows in their own counts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if request.method == "POST" and isinstance(user, User):
            cache.delete_many([count_key(user), nav_key(user)])
        return response
