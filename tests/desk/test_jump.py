"""The box on top: straight to what one may see, words to Find."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.choices import Role
from procurement.models import PurchaseRequest
from tests.approvals.conftest import logged_in, waiting  # noqa: F401
from tests.procurement.conftest import company, person, quick  # noqa: F401

pytestmark = pytest.mark.django_db


def jump(client: Client, text: str) -> str:
    answer = client.get("/jump/", {"q": text})
    assert answer.status_code == 302
    return answer.url


def test_a_number_of_ours_opens_its_page(company, waiting, logged_in):  # noqa: F811
    waiting()
    request = PurchaseRequest.objects.get()
    assert jump(logged_in(company.ana), f" {request.label.lower()} ") == request.get_absolute_url()


def test_full_width_digits_are_forgiven(company, waiting, logged_in):  # noqa: F811
    waiting()
    request = PurchaseRequest.objects.get()
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in request.label)
    assert jump(logged_in(company.ana), wide) == request.get_absolute_url()


def test_what_a_person_may_not_see_is_searched_like_any_word(company, waiting, logged_in):  # noqa: F811
    waiting()
    stranger = logged_in(person("jo@example.com", "Jo Weber", Role.BUYER))
    label = PurchaseRequest.objects.get().label
    assert jump(stranger, label).startswith("/catalog/?q=R-")


def test_an_item_link_opens_the_item(company, logged_in):  # noqa: F811
    link = "https://item.taobao.com/item.htm?id=672991141190"
    assert jump(logged_in(company.ana), link) == "/catalog/taobao/items/672991141190/"


def test_words_go_to_find(company, logged_in):  # noqa: F811
    assert jump(logged_in(company.ana), "马克杯 mug") == (
        "/catalog/?q=%E9%A9%AC%E5%85%8B%E6%9D%AF+mug"
    )


def test_nothing_typed_goes_home(company, logged_in):  # noqa: F811
    assert jump(logged_in(company.ana), "  ") == "/"


def test_people_who_do_not_buy_stay_home(company, logged_in):  # noqa: F811
    chen = logged_in(person("chen@example.com", "陈晓", Role.WAREHOUSE))
    assert jump(chen, "mug") == "/?sought=mug"
    assert jump(chen, "https://item.taobao.com/item.htm?id=672991141190").startswith("/?sought=")


@pytest.mark.parametrize("text", ["R-99999999999999999999", "\x00", "R-1/", "'; drop"])
def test_odd_texts_break_nothing(company, logged_in, text):  # noqa: F811
    assert logged_in(company.ana).get("/jump/", {"q": text}).status_code == 302


def test_anonymous_people_log_in_first():
    assert "/account/login/" in Client().get("/jump/?q=x").url
