"""What a hostile or clumsy browser may send: addresses that lead away, pictures of elsewhere, cells
that calculate, numbers without end. Nothing of it breaks a page or leaves the desk."""

from __future__ import annotations

import csv
import http.server
import io
import re
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from accounts.models import User
from desk.pictures import allowed, picture_url
from procurement.models import OrderLine, PurchaseOrder, PurchaseRequest
from tests.permission_world import World, outcome, savepoint

AWAY = (
    "https://elsewhere.example/",
    "//elsewhere.example/x",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "http:elsewhere.example",
    "http:///elsewhere.example",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "//testserver:80@elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x09//elsewhere.example",
    "/\t/elsewhere.example",
    "\x00//elsewhere.example",
    "/x\r\nSet-Cookie: a=b",
    "https://elsewhere.example\\@testserver/",
    "／／elsewhere.example",
)


def stays(location: str) -> bool:
    """Whether a browser at http://testserver/ that follows this stays there."""
    as_browser = location.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    parts = urlsplit(as_browser)
    return (
        not as_browser.startswith("//")
        and parts.scheme in ("", "http", "https")
        and (parts.netloc in ("", "testserver") and "elsewhere" not in parts.netloc)
        and not (parts.scheme and not parts.netloc)
    )


def test_no_form_leads_away_from_the_desk(world: World) -> None:
    for target in AWAY:
        _posts_stay(world, target)


def _posts_stay(world: World, target: str) -> None:
    posts: dict[str, dict[str, str]] = {
        reverse("me:theme"): {"theme": "dark"},
        reverse("me:settings"): {"theme": "dark"},
        reverse("me:language"): {"language": "en"},
        reverse("notices:read"): {},
        reverse("cart:save", args=[world.names["line"]]): {},
        reverse("cart:remove", args=[world.names["line"]]): {},
        reverse("cart:put-back"): {},
        reverse("orders:read-many"): {"here": target},
        reverse("payments:pay-many"): {"from": target, "here": target},
        reverse("account_logout"): {},
    }
    for who in ("owner", "finance"):
        for url, data in posts.items():
            with savepoint():
                answer = world.client(who).post(url, data | {"next": target})
            assert stays(answer.get("Location", "/")), (url, answer.get("Location"))
            assert "Set-Cookie: a" not in str(answer.headers)


def test_logging_in_does_not_lead_away(world: World, settings: Any) -> None:
    settings.DEMO = True
    settings.ACCOUNT_RATE_LIMITS = False
    owner = world.people["owner"]
    User.objects.filter(pk=owner.pk).update(is_demo=True)
    for target in AWAY:
        with savepoint():
            _log_in_stays(world, owner, target)


def _log_in_stays(world: World, owner: User, target: str) -> None:
    password = {"login": owner.email, "password": "harbour-ledger-1", "next": target}
    tries = [
        world.client("anonymous").post(reverse("account_login"), password),
        world.client("anonymous").post(
            f"{reverse('account_login')}?{urlencode({'next': target})}", password
        ),
        world.client("anonymous").get(reverse("admin:login"), {"next": target}),
        world.client("anonymous").post(
            reverse("accounts:come_in", args=[owner.pk]), {"next": target}
        ),
        world.client("anonymous").post(
            reverse("accounts:become"), {"person": str(owner.pk), "next": target}
        ),
        world.client("owner").get(f"{reverse('account_login')}?{urlencode({'next': target})}"),
        world.client("admin").get(reverse("admin:login"), {"next": target}),
    ]

    for answer in tries:
        location = answer.get("Location", "/")
        assert stays(location), location
        for inner in parse_qs(urlsplit(location).query).get("next", []):
            assert stays(inner), location
    assert {302} <= {answer.status_code for answer in tries[:1] + tries[3:]}


def test_a_stale_form_leads_back_into_the_desk_only(world: World) -> None:
    for referrer in ("http://testserver//elsewhere.example/x", "http://elsewhere.example/y"):
        for who in ("anonymous", "owner"):
            answer = world.client(who, enforce_csrf_checks=True).post(
                reverse("me:theme"), {"theme": "dark"}, headers={"Referer": referrer}
            )
            assert answer.status_code == 403
            text = unquote(answer.content.decode())
            assert 'href="//' not in text
            assert "=//" not in text


FORMULAS = (
    '=HYPERLINK("http://x.example","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    " =1+1",
    '"=1+1',
    "x,=1+1",
    "a\r\n=1+1",
    "\x07\x1b=1+1",
)


def _poison(world: World, text: str) -> None:
    order = world.order("placed")
    PurchaseOrder.objects.filter(pk=order.pk).update(
        title=text, seller_name=text, remote_status=text[:40], cost_centre=text[:20],
        order_no=text[:40], outer_id=text[:40],
    )  # fmt: skip
    PurchaseRequest.objects.filter(pk=order.request_id).update(purpose=text)
    OrderLine.objects.filter(order=order).update(title=text)


