"""The pages for what went wrong. The words are in templates/404.html and its neighbours.

Each carries the request's correlation id as reference, which the log lines carry too. The 500 page
is made without database, session and context processors, since any of them may be what broke.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what exists but is not this person's to know about."""
    return _page(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, and not allowed."""
    return _page(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is not good (any more): the log-in ran out, or was renewed.

    Nothing was done in either case, and the way back leads to the page that the form was on.
    """
    log.info("form refused", reason=reason, path=request.path)
    back_url = _where_the_form_was(request)
    if request.user.is_authenticated:
        return _page(request, "403_csrf.html", back_url, _("Back to the form"), status=403)
    log_in = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back_url})}"
    return _page(request, "403_logged_out.html", log_in, _("Log in"), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Never touches the database; says so plainly even where the template is what broke."""
    reference = getattr(request, "correlation", "")
    context = {"reference": reference, "theme": "light"}
    try:
        return HttpResponse(loader.render_to_string("500.html", context), status=500)
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError) as error:
        # ValueError: the manifest of static files is missing or lacks a name.
        log.error("the error page is broken", error=str(error))
        words = _("This page could not be made. Try again in a minute.")
        text = f"{words}\n\n{_('Reference')} {reference}\n"
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")


def _page(
    request: HttpRequest, template: str, back_url: str = "/", back: str = "", *, status: int
) -> HttpResponse:
    context = {"reference": getattr(request, "correlation", ""), "back_url": back_url, "back": back}
    return render(request, template, context, status=status)


def _where_the_form_was(request: HttpRequest) -> str:
    """The page the form was on, as a path of ours; home when unknown. Never the POST's address."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        referrer, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(referrer)
    path = f"/{parts.path.lstrip('/')}"  # a path of two slashes would be another host
    return path + (f"?{parts.query}" if parts.query else "")
