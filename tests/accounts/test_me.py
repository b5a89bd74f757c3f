"""One's own page and settings."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User
from accounts.services import map_person
from desk.services.notices import tell


@pytest.fixture
def mine(buyer):
    client = Client()
    client.force_login(buyer)
    return client


def fresh(person):
    return User.objects.get(pk=person.pk)


def test_page_names_roles_department_limit_and_sub_accounts(mine, buyer, sub_account):
    map_person(person=buyer, sub_account=sub_account, is_default=True)
    User.objects.filter(pk=buyer.pk).update(approval_limit=50000)

    page = mine.get("/me/").content.decode()

    for words in ("Ana Ruiz", "Buyer", "Marketing", "4100", "Marketing one", "€500.00"):
        assert words in page
    assert "not tested yet" in page


def test_without_sub_account_the_page_says_what_to_do(mine):
    assert "An admin can give you one." in mine.get("/me/").content.decode()


def test_settings_are_saved_together(mine, buyer):
    answer = mine.post(
        "/me/settings/",
        {
            "language": "zh-hans",
            "theme": "dark",
            "time_zone": "Asia/Shanghai",
            "shortcuts": "off",
        },
    )

    person = fresh(buyer)
    assert answer.status_code == 302
    assert (person.language, person.theme) == ("zh-hans", "dark")
    assert (person.time_zone, person.shortcuts) == ("Asia/Shanghai", False)


@pytest.mark.parametrize("url", ["/me/settings/", "/me/theme/"])
def test_one_setting_leaves_the_others(mine, buyer, url):
    User.objects.filter(pk=buyer.pk).update(time_zone="Asia/Shanghai", shortcuts=False)

    answer = mine.post(url, {"theme": "dark", "next": "/orders/?state=paid"})

    person = fresh(buyer)
    assert answer["Location"] == "/orders/?state=paid"
    assert person.theme == "dark"
    assert (person.time_zone, person.shortcuts) == ("Asia/Shanghai", False)


@pytest.mark.parametrize(
    "data",
    [
        {"theme": "pink"},
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"shortcuts": "maybe"},
        {},
    ],
)
def test_wrong_settings_change_nothing(mine, buyer, data):
    before = User.objects.filter(pk=buyer.pk).values().get()

    answer = mine.post("/me/settings/", data)

    assert answer.status_code == 400
    assert User.objects.filter(pk=buyer.pk).values().get() == before


def test_settings_of_others_cannot_be_named(mine, buyer):
    mine.post("/me/settings/", {"theme": "dark", "is_superuser": "on", "approval_limit": "9"})

    person = fresh(buyer)
    assert not person.is_superuser
    assert person.approval_limit is None


def test_a_stale_time_zone_does_not_block_the_theme(mine, buyer):
    User.objects.filter(pk=buyer.pk).update(time_zone="Old/Zone")

    assert mine.post("/me/theme/", {"theme": "dark"}).status_code == 302
    assert mine.get("/me/").status_code == 200


def test_language_of_a_person_is_kept_and_shown(mine, buyer):
    answer = mine.post("/me/language/", {"language": "zh-hans"})

    assert fresh(buyer).language == "zh-hans"
    assert answer.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    assert 'lang="zh-Hans"' in mine.get("/me/").content.decode()


def test_visitor_switches_language_by_cookie(client, db):
    answer = client.post("/me/language/", {"language": "zh-hans", "next": "/account/login/"})

    assert answer["Location"] == "/account/login/"
    assert answer.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    assert 'lang="zh-Hans"' in client.get("/account/login/").content.decode()


def test_visitor_cannot_set_a_strange_language(client, db):
    answer = client.post("/me/language/", {"language": "../x"})

    assert answer.status_code == 302
    assert django_settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_notices_show_unread_first_and_can_all_be_read(mine, buyer):
    tell(person=buyer, key="a", text="Your request was approved.", url="/requests/R-1/")
    tell(person=buyer, key="b", text="A parcel is silent.", url="/orders/1/")
    assert "Mark all 2 notices read" in mine.get("/me/").content.decode()

    mine.post("/me/notices/read/")

    assert not buyer.notices.filter(read_at=None).exists()
    assert "Mark all" not in mine.get("/me/").content.decode()


def test_opening_a_notice_reads_it_and_goes_there(mine, buyer):
    notice = tell(person=buyer, key="a", text="Approved.", url="/requests/R-1/")

    answer = mine.post(f"/me/notices/{notice.pk}/open/")

    notice.refresh_from_db()
    assert answer["Location"] == "/requests/R-1/"
    assert notice.read_at is not None


def test_notices_of_others_cannot_be_opened(mine, admin_person):
    notice = tell(person=admin_person, key="a", text="Secret.", url="/x/")

    assert mine.post(f"/me/notices/{notice.pk}/open/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None