def test_no_exported_cell_calculates(world: World) -> None:
    for text in FORMULAS:
        with savepoint():
            _poison(world, text)
            _is_harmless(world)


def _is_harmless(world: World) -> None:
    client = world.client("owner")
    exported = b"".join(client.get("/orders/?export=csv").streaming_content).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(exported, newline="")):
        for cell in row:
            assert not re.match(r"\s*[=+@＝＋－＠]", cell), cell
            assert not re.match(r"\s*-(?!\d+(\.\d+)?$)", cell), cell
            assert cell == cell.lstrip() or cell.lstrip().isdecimal(), cell

    book = b"".join(client.get("/orders/?export=xlsx").streaming_content)
    for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows():
        assert all(cell.data_type != "f" for cell in row), row


@pytest.mark.parametrize(
    "odd", ['x"; filename="y.exe', "a\r\nSet-Cookie: a=b", "../../x", "日本\x00"]
)
def test_a_files_name_is_ours_whatever_the_address_says(world: World, odd: str) -> None:
    for kind in ("csv", "xlsx"):
        query = urlencode({"export": kind, "view": odd, "q": odd, "filename": odd, "sort": odd})
        answer = world.client("owner").get(f"/orders/?{query}")
        name = answer["Content-Disposition"]

        assert name.startswith('attachment; filename="orders-20')
        assert name.endswith(f'.{kind}"')
        assert "Set-Cookie" not in answer.headers


@pytest.fixture
def elsewhere() -> Iterator[Any]:
    """A server that is not the platform, and remembers who asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing: what was asked is in `asked`."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.asked = asked  # type: ignore[attr-defined]
    yield server
    server.shutdown()
    server.server_close()


def foreign_sources(port: int, ours: str) -> tuple[str, ...]:
    return (
        f"http://127.0.0.1:{port}/x",
        f"http://localhost:{port}/x",
        f"http://[::1]:{port}/x",
        f"http://{ours}@127.0.0.1:{port}/x",
        f"http://127.0.0.1:{port}#@{ours}/",
        f"http://127.0.0.1:{port}\\@{ours}/x",
        f"http://2130706433:{port}/x",
        f"http://a.alicdn.com.localhost:{port}/x",
        f"http://a.alicdn.com:{port}/x",
        f"http://a.alicdn.com@127.0.0.1:{port}/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "https://elsewhere.example/x.jpg",
        "https://alicdn.com.elsewhere.example/x.jpg",
        "https://notalicdn.com/x.jpg",
        "file:///etc/passwd",
        "gopher://127.0.0.1/x",
        "ftp://a.alicdn.com/x",
        "//a.alicdn.com/x.jpg",
        "http://[broken/x.jpg",
        "http://a.alicdn.com:99999/x.jpg",
        "not an address",
    )


def test_the_picture_proxy_asks_the_platform_and_nobody_else(
    world: World, elsewhere: Any, settings: Any
) -> None:
    ours = settings.PICTURE_HOSTS[0]
    settings.PICTURE_HOSTS = [ours, "*.alicdn.com"]
    client = world.client("owner")
    for source in foreign_sources(elsewhere.server_port, ours):
        assert not allowed(source), source
        signed = client.get(picture_url(source))
        assert signed.status_code == 302, source
        assert signed["Location"].endswith("no-picture.svg"), source

    assert elsewhere.asked == []


def test_the_picture_proxy_follows_no_redirect(
    world: World, sandbox: Any, elsewhere: Any, settings: Any
) -> None:
    """An allowed host that sends us on to a foreign one."""

    class Sends(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{elsewhere.server_port}/taken")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sends)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PICTURE_HOSTS = [f"127.0.0.1:{server.server_port}"]
    answer = world.client("owner").get(picture_url(f"http://127.0.0.1:{server.server_port}/x"))
    server.shutdown()
    server.server_close()

    assert answer["Location"].endswith("no-picture.svg")
    assert elsewhere.asked == []


def test_a_picture_needs_our_own_mark(world: World, elsewhere: Any) -> None:
    client = world.client("owner")
    good = parse_qs(urlsplit(world.names["picture"]).query)
    signed = {name: values[0] for name, values in good.items()}
    forged = [
        signed | {"u": f"http://127.0.0.1:{elsewhere.server_port}/x"},
        signed | {"s": "640"},
        signed | {"s": "٨٠"},
        signed | {"s": "9" * 5000},
        signed | {"k": "é" * 27},
        signed | {"k": ""},
        signed | {"k": signed["k"][:-1]},
        signed | {"k": "\x00"},
        {"u": signed["u"], "s": signed["s"]},
        {},
    ]
    for query in forged:
        assert client.get("/pictures/", query).status_code == 404, query

    assert elsewhere.asked == []


def test_a_session_of_somebody_else_is_nobodys(world: World) -> None:
    client = world.client("anonymous")
    for key in ("guessed", "\x00", "x" * 5000, "../../etc/passwd"):
        client.cookies[django_settings.SESSION_COOKIE_NAME] = key

        assert outcome(client.get("/orders/")) == "log-in"
