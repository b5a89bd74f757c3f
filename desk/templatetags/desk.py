"""The small parts, one tag each; `/parts/` shows every one in every state.

A tag builds its few elements with `format_html`, because templates cost most of a list page's time
(design, section 10). Larger parts are includes under `templates/components/`. Text comes from
`desk.formats`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext
from moneyed import Money

from accounts.choices import Marketplace
from desk import clock, formats
from desk.money import company
from desk.pictures import SIZES, picture_url

register = template.Library()

ICON_OF_TONE = {"good": "check", "warn": "alert", "bad": "cross", "act": "act", "wait": "wait"}
CLASS_OF_TONE = {"good": "ok", "warn": "warn", "bad": "bad", "act": "act", "wait": "wait"}
MONOGRAMS = {
    "taobao": "TB",
    "1688": "16",
    "bigmajor": "KA",
    "icbu": "AB",
    "poizon": "PZ",
}
STEPS = ("asked", "ordered", "paid", "on_the_way", "received")
SOON = timedelta(hours=3)


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """`{% icon "check" %}`: a mask in the colour of its word. Decoration; the word says it."""
    return format_html('<span class="ico ico-{}" aria-hidden="true"></span>', name)


@register.simple_tag
def status(sentence: str, tone: str = "calm") -> SafeString:
    """`{% status sentence tone %}`; tone is desk.choices.Tone or "wait". Calm has no sign."""
    sign = icon(ICON_OF_TONE[tone]) if tone in ICON_OF_TONE else ""
    kind = CLASS_OF_TONE.get(tone, "calm")
    return format_html('<span class="says says-{}">{}<span>{}</span></span>', kind, sign, sentence)


@register.simple_tag
def money(
    amount: Money | None,
    there: Money | None = None,
    rate: Decimal | None = None,
    rate_on: date | None = None,
    look: str = "",
) -> SafeString:
    """`{% money amount there=platform_amount rate=r rate_on=day look="inline start big" %}`.

    Company currency large, platform currency small beneath (or beside it: "inline"). With a rate,
    its value and day show on hover and on focus. Without company money the platform's stands alone.
    """
    if amount is None and there is None:
        return format_html('<span class="quiet" title="{}">–</span>', gettext("No amount yet"))
    classes = "".join(f" money-{word}" for word in look.split())
    own = amount if amount is not None else there
    assert own is not None  # noqa: S101  one of the two is there
    head = format_html('<span class="money-own">{}</span>', formats.money_text(own))
    if there is None or amount is None or there.currency == amount.currency:
        return format_html('<span class="money{}">{}</span>', classes, head)
    return format_html(
        '<span class="money{}">{}{}</span>', classes, head, _there(there, amount, rate, rate_on)
    )


def _there(there: Money, own: Money, rate: Decimal | None, day: date | None) -> SafeString:
    text = formats.money_text(there)
    if rate is None:
        return format_html('<span class="money-there">{}</span>', text)
    tip = gettext("1 {there} = {rate} {own}").format(
        there=there.currency.code, rate=formats.number_text(rate.normalize()), own=own.currency.code
    )
    if day is not None:
        tip = pgettext("rate, day", "{rate}, {day}").format(rate=tip, day=formats.day_text(day))
    return format_html(
        '<span class="money-there" tabindex="0" data-tip="{}">{}'
        '<span class="visually-hidden">, {}</span></span>',
        tip,
        text,
        tip,
    )


@register.filter
def money_words(amount: Money | None) -> str:
    """`{{ amount|money_words }}`: plain text for sentences and buttons."""
    return formats.money_text(amount) if amount is not None else "–"


@register.filter
def number(value: int | Decimal | None) -> str:
    """`{{ count|number }}`: grouped as the reader writes numbers."""
    return formats.number_text(value) if value is not None else "–"


@register.filter
def exact(moment: datetime | None) -> str:
    """`{{ moment|exact }}`: day and time, plain text."""
    return formats.exact_text(moment) if moment else "–"


@register.filter
def day(value: date | None) -> str:
    """`{{ needed_by|day }}`: a day without its time."""
    return formats.day_text(value) if value else "–"


@register.simple_tag
def age(moment: datetime | None, words: str = "", quiet: bool = False) -> SafeString:
    """`{% age moment words="Read" quiet=True %}`: relative under a day, exact on hover and focus.

    `quiet` takes it out of the tab order, for lists where every row has one.
    """
    if moment is None:
        return format_html('<span class="age">{}</span>', gettext("never"))
    now = clock.now()
    exactly = formats.exact_text(moment)
    if abs(now - moment) >= formats.DAY:
        text = f"{words} {exactly}".strip()
        return format_html('<time class="age" datetime="{}">{}</time>', _iso(moment), text)
    lead = f"{words} " if words else ""
    focus = "" if quiet else mark_safe(' tabindex="0"')  # noqa: S308  a constant
    return format_html(
        '<span class="age">{}<time datetime="{}" data-age data-tip="{}"{}>{}</time></span>',
        lead,
        _iso(moment),
        exactly,
        focus,
        formats.age_text(moment, now),
    )


@register.simple_tag
def deadline(moment: datetime | None, word: str = "", act: bool = False) -> SafeString:
    """`{% deadline moment word=_("closes") act=True %}`: a chip, relative and exact.

    Neutral, amber under three hours, red when past; buoy orange (`act`) if the reader must act.
    """
    if moment is None:
        return mark_safe("")  # noqa: S308  a constant
    left = moment - clock.now()
    if left < timedelta(0):
        kind, words = "bad", gettext("time is up since {exact}")
    else:
        kind = "act" if act else ("warn" if left < SOON else "calm")
        words = pgettext("deadline", "{word} {exact}")
    text = words.format(word=word or gettext("closes"), exact=formats.until_text(moment))
    rest: SafeString | str = ""
    if timedelta(0) <= left < formats.DAY:
        relative = formats.age_text(moment, clock.now())
        rest = format_html(
            '<span class="chip-rest"> · <time datetime="{}" data-age>{}</time></span>',
            _iso(moment),
            relative,
        )
    return format_html(
        '<span class="chip chip-{}">{}<span>{}{}</span></span>', kind, icon("clock"), text, rest
    )


@register.simple_tag
def copy(text: object, label: str = "") -> SafeString:
    """`{% copy "R-1042" label=_("request number") %}`: click copies; text stays selectable."""
    hint = gettext("Copy {what}").format(what=label) if label else gettext("Copy")
    return format_html(
        '<button type="button" class="copy" data-copy="{}" title="{}">{}</button>', text, hint, text
    )


@register.simple_tag
def person(who: Any, note: str = "", bare: bool = False) -> SafeString:
    """`{% person user note=_("asked") bare=True %}`: initials (not if bare), name, small line."""
    name = str(who) if who is not None else gettext("Nobody")
    small = format_html("<small>{}</small>", note) if note else ""
    face = (
        ""
        if bare
        else format_html('<span class="initials" aria-hidden="true">{}</span>', initials(name))
    )
    return format_html('<span class="person">{}<span>{}{}</span></span>', face, name, small)


def initials(name: str) -> str:
    """Two letters; of a Chinese name the last two characters, as is the custom there."""
    words = name.replace("@", " ").split()
    if not words:
        return "·"
    if "一" <= words[-1][-1] <= "鿿":
        return words[-1][-2:]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.simple_tag
def picture(url: str | None, size: int = 240) -> str:
    """`{% picture url 240 %}`: address of a goods picture through our proxy; empty without one.

    The proxy keeps four sizes; the next larger one is taken.
    """
    if not url:
        return ""
    return _signed(url, next((kept for kept in SIZES if kept >= size), SIZES[-1]))


@lru_cache(maxsize=4096)
def _signed(url: str, size: int) -> str:
    return picture_url(url, size)  # kept: a list signs the same pictures again and again


@register.simple_tag
@lru_cache(maxsize=4096)
def thumb(url: str | None, size: int = 48, alt: str = "") -> SafeString:
    """`{% thumb url size=48 alt="" %}`: a square goods picture, or the outline of a parcel."""
    address = picture(url, size * 2)
    if not address:
        return format_html(
            '<svg class="thumb" width="{0}" height="{0}" viewBox="0 0 48 48" aria-hidden="true">'
            '<path d="M14 19l10-5 10 5v11l-10 5-10-5zM14 19l10 5 10-5M24 24v11" fill="none" '
            'stroke="currentColor" stroke-opacity=".35" stroke-width="1.5"/></svg>',
            size,
        )
    return format_html(
        '<img class="thumb" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        address,
        size,
        size,
        alt,
    )


@register.simple_tag
def thumbs(urls: list[str], most: int = 3, size: int = 40) -> SafeString:
    """`{% thumbs urls most=3 %}`: a stack of pictures and how many more there are."""
    shown = format_html_join("", "{}", ((thumb(url, size),) for url in urls[:most]))
    more = len(urls) - most
    rest = format_html('<small class="thumb-more">+{}</small>', more) if more > 0 else ""
    return format_html('<span class="thumb-stack">{}{}</span>', shown, rest)


@register.simple_tag
@lru_cache(maxsize=64)
def monogram(marketplace: str, label: str = "") -> SafeString:
    """`{% monogram slug order.get_marketplace_display %}`: two letters in neutral ink."""
    letters = MONOGRAMS.get(marketplace, marketplace[:2].upper())
    name = label or dict(Marketplace.choices).get(marketplace, marketplace)
    return format_html(
        '<abbr class="mono" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></abbr>',
        name,
        letters,
        name,
    )


@register.simple_tag
def steps(
    at: str, note: str = "", trouble: bool = False, small: bool = False, done: bool = False
) -> SafeString:
    """`{% steps "on_the_way" note=_("1 of 2 parcels") trouble=False small=True done=False %}`.

    `at` is the step being worked on: asked, ordered, paid, on_the_way, received. `done`: finished.
    """
    labels = (
        gettext("Asked"),
        gettext("Ordered"),
        gettext("Paid"),
        gettext("On the way"),
        gettext("Received"),
    )
    states = {"done": gettext("done"), "now": gettext("now"), "trouble": gettext("trouble")}
    here = STEPS.index(at) if at in STEPS else 0
    items = []
    for place, label in enumerate(labels):
        state = "done" if place < here or done else "todo"
        if place == here and not done:
            state = "trouble" if trouble else "now"
        said = states.get(state, gettext("to come"))
        word = format_html('<span class="visually-hidden">, {}</span>', said)
        extra = format_html("<small>{}</small>", note) if note and place == here else ""
        items.append((state, label, word, extra))
    body = format_html_join("", '<li data-state="{}"><span>{}{}</span>{}</li>', items)
    kind = "strip strip-small" if small else "strip"
    label = gettext("How far it is")
    return format_html('<ol class="{}" aria-label="{}">{}</ol>', kind, label, body)


@register.simple_tag(takes_context=True)
def sort_header(context: dict[str, Any], key: str, label: str, kind: str = "") -> SafeString:
    """`{% sort_header "placed" _("Placed") "num" %}`: a whole <th> linking to ?sort=key or -key."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    current = query.get("sort", context.get("sort", ""))
    for name in ("after", "before"):
        query.pop(name, None)
    query["sort"] = f"-{key}" if current == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(current)
    aria = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html(
        '<th scope="col" class="{}"{}><a class="sort" href="?{}">{}</a></th>',
        kind,
        aria,
        query.urlencode(),
        label,
    )


