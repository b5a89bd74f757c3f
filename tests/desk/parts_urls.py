"""Addresses for the tests of the parts: the parts page, which otherwise needs DEBUG, and log-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from desk.render import render_part, say
from desk.views.parts import parts, samples


def sent(request: HttpRequest) -> HttpResponse:
    """Takes any form and says so with a toast, as a service's view would."""
    say(request, "Sent to the seller.", undo_url="/undo/")
    return render(request, "desk/parts.html", {"theme": "light"})


def waiting(request: HttpRequest) -> HttpResponse:
    """A part that never gets its answer, and the page that holds it."""
    context = {**samples(), "id": "sample-waiting", "waiting_url": "/waiting/", "url": "/waiting/"}
    context |= {"sentence": "Sent, waiting for Taobao.", "theme": "light"}
    return render_part(request, "desk/parts.html", "components/waiting.html", context)


urlpatterns = [
    path("waiting/", waiting),
    path("parts/", parts, name="parts"),
    path("sent/", sent),
    path("account/", include("allauth.urls")),
    path("log-in/", include("accounts.urls_login")),
    path("me/", include("accounts.urls")),
    path("", parts, name="home"),
]
