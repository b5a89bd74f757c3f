"""Roles: the migration, the code's table, and the last admin."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.choices import RIGHTS_OF, Right, Role
from accounts.models import User
from accounts.services import LastAdmin, assign_roles, lay_roles, set_active

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_migration_gave_each_group_the_rights_that_code_reads(role):
    codes = Group.objects.get(name=role.value).permissions.values_list("codename", flat=True)

    assert set(codes) == {right.value for right in RIGHTS_OF[role]}


def test_every_right_is_one_permission():
    ours = Permission.objects.filter(content_type__app_label="accounts", codename__in=Right.values)

    assert ours.count() == len(Right)


def test_laying_roles_again_changes_nothing():
    before = set(Group.objects.values_list("name", "permissions__codename"))

    lay_roles()

    assert set(Group.objects.values_list("name", "permissions__codename")) == before


@pytest.mark.parametrize("role", Role)
def test_person_may_exactly_what_the_role_carries(make_person, role):
    person = make_person("Somebody", role)

    assert {right for right in Right if person.may(right)} == set(RIGHTS_OF[role])


def test_new_roles_take_the_place_of_old_ones_at_once(make_person, admin_person):
    person = make_person("Kim", Role.BUYER)
    assert person.may(Right.ASK)

    assign_roles(person=person, roles=[Role.WAREHOUSE], by=admin_person)

    assert person.roles == [Role.WAREHOUSE]
    assert not person.may(Right.ASK)


def test_inactive_person_may_nothing(make_person):
    person = make_person("Gone", Role.ADMIN, is_active=False)

    assert not any(person.may(right) for right in Right)


def test_last_admin_cannot_be_demoted(admin_person):
    with pytest.raises(LastAdmin):
        assign_roles(person=admin_person, roles=[Role.BUYER], by=admin_person)

    assert User.objects.get(pk=admin_person.pk).roles == [Role.ADMIN]


def test_last_admin_cannot_be_switched_off(admin_person, make_person):
    make_person("Old Admin", Role.ADMIN, is_active=False)

    with pytest.raises(LastAdmin):
        set_active(person=admin_person, active=False, by=admin_person)

    assert User.objects.get(pk=admin_person.pk).is_active


def test_one_of_two_admins_may_go(admin_person, make_person):
    make_person("Second Admin", Role.ADMIN)

    set_active(person=admin_person, active=False, by=admin_person)

    assert not User.objects.get(pk=admin_person.pk).is_active


def test_unknown_role_is_refused(make_person):
    person = make_person("Kim", Role.BUYER)

    with pytest.raises(ValueError, match="captain"):
        assign_roles(person=person, roles=["captain"], by=None)

    assert User.objects.get(pk=person.pk).roles == [Role.BUYER]
