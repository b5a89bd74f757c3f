"""Keeps practice and live apart: a database belongs to one of them, and remembers to which."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gateway.models import PlatformMark


def ensure_right_platform() -> None:
    """Compare the database's mark with the settings; write the mark at the first use.

    Raises ImproperlyConfigured with a sentence that says what to change.
    """
    base_url, practice = settings.XPORT_BASE_URL, settings.XPORT_IS_PRACTICE
    mark, _ = PlatformMark.objects.get_or_create(
        id=1, defaults={"base_url": base_url, "is_practice": practice}
    )
    if mark.is_practice and not practice:
        raise ImproperlyConfigured(
            f"This database was filled in practice, but XPORT_BASE_URL is the live platform"
            f" {base_url}. Use an empty database (DATABASE_URL), or go back to {mark.base_url}."
        )
    if practice and not mark.is_practice:
        raise ImproperlyConfigured(
            f"This database belongs to the live platform {mark.base_url}, but XPORT_BASE_URL is"
            f" {base_url}, which is practice. Use another database (DATABASE_URL) to practise."
        )
    if not practice and urlsplit(mark.base_url).hostname != urlsplit(base_url).hostname:
        raise ImproperlyConfigured(
            f"This database belongs to the platform {mark.base_url}, but XPORT_BASE_URL is"
            f" {base_url}. Orders of two platforms must not be mixed in one database."
        )
