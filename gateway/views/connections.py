"""Connections: how the channels to the platform do, and reading again by hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Marketplace, Right
from desk import heartbeat
from desk.render import say
from gateway import connections
from gateway.forms import ReadAgainForm
from gateway.slots import read_again as readers
from gateway.views.access import person_with


@login_required
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The verdict first, then channel by channel."""
    person = person_with(request, Right.SEE_CONNECTIONS)
    views = connections.marketplaces()
    context = {
        "verdict": connections.verdict(views),
        "marketplaces": views,
        "accounts": connections.accounts(),
        "inbox": connections.inbox(),
        "worker": heartbeat.last_beat(),
        "manages": person.may(Right.MANAGE_DESK),
    }
    return render(request, "gateway/connections.html", context)


@login_required
@require_POST
def read_again(request: HttpRequest) -> HttpResponse:
    """Ring for one marketplace's lists; beat and pushes take the same path."""
    person_with(request, Right.SEE_CONNECTIONS)
    form = ReadAgainForm(request.POST)
    if not form.is_valid():
        say(request, _("Choose a marketplace."))
        return redirect("gateway:connections")
    slug = form.cleaned_data["marketplace"]
    with transaction.atomic():
        lists = sum(reader(slug) for reader in readers)
    label = Marketplace(slug).label
    said = _("Reading %(where)s again.") if lists else _("No active sub-account uses %(where)s.")
    say(request, said % {"where": label})
    return redirect("gateway:connections")
