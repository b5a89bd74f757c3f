"""Addresses of allauth that this desk does not offer."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest


def own_email(request: HttpRequest) -> NoReturn:
    """People log in by e-mail and are told by e-mail; only admins change an address, on the
    person's page, where it is checked."""
    raise Http404
