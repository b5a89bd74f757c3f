"""Coming in: demo people in practice, everybody else through allauth."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from accounts.choices import Role

PASSWORD = "harbour-lantern-42"
LOG_IN = "/account/login/"


@pytest.fixture
def practice(settings):
    settings.DEMO = True
    settings.XPORT_IS_PRACTICE = True


@pytest.fixture
def demo(make_person):
    return make_person("Maria Keller", Role.MANAGER, is_demo=True)


def who(client):
    return client.session.get(SESSION_KEY)


def test_demo_person_comes_in_with_one_post(client, practice, demo):
    answer = client.post(f"/log-in/as/{demo.pk}/")

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert who(client) == str(demo.pk)


def test_coming_in_again_switches_person(client, practice, demo, make_person):
    other = make_person("Ana Ruiz", Role.BUYER, is_demo=True)
    client.post(f"/log-in/as/{demo.pk}/")

    client.post(reverse("accounts:become"), {"person": other.pk, "next": "/me/"})

    assert who(client) == str(other.pk)


@pytest.mark.parametrize(("demo_on", "practice_on"), [(False, True), (True, False), (False, False)])
def test_outside_practice_nobody_comes_in_without_password(
    client, settings, demo, demo_on, practice_on
):
    settings.DEMO, settings.XPORT_IS_PRACTICE = demo_on, practice_on

    answers = [
        client.post(f"/log-in/as/{demo.pk}/"),
        client.post("/log-in/as/", {"person": demo.pk}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert who(client) is None


@pytest.mark.parametrize("fields", [{"is_demo": False}, {"is_demo": True, "is_active": False}])
def test_only_active_demo_people_come_in(client, practice, make_person, fields):
    person = make_person("Real Person", Role.BUYER, **fields)

    assert client.post(f"/log-in/as/{person.pk}/").status_code == 404
    assert who(client) is None


@pytest.mark.parametrize("person", ["", "x", "9" * 40, "-1", "1 OR 1", "１"])
def test_nonsense_instead_of_a_person_is_not_found(client, practice, person):
    assert client.post("/log-in/as/", {"person": person}).status_code == 404


def test_coming_in_is_a_post(client, practice, demo):
    assert client.get(f"/log-in/as/{demo.pk}/").status_code == 405


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/requests/R-1042/", "/requests/R-1042/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_inside_the_desk(client, practice, demo, wanted, leads_to):
    answer = client.post(f"/log-in/as/{demo.pk}/", {"next": wanted})

    assert answer["Location"] == leads_to


def test_log_in_page_offers_demo_people(client, practice, demo):
    page = client.get(LOG_IN).content.decode()

    assert "Maria Keller" in page
    assert reverse("accounts:become") in page


def test_log_in_page_outside_practice_offers_nobody(client, settings, demo):
    settings.DEMO = False

    assert "Maria Keller" not in client.get(LOG_IN).content.decode()


def test_people_log_in_by_email_in_any_case(client, buyer):
    answer = client.post(LOG_IN, {"login": "ANA.Ruiz@example.com", "password": PASSWORD})

    assert answer.status_code == 302
    assert who(client) == str(buyer.pk)


def test_unknown_person_and_wrong_password_read_alike(client, buyer):
    wrong = client.post(LOG_IN, {"login": buyer.email, "password": "not-it"})
    unknown = client.post(LOG_IN, {"login": "nobody@example.com", "password": "not-it"})

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert who(client) is None


def test_switched_off_person_reads_a_clear_sentence(client, make_person):
    person = make_person("Gone", Role.BUYER, is_active=False)

    answer = client.post(LOG_IN, {"login": person.email, "password": PASSWORD}, follow=True)

    assert "This account is closed" in answer.content.decode()
    assert who(client) is None


def test_switched_off_person_with_a_session_is_out(client, buyer):
    client.force_login(buyer)
    buyer.is_active = False
    buyer.save()

    assert client.get("/me/")["Location"].startswith(LOG_IN)


def test_guessing_is_slowed_down(client, buyer):
    errors = [
        client.post(LOG_IN, {"login": buyer.email, "password": f"guess-{n}"}) for n in range(7)
    ]

    assert who(client) is None
    right = client.post(LOG_IN, {"login": buyer.email, "password": PASSWORD})
    assert right.status_code in (200, 429), errors
    assert who(client) is None


def test_nobody_signs_up(client, db):
    assert b"password1" not in client.get("/account/signup/").content
