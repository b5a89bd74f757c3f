"""Addresses for the tests of the parts: the parts page, which otherwise needs DEBUG, and log-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from desk.render import say
from desk.views.parts import parts


def sent(request: HttpRequest) -> HttpResponse:
    """Takes any form and says so with a toast, as a service's view would."""
    say(request, "Sent to the seller.", undo_url="/undo/")
    return render(request, "desk/parts.html", {"theme": "light"})


urlpatterns = [
    path("parts/", parts, name="parts"),
    path("sent/", sent),
    path("account/", include("allauth.urls")),
    path("log-in/", include("accounts.urls_login")),
    path("me/", include("accounts.urls")),
    path("", parts, name="home"),
]
