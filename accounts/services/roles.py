"""Which roles a person holds. The last active admin stays one, so that nobody locks the desk.

What a role may do is `accounts.choices.RIGHTS_OF`; pages ask `person.may(right)`.
"""

from __future__ import annotations

from collections.abc import Collection

import structlog
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.choices import RIGHTS_OF, Right, Role
from accounts.models import User

log = structlog.get_logger(__name__)


class LastAdmin(ValidationError):
    """Without this person nobody could manage the desk."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the last active admin. Make another person an admin first; "
                "nothing was changed."
            ),
            code="last_admin",
        )


def lay_roles() -> dict[Role, Group]:
    """Make groups and permissions where they are missing, as the migration did. Idempotent."""
    content_type = ContentType.objects.get_for_model(User)
    rights = {
        right: Permission.objects.get_or_create(
            content_type=content_type, codename=right.value, defaults={"name": str(right.label)}
        )[0]
        for right in Right
    }
    groups = {}
    for role, carried in RIGHTS_OF.items():
        groups[role], _made = Group.objects.get_or_create(name=role.value)
        groups[role].permissions.set([rights[right] for right in carried])
    return groups


def assign_roles(*, person: User, roles: Collection[Role | str], by: User | None) -> None:
    """Make the person hold exactly these roles. Raises LastAdmin, ValueError for unknown roles.

    `by` is who decided; None only where no person did (demo data, first start).
    """
    wanted = {Role(role) for role in roles}
    with transaction.atomic():
        hold_admins()
        stays = Role.ADMIN in wanted or person.is_superuser
        if not stays and is_last_admin(person):
            raise LastAdmin
        groups = {group.name: group for group in Group.objects.filter(name__in=Role.values)}
        if len(groups) < len(Role):  # a database emptied by tests or by hand
            groups = {role.value: group for role, group in lay_roles().items()}
        person.groups.set([groups[role.value] for role in wanted])
    forget_rights(person)
    log.info(
        "roles assigned",
        person=person.pk,
        roles=sorted(role.value for role in wanted),
        by=by.pk if by else None,
    )


def set_active(*, person: User, active: bool, by: User | None) -> None:
    """Let a person in, or no longer. Raises LastAdmin. Running sessions end with the next click,
    because Django reads the person on every request and refuses inactive ones."""
    with transaction.atomic():
        hold_admins()
        if not active and is_last_admin(person):
            raise LastAdmin
        person.is_active = active
        person.save(update_fields=["is_active"])
    log.info("person let in or out", person=person.pk, active=active, by=by.pk if by else None)


def is_last_admin(person: User) -> bool:
    """Whether this person is the only active admin (superusers count as admins)."""
    if person.pk is None:
        return False
    active = User.objects.active()
    admins = active.with_role(Role.ADMIN) | active.filter(is_superuser=True)
    return set(admins.values_list("pk", flat=True)) == {person.pk}


def hold_admins() -> None:
    """Make two admins who demote each other wait: an update of the group's row, to itself."""
    Group.objects.filter(name=Role.ADMIN.value).update(name=Role.ADMIN.value)


def forget_rights(person: User) -> None:
    """Drop what this object remembers of its roles and permissions."""
    for kept in ("_held", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        person.__dict__.pop(kept, None)
    getattr(person, "_prefetched_objects_cache", {}).pop("groups", None)
