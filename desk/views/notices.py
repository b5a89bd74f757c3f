"""A person's notices: opening one marks it read, or all at once. They are shown on /me/."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.views.back import safe_next
from desk.services.notices import mark_read


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    mark_read(person=person)
    return redirect(safe_next(request, reverse("me:page")))


@require_POST
@login_required
def open_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Marks everything that led to the same page read, and goes there."""
    person: Any = request.user
    notice = get_object_or_404(person.notices, pk=notice_id)
    mark_read(person=person, url=notice.url)
    return redirect(notice.url)
