"""The pages for what went wrong: what happened, what is safe, what to do, and a reference.

The drawing is `components/failed_page.html`. The 500 page is made without the database, the
session and the context processors, since any of them may be what broke.
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
    context = {
        "title": _("There is no such page"),
        "happened": _("Nothing is kept under this address, or it is not yours to see."),
        "todo": _("Look for its number in the box on top."),
    }
    return _page(request, "404.html", context, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, and not allowed."""
    context = {
        "title": _("This is not yours to do"),
        "happened": _("Your role does not include it."),
        "safe": _("Nothing was changed."),
        "todo": _("An admin can give you the role, under People."),
    }
    return _page(request, "403.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is not (any more) good: as a rule the log-in ran out."""
    log.info("form refused", reason=reason, path=request.path)
    back = _where_the_form_was(request)
    if request.user.is_authenticated:
        context = {
            "title": _("This form was too old"),
            "happened": _("You logged in again since it was opened, in this tab or another."),
            "todo": _("Go back, look at it again, and send it from there."),
            "back_url": back,
            "back": _("Back to the form"),
        }
    else:
        context = {
            "title": _("Your log-in ran out"),
            "happened": _("The form arrived after your log-in had ended."),
            "todo": _("Log in; you come back to the same page."),
            "back_url": f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}",
            "back": _("Log in"),
        }
    context["safe"] = _("Nothing was done.")
    return _page(request, "403.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Never touches the database; says so plainly even when the template is what broke."""
    context = {
        "title": _("This page could not be made"),
        "happened": _("Something broke on our side while making it."),
        "safe": _("What was stored before stays as it was."),
        "todo": _("Try again in a minute; if it stays, tell IT the reference."),
        "back_url": "/",
        "back": _("Home"),
        "reference": _reference(request),
        "theme": "light",
    }
    try:
        return HttpResponse(loader.render_to_string("500.html", context), status=500)
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError) as error:
        log.error("the error page is broken", error=str(error))
        keys = ("title", "happened", "safe", "todo", "reference")
        words = "\n\n".join(str(context[key]) for key in keys)
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")


def _page(
    request: HttpRequest, template: str, context: dict[str, str], *, status: int
) -> HttpResponse:
    shared = {"back_url": "/", "back": _("Home"), "reference": _reference(request)}
    return render(request, template, shared | context, status=status)


def _reference(request: HttpRequest) -> str:
    """The request's correlation id; the log lines carry the same."""
    return getattr(request, "correlation", "")


def _where_the_form_was(request: HttpRequest) -> str:
    """The page the form was on, as a path of ours; home when unknown. Never the POST's address."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        referrer, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(referrer)
    return parts.path + (f"?{parts.query}" if parts.query else "")
