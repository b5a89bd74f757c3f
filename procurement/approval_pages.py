"""What an approval page shows of procurement's subjects: then/now rows, who bought there before,
and what stands in the way of deciding without looking. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from moneyed import Money

from accounts.models import User
from approvals.choices import Reason
from approvals.models import Approval
from desk.choices import Tone
from desk.formats import money_text
from desk.money import company, from_minor
from gateway.models import CommandAttempt
from procurement.models import PlannedOrder, PurchaseOrder

STEEP = 10  # percent: a rise beyond is drawn as bad


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a change card."""

    what: str
    then: str
    now: str
    tone: str = Tone.CALM


def of_request(shown: dict[str, Any]) -> list[ChangeRow]:
    """Rows of a request whose quotes were read again, worst first."""
    rows = sorted(shown.get("changes", ()), key=lambda row: -row.get("weight", 0))
    return [_changed(row) for row in rows]


def of_change(approval: Approval) -> list[ChangeRow]:
    """Rows of one order that costs more than was approved: the total first."""
    change, currency = approval.shown.get("change", {}), approval.shown.get("currency", "CNY")
    then, now = change.get("then", {}), change.get("now", {})
    names = {"total": _("Total"), "goods": pgettext("money", "Goods"), "freight": _("Freight")}
    return [
        ChangeRow(
            name,
            _text(then[key], currency),
            _with_share(then[key], now[key], currency),
            _tone(then[key], now[key]),
        )
        for key, name in names.items()
        if key in then and key in now and then[key] != now[key]
    ]


def _changed(row: dict[str, Any]) -> ChangeRow:
    if row["what"] == "gone":
        return ChangeRow(row["title"], "", row["reason"] or _("can no longer be bought"), Tone.BAD)
    name = row["title"] if row["what"] == "price" else _("Freight, %s") % row["title"]
    return ChangeRow(
        name,
        _text(row["then"], row["currency"]),
        _with_share(row["then"], row["now"], row["currency"]),
        _tone(row["then"], row["now"]),
    )


def _text(units: int, currency: str) -> str:
    return money_text(from_minor(units, currency))


def _with_share(then: int, now: int, currency: str) -> str:
    """ "¥12.60, +6 %"; without a share where there was nothing before."""
    text = _text(now, currency)
    share = round((now - then) * 100 / then) if then else 0
    return f"{text}, {share:+d} %" if share else text


def _tone(then: int, now: int) -> str:
    if now <= then:
        return Tone.GOOD
    return Tone.BAD if (now - then) * 100 > then * STEEP else Tone.WARN


def obstacle(approval: Approval, *, unquoted: bool = False, tolerance: int = 0) -> str:
    """Why this one has to be opened before it is decided; "" when it can pass in a list.
    `tolerance` in percent of what was first asked for."""
    if approval.reason == Reason.CHANGE:
        return _("It costs more than was approved. Open it.")
    changes = approval.shown.get("changes", ())
    if any(row["what"] == "gone" for row in changes):
        return _("A line can no longer be bought. Open it.")
    first = approval.shown.get("first_total", approval.amount)
    if approval.amount > first + first * tolerance // 100:
        share = round((approval.amount - first) * 100 / first) if first else 100
        return _("The price rose by %(share)d %%. Open it.") % {"share": share}
    if unquoted or approval.shown.get("unread"):
        return _("The price was not read. Open it.")
    return ""


def unquoted_requests(pks: Iterable[int]) -> set[int]:
    """Requests with an order that the platform never quoted. One query."""
    rows = PlannedOrder.objects.filter(request_id__in=list(pks), quoted=False)
    return set(rows.values_list("request_id", flat=True))


@dataclass(frozen=True, slots=True)
class Record:
    """What a requester had from one seller before."""

    seller: str
    sentence: str
    last: datetime | None


def records(requester: User | None, sellers: dict[str, str], marketplace: str) -> list[Record]:
    """One row a seller: how often this person, and anyone here, bought from them."""
    rows = PurchaseOrder.objects.filter(marketplace=marketplace, seller_id__in=sellers)
    counts: dict[str, tuple[int, int, datetime]] = {
        row["seller_id"]: (row["own"], row["everyone"], row["last"])
        for row in rows.values("seller_id").annotate(
            own=Count("id", filter=Q(requester=requester)),
            everyone=Count("id"),
            last=Max("placed_at"),
        )
    }
    result = []
    for seller, name in sellers.items():
        own, everyone, last = counts.get(seller, (0, 0, None))
        result.append(Record(name, _record_sentence(requester, own, everyone), last))
    return result


def _record_sentence(requester: User | None, own: int, everyone: int) -> str:
    if not everyone:
        return _("Nobody here has bought from this seller.")
    name = requester.get_short_name() if requester else _("Nobody")
    mine = ngettext("%(name)s: %(n)d order", "%(name)s: %(n)d orders", own) % {
        "name": name,
        "n": own,
    }
    return _("%(mine)s; all of us: %(all)d.") % {"mine": mine, "all": everyone}


@dataclass(frozen=True, slots=True)
class QuotedOrder:
    """One planned order as the page below the fold shows it."""

    planned: PlannedOrder
    total: Money
    lines: list[Any]


def quoted(planned: Iterable[PlannedOrder]) -> list[QuotedOrder]:
    """Planned orders with their lines and what each costs in company currency."""
    return [QuotedOrder(one, company(one.company_total), list(one.lines.all())) for one in planned]


def sent_at(subjects: Iterable[str]) -> datetime | None:
    """When the first command of these subjects left us."""
    return (
        CommandAttempt.objects.filter(command__subject__in=list(subjects))
        .order_by("-opened_at")
        .values_list("opened_at", flat=True)
        .first()
    )