@register.inclusion_tag("components/budget_bar.html")
def budget_bar(used: int, limit: int, this: int = 0, label: str = "") -> dict[str, Any]:
    """`{% budget_bar used limit this=amount label=_("Marketing, November") %}`.

    Minor units of the company's currency. The bar is as wide as the larger of limit and spending.
    """
    after = used + this
    whole = max(limit, after, 1)
    left = limit - after
    return {
        "label": label,
        "used_width": _percent(min(used, limit), whole),
        "this_from": _percent(min(used, limit), whole),
        "this_width": _percent(max(min(after, limit) - used, 0), whole),
        "over_from": _percent(limit, whole),
        "over_width": _percent(max(after - limit, 0), whole),
        "used": company(used),
        "limit": company(limit),
        "left": company(abs(left)),
        "over": left < 0,
        "this": company(this) if this else None,
        "share": round(after * 100 / limit) if limit else 100,
    }


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%"


@register.inclusion_tag("components/toast.html", takes_context=True)
def toast(context: dict[str, Any], message: Any) -> dict[str, Any]:
    """`{% toast message %}`: one Django message; desk.render.say() writes Undo into its tags."""
    extra = dict(part.split("=", 1) for part in (message.extra_tags or "").split() if "=" in part)
    return {
        "text": str(message),
        "undo_url": extra.get("undo", ""),
        "until": extra.get("until", ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def words() -> SafeString:
    """Words the JavaScript modules speak, as data attributes of <body>."""
    spoken = {
        "copied": gettext("Copied"),
        "sending": gettext("Sending…"),
        "undo": gettext("Undo"),
        "undo-in": gettext("Undo ({n})"),
        "close": gettext("Close"),
        "again": gettext("Read again"),
        "lost": gettext("The desk did not answer. What you typed is still here. Try again."),
        "kept": gettext("What you typed before is back."),
        "picked": gettext("{n} ticked"),
        **{f"span-{name}": text for name, text in formats.span_words().items()},
    }
    return format_html_join("", ' data-w-{}="{}"', spoken.items())


@register.filter
def modules(names: str) -> list[str]:
    """`{{ "ages copy"|modules }}`: paths of JavaScript modules; for base.html."""
    return [f"js/{name}.js" for name in names.split()]


@register.simple_tag
def version() -> str:
    """What runs here, for the footer."""
    return getattr(settings, "VERSION", "0.1")


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
