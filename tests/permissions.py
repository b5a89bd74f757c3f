"""Who may do what at every address of the desk: one row an address, one answer an identity.

A new address fails `tests/test_permissions.py` until it has a row here. In a row's `get` stands
the status of the page. In `post` a number stands for a refusal with this status, which may change
nothing, and a word for an answer:
    DOES  it is done: a page or a redirect, and the desk's facts have changed
    NO    a page or a redirect that says no, or finds nothing of theirs: nothing has changed
    MAY   it is theirs to try; what becomes of it is another test's
No `get`: no page of its own, whoever asks. No `post`: nothing to write, whoever tries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.permission_world import LOG_IN

Answers = tuple[int | str, ...]
DOES, NO, MAY = "does", "no", "may"


@dataclass(frozen=True, slots=True)
class Row:
    """`name` and `args` make the address, `query` and `data` what is sent; `{words}` are names of
    the world. `part`: asked as htmx asks."""

    name: str
    args: tuple[str, ...] = ()
    get: Answers | None = None
    post: Answers | None = None
    query: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    part: bool = False

    def __str__(self) -> str:
        words = [self.name, *self.args, self.query, "part" if self.part else ""]
        return " ".join(filter(None, words))


def everyone(answer: int | str) -> Answers:
    """Whoever has logged in."""
    return (LOG_IN, *[answer] * 7)


# anonymous, other buyer, owner, manager, other manager, finance, warehouse, admin
SEES = (LOG_IN, 404, 200, 200, 404, 200, 404, 200)
SEES_ELSEWHERE = (LOG_IN, 404, 302, 302, 404, 302, 404, 302)
SHIPPED = (LOG_IN, 404, 200, 200, 404, 200, 200, 200)
SHIPPED_ELSEWHERE = (LOG_IN, 404, 302, 302, 404, 302, 302, 302)
OF_SALES = (LOG_IN, 200, 404, 404, 200, 200, 404, 200)
OUTSIDE = (LOG_IN, 404, 404, 404, 404, 200, 200, 200)
SEES_PRICES = (LOG_IN, 200, 200, 200, 200, 200, 403, 200)
SEES_PRICES_ELSEWHERE = (LOG_IN, 302, 302, 302, 302, 302, 403, 302)
ASKS = (LOG_IN, 200, 200, 200, 200, 403, 403, 200)
ASKS_ELSEWHERE = (LOG_IN, 302, 302, 302, 302, 403, 403, 302)
DECIDES = (LOG_IN, 403, 403, 200, 200, 200, 403, 403)
RECEIVES = (LOG_IN, 200, 200, 200, 200, 403, 200, 403)
SETTLES = (LOG_IN, 403, 403, 403, 403, 200, 403, 200)
BY_MANAGER = (LOG_IN, 404, NO, DOES, 404, NO, 404, NO)
BY_FINANCE = (LOG_IN, 403, 403, 403, 403, DOES, 403, 403)
BY_SETTLERS = (LOG_IN, 403, 403, 403, 403, DOES, 403, DOES)
OWN_LINE = (LOG_IN, 404, DOES, 404, 404, 403, 403, 404)
ANYONE = (200,) * 8
NOBODY = (404,) * 8

SHELL = (
    Row("home", get=everyone(200)),
    Row("health", get=ANYONE),
    Row("ready", get=ANYONE),
    Row("jump", get=everyone(302), query="q=%E6%9D%AF%E5%AD%90"),
    Row("dismiss", post=everyone(NO)),
    Row("pictures", get=everyone(302), query="{picture}"),
    Row("pictures", get=everyone(404), query="u=https://a.alicdn.com/x.jpg&s=80&k=forged"),
)
PEOPLE = (
    Row("accounts:become", post=NOBODY, data={"person": "{person}"}),
    Row("accounts:come_in", ("{person}",), post=NOBODY),
    Row("me:page", get=everyone(200)),
    Row("me:settings", post=everyone(DOES), data={"theme": "dark"}),
    Row("me:theme", post=everyone(DOES), data={"theme": "dark"}),
    Row("me:language", post=everyone(DOES), data={"language": "zh-hans"}),
    Row("notices:read", post=(LOG_IN, NO, DOES, DOES, DOES, DOES, NO, NO)),
    Row("notices:open", ("{notice}",), post=(LOG_IN, 404, DOES, 404, 404, 404, 404, 404)),
    Row("account_login", get=(200, *[302] * 7), post=(NO,) * 8),
    Row("account_signup", get=(200, *[302] * 7), post=(NO,) * 8),
    Row(
        "account_email",
        get=NOBODY,
        post=NOBODY,
        data={"action_add": "", "email": "elsewhere@example.net"},
    ),
    Row("account_change_password", get=everyone(200), post=everyone(NO)),
    Row("mfa_index", get=everyone(200)),
)
ADMIN_ONLY = (LOG_IN, 403, 403, 403, 403, 403, 403, 200)
ADMIN_NOTHING = (LOG_IN, 403, 403, 403, 403, 403, 403, NO)  # an empty form
ADMIN = (
    Row("admin:index", get=ADMIN_ONLY, post=ADMIN_NOTHING),
    Row("admin:accounts_user_changelist", get=ADMIN_ONLY, post=ADMIN_NOTHING),
    Row("admin:accounts_user_change", ("{person}",), get=ADMIN_ONLY, post=ADMIN_NOTHING),
    Row("admin:accounts_subaccount_add", get=ADMIN_ONLY, post=ADMIN_NOTHING),
    Row("admin:desk_exchangerate_changelist", get=ADMIN_ONLY, post=ADMIN_NOTHING),
    Row(
        "admin:accounts_department_add",
        get=ADMIN_ONLY,
        post=(LOG_IN, 403, 403, 403, 403, 403, 403, DOES),
        data={"name": "Workshop", "cost_centre": "4300"},
    ),
)
GATEWAY = (
    Row("gateway:connections", get=SETTLES),
    Row(
        "gateway:read-again",
        post=(LOG_IN, 403, 403, 403, 403, MAY, 403, MAY),
        data={"marketplace": "1688"},
    ),
    Row("gateway:stuck", get=SETTLES),
    Row("gateway:stuck-ask", ("{stuck}",), post=BY_SETTLERS),
    Row("gateway:stuck-send-again", ("{stuck}",), post=BY_SETTLERS),
    Row(
        "gateway:stuck-pick",
        ("{stuck}",),
        post=(LOG_IN, 403, 403, 403, 403, NO, 403, NO),
        data={"number": "0", "note": "Looked there"},
    ),
    Row("gateway:stuck-give-up", ("{stuck}",), post=BY_SETTLERS, data={"note": "Looked there"}),
    Row("gateway:callback", ("guessed",), get=NOBODY, post=NOBODY),
    Row("gateway:callback", ("{practice}",), get=ANYONE, post=(DOES,) * 8, data={"a": "b"}),
)
CATALOG = (
    Row("catalog:find", get=SEES_PRICES),
    Row("catalog:find", get=SEES_PRICES, query="q=%E6%9D%AF%E5%AD%90&on=1688"),
    Row("catalog:lane", ("1688",), get=SEES_PRICES_ELSEWHERE, query="q=mug"),
    Row("catalog:lane", ("1688",), get=SEES_PRICES, query="q=mug", part=True),
    Row("catalog:item", ("1688", "{item}"), get=SEES_PRICES),
    Row("catalog:notes", ("1688", "{item}"), get=SEES_PRICES, query="qty-{sku}=20"),
    Row(
        "catalog:our-name",
        ("1688", "{item}"),
        post=(LOG_IN, DOES, DOES, DOES, DOES, 403, 403, DOES),
        data={"name": "House mug"},
    ),
)
DECISION = {"fingerprint": "{seen}", "seen": "{seen}", "note": "Too dear"}
NOT_FOR_FINANCE_YET = (LOG_IN, 404, 302, 200, 404, 302, 404, 302)
APPROVALS = (
    Row("approvals:list", get=DECIDES),
    Row(
        "approvals:many",
        get=(LOG_IN, 403, 403, 302, 302, 302, 403, 403),
        post=(LOG_IN, 403, 403, DOES, NO, NO, 403, 403),
        data={"pick": "{approval}", "seen-{approval}": "{seen}"},
    ),
    Row(
        "approvals:undo-many",
        get=(LOG_IN, 403, 403, 302, 302, 302, 403, 403),
        post=(LOG_IN, 403, 403, DOES, 404, NO, 403, 403),
        data={"pick": "{approved}"},
    ),
    Row("approvals:detail", ("{approval}",), get=SEES),
    Row(
        "approvals:detail", ("{finance_approval}",), get=(LOG_IN, 404, 404, 200, 404, 200, 404, 200)
    ),
    Row("approvals:detail", ("{sales_approval}",), get=OF_SALES),
    Row("approvals:check", ("{approval}",), get=(LOG_IN, 404, 303, 303, 404, 303, 404, 303)),
    Row("approvals:check", ("{approval}",), get=SEES, part=True),
    Row("approvals:approve", ("{approval}",), get=SEES_ELSEWHERE, post=BY_MANAGER, data=DECISION),
    Row(
        "approvals:approve",
        ("{finance_approval}",),
        get=(LOG_IN, 404, 404, 302, 404, 302, 404, 302),
        post=(LOG_IN, 404, 404, NO, 404, DOES, 404, NO),
        data={"fingerprint": "{finance_seen}"},
    ),
    Row(
        "approvals:refuse", ("{approval}",), get=NOT_FOR_FINANCE_YET, post=BY_MANAGER, data=DECISION
    ),
    Row(
        "approvals:send-back",
        ("{approval}",),
        get=NOT_FOR_FINANCE_YET,
        post=BY_MANAGER,
        data=DECISION,
    ),
    Row("approvals:undo", ("{approved}",), get=SEES_ELSEWHERE, post=BY_MANAGER),
    Row(
        "approvals:comment",
        ("{approval}",),
        get=SEES_ELSEWHERE,
        post=(LOG_IN, 404, DOES, DOES, 404, DOES, 404, DOES),
        data={"text": "Why so many?"},
    ),
)
CART = (
    Row("cart:show", get=ASKS),
    Row(
        "cart:add",
        get=ASKS_ELSEWHERE,
        post=(LOG_IN, DOES, DOES, DOES, DOES, 403, 403, DOES),
        data={"marketplace": "1688", "item_id": "{item}", "qty-{sku}": "{pieces}"},
    ),
    Row("cart:quantity", ("{line}",), get=ASKS_ELSEWHERE, post=OWN_LINE, data={"quantity": "0"}),
    Row("cart:save", ("{line}",), get=ASKS_ELSEWHERE, post=OWN_LINE),
    Row("cart:restore", ("{saved}",), get=ASKS_ELSEWHERE, post=OWN_LINE),
    Row(
        "cart:remove",
        ("{line}",),
        get=ASKS_ELSEWHERE,
        post=(LOG_IN, NO, DOES, NO, NO, 403, 403, NO),
    ),
    Row(
        "cart:put-back",
        get=ASKS_ELSEWHERE,
        post=(LOG_IN, NO, NO, NO, NO, 403, 403, NO),
        query="line=guessed",
    ),
)
CHECKOUT = (
    Row("checkout:show", get=ASKS),
    Row("checkout:quote", ("total",), get=ASKS_ELSEWHERE),
    Row("checkout:quote", ("total",), get=ASKS, part=True),
    Row(
        "checkout:ask",
        get=ASKS_ELSEWHERE,
        post=(LOG_IN, NO, DOES, NO, NO, 403, 403, NO),
        data={
            "token": "of-the-table",
            "purpose": "Mugs",
            "cost_centre": "4100",
            "ship_to": "{ship_to}",
        },
    ),
)
IN_CART = (LOG_IN, 404, DOES, DOES, 404, 403, 403, DOES)
REQUESTS = (
    Row("requests:detail", ("{waiting}",), get=SEES),
    Row("requests:detail", ("{of_manager}",), get=(LOG_IN, 404, 404, 200, 404, 200, 404, 200)),
    Row("requests:detail", ("{sales_request}",), get=OF_SALES),
    Row("requests:progress", ("{waiting}",), get=SEES_ELSEWHERE),
    Row("requests:progress", ("{waiting}",), get=SEES, part=True),
    Row(
        "requests:withdraw",
        ("{waiting}",),
        get=ASKS_ELSEWHERE,
        post=(LOG_IN, 404, DOES, NO, 404, 403, 403, NO),
    ),
    Row("requests:to-cart", ("{waiting}",), get=ASKS_ELSEWHERE, post=IN_CART),
    Row(
        "requests:comment",
        ("{waiting}",),
        get=SEES_PRICES_ELSEWHERE,
        post=(LOG_IN, 404, DOES, DOES, 404, DOES, 403, DOES),
        data={"text": "In red, please"},
    ),
)
SPEAKS = (LOG_IN, 404, DOES, DOES, 404, DOES, 404, DOES)
ORDERS = (
    Row("orders:list", get=(LOG_IN, 200, 200, 200, 200, 200, 302, 200)),
    Row("orders:list", get=(LOG_IN, 200, 200, 200, 200, 200, 302, 200), query="view=approval"),
    Row("orders:list", get=(LOG_IN, 200, 200, 200, 200, 200, 302, 200), query="export=csv"),
    Row("orders:list", get=(LOG_IN, 200, 200, 200, 200, 200, 302, 200), query="export=xlsx"),
    Row(
        "orders:read-many",
        post=(LOG_IN, NO, DOES, DOES, NO, DOES, 403, DOES),
        data={"pick": "{placed}"},
    ),
    Row("orders:detail", ("{placed}",), get=SEES),
    Row("orders:detail", ("{shipped}",), get=SHIPPED),
    Row("orders:detail", ("{outside}",), get=OUTSIDE),
    Row("orders:detail", ("{sales}",), get=OF_SALES),
    Row("orders:live", ("{placed}",), get=SEES_ELSEWHERE),
    Row("orders:live", ("{shipped}",), get=SHIPPED_ELSEWHERE),
    Row("orders:live", ("{shipped}",), get=SHIPPED, part=True),
    Row("orders:read-again", ("{placed}",), post=SPEAKS),
    Row("orders:read-again", ("{shipped}",), post=(LOG_IN, 404, DOES, DOES, 404, DOES, DOES, DOES)),
    Row(
        "orders:cancel",
        ("{placed}",),
        get=(LOG_IN, 404, 200, 200, 404, 200, 403, 200),
        post=(LOG_IN, 404, DOES, DOES, 404, DOES, 403, NO),
        data={"reason": "No longer needed", "token": "of-the-table"},
    ),
    Row(
        "orders:confirm",
        ("{shipped}",),
        get=(LOG_IN, 404, 200, 200, 404, 403, 403, 403),
        post=(LOG_IN, 404, DOES, DOES, 404, 403, 403, 403),
        data={"token": "of-the-table"},
    ),
    Row("orders:undo", ("{cancelling}",), post=(LOG_IN, 404, DOES, DOES, 404, DOES, 403, NO)),
    Row("orders:undo", ("{paying}",), post=(LOG_IN, 404, NO, NO, 404, DOES, 403, NO)),
    Row("orders:comment", ("{placed}",), post=SPEAKS, data={"text": "When?"}),
    Row(
        "orders:comment",
        ("{shipped}",),
        post=(LOG_IN, 404, DOES, DOES, 404, DOES, DOES, DOES),
        data={"text": "When?"},
    ),
    Row("orders:receive", ("{shipped}",), get=(LOG_IN, 404, 200, 200, 404, 403, 200, 403)),
    Row("orders:receive", ("{placed}",), get=(LOG_IN, 404, 200, 200, 404, 403, 404, 403)),
    Row(
        "orders:count-in",
        ("{shipped}",),
        post=(LOG_IN, 404, DOES, DOES, 404, 403, DOES, 403),
        data={"line-{shipped_line}": "2", "token": "of-the-table"},
    ),
    Row(
        "orders:count-in",
        ("{placed}",),
        post=(LOG_IN, 404, NO, NO, 404, 403, 404, 403),
        data={"token": "of-the-table"},
    ),
)
MONEY = (LOG_IN, 403, 403, 403, 403, 200, 403, 200)
PAYMENTS = (
    Row("payments:list", get=MONEY),
    Row("payments:pay-many", post=BY_FINANCE, data={"pick": "{payment}"}),
    Row("payments:pay", ("{payment}",), post=BY_FINANCE),
    Row("payments:undo", ("{paying_payment}",), post=BY_FINANCE),
    Row(
        "payments:outside",
        ("{cashier_payment}",),
        post=(LOG_IN, 403, 403, 403, 403, MAY, 403, 403),
        data={"token": "of-the-table"},
    ),
)
RECEIVE = (
    Row("receive:list", get=RECEIVES),
    Row("receive:scan", get=RECEIVES, post=(LOG_IN, NO, NO, NO, NO, 403, NO, 403), query="code=x"),
    Row(
        "receive:scan",
        get=(LOG_IN, 200, 302, 302, 200, 403, 302, 403),
        post=(LOG_IN, NO, NO, NO, NO, 403, NO, 403),
        query="code={tracking}",
    ),
)

TABLE = (
    *SHELL, *PEOPLE, *ADMIN, *GATEWAY, *CATALOG, *APPROVALS, *CART, *CHECKOUT, *REQUESTS, *ORDERS,
    *PAYMENTS, *RECEIVE,
)  # fmt: skip

# Third parties' addresses are sampled above; the rooms' own tests try each.
GROUPS = ("admin:", "account_", "mfa_")
