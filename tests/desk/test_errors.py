"""Pages for what went wrong: a clear sentence, nothing lost, a reference, a way back."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from desk.views import errors


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_with_a_reference(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert answer.headers["X-Correlation-Id"] in answer.content.decode()


@pytest.mark.django_db
def test_a_form_after_the_log_in_ran_out_did_nothing_and_leads_back():
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        "/checkout/ask/", {}, headers={"referer": "http://testserver/checkout/?a=1"}
    )

    words = answer.content.decode()
    assert answer.status_code == 403
    assert "Your log-in ran out" in words and "Nothing was done" in words
    assert "next=%2Fcheckout%2F%3Fa%3D1" in words


@pytest.mark.django_db
def test_a_form_of_an_older_log_in_leads_back_to_itself(django_user_model):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_user("ana@example.com", name="Ana"))

    answer = strict.post("/checkout/ask/", {}, headers={"referer": "http://testserver/checkout/"})

    assert answer.status_code == 403
    assert 'href="/checkout/"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("referrer", ["https://elsewhere.example.com/x", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_desk(referrer):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/checkout/ask/", {}, headers={"referer": referrer})

    assert answer.status_code == 403
    assert "elsewhere" not in answer.content.decode()
    assert "next=%2F" in answer.content.decode()


def test_the_page_of_a_broken_desk_needs_no_database():
    # No database mark on this test: any query would fail it.
    request = RequestFactory().get("/")
    request.correlation = "abc123def456"

    answer = errors.server_error(request)

    assert answer.status_code == 500
    assert "abc123def456" in answer.content.decode()


def test_a_broken_error_page_still_says_what_happened(settings, monkeypatch):
    monkeypatch.setattr(errors.loader, "render_to_string", _missing)

    answer = errors.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "could not be made" in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/plain")


def _missing(*_: object) -> str:
    raise ValueError("Missing staticfiles manifest entry")
