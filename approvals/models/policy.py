"""The company's one rule so far: above which amount finance is asked too."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApprovalPolicy(models.Model):
    """One row. Amounts in minor units of the company currency."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    finance_above = models.PositiveBigIntegerField(_("ask finance too above"), default=500_000)
    pay_at_once_up_to = models.PositiveBigIntegerField(
        _("pay at once after approval, up to"),
        default=200_000,
        help_text=_("Orders above it wait on the payments page until finance releases them."),
    )
    tolerance_percent = models.PositiveSmallIntegerField(
        _("price may rise by"), default=2, validators=[MaxValueValidator(20)]
    )

    class Meta:
        verbose_name = _("approval limit")
        verbose_name_plural = _("approval limits")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_approval_policy")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> ApprovalPolicy:
        return cls.objects.filter(pk=1).first() or cls()
