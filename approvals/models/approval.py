"""An approval: who is asked about exactly what, in steps, and what they said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.choices import ApprovalState, Reason, StepState
from desk import clock


class Approval(models.Model):
    """One question about one subject ("request:12", "payment:7"), pinned to a fingerprint.

    `basis` is the request's whole total where `amount` is one order's part of it: who is asked
    follows from it. `ceiling` is the amount plus the tolerance, fixed when the last step approves,
    and never grows from there. All three in minor units of company currency.
    `shown` is what deciders see: title, lines, then/now rows.
    """

    subject = models.CharField(max_length=40)
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.REQUEST)
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.WAITING)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_approvals"
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT
    )
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    basis = models.BigIntegerField(default=0)  # the whole spend that decides who is asked
    ceiling = models.BigIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    shown = models.JSONField(default=dict, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state="waiting"),
                name="one_waiting_approval_a_subject",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="approval_state"),
            models.Index(fields=["subject", "-id"], name="approval_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"


class ApprovalStep(models.Model):
    """One step: a named person, or (person empty) anyone who holds `right`."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approval_steps",
    )
    right = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.LATER)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_steps",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("approval step")
        verbose_name_plural = _("approval steps")
        ordering = ("approval", "position")
        constraints = [
            models.UniqueConstraint(fields=["approval", "position"], name="steps_are_numbered")
        ]
        indexes = [models.Index(fields=["state", "person"], name="step_active_person")]

    def __str__(self) -> str:
        return f"{self.approval_id}.{self.position} {self.state}"
