"""Every address of this slice, for everybody who may try it."""

import pytest
from django.test import Client

from accounts.choices import Role

LOG_IN = "log in"
ROLES = [None, *Role]
OWN = {"GET": ["/me/"], "POST": ["/me/settings/", "/me/theme/", "/me/notices/read/"]}
ADMIN_PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{person}/change/",
    "/admin/accounts/user/{person}/history/",
    "/admin/accounts/department/",
    "/admin/accounts/department/add/",
    "/admin/accounts/department/{department}/change/",
    "/admin/accounts/subaccount/",
    "/admin/accounts/subaccount/add/",
    "/admin/accounts/subaccount/{sub_account}/change/",
    "/admin/desk/exchangerate/",
    "/admin/desk/exchangerate/add/",
    "/admin/desk/exchangerate/import/",
]
ADMIN_POSTS = [
    "/admin/accounts/subaccount/{sub_account}/test/",
    "/admin/accounts/user/{person}/test/",
    "/admin/accounts/user/{person}/second-factor/remove/",
]


@pytest.fixture
def fill(buyer, marketing, sub_account):
    return lambda url: url.format(
        person=buyer.pk, department=marketing.pk, sub_account=sub_account.pk
    )


@pytest.fixture
def client_of(make_person):
    def build(role):
        client = Client()
        if role is not None:
            client.force_login(make_person(f"A {role.value}", role))
        return client

    return build


def outcome(answer):
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return LOG_IN
    return answer.status_code


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("url", ADMIN_PAGES)
def test_admin_pages_open_for_admins_only(client_of, fill, role, url):
    expected = {None: LOG_IN, Role.ADMIN: 200}.get(role, 403)

    assert outcome(client_of(role).get(fill(url))) == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("url", ADMIN_POSTS)
def test_admin_buttons_work_for_admins_only(client_of, fill, role, url):
    expected = {None: LOG_IN, Role.ADMIN: 302}.get(role, 403)

    assert outcome(client_of(role).post(fill(url))) == expected


@pytest.mark.parametrize("url", ADMIN_POSTS)
def test_admin_buttons_are_posts(client_of, fill, url):
    assert client_of(Role.ADMIN).get(fill(url)).status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_own_page_is_for_everyone_logged_in(client_of, role):
    client = client_of(role)

    pages = [outcome(client.get(url)) for url in OWN["GET"]]
    posts = [outcome(client.post(url, {"theme": "dark"})) for url in OWN["POST"]]

    assert pages == ([LOG_IN] if role is None else [200])
    assert posts == [LOG_IN if role is None else 302] * len(OWN["POST"])


@pytest.mark.parametrize("url", OWN["POST"])
def test_own_settings_are_posts(client_of, url):
    assert client_of(Role.BUYER).get(url).status_code == 405


def test_superuser_opens_the_admin(make_person):
    client = Client()
    client.force_login(make_person("Root", is_superuser=True))

    assert client.get("/admin/").status_code == 200


def test_staff_mark_alone_opens_nothing(make_person):
    client = Client()
    client.force_login(make_person("Staff", Role.BUYER, is_staff=True))

    assert client.get("/admin/").status_code == 403


def test_admin_log_in_leads_to_the_one_log_in_page_and_back(client, db):
    answer = client.get("/admin/login/?next=/admin/accounts/user/")

    assert answer["Location"] == "/account/login/?next=/admin/accounts/user/"


def test_admin_log_in_leads_nowhere_else(client, db):
    answer = client.get("/admin/login/?next=https://elsewhere.example/")

    assert "elsewhere" not in answer["Location"]


@pytest.mark.parametrize("url", ["/admin/auth/group/", "/admin/account/emailaddress/"])
def test_tables_of_third_parties_are_not_in_the_admin(as_admin, url):
    assert as_admin.get(url).status_code == 404


@pytest.mark.parametrize("url", ADMIN_PAGES)
def test_admin_pages_hold_nothing_inline(as_admin, fill, url):
    answer = as_admin.get(fill(url))
    page = answer.content.decode()

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "<script>" not in page
