"""Remote commands: whatever costs money, makes an order or cannot be undone, as a row first."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk import clock
from gateway.choices import OPEN_STATES, CommandState, Outcome, Verdict


class RemoteCommand(models.Model):
    """One thing to be done at the platform, at most once.

    subject    "planned:12": what it is about; at most one open command each
    lane       non-empty for keyless creates: one in flight a lane (sub-account, seller)
    payload    what will be sent, in our words; `fingerprint` is its digest
    prepared   what was read just before sending (list baseline, amount payable)
    result     what the platform said or showed, in our words
    not_before due time; also the undo window and the backoff
    ask_at     when an UNKNOWN command is asked about next
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    lane = models.CharField(max_length=120, blank=True)
    marketplace = models.CharField(max_length=10)
    sub_account = models.ForeignKey("accounts.SubAccount", on_delete=models.PROTECT)
    user_id = models.CharField(max_length=32, default="")  # who it is sent and asked as, for good
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    payload = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    prepared = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=CommandState, default=CommandState.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    send_by = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    absent_reads = models.PositiveIntegerField(default=0)
    absent_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    ruled_out = models.JSONField(default=list, blank=True)  # remote ids a person said it is not
    message = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("remote command")
        verbose_name_plural = _("remote commands")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=[s.value for s in OPEN_STATES]),
                name="one_open_command_a_subject",
            ),
            models.UniqueConstraint(
                fields=["lane"],
                condition=Q(state__in=["sending", "unknown"]) & ~Q(lane=""),
                name="one_keyless_create_in_flight",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="command_due"),
            models.Index(fields=["state", "ask_at"], name="command_ask"),
            models.Index(fields=["subject", "-id"], name="command_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class CommandAttempt(models.Model):
    """One try. The row is written before the call, so a crash leaves evidence of it."""

    command = models.ForeignKey(RemoteCommand, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    lease_token = models.CharField(max_length=32)
    opened_at = models.DateTimeField(default=clock.now)
    signed_until = models.DateTimeField()  # the latest moment at which it can have been signed
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    request_id = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    answer = models.JSONField(default=dict, blank=True)
    came_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("command", "number")
        constraints = [
            models.UniqueConstraint(fields=["command", "number"], name="attempts_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.command_id}.{self.number}: {self.outcome}"
