"""Where to go afterwards: `next`, when it is an address of this desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The `next` field of a POST, or `otherwise` when it is missing or leads elsewhere."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else otherwise
