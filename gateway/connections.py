"""What the connections page shows: the verdict, each channel's last day, sub-accounts, the push
inbox and the worker. Reads only; six queries, whatever the number of channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Marketplace
from accounts.models import SubAccount, SubAccountMapping
from desk import clock, heartbeat
from desk.choices import Tone
from desk.formats import age_text, until_text
from gateway.choices import Channel, PushState
from gateway.client import seconds_until_up
from gateway.models import ChannelHour, PushMessage, SyncCursor
from gateway.slots import out_of_date

HOURS = 24
# Claims are read once there are claims. Search and messages come when somebody asks or sends.
SHOWN = (Channel.SEARCH, Channel.ORDERS, Channel.PARCELS, Channel.MESSAGES)
WORKER_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a strip. `tone`: ok, slow (some failed), bad (all failed), none (nothing)."""

    start: datetime
    succeeded: int
    failed: int

    @property
    def tone(self) -> str:
        if self.failed and self.succeeded:
            return "slow"
        return "bad" if self.failed else ("ok" if self.succeeded else "none")

    @property
    def words(self) -> str:
        if not self.succeeded and not self.failed:
            return _("nothing read")
        return _("%(good)d read, %(bad)d failed") % {"good": self.succeeded, "bad": self.failed}


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel at one marketplace: a dot with a word, the last success, and its last day."""

    marketplace: str
    channel: str
    label: str
    tone: str
    word: str
    last_success: datetime | None
    since: datetime | None
    error: str
    hours: list[Hour]

    @property
    def strip(self) -> list[tuple[int, str]]:
        """(x, class) of each hour's rectangle."""
        return [(place * 10, hour.tone) for place, hour in enumerate(self.hours)]

    @property
    def is_red(self) -> bool:
        return self.tone == Tone.BAD


@dataclass(frozen=True, slots=True)
class MarketplaceView:
    """One marketplace: its channels, and `table`, the strips again as (hour, words a channel)."""

    slug: str
    label: str
    channels: list[ChannelView]

    @property
    def table(self) -> list[tuple[datetime, list[str]]]:
        strips = zip(*(channel.hours for channel in self.channels), strict=True)
        return [(hours[0].start, [hour.words for hour in hours]) for hours in strips][::-1]


@dataclass(frozen=True, slots=True)
class AccountView:
    """A sub-account: its last test, who acts as it, and how its order lists are read."""

    account: SubAccount
    people: list[str]
    cursors: list[SyncCursor]


@dataclass(frozen=True, slots=True)
class InboxView:
    """The push inbox, over the last day where it counts."""

    heard: list[tuple[str, datetime | None]]
    waiting: int
    malformed: int
    failed: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first line of the page."""

    sentence: str
    tone: str
    more: list[str] = field(default_factory=list)


def marketplaces() -> list[MarketplaceView]:
    """Every marketplace with its channels, in fixed order."""
    now = clock.now()
    first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    rows: dict[tuple[str, str], list[ChannelHour]] = {}
    for row in ChannelHour.objects.filter(hour__gte=first).order_by("hour"):
        rows.setdefault((row.marketplace, row.channel), []).append(row)
    last = {
        (row["marketplace"], row["channel"]): row["last"]
        for row in ChannelHour.objects.values("marketplace", "channel").annotate(
            last=Max("last_success")
        )
    }
    used = _marketplaces_in_use()
    return [
        MarketplaceView(
            slug,
            str(Marketplace(slug).label),
            [
                _channel(
                    slug,
                    channel,
                    rows.get((slug, channel), []),
                    last.get((slug, channel)),
                    first,
                    slug in used,
                )
                for channel in SHOWN
            ],
        )
        for slug in Marketplace.values
    ]


def _channel(
    slug: str,
    channel: Channel,
    rows: list[ChannelHour],
    last: datetime | None,
    first: datetime,
    in_use: bool,
) -> ChannelView:
    by_hour = {row.hour: row for row in rows}
    hours = []
    for place in range(HOURS):
        start = first + timedelta(hours=place)
        row = by_hour.get(start)
        hours.append(Hour(start, row.succeeded if row else 0, row.failed if row else 0))
    failure = max((row.last_failure for row in rows if row.last_failure), default=None)
    error = next((row.last_error for row in reversed(rows) if row.last_error), "")
    failing = failure is not None and (last is None or failure > last)
    tone, word = _state(channel, failing, last, in_use)
    since = None
    if tone == Tone.BAD:
        since = last or min((row.last_failure for row in rows if row.last_failure), default=None)
    return ChannelView(
        slug,
        channel,
        str(Channel(channel).label),
        tone,
        word,
        last,
        since,
        error if failing else "",
        hours,
    )


def _state(channel: Channel, failing: bool, last: datetime | None, in_use: bool) -> tuple[str, str]:
    """Only what is read by the clock can be silent; the rest is asked when people need it. One
    sub-account that fails beside others that work is not the channel's failure."""
    late = last is None or clock.now() - last > _silent_after()
    if failing and channel == Channel.ORDERS and not late:
        return Tone.WARN, _("works; one list fails")
    if failing:
        return Tone.BAD, _("fails")
    if channel == Channel.ORDERS and in_use and last and late:
        return Tone.BAD, _("silent")
    if last is None:
        return Tone.CALM, _("not heard yet")
    return Tone.GOOD, _("works")


