"""The list of things to try on home, in practice: gone once somebody has seen enough of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

COOKIE = "quayside_tries"
YEAR = 365 * 24 * 3600


@login_required
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Remember in this browser; nothing of it is worth a row."""
    answer = redirect("home")
    answer.set_cookie(
        COOKIE, "seen", max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return answer
