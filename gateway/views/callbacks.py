"""The address that the platform calls. It stores and answers; everything else happens later."""

from __future__ import annotations

import hmac

from django.conf import settings
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
    if length.isdecimal() and (len(length) > 15 or int(length) > LARGEST):
        return HttpResponse(status=413)
    try:
        body = _body(request)
    except OSError:  # cut off on the way, or chunked wrongly; Django's too-big error is one too
        return HttpResponse(status=400)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    if body.strip():
        store(body)
    return HttpResponse(status=200)


def _body(request: HttpRequest) -> bytes:
    """At most one byte more than allowed. Without a length Django reads nothing, so a chunked
    body is taken from the server's own stream, where that says that it ends by itself."""
    if "CONTENT_LENGTH" not in request.META and request.META.get("wsgi.input_terminated"):
        read: bytes = request.META["wsgi.input"].read(LARGEST + 1)
        return read
    return request.read(LARGEST + 1)
