"""Words of the border: states of commands, outcomes of attempts, channels we listen on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommandState(models.TextChoices):
    """A remote command's life. QUEUED, SENDING and UNKNOWN are open: at most one a subject."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Sending")
    UNKNOWN = "unknown", _("Sent, answer lost; checking")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused by the platform")
    STOPPED = "stopped", _("Stopped before sending")
    UNDONE = "undone", _("Taken back")
    GIVEN_UP = "given_up", _("Given up")


OPEN_STATES = (CommandState.QUEUED, CommandState.SENDING, CommandState.UNKNOWN)


class Outcome(models.TextChoices):
    """What one attempt brought."""

    PENDING = "pending", _("No answer recorded yet")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    NOT_SENT = "not_sent", _("Not sent")
    UNKNOWN = "unknown", _("Unknown")


class Verdict(models.TextChoices):
    """What asking afterwards has shown about an unclear command."""

    OPEN = "", _("Still asking")
    NOT_DONE = "not_done", _("The platform did not do it")
    SEVERAL = "several", _("More than one thing at the platform could be it")


class Channel(models.TextChoices):
    """What we listen to at each marketplace."""

    SEARCH = "search", _("Search")
    ORDERS = "orders", _("Orders")
    PARCELS = "parcels", _("Parcels")
    CLAIMS = "claims", _("Claims")
    MESSAGES = "messages", _("Messages")


class PushState(models.TextChoices):
    NEW = "new", _("Waiting")
    DONE = "done", _("Processed")
    IGNORED = "ignored", _("Nothing to do")
    MALFORMED = "malformed", _("Cannot be read")
    FAILED = "failed", _("Failed")
