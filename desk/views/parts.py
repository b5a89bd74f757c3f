"""`/parts/`: every part in every state, on one page. For people who build pages; DEBUG only.

The samples are plain values, so the page needs no database row and shows the hard cases: Chinese
titles longer than two lines, amounts of every width, times on both sides of a day.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from moneyed import Money

from desk import clock
from desk.forms import DayInput, DeskForm

LONG = (
    "北欧风哑光陶瓷马克杯大容量办公室早餐咖啡杯带盖带勺家用情侣水杯可定制企业LOGO礼盒装"
    "年会伴手礼开业活动赠品批发包邮现货速发支持一件代发"
)


class SampleForm(DeskForm):
    """One field of each kind; bound with mistakes, so that errors show."""

    purpose = forms.CharField(max_length=80, label="For what")
    cost_centre = forms.ChoiceField(
        choices=[("", "Choose"), ("4100", "4100 Marketing"), ("4200", "4200 Workshop")],
        label="Cost centre",
        help_text="Your department's own is filled in.",
    )
    needed_by = forms.DateField(required=False, widget=DayInput, label="Needed by")
    quantity = forms.IntegerField(min_value=1, label="Quantity")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="Note")
    pay_by = forms.ChoiceField(
        choices=[("api", "At once, by agreement"), ("out", "At 1688, then we check")],
        widget=forms.RadioSelect,
        label="How to pay",
    )
    again = forms.BooleanField(required=False, label="Keep this address for next time")


def parts(request: HttpRequest) -> HttpResponse:
    """The parts page. `?theme=dark` draws it dark. 404 unless DEBUG."""
    if not settings.DEBUG:
        raise Http404
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    return render(request, "desk/parts.html", samples() | {"theme": theme})


def samples() -> dict[str, Any]:
    """Everything the template shows, relative to now."""
    now = clock.now()
    typed = {"purpose": "", "quantity": "0", "note": "Für die Messe, 马克杯 ☕", "again": "on"}
    return {
        "now": now,
        "moments": [now - timedelta(seconds=40), now - timedelta(hours=3), now - timedelta(days=4)],
        "soon": now + timedelta(hours=2, minutes=10),
        "tomorrow": now + timedelta(hours=30),
        "past": now - timedelta(minutes=12),
        "eur": Money("1284.20", "EUR"),
        "eur_small": Money("1.51", "EUR"),
        "cny": Money("10018.90", "CNY"),
        "cny_small": Money("11.80", "CNY"),
        "rate": Decimal("0.12818"),
        "today": timezone.localdate(),
        "ana": SimpleNamespace(name="Ana Ruiz", __str__=lambda: "Ana Ruiz"),
        "long_title": LONG,
        "form": SampleForm(),
        "wrong": SampleForm(typed),
        "events": _events(now),
        "changes": _changes(),
        "kinds": _chips(),
        "tabs": _tabs(),
        "orders": _orders(now),
        "verbs": [{"label": "Read again", "name": "read"}, {"label": "Export", "name": "export"}],
        "more": [{"label": "Send back", "url": "#"}, {"label": "Ask Ana", "url": "#"}],
        "chips": [{"label": "Taobao", "url": "#"}, {"label": "since 1 November", "url": "#"}],
        "tones": ["calm", "wait", "good", "warn", "bad", "act"],
    }


def _events(now: Any) -> list[SimpleNamespace]:
    rows = [
        (50, "decision", "Ana Ruiz", "asked Maria Keller to approve €1,284.20", "", ""),
        (47, "message", "Maria Keller", "wrote", "Do we need the lids?\n要带盖的吗？", ""),
        (46, "decision", "Maria Keller", "approved €1,284.20", "", ""),
        (45, "machine", None, "Order 3381204417 was read from 1688: nothing new", "", ""),
        (44, "money", None, "1688 debited ¥10,018.90", "", ""),
        (3, "parcel", None, "Silent for 4 days: last seen in 义乌市", "", "bad"),
    ]
    return [
        SimpleNamespace(
            at=now - timedelta(hours=hours),
            kind=kind,
            actor=actor,
            sentence=sentence,
            note=note,
            tone=tone,
        )
        for hours, kind, actor, sentence, note, tone in rows
    ]


def _changes() -> list[dict[str, str]]:
    return [
        {"what": "Mug, matt, 400 ml: price", "then": "¥11.80", "now": "¥12.60", "tone": "warn"},
        {"what": "Lid, beech: stock", "then": "200", "now": "none left", "tone": "bad"},
        {"what": "Freight", "then": "¥84.00", "now": "¥62.00", "tone": "good"},
    ]


def _chips() -> list[dict[str, Any]]:
    names = ("All", "Decisions", "Money", "Parcels", "Messages", "Machine")
    return [{"label": name, "url": "#", "active": name == "All"} for name in names]


def _tabs() -> list[dict[str, Any]]:
    rows = [
        ("Needs me", 3, True),
        ("Waiting for approval", 9, False),
        ("To pay", 2, False),
        ("On the way", 41, False),
        ("Silent parcels", 0, False),
        ("All", 1214, False),
    ]
    return [
        {"label": label, "url": "#", "count": count, "active": act, "act": act}
        for label, count, act in rows
    ]


def _orders(now: Any) -> list[dict[str, Any]]:
    rows = [
        ("R-1042/1", "taobao", "Mugs for the trade fair", "act", "1284.20", "Ana Ruiz",
         "Ordered at Taobao, not paid; closes 18:42.", 2),
        ("R-1041/2", "1688", LONG, "bad", "88.00", "Jonas Weber",
         "Payment sent, answer lost; checking.", None),
        ("R-1038/1", "1688", "Cable ties, 200 mm", "calm", "12408.75", "陈晓",
         "1 of 2 parcels on the way, silent 4 days.", 30),
        ("R-1017/1", "taobao", "Shelf labels", "good", "41.10", "Ana Ruiz",
         "20 of 20 received.", None),
    ]  # fmt: skip
    return [
        {
            "number": number,
            "marketplace": marketplace,
            "name": name,
            "tone": tone,
            "amount": Money(amount, "EUR"),
            "who": who,
            "sentence": sentence,
            "closes": now + timedelta(hours=hours) if hours else None,
            "pictures": [""] * (1 + int(number[2:6]) % 4),
        }
        for place, (number, marketplace, name, tone, amount, who, sentence, hours) in enumerate(
            rows
        )
    ]
