"""People. They log in by e-mail; what they may do comes from their role's group."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.choices import Right, Role, Theme
from accounts.querysets import PersonQuerySet


class UserManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes people from an e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person. `approval_limit` is in company currency, minor units: up to it their own
    requests need nobody else; None means no such right."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    department = models.ForeignKey(
        "accounts.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    approval_limit = models.BigIntegerField(
        _("may approve own requests up to"),
        null=True,
        blank=True,
        help_text=_(
            "In minor units of the company currency. Empty: somebody else is always asked."
        ),
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.LIGHT)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    is_demo = models.BooleanField(_("demo person"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)
        permissions = [(right.value, right.label) for right in Right]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    def may(self, right: Right) -> bool:
        """Whether one of this person's roles carries the right."""
        return self.is_active and (self.is_superuser or right.value in self._held[1])

    @property
    def roles(self) -> list[Role]:
        """Roles in the order of choices.Role."""
        if "groups" in getattr(self, "_prefetched_objects_cache", {}):
            held = {group.name for group in self.groups.all()}
        else:
            held = self._held[0]
        return [role for role in Role if role.value in held]

    @cached_property
    def _held(self) -> tuple[set[str], set[str]]:
        """Names of roles and of rights, by one query, kept as long as this object."""
        rows = self.groups.values_list("name", "permissions__codename")
        pairs = [(name, codename) for name, codename in rows]
        return {name for name, _code in pairs}, {codename for _name, codename in pairs if codename}

    @property
    def main_role(self) -> Role:
        """The role whose navigation this person gets: the one with the most responsibility."""
        order = (Role.ADMIN, Role.FINANCE, Role.MANAGER, Role.WAREHOUSE, Role.BUYER)
        return next((role for role in order if role in self.roles), Role.BUYER)

    @property
    def place(self) -> str:
        """Where this person stands: "Buyer, Marketing". Names the main role only."""
        words = [str(self.main_role.label)]
        if self.department is not None:
            words.append(self.department.name)
        return ", ".join(words)
