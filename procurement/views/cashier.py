"""The way out to a marketplace's cashier: a link that moves money, given once to one person."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect


def _own_platform() -> str:
    """Where the practice platform's cashier stands; a live one's is under https."""
    parts = urlsplit(settings.XPORT_BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


# A form's answer may lead there: browsers hold redirects of a form to the page's form-action.
CASHIER = {"form-action": ["https:", _own_platform()]}


def lead_to(link: str) -> HttpResponse:
    """Once, without a referrer, never from a cache."""
    answer = HttpResponseRedirect(link)
    answer.status_code = 303
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer
