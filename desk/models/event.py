"""What happened, once and for all: the rows of every timeline."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from desk import clock
from desk.choices import EventKind, Source

#: Params that hold a word of ours in English, such as a marketplace's name.
OWN_WORDS = ("marketplace",)


class Event(models.Model):
    """One thing that happened to a subject ("request:12", "order:34").

    `text` is an English message id with %(name)s holes, marked with gettext_noop where it is
    written; `params` fills them. So each reader sees it in their own language.
    """

    subject = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=10, choices=EventKind)
    source = models.CharField(max_length=10, choices=Source, default=Source.DESK)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("at", "id")
        indexes = [models.Index(fields=["subject", "at"], name="event_subject_at")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"

    @property
    def sentence(self) -> str:
        """The event in the reader's language."""
        text = gettext(self.text)
        if not self.params:
            return text
        words = {name: gettext(self.params[name]) for name in OWN_WORDS if name in self.params}
        return str(text % (self.params | words))

    @property
    def said(self) -> str:
        """The note: a person's own words as they are, the desk's in the reader's language."""
        return self.note if self.source == Source.PERSON else gettext(self.note)


def record(
    subject: str,
    text: str,
    *,
    kind: str,
    by: Any = None,
    source: str | None = None,
    note: str = "",
    **params: Any,
) -> Event:
    """Write one event. `by` is a person or None; the source follows from it unless given.

    Lazy words among `params` are kept in English, whoever's language is active now.
    """
    with override("en"):
        params = {
            name: str(value) if isinstance(value, Promise) else value
            for name, value in params.items()
        }
    return Event.objects.create(
        subject=subject,
        text=text,
        kind=kind,
        actor=by,
        source=source or (Source.PERSON if by else Source.DESK),
        note=note,
        params=params,
    )
