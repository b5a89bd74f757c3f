"""One correlation id a request, so that a click, its task and the platform's request id join up."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse


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
