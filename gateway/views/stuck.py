"""Stuck: what is unclear or failed, and the choices a person has. Services check each again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Right
from accounts.models import User
from desk.render import say
from gateway import stuck
from gateway.forms import SettleForm
from gateway.models import RemoteCommand
from gateway.services import resolving
from gateway.views.access import person_with


@login_required
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every unclear command as a card, then what cannot leave, then what failed lately."""
    return _page(request)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the platform now instead of later."""
    return _settle(
        request,
        pk,
        lambda command, by, form: resolving.ask_now(command=command, by=by),
        _("Asking now. The answer shows here in a moment."),
    )


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was shown not to have been done once more."""
    return _settle(
        request,
        pk,
        lambda command, by, form: resolving.send_again(
            command=command, by=by, note=form.cleaned_data["note"]
        ),
        _("Queued again. It is checked once more before it leaves."),
    )


@login_required
@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which thing at the platform it was, or that none of them was it."""

    def choose(command: RemoteCommand, by: User, form: SettleForm) -> None:
        picked, none_of = form.cleaned_data["picked"], form.cleaned_data["none_of"]
        note = form.cleaned_data["note"]
        if picked == "none":
            resolving.rule_out(command=command, remote_ids=none_of.split(","), by=by, note=note)
        elif picked:
            resolving.pick_candidate(
                command=command, remote_ids=picked.split(","), by=by, note=note
            )
        else:
            raise resolving.CannotSettle(_("Choose which one it was."))

    return _settle(request, pk, choose, _("Settled as you said."))


@login_required
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop asking; the subject moves back."""
    return _settle(
        request,
        pk,
        lambda command, by, form: resolving.give_up(
            command=command, by=by, note=form.cleaned_data["note"]
        ),
        _("Given up. We keep watching it for three days."),
    )


def _settle(
    request: HttpRequest,
    pk: int,
    act: Callable[[RemoteCommand, User, SettleForm], None],
    said: str,
) -> HttpResponse:
    """One choice: what is wrong with it stands at its card, with what was typed."""
    person = person_with(request, Right.SETTLE_STUCK)
    command = get_object_or_404(RemoteCommand, pk=pk)
    form = SettleForm(request.POST)
    try:
        if not form.is_valid():
            raise resolving.CannotSettle(_("The note is too long: 2,000 characters at most."))
        act(command, person, form)
    except resolving.MayNotSettle as refused:
        raise PermissionDenied from refused
    except resolving.CannotSettle as refused:
        wrong = {"pk": pk, "error": str(refused), "note": request.POST.get("note", "")}
        return _page(request, wrong, status=422)
    say(request, said)
    return redirect(reverse("gateway:stuck"))


def _page(
    request: HttpRequest, wrong: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    person = person_with(request, Right.SETTLE_STUCK)
    context = {
        "cards": stuck.cards(),
        "waiting_long": stuck.waiting_long(),
        "failed": stuck.failed_lately(person),
        "wrong": wrong,
    }
    return render(request, "gateway/stuck.html", context, status=status)
