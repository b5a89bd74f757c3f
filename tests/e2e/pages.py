"""Every page of the desk, as addresses or as links to follow, by the person who looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.stack import Stack


@dataclass(frozen=True)
class Place:
    """A page: who opens which address; `link` is a pattern of the first link to follow there."""

    name: str
    person: str
    path: str
    link: str = ""
    is_missing: bool = False

    def __str__(self) -> str:
        return self.name


ANA, MARIA, FRANK, XIAO, INGRID = "Ana Ruiz", "Maria Keller", "Frank Osei", "陈晓", "Ingrid Holm"

PLACES = (
    Place("home of a buyer", ANA, "/"),
    Place("find, empty", ANA, "/catalog/"),
    Place("find", ANA, "/catalog/?q=mug&qty=20"),
    Place("find, dense", ANA, "/catalog/?q=mug&on=taobao&view=dense"),
    Place("find, nothing", ANA, "/catalog/?q=zzzzqqqq"),
    Place("item at Taobao", ANA, "/catalog/?q=mug&on=taobao", r"/catalog/taobao/items/"),
    Place("item at 1688", ANA, "/catalog/?q=mug&on=1688", r"/catalog/1688/items/"),
    Place("cart", ANA, "/cart/"),
    Place("checkout", ANA, "/checkout/?quotes=now"),
    Place("request", ANA, "/orders/?view=approval", r"/requests/R-\d+/$"),
    Place("orders", ANA, "/orders/"),
    Place("me", ANA, "/me/"),
    Place("no such page", ANA, "/orders/R-1/99/", is_missing=True),
    Place("home of a manager", MARIA, "/"),
    Place("to approve", MARIA, "/approvals/"),
    Place("approval", MARIA, "/approvals/", r"/approvals/\d+/$"),
    Place("refuse", MARIA, "/approvals/", r"/approvals/\d+/refuse/$"),
    Place("order", MARIA, "/orders/?view=moving", r"/orders/R-\d+/\d+/$"),
    Place("home of finance", FRANK, "/"),
    Place("payments", FRANK, "/payments/"),
    Place("stuck", FRANK, "/stuck/"),
    Place("home of the warehouse", XIAO, "/"),
    Place("receive", XIAO, "/receive/"),
    Place("count in", XIAO, "/receive/", r"/orders/R-\d+/\d+/receive/$"),
    Place("home of an admin", INGRID, "/"),
    Place("connections", INGRID, "/connections/"),
    Place("administration", INGRID, "/admin/"),
    Place("people", INGRID, "/admin/accounts/user/"),
    Place("a person", INGRID, "/admin/accounts/user/", r"/accounts/user/\d+/change/"),
    Place("sub-accounts", INGRID, "/admin/accounts/subaccount/"),
    Place(
        "a sub-account",
        INGRID,
        "/admin/accounts/subaccount/",
        r"/accounts/subaccount/\d+/change/",
    ),
    Place("rates, pasted", INGRID, "/admin/desk/exchangerate/import/"),
)


def open_place(page: Page, stack: Stack, place: Place) -> None:
    """Go there and wait until nothing is under way any more."""
    page.goto(stack.url + place.path)
    if place.link:
        page.locator(".find-card, main a").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        found = [link for link in links if re.search(place.link, link.partition("?")[0])]
        assert found, f"no link like {place.link} on {page.url}"
        page.goto(found[0])
    page.wait_for_load_state("networkidle")
