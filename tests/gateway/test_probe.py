"""The test call of a sub-account, against the other side over HTTP."""

import pytest

from accounts import probes
from accounts.choices import Role
from accounts.models import SubAccount, User
from accounts.services import assign_roles
from gateway.probe import probe

pytestmark = pytest.mark.django_db


def sub_account(user_id, **fields):
    return SubAccount.objects.create(name=f"Account {user_id}", user_id=user_id, **fields)


def test_a_known_sub_account_passes_and_shows_no_address(sandbox):
    result = probes.run_probe(sub_account("2100000000001"))

    assert result.ok
    assert result.sentence.startswith("The platform knows this sub-account")
    assert result.request_id
    assert '"code": "200"' in result.answer
    assert "not kept here" in result.answer


@pytest.mark.parametrize(
    ("user_id", "word"), [("2100000000005", "suspended"), ("2199999999999", "does not know")]
)
def test_a_refused_sub_account_fails_with_the_platforms_code(sandbox, user_id, word):
    result = probe(sub_account(user_id))

    assert not result.ok
    assert word in result.sentence
    assert '"code": "403' in result.answer
    assert result.request_id in result.answer


def test_a_sub_account_switched_off_is_not_called(sandbox):
    result = probe(sub_account("2100000000001", is_active=False))

    assert not result.ok
    assert "switched off" in result.sentence


def test_a_platform_that_is_away_is_a_result(settings):
    settings.XPORT_BASE_URL = "http://127.0.0.1:9/api"

    result = probe(sub_account("2100000000001"))

    assert not result.ok
    assert result.sentence


def test_the_admins_button_proves_the_mapping(sandbox, client):
    admin = User.objects.create_user("ada@example.com", name="Ada")
    assign_roles(person=admin, roles=[Role.ADMIN], by=None)
    client.force_login(admin)
    tested = sub_account("2100000000002")

    client.post(f"/admin/accounts/subaccount/{tested.pk}/test/")

    tested.refresh_from_db()
    assert tested.test_passed
    assert "request id" in tested.test_answer
