"""The address that the platform calls. It stores and answers; everything else happens later."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gateway.services.inbox import LARGEST
from gateway.services.inbox import receive as store


@csrf_exempt  # the platform has no session; the secret in the address is what it knows
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, secret: str) -> HttpResponse:
    """200 to anything the platform may send, odd or empty bodies included (its Verify button)."""
    expected = settings.XPORT_PUSH_SECRET
    if not expected or not hmac.compare_digest(secret.encode(), expected.encode()):
        raise Http404
    if request.method != "POST":
        return HttpResponse(status=200)
    length = request.headers.get("Content-Length", "0")
    if length.isdecimal() and int(length) > LARGEST:
        return HttpResponse(status=413)
    try:
        body = request.read(LARGEST + 1)
    except (RequestDataTooBig, OSError):
        return HttpResponse(status=400)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    if body.strip():
        store(body)
    return HttpResponse(status=200)
