"""Page or part, and the short word afterwards.

Views decide nothing about markup: they name a page, the fragment that is its changing part, and
one context for both. Toasts are for what the person just did and are never the only record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment; boosted links and restored history want the page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_part(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer `part` ("orders/_list.html") to htmx and `page` (which includes it) to a browser.

    Messages waiting for the person ride along with a part as toasts out of band.
    """
    as_part = wants_part(request)
    response = render(request, part if as_part else page, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request", "HX-Boosted"])
    if as_part:
        # A cached fragment must never come back as a page with the Back button.
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Quayside-Part"] = "yes"  # trouble.js shows ours even when it says 4xx
        response.content += toasts_out_of_band(request)
    return response


def toasts_out_of_band(request: HttpRequest) -> bytes:
    """Waiting messages as an htmx out-of-band swap; empty when there are none."""
    waiting = messages.get_messages(request)
    if not len(waiting):
        return b""
    return render_to_string("components/_toasts.html", {"messages": waiting}, request).encode()


def say(
    request: HttpRequest,
    sentence: str,
    *,
    undo_url: str = "",
    undo_until: datetime | None = None,
) -> None:
    """Show a toast on the next page or part. With `undo_url` (a POST address) it offers Undo,
    counting down to `undo_until` (aware)."""
    tags = []
    if undo_url:
        tags.append(f"undo={undo_url}")
    if undo_until is not None:
        tags.append(f"until={undo_until.isoformat(timespec='seconds')}")
    messages.info(request, sentence, extra_tags=" ".join(tags))


def say_now(response: HttpResponse, sentence: str) -> HttpResponse:
    """Show a toast from an answer that swaps nothing (204), by a header `toast.js` listens for."""
    response.headers["HX-Trigger"] = json.dumps({"quayside:toast": {"text": sentence}})
    return response
