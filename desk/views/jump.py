"""The box on top: a number, a tracking number or a link leads straight there, words to Find.

Providers come from slots and answer only with what the person may see; nothing is decided here.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.choices import Right
from accounts.models import User
from desk.slots import jumps

LONGEST = 500


@login_required
@require_safe
def jump(request: HttpRequest) -> HttpResponse:
    """The first provider that knows the text; else Find, or home for people who do not buy."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required
    text = unicodedata.normalize("NFKC", request.GET.get("q", ""))
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        return redirect("home")
    for provider in jumps:
        target = provider(request.user, text)
        if target is not None:
            return redirect(target.url)
    if not request.user.may(Right.ASK):
        return redirect(f"{reverse('home')}?{urlencode({'sought': text})}")
    return redirect(f"{reverse('catalog:find')}?{urlencode({'q': text})}")
