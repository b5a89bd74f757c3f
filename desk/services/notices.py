"""Telling people. Only whose turn it is gets told: callers name each person."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from accounts.models import User
from desk import clock
from desk.models import Notice

log = structlog.get_logger(__name__)


def tell(*, person: User, key: str, text: str, url: str, **params: Any) -> Notice | None:
    """Tell a person once for `key`; None if they were told before.

    The mail goes after commit; a mail server that is away is logged and stops nothing.
    """
    notice, created = Notice.objects.get_or_create(
        person=person, key=key, defaults={"text": text, "params": params, "url": url}
    )
    if not created:
        return None
    transaction.on_commit(lambda: _mail(notice))
    return notice


def mark_read(*, person: User, url: str | None = None) -> int:
    """Mark a person's notices read, all or those that lead to `url`."""
    rows = Notice.objects.filter(person=person, read_at=None)
    if url is not None:
        rows = rows.filter(url=url)
    return rows.update(read_at=clock.now())


def _mail(notice: Notice) -> None:
    if settings.DEMO:
        return  # practice people have no mailboxes
    with translation.override(notice.person.language or settings.LANGUAGE_CODE):
        sentence = notice.sentence
    try:
        send_mail(
            sentence,
            f"{sentence}\n\n{settings.SITE_URL}{notice.url}\n",
            None,
            [notice.person.email],
        )
    except OSError as error:
        log.warning("notice not mailed", notice=notice.pk, error=type(error).__name__)
