"""Coming in as a demo person: one POST from the log-in page, or from the ribbon to switch."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.log_in import demo_person
from accounts.views.back import safe_next


@never_cache
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """The form of many buttons: `person` says whose."""
    chosen = request.POST.get("person", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise Http404
    return _come_in(request, int(chosen))


@never_cache
@require_POST
def come_in(request: HttpRequest, person_id: int) -> HttpResponse:
    return _come_in(request, person_id)


def _come_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """A new session, whoever was logged in before. 404 unless practice lets this person in."""
    person = demo_person(person_id)
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(safe_next(request, otherwise="/"))