def _silent_after() -> timedelta:
    return timedelta(seconds=3 * settings.POLL_ORDERS_SECONDS + 60)


def _marketplaces_in_use() -> set[str]:
    lists = SubAccount.objects.filter(is_active=True).values_list("marketplaces", flat=True)
    return {slug for slugs in lists for slug in slugs}


def verdict(views: list[MarketplaceView]) -> Verdict:
    """All is well, or what is not, worst first, in one sentence."""
    sentences = [*_platform(), *_worker(), *_red(views)]
    failing = _failing_lists()
    if sentences:
        return Verdict(sentences[0], Tone.BAD, sentences[1:] + failing)
    if failing:
        return Verdict(failing[0], Tone.WARN, failing[1:])
    checked = max(
        (c.last_success for view in views for c in view.channels if c.last_success), default=None
    )
    if checked is None:
        return Verdict(_("Nothing has been read yet."), Tone.CALM)
    age = age_text(checked, clock.now())
    return Verdict(_("All is well: last checked %(age)s.") % {"age": age}, Tone.GOOD)


def _platform() -> list[str]:
    wait = seconds_until_up()
    return [_("The platform does not answer; next try in %(n)d s.") % {"n": wait}] if wait else []


def _worker() -> list[str]:
    heard = heartbeat.last_beat()
    if heard is None:
        return [_("No worker has been heard yet: nothing is sent or read.")]
    if timezone.now() - heard <= WORKER_SILENT:
        return []
    return [_("No worker since %(at)s: nothing is sent or read.") % {"at": until_text(heard)}]


def _red(views: list[MarketplaceView]) -> list[str]:
    return [
        _silence(view, channel) for view in views for channel in view.channels if channel.is_red
    ]


def _failing_lists() -> list[str]:
    """Sub-accounts whose order list cannot be read, while others may be fine."""
    rows = SyncCursor.objects.exclude(failing_since=None).select_related("sub_account")
    return [
        _("%(name)s: its %(where)s orders cannot be read since %(since)s; all others can.")
        % {
            "name": row.sub_account.name,
            "where": Marketplace(row.marketplace).label,
            "since": until_text(row.failing_since),
        }
        for row in rows.filter(sub_account__is_active=True).order_by("failing_since")
        if row.failing_since
    ]


def _silence(view: MarketplaceView, channel: ChannelView) -> str:
    """ "Taobao orders: silent since 09:12; 14 orders may be out of date; asked every 60 s." """
    facts = {
        "where": view.label,
        "channel": channel.label.lower(),
        "word": channel.word,
        "since": until_text(channel.since) if channel.since else "–",
    }
    text = _("%(where)s %(channel)s: %(word)s since %(since)s") % facts
    if channel.channel != Channel.ORDERS:
        return _("%(text)s.") % {"text": text}
    stale = sum(count(view.slug) for count in out_of_date)
    old = ngettext("%(n)d order may be out of date", "%(n)d orders may be out of date", stale) % {
        "n": stale
    }
    trying = _("we try every %(n)d s") % {"n": settings.POLL_ORDERS_SECONDS}
    return _("%(text)s; %(old)s; %(trying)s.") % {"text": text, "old": old, "trying": trying}


def red_channels() -> list[str]:
    """Sentences for home: what an admin has to know."""
    return [*_platform(), *_worker(), *_red(marketplaces())]


def accounts() -> list[AccountView]:
    """Sub-accounts, those that fail first."""
    people: dict[int, list[str]] = {}
    mappings = SubAccountMapping.objects.current().select_related("person")
    for mapping in mappings.filter(person__is_active=True):
        people.setdefault(mapping.sub_account_id, []).append(str(mapping.person))
    cursors: dict[int, list[SyncCursor]] = {}
    for cursor in SyncCursor.objects.order_by("marketplace"):
        cursors.setdefault(cursor.sub_account_id, []).append(cursor)
    rows = [
        AccountView(account, sorted(people.get(account.pk, [])), cursors.get(account.pk, []))
        for account in SubAccount.objects.all()
    ]
    return sorted(rows, key=lambda row: not any(cursor.failing_since for cursor in row.cursors))


def inbox() -> InboxView:
    """How the push address does."""
    day = clock.now() - timedelta(hours=HOURS)
    recent = Q(received_at__gte=day)
    counts = PushMessage.objects.aggregate(
        waiting=Count("id", filter=Q(state=PushState.NEW)),
        malformed=Count("id", filter=recent & Q(state=PushState.MALFORMED)),
        failed=Count("id", filter=recent & Q(state=PushState.FAILED)),
        repeats=Sum("repeats", filter=recent),
    )
    heard = {
        row["marketplace"]: row["last"]
        for row in PushMessage.objects.exclude(state=PushState.MALFORMED)
        .values("marketplace")
        .annotate(last=Max("received_at"))
    }
    return InboxView(
        [(str(one.label), heard.get(one.value)) for one in Marketplace],
        counts["waiting"],
        counts["malformed"],
        counts["failed"],
        counts["repeats"] or 0,
    )
