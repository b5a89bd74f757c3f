"""Questions about people that lists, filters and other rooms ask again and again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from accounts.choices import RIGHTS_OF, Right, Role


class PersonQuerySet(models.QuerySet[Any]):
    """People. Filters by role use Exists, so that nobody appears twice."""

    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def with_role(self, role: Role | str) -> PersonQuerySet:
        """People who hold the role, active or not."""
        held = self.model.groups.through.objects.filter(user=OuterRef("pk"), group__name=role)
        return self.filter(Exists(held))

    def who_may(self, right: Right) -> PersonQuerySet:
        """Active people one of whose roles carries the right; superusers are not meant."""
        roles = [role.value for role, rights in RIGHTS_OF.items() if right in rights]
        held = self.model.groups.through.objects.filter(user=OuterRef("pk"), group__name__in=roles)
        return self.active().filter(Exists(held))

    def unmapped(self) -> PersonQuerySet:
        """Active people who may ask for goods but act as no active sub-account today."""
        return self.who_may(Right.ASK).filter(~Exists(_current_mappings(OuterRef("pk"))))

    def mapped_to(self, sub_account_id: int) -> PersonQuerySet:
        """People who may act as this sub-account today."""
        from accounts.models import SubAccountMapping

        held = SubAccountMapping.objects.current().filter(
            person=OuterRef("pk"), sub_account_id=sub_account_id
        )
        return self.filter(Exists(held))

    def with_current_mappings(self) -> PersonQuerySet:
        """Each person gets `current_mappings`, a list, the default first. One more query."""
        from accounts.models import SubAccountMapping

        rows = SubAccountMapping.objects.current().select_related("sub_account")
        return self.prefetch_related(
            Prefetch("mappings", queryset=rows, to_attr="current_mappings")
        )


def _current_mappings(person: OuterRef) -> models.QuerySet:  # type: ignore[type-arg]
    from accounts.models import SubAccountMapping

    return SubAccountMapping.objects.current().filter(person=person, sub_account__is_active=True)
