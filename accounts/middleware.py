"""A person's own language and time zone, on every request."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


class PersonalSettingsMiddleware:
    """Activates the logged-in person's language and zone; before log-in the browser's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language = user.language or settings.LANGUAGE_CODE
            zone = user.time_zone or settings.TIME_ZONE
        else:
            language = request.COOKIES.get(
                settings.LANGUAGE_COOKIE_NAME
            ) or translation.get_language_from_request(request)
            zone = settings.TIME_ZONE
        if not translation.check_for_language(language):
            language = settings.LANGUAGE_CODE
        try:
            timezone.activate(zoneinfo.ZoneInfo(zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.activate(zoneinfo.ZoneInfo(settings.TIME_ZONE))
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        timezone.deactivate()
        return response
