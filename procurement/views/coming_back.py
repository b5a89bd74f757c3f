"""Where a POST leads whose session had run out: back to where it was typed, doing nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from accounts.choices import Right

View = Callable[..., HttpResponse]
Back = Callable[..., str]


def posts(right: Right, back: str | Back) -> Callable[[View], View]:
    """A view that only writes. Not logged in: log-in, then `back` (a URL name, or a function of
    the request and its arguments), where drafts wait. A GET, as after such a log-in, leads there
    too and does nothing. Without the right: 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            where = reverse(back) if isinstance(back, str) else back(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(where)
            if not request.user.may(right):
                raise PermissionDenied
            if request.method in ("GET", "HEAD"):
                return redirect(where)
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            return view(request, *args, **kwargs)

        return guarded

    return decorate
