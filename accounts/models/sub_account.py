"""Sub-accounts of the platform (the `user-id` header) and who may act as them, from when on."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Marketplace


def known_marketplaces(value: list[str]) -> None:
    """Every entry names a marketplace that the desk knows."""
    if not isinstance(value, list):
        raise ValidationError(_("Unknown marketplace: %(names)s"), params={"names": value})
    unknown = ", ".join(str(entry) for entry in value if entry not in Marketplace.values)
    if unknown:
        raise ValidationError(_("Unknown marketplace: %(names)s"), params={"names": unknown})


class SubAccount(models.Model):
    """One sub-account at the platform. `user_id` is sent in the header of every call."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    user_id = models.CharField(_("user-id at the platform"), max_length=32, unique=True)
    marketplaces = models.JSONField(
        _("marketplaces"), default=list, validators=[known_marketplaces]
    )
    is_active = models.BooleanField(_("active"), default=True)
    tested_at = models.DateTimeField(_("last test call"), null=True, blank=True, editable=False)
    test_passed = models.BooleanField(_("test passed"), null=True, blank=True, editable=False)
    test_answer = models.TextField(_("answer of the test"), blank=True, editable=False)

    class Meta:
        verbose_name = _("sub-account")
        verbose_name_plural = _("sub-accounts")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What was sent as one user-id is asked about as that one: once anything was bought as
        this sub-account, another user-id is another sub-account."""
        super().clean()
        was = SubAccount.objects.filter(pk=self.pk).values_list("user_id", flat=True).first()
        if was is not None and was != self.user_id and self.has_history():
            raise ValidationError(
                {
                    "user_id": _(
                        "Orders were made with %(user_id)s, so it stays. Add another sub-account "
                        "for the new user-id, map its people, and switch this one off."
                    )
                    % {"user_id": was}
                }
            )

    def has_history(self) -> bool:
        """Whether rows that must not lose it (orders, commands) refer to it; mappings and cursors
        do not count."""
        return any(
            link.related_model._base_manager.filter(**{link.field.name: self.pk}).exists()
            for link in self._meta.related_objects
            if link.on_delete is models.PROTECT and link.related_model is not SubAccountMapping
        )

    @property
    def test_sentence(self) -> str:
        """What the last test call said, in one sentence; empty before the first."""
        return self.test_answer.split("\n", 1)[0]

    def serves(self, marketplace: str) -> bool:
        return self.is_active and marketplace in self.marketplaces


class MappingQuerySet(models.QuerySet["SubAccountMapping"]):
    """Mappings, by when they hold."""

    def current(self, on: date | None = None) -> MappingQuerySet:
        day = on or timezone.localdate()
        return self.filter(from_date__lte=day).filter(Q(to_date__isnull=True) | Q(to_date__gte=day))


class SubAccountMapping(models.Model):
    """A person may act as a sub-account between two dates (inclusive; no end = open)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mappings"
    )
    sub_account = models.ForeignKey(SubAccount, on_delete=models.PROTECT, related_name="mappings")
    is_default = models.BooleanField(_("default"), default=False)
    from_date = models.DateField(_("from"), default=timezone.localdate)
    to_date = models.DateField(_("to"), null=True, blank=True)

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sub-account of a person")
        verbose_name_plural = _("sub-accounts of people")
        ordering = ("-is_default", "sub_account__name")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_default=True, to_date__isnull=True),
                name="one_open_default_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "sub_account"],
                condition=Q(to_date__isnull=True),
                name="one_open_mapping_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="mapping_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.sub_account}"

    @property
    def is_current(self) -> bool:
        """Whether it holds today, as `MappingQuerySet.current` says it."""
        today = timezone.localdate()
        return self.from_date <= today and (self.to_date is None or self.to_date >= today)
