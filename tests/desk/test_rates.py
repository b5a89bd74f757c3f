"""Exchange rates: reading a paste, keeping its good lines, and the pages of the admin."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.models import User
from accounts.services import assign_roles
from desk.models import ExchangeRate
from desk.services.rates import (
    Outcome,
    WrongRate,
    enter_rate,
    import_rates,
    newest_rates,
    parse_rates,
)

URL = "/admin/desk/exchangerate/import/"
DAY = date(2026, 1, 20)


@pytest.fixture
def admin_person(db):
    person = User.objects.create_user("ada@example.com", name="Ada")
    assign_roles(person=person, roles=[Role.ADMIN], by=None)
    return person


@pytest.fixture
def as_admin(admin_person):
    client = Client()
    client.force_login(admin_person)
    return client


# --- reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "CNY;0.1278;2026-01-20",
        "CNY;0,1278;20.01.2026",
        "CNY\t0.1278\t2026-01-20",
        "CNY,0.1278,2026-01-20",
        "CNY,0,1278,2026-01-20",
        'CNY,"0,1278",2026-01-20',
        " cny ; 0,1278 ; 20.1.2026 ;;",
        "CNY;.1278;2026-1-20",
        "ＣＮＹ；０．１２７８；２０２６-０１-２０",
        "\ufeffCNY;0.1278;2026-01-20",
    ],
)
def test_a_rate_reads_however_it_was_pasted(line):
    (read,) = parse_rates(line)

    assert (read.outcome, read.problem) == (None, "")
    assert (read.currency, read.rate, read.day) == ("CNY", Decimal("0.1278"), DAY)


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("XXQ;0.1278;2026-01-20", "currency"),
        ("EUR;1;2026-01-20", "currency"),
        ("CNY;null;2026-01-20", "rate"),
        ("CNY;0;2026-01-20", "rate"),
        ("CNY;-0.1;2026-01-20", "rate"),
        ("CNY;NaN;2026-01-20", "rate"),
        ("CNY;1e3;2026-01-20", "rate"),
        ("CNY;0.123456789;2026-01-20", "rate"),
        ("CNY;100000000;2026-01-20", "rate"),
        ("CNY;0.1278;2026-02-30", "day"),
        ("CNY;0.1278;01/20/2026", "day"),
        ("CNY;0.1278;1899-01-01", "day"),
        ("CNY;0.1278;9999-12-31", "day"),
        ("CNY;0.1278", "line"),
        ("CNY;0.1278;2026-01-20;more", "line"),
        ("1", "line"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(line, cell):
    (read,) = parse_rates(line)

    assert read.outcome == Outcome.WRONG
    assert read.cell == cell
    assert read.problem


def test_heading_and_empty_lines_are_left_out():
    lines = parse_rates("currency;rate;day\n\n  \nCNY;0.1278;2026-01-20\n")

    assert [(line.number, line.outcome) for line in lines] == [(1, Outcome.SKIPPED), (4, None)]


def test_the_same_currency_and_day_twice_is_wrong():
    lines = parse_rates("CNY;0.1278;2026-01-20\nCNY;0.13;20.01.2026")

    assert lines[1].outcome == Outcome.WRONG
    assert "Line 1" in lines[1].problem


def test_an_endless_paste_is_cut():
    lines = parse_rates("CNY;0.1278;2026-01-20\n" * 1_500)

    assert len(lines) == 1_001
    assert lines[-1].outcome == Outcome.WRONG


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    for line in parse_rates(text):
        assert (line.outcome is None) == (line.rate is not None and line.day is not None)
        assert line.outcome != Outcome.WRONG or line.problem


rates = st.decimals("0.00000001", "99999999", places=8, allow_nan=False)
days = st.dates(date(2001, 1, 1), date(2026, 6, 1))


@given(rate=rates, day=days, point=st.sampled_from(",."), mark=st.sampled_from(["\t", ";"]))
def test_what_is_written_reads_back(rate, day, point, mark):
    written = mark.join(["USD", f"{rate:f}".replace(".", point), f"{day:%d.%m.%Y}"])

    (read,) = parse_rates(written)

    assert (read.currency, read.rate, read.day) == ("USD", rate, day)


@given(rate=rates, day=days)
def test_commas_between_cells_read_back_too(rate, day):
    (read,) = parse_rates(f"USD,{rate:f},{day.isoformat()}")

    assert (read.rate, read.day) == (rate, day)


# --- keeping ---------------------------------------------------------------------------------


def test_good_lines_are_kept_and_wrong_ones_are_not(admin_person):
    lines = import_rates(
        text="CNY;0.1278;2026-01-20\nUSD;lots;2026-01-20\nUSD;0.9;2026-01-20", by=admin_person
    )

    assert [line.outcome for line in lines] == [Outcome.NEW, Outcome.WRONG, Outcome.NEW]
    kept = ExchangeRate.objects.order_by("currency").values_list("currency", "rate")
    assert list(kept) == [("CNY", Decimal("0.1278")), ("USD", Decimal("0.9"))]
    assert ExchangeRate.objects.filter(entered_by=admin_person).count() == 2


def test_sending_the_same_text_again_changes_nothing(admin_person):
    text = "CNY;0.1278;2026-01-20"
    import_rates(text=text, by=admin_person)
    before = ExchangeRate.objects.values().get()

    (line,) = import_rates(text=text, by=None)

    assert line.outcome == Outcome.SAME
    assert ExchangeRate.objects.values().get() == before


def test_a_corrected_rate_takes_the_place_of_its_day(admin_person):
    import_rates(text="CNY;0.1278;2026-01-20", by=admin_person)

    (line,) = import_rates(text="CNY;0.1288;2026-01-20", by=admin_person)

    assert (line.outcome, line.before_text) == (Outcome.REPLACED, "0.1278")
    assert ExchangeRate.objects.get().rate == Decimal("0.1288")


def test_a_pair_the_wrong_way_round_is_asked_about(admin_person):
    import_rates(text="CNY;0.1278;2026-01-20", by=admin_person)

    (line,) = import_rates(text="CNY;7.82;2026-01-21", by=admin_person)
    assert (line.outcome, line.cell) == (Outcome.WRONG, "rate")
    assert ExchangeRate.objects.count() == 1

    (line,) = import_rates(text="CNY;7.82;2026-01-21", by=admin_person, accept_jumps=True)
    assert line.outcome == Outcome.NEW


@pytest.mark.parametrize(
    ("currency", "rate", "day"),
    [("EUR", "1", DAY), ("CNY", "0", DAY), ("CNY", "NaN", DAY), ("CNY", "1", date(1999, 1, 1))],
)
def test_a_wrong_rate_is_refused_by_the_service_too(db, currency, rate, day):
    with pytest.raises(WrongRate):
        enter_rate(currency=currency, rate=Decimal(rate), day=day, by=None)

    assert not ExchangeRate.objects.exists()


def test_newest_rates_are_one_a_currency_and_not_tomorrows(db):
    today = timezone.localdate()
    for days, rate in ((9, "0.12"), (2, "0.13"), (-1, "0.14")):
        enter_rate(currency="CNY", rate=Decimal(rate), day=today - timedelta(days=days), by=None)

    assert [row.rate for row in newest_rates()] == [Decimal("0.13")]


# --- pages -----------------------------------------------------------------------------------


def test_pasting_keeps_the_good_and_the_typed_text(as_admin):
    text = "CNY;0.1278;2026-01-20\nUSD;lots;2026-01-20"

    answer = as_admin.post(URL, {"text": text})

    page = answer.content.decode()
    assert ExchangeRate.objects.count() == 1
    assert "1 rate is kept." in page
    assert "“lots” is no rate such as 0.1278." in page
    assert "CNY;0.1278;2026-01-20\nUSD;lots;2026-01-20</textarea>" in page.replace("\r\n", "\n")


def test_a_file_is_read_like_a_paste(as_admin):
    upload = SimpleUploadedFile("rates.csv", "CNY;0,1278;20.01.2026\r\n".encode("utf-16"))

    answer = as_admin.post(URL, {"text": "", "file": upload})

    assert "1 rate is kept." in answer.content.decode()
    assert ExchangeRate.objects.get().rate == Decimal("0.1278")


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"PK\x03\x04 rubbish", b"x" * 1_000_001])
def test_a_file_that_is_no_list_of_rates_keeps_nothing(as_admin, content):
    answer = as_admin.post(URL, {"file": SimpleUploadedFile("x.xlsx", content)})

    assert answer.status_code == 200
    assert not ExchangeRate.objects.exists()


def test_an_empty_paste_is_told(as_admin):
    assert "Paste at least one line" in as_admin.post(URL, {"text": " "}).content.decode()


def test_old_rates_show_amber(as_admin):
    today = timezone.localdate()
    enter_rate(currency="CNY", rate=Decimal("0.1"), day=today - timedelta(days=8), by=None)
    enter_rate(currency="USD", rate=Decimal("0.9"), day=today - timedelta(days=3), by=None)

    page = as_admin.get("/admin/desk/exchangerate/").content.decode()

    assert '<span class="said-warn">8 days old</span>' in page
    assert "3 days old" in page
    assert 'said-warn">3 days' not in page


def test_one_rate_by_hand_says_who_entered_it(as_admin, admin_person):
    data = {"currency": "cny", "rate": "0.1278", "day": "2026-01-20"}

    as_admin.post("/admin/desk/exchangerate/add/", data)

    row = ExchangeRate.objects.get()
    assert (row.currency, row.entered_by) == ("CNY", admin_person)


@pytest.mark.parametrize(
    "wrong", [{"currency": "EUR"}, {"rate": "0"}, {"day": "1990-01-01"}, {"rate": "x"}]
)
def test_one_wrong_rate_by_hand_is_a_form_error(as_admin, wrong):
    data = {"currency": "CNY", "rate": "0.1278", "day": "2026-01-20"} | wrong

    answer = as_admin.post("/admin/desk/exchangerate/add/", data)

    assert set(answer.context["adminform"].form.errors) == set(wrong)
    assert not ExchangeRate.objects.exists()


def test_the_same_day_twice_by_hand_is_a_form_error(as_admin):
    enter_rate(currency="CNY", rate=Decimal("0.1"), day=DAY, by=None)

    answer = as_admin.post(
        "/admin/desk/exchangerate/add/",
        {"currency": "CNY", "rate": "0.1278", "day": DAY.isoformat()},
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors


def test_list_costs_the_same_for_many(as_admin, admin_person, django_assert_max_num_queries):
    for number in range(40):
        enter_rate(
            currency="CNY",
            rate=Decimal("0.1"),
            day=DAY - timedelta(days=number),
            by=admin_person,
        )

    with django_assert_max_num_queries(14):
        as_admin.get("/admin/desk/exchangerate/")
