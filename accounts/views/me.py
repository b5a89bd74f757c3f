"""One's own page and settings. Menus of the shell post single settings to the same service."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.amounts import amount_money
from accounts.forms import OWN_SETTINGS, LanguageForm, SettingsForm
from accounts.services.people import save_own_settings
from accounts.slots import me_parts
from accounts.views.back import safe_next

YEAR = 365 * 24 * 3600


@require_GET
@login_required
def page(request: HttpRequest) -> HttpResponse:
    return _page(request, SettingsForm(instance=request.user))


@require_POST
@login_required
def save_settings(request: HttpRequest) -> HttpResponse:
    """Saves the settings that were posted, all four or one."""
    return _save(request, [name for name in OWN_SETTINGS if name in request.POST])


@require_POST
@login_required
def set_theme(request: HttpRequest) -> HttpResponse:
    return _save(request, ["theme"])


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """For everyone: kept with the person, and in a cookie for the log-in page."""
    if request.user.is_authenticated:
        return _save(request, ["language"])
    form = LanguageForm(request.POST)
    response = redirect(safe_next(request, reverse(settings.LOGIN_URL)))
    if form.is_valid():
        _remember(response, form.cleaned_data["language"])
    return response


def _save(request: HttpRequest, names: list[str]) -> HttpResponse:
    """Check and keep the settings called `names`; the others stay as they are."""
    person: Any = request.user
    shown = SettingsForm(instance=person).initial
    typed = {name: request.POST.get(name, "") for name in names}
    form = SettingsForm({**shown, **typed}, instance=person)
    if not names or any(name in form.errors for name in names):
        return _page(request, form, status=400)
    values = {name: form.cleaned_data[name] for name in names}
    save_own_settings(person=person, **values)
    if len(names) > 1:
        with translation.override(values.get("language", translation.get_language())):
            messages.info(request, _("Your settings are saved."))
    response = redirect(safe_next(request, reverse("me:page")))
    if "language" in values:
        _remember(response, values["language"])
    return response


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _page(request: HttpRequest, form: SettingsForm, status: int = 200) -> HttpResponse:
    person: Any = request.user
    return render(
        request,
        "accounts/me.html",
        {
            "form": form,
            "mappings": person.mappings.current().select_related("sub_account"),
            "own_limit": amount_money(person.approval_limit),
            "parts": me_parts(person),
            "has_second_factor": person.authenticator_set.exists(),
        },
        status=status,
    )
