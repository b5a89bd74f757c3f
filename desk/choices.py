"""Words that events, comments and notices share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What an event is about; the timeline's filter chips."""

    DECISION = "decision", _("Decisions")
    MONEY = "money", _("Money")
    PARCEL = "parcel", _("Parcels")
    MESSAGE = "message", _("Messages")
    MACHINE = "machine", _("Machine")


class Source(models.TextChoices):
    """Who says so."""

    PERSON = "person", _("Person")
    PLATFORM = "platform", _("Platform")
    DESK = "desk", _("Desk")


class Tone(models.TextChoices):
    """How a sentence is drawn: `act` is the one signal colour, for what somebody must do."""

    CALM = "calm", _("Calm")
    GOOD = "good", _("Good")
    WARN = "warn", _("Warning")
    BAD = "bad", _("Bad")
    ACT = "act", _("Act")
