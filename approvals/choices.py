"""Words of approvals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApprovalState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    SENT_BACK = "sent_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StepState(models.TextChoices):
    """LATER: not this step's turn yet. ACTIVE: told and asked. MOOT: decided elsewhere."""

    LATER = "later", _("Later")
    ACTIVE = "active", pgettext_lazy("approval step", "Asked")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    MOOT = "moot", _("No longer asked")


class Reason(models.TextChoices):
    """Why somebody is asked."""

    REQUEST = "request", _("A new request")
    CHANGE = "change", _("Something changed after it was approved")
