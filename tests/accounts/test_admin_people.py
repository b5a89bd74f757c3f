"""One page a person, and the list that finds them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import SubAccount, SubAccountMapping, User
from accounts.probes import ProbeResult
from accounts.services import map_person

LIST = "/admin/accounts/user/"


@pytest.fixture
def other(db):
    return SubAccount.objects.create(
        name="Laboratory", user_id="2100000000002", marketplaces=["taobao"]
    )


def page_of(person):
    return f"{LIST}{person.pk}/change/"


def posted(person=None, mappings=(), **changes):
    """What the browser sends for the page; `mappings` are rows of (id, sub-account, default,
    from, to)."""
    data = {
        "name": person.name if person else "New Person",
        "email": person.email if person else "new@example.com",
        "is_active": "on",
        "roles": [role.value for role in person.roles] if person else ["buyer"],
        "department": (person.department_id or "") if person else "",
        "approval_limit": "",
        "language": "en",
        "time_zone": "",
        "new_password": "",
        "mappings-TOTAL_FORMS": len(mappings),
        "mappings-INITIAL_FORMS": sum(1 for row in mappings if row[0]),
        "mappings-MIN_NUM_FORMS": 0,
        "mappings-MAX_NUM_FORMS": 1000,
    }
    for index, (pk, sub_account, default, start, end) in enumerate(mappings):
        prefix = f"mappings-{index}-"
        data[prefix + "id"] = pk or ""
        data[prefix + "person"] = person.pk if person else ""
        data[prefix + "sub_account"] = sub_account.pk if sub_account else ""
        data[prefix + "from_date"] = start or ""
        data[prefix + "to_date"] = end or ""
        if default:
            data[prefix + "is_default"] = "on"
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def test_a_person_is_made_on_one_page(as_admin, marketing, sub_account):
    rows = [(None, sub_account, True, "2026-01-01", "")]
    data = posted(
        mappings=rows,
        roles=["buyer", "manager"],
        department=marketing.pk,
        approval_limit="1,284.20",
        new_password="tidal-lantern-77",
        email="New@Example.com",
    )

    answer = as_admin.post(f"{LIST}add/", data)

    person = User.objects.get(email="new@example.com")
    assert answer.status_code == 302
    assert person.roles == [Role.BUYER, Role.MANAGER]
    assert person.approval_limit == 128420
    assert person.check_password("tidal-lantern-77")
    assert person.mappings.get().sub_account == sub_account


def test_new_person_without_password_cannot_log_in_yet(as_admin, db):
    as_admin.post(f"{LIST}add/", posted())

    assert not User.objects.get(email="new@example.com").has_usable_password()


def test_limit_is_shown_as_an_amount(as_admin, buyer):
    User.objects.filter(pk=buyer.pk).update(approval_limit=50050)

    assert 'value="500.50"' in as_admin.get(page_of(buyer)).content.decode()
    assert "500.50 EUR" in as_admin.get(LIST).content.decode()


@pytest.mark.parametrize("typed", ["abc", "-5", "1.2345,6", "1e9", "99999999999", "１００"])
def test_wrong_limit_is_an_error_beside_the_field(as_admin, buyer, typed):
    answer = as_admin.post(page_of(buyer), posted(buyer, approval_limit=typed, name="Changed"))

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["approval_limit"]
    assert f'value="{typed}"' in answer.content.decode()
    assert User.objects.get(pk=buyer.pk).name == buyer.name


def test_saving_without_change_keeps_everything(as_admin, buyer, sub_account):
    mapping = map_person(person=buyer, sub_account=sub_account, is_default=True)
    User.objects.filter(pk=buyer.pk).update(approval_limit=50000)
    row = (mapping.pk, sub_account, True, mapping.from_date.isoformat(), "")

    as_admin.post(page_of(buyer), posted(buyer, [row], approval_limit="500"))

    person = User.objects.get(pk=buyer.pk)
    assert person.roles == buyer.roles
    assert person.approval_limit == 50000
    assert person.check_password("harbour-lantern-42")
    assert SubAccountMapping.objects.get() == mapping


def test_email_of_another_person_is_refused_in_any_case(as_admin, buyer, make_person):
    taken = make_person("Taken", Role.BUYER)

    answer = as_admin.post(page_of(buyer), posted(buyer, email=taken.email.upper()))

    assert answer.context["adminform"].form.errors["email"]


def test_old_email_no_longer_lets_in(as_admin, buyer):
    EmailAddress.objects.create(user=buyer, email=buyer.email, verified=True, primary=True)

    as_admin.post(page_of(buyer), posted(buyer, email="ana@example.com"))

    old = Client().post("/account/login/", {"login": buyer.email, "password": "harbour-lantern-42"})
    assert old.status_code == 200
    assert not EmailAddress.objects.filter(email=buyer.email).exists()


def test_weak_password_is_refused(as_admin, buyer):
    answer = as_admin.post(page_of(buyer), posted(buyer, new_password="12345"))

    assert answer.context["adminform"].form.errors["new_password"]


def test_own_new_password_keeps_the_session(as_admin, admin_person):
    as_admin.post(page_of(admin_person), posted(admin_person, new_password="tidal-lantern-77"))

    assert as_admin.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"), [({"roles": ["buyer"]}, "roles"), ({"is_active": None}, "is_active")]
)
def test_last_admin_cannot_leave(as_admin, admin_person, changes, field):
    answer = as_admin.post(page_of(admin_person), posted(admin_person, **changes))

    person = User.objects.get(pk=admin_person.pk)
    assert answer.context["adminform"].form.errors[field]
    assert person.is_active
    assert person.roles == [Role.ADMIN]


def test_admin_may_leave_when_another_stays(as_admin, admin_person, make_person):
    make_person("Second", Role.ADMIN)

    as_admin.post(page_of(admin_person), posted(admin_person, roles=["buyer"]))

    assert User.objects.get(pk=admin_person.pk).roles == [Role.BUYER]


def test_people_are_not_deleted(as_admin, buyer):
    assert as_admin.get(f"{LIST}{buyer.pk}/delete/").status_code == 403


# --- sub-accounts of a person ---------------------------------------------------------------


def errors_of(answer):
    assert answer.status_code == 200
    return answer.context["inline_admin_formsets"][0].formset.errors


@pytest.mark.parametrize(
    ("second", "field"),
    [
        (("same", False, "2026-02-01", ""), "sub_account"),
        (("other", True, "2026-02-01", ""), "is_default"),
        (("other", False, "2026-02-01", "2026-01-01"), "to_date"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_rows_that_contradict_are_form_errors(
    as_admin, buyer, sub_account, other, second, field, is_new
):
    which, default, start, end = second
    rows = [
        (None, sub_account, True, "2026-01-01", ""),
        (None, sub_account if which == "same" else other, default, start, end),
    ]
    person = None if is_new else buyer

    answer = as_admin.post(f"{LIST}add/" if is_new else page_of(buyer), posted(person, rows))

    assert field in errors_of(answer)[1]
    assert not SubAccountMapping.objects.exists()


def test_the_default_moves_in_one_save(as_admin, buyer, sub_account, other):
    first = map_person(person=buyer, sub_account=sub_account, is_default=True)
    second = map_person(person=buyer, sub_account=other)
    rows = [
        (second.pk, other, True, second.from_date.isoformat(), ""),
        (first.pk, sub_account, False, first.from_date.isoformat(), ""),
    ]

    answer = as_admin.post(page_of(buyer), posted(buyer, rows))

    assert answer.status_code == 302
    assert buyer.mappings.get(is_default=True).sub_account == other


def test_two_rows_swap_their_sub_accounts(as_admin, buyer, sub_account, other):
    first = map_person(person=buyer, sub_account=sub_account, is_default=True)
    second = map_person(person=buyer, sub_account=other)
    rows = [
        (first.pk, other, True, first.from_date.isoformat(), ""),
        (second.pk, sub_account, False, second.from_date.isoformat(), ""),
    ]

    assert as_admin.post(page_of(buyer), posted(buyer, rows)).status_code == 302
    assert buyer.mappings.get(is_default=True).sub_account == other


def test_an_ended_row_makes_room_for_the_next(as_admin, buyer, sub_account):
    mapping = map_person(person=buyer, sub_account=sub_account, is_default=True)
    today = timezone.localdate()
    rows = [
        (mapping.pk, sub_account, True, "2026-01-01", (today - timedelta(days=1)).isoformat()),
        (None, sub_account, True, today.isoformat(), ""),
    ]

    assert as_admin.post(page_of(buyer), posted(buyer, rows)).status_code == 302
    assert buyer.mappings.count() == 2


def test_a_row_that_somebody_else_added_meanwhile_is_told(as_admin, buyer, sub_account):
    map_person(person=buyer, sub_account=sub_account, is_default=True)
    rows = [(None, sub_account, True, "2026-01-01", "")]

    answer = as_admin.post(page_of(buyer), posted(buyer, rows, name="Lost"), follow=True)

    assert "Somebody changed this person at the same moment" in answer.content.decode()
    assert User.objects.get(pk=buyer.pk).name == buyer.name


def test_test_button_calls_as_the_default(as_admin, buyer, sub_account, platform_says):
    map_person(person=buyer, sub_account=sub_account, is_default=True)
    asked = platform_says(ProbeResult(True, "The platform knows it.", "req-7", "{}"))

    answer = as_admin.post(f"{LIST}{buyer.pk}/test/", follow=True)

    assert asked == [sub_account]
    assert "Marketing one: The platform knows it. (request id req-7)" in answer.content.decode()


def test_test_button_of_an_unmapped_person_says_so(as_admin, buyer):
    answer = as_admin.post(f"{LIST}{buyer.pk}/test/", follow=True)

    assert "no active sub-account today" in answer.content.decode()


# --- the list -------------------------------------------------------------------------------


@pytest.fixture
def crowd(make_person, marketing, sub_account):
    people = {
        "mapped": make_person("Mapped Buyer", Role.BUYER, department=marketing),
        "unmapped": make_person("Unmapped Buyer", Role.BUYER),
        "counter": make_person("Chen Xiao", Role.WAREHOUSE),
        "gone": make_person("Gone Manager", Role.MANAGER, is_active=False),
        "none": make_person("No Role"),
    }
    map_person(person=people["mapped"], sub_account=sub_account, is_default=True)
    return people


def listed(answer):
    assert answer.status_code == 200
    return {person.name for person in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=chen", {"Chen Xiao"}),
        ("?q=unmapped.buyer@", {"Unmapped Buyer"}),
        ("?role=warehouse", {"Chen Xiao"}),
        ("?role=none", {"No Role"}),
        ("?acts_as=none", {"Unmapped Buyer", "Ada Admin"}),
        ("?is_active__exact=0", {"Gone Manager"}),
    ],
)
def test_list_finds_and_filters(as_admin, crowd, query, names):
    assert listed(as_admin.get(LIST + query)) == names


def test_list_filters_by_department_and_sub_account(as_admin, crowd, marketing, sub_account):
    assert listed(as_admin.get(f"{LIST}?department__id__exact={marketing.pk}")) == {"Mapped Buyer"}
    assert listed(as_admin.get(f"{LIST}?acts_as={sub_account.pk}")) == {"Mapped Buyer"}


@pytest.mark.parametrize("query", ["?acts_as=x", "?role=captain", "?acts_as=999999", "?q=%00"])
def test_nonsense_filters_do_not_break_the_list(as_admin, crowd, query):
    assert as_admin.get(LIST + query).status_code in (200, 302)


def test_list_costs_the_same_for_many_people(
    as_admin, make_person, marketing, sub_account, django_assert_max_num_queries
):
    for number in range(30):
        person = make_person(f"Person {number}", Role.BUYER, department=marketing)
        map_person(person=person, sub_account=sub_account, is_default=True)

    with django_assert_max_num_queries(14):
        as_admin.get(LIST)
