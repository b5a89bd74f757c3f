"""Tags, formats, page-or-part and forms, without a browser."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from moneyed import Money

from desk import clock, formats
from desk.render import render_part, say_now
from desk.templatetags import desk as tags
from desk.views.parts import SampleForm

pytestmark = pytest.mark.urls("tests.desk.parts_urls")
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_clock():
    with clock.at(NOW):
        yield


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_money_is_written_as_the_reader_writes_it():
    assert formats.money_text(Money("1284.2", "EUR")) == "€1,284.20"
    assert formats.money_text(Money("11.80", "CNY")) == "¥11.80"
    with translation.override("zh-hans"):
        assert formats.money_text(Money("11.80", "CNY")) == "¥11.80"


def test_money_puts_the_company_first_and_the_rate_within_reach():
    html = tags.money(
        Money("1.51", "EUR"), Money("11.80", "CNY"), Decimal("0.1281800"), date(2025, 3, 12)
    )

    assert html.index("€1.51") < html.index("¥11.80")
    assert 'tabindex="0"' in html
    assert "1 CNY = 0.12818 EUR, 12 Mar 2025" in html


def test_money_without_a_rate_stands_alone():
    assert "money-there" not in tags.money(None, Money("11.80", "CNY"))
    assert "–" in tags.money(None)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(seconds=40), "40 s ago"),
        (timedelta(minutes=3, seconds=59), "3 min ago"),
        (timedelta(hours=23), "23 h ago"),
        (-timedelta(hours=2, minutes=10), "in 2 h 10 min"),
    ],
)
def test_times_within_a_day_are_relative(before, text):
    assert formats.age_text(NOW - before, NOW) == text


def test_older_times_are_exact():
    html = tags.age(NOW - timedelta(days=4))

    assert "data-age" not in html
    assert "19 Nov" in html


def test_an_age_is_exact_on_focus_unless_quiet():
    moment = NOW - timedelta(minutes=3)

    assert 'tabindex="0"' in tags.age(moment)
    assert "tabindex" not in tags.age(moment, quiet=True)
    assert "data-tip" in tags.age(moment, quiet=True)


@pytest.mark.parametrize(
    ("left", "act", "kind"),
    [
        (timedelta(hours=2), False, "warn"),
        (timedelta(hours=2), True, "act"),
        (timedelta(hours=9), False, "calm"),
        (timedelta(days=2), False, "calm"),
        (-timedelta(minutes=1), True, "bad"),
    ],
)
def test_a_deadline_gets_louder(left, act, kind):
    assert f"chip-{kind}" in tags.deadline(NOW + left, act=act)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Ruiz", "AR"), ("陈晓", "陈晓"), ("欧阳小明", "小明"), ("Cher", "C"), ("", "·")],
)
def test_initials(name, letters):
    assert tags.initials(name) == letters


def test_the_strip_says_its_state_in_words():
    html = tags.steps("paid", note="answer lost", trouble=True)

    assert html.count('data-state="done"') == 2
    assert "Paid<span" in html
    assert ", trouble" in html
    assert "answer lost" in html


def test_text_from_outside_is_escaped():
    nasty = '<script>"x"</script>'

    for html in (
        tags.status(nasty),
        tags.copy(nasty, nasty),
        tags.person(nasty, nasty),
        tags.monogram(nasty, nasty),
        tags.thumb("http://x/y.jpg", 48, nasty),
        tags.deadline(NOW, word=nasty),
        drawn('{% include "components/line.html" with original=o quantity=1 %}', o=nasty),
    ):
        assert "<script>" not in html


def test_the_budget_bar_shows_what_goes_over():
    html = drawn("{% budget_bar 970000 1000000 128420 'Fair' %}")

    assert "budget-over" in html
    assert "after this: €984.20 over" in html
    assert "110 %" in html
    assert "style=" not in html


def test_a_sorted_header_turns_round_and_starts_from_the_first_page():
    request = RequestFactory().get("/orders/", {"sort": "amount", "after": "99", "q": "cup"})

    html = drawn('{% sort_header "amount" "Amount" "num" %}', request=request)

    assert 'aria-sort="ascending"' in html
    assert "sort=-amount" in html
    assert "q=cup" in html
    assert "after" not in html


def test_a_field_keeps_what_was_typed_and_links_its_error():
    form = SampleForm({"purpose": "", "quantity": "0", "note": "马克杯 ☕"})

    html = str(form)

    assert "马克杯 ☕" in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_quantity_error"' in html
    assert 'aria-describedby="id_cost_centre_helptext id_cost_centre_error"' in html
    assert html.count("autofocus") == 1


def request_of(**headers: str):
    request = RequestFactory().get("/parts/", headers=headers)
    request.htmx = HtmxDetails(request)
    request._messages = []
    return request


def test_htmx_gets_the_part_and_a_browser_the_page():
    part, page = "components/empty.html", "components/skeleton.html"

    fragment = render_part(request_of(**{"HX-Request": "true"}), page, part, {"why": "Nothing"})
    whole = render_part(request_of(), page, part)
    restored = render_part(
        request_of(**{"HX-Request": "true", "HX-History-Restore-Request": "true"}), page, part
    )

    assert b"Nothing" in fragment.content
    assert fragment["Cache-Control"] == "no-store"
    assert b"skeleton" in whole.content
    assert b"skeleton" in restored.content
    assert "HX-Request" in whole["Vary"]


def test_a_toast_travels_in_a_header():
    response = say_now(HttpResponse(status=204), "Kopiert: 马克杯")

    assert json.loads(response["HX-Trigger"])["quayside:toast"]["text"] == "Kopiert: 马克杯"
    assert response["HX-Trigger"].isascii()


def test_no_template_has_anything_inline(settings):
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = template.read_text()
        assert " style=" not in text, template
        assert "<script>" not in text, template
        assert " onclick=" not in text, template
