"""What base.html needs on every page: navigation, ribbon, counts, theme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from desk.slots import NavEntry, nav, todo_counts

KEPT_SECONDS = 10


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the shell. Nothing for errors before log-in middleware ran."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "company_name": settings.COMPANY_NAME,
        "practice": settings.XPORT_IS_PRACTICE,
        "sandbox_url": settings.XPORT_BASE_URL.rsplit("/", 1)[0] + "/_sandbox/",
        "theme": "light",
    }
    if request.headers.get("HX-Request") or not isinstance(user, User):
        context["theme"] = getattr(user, "theme", "light") or "light"
        if not isinstance(user, User):
            # Read only where a template shows them: the log-in page.
            context |= {"demo_people": SimpleLazyObject(demo_people), "come_in_url": come_in_url()}
        return context
    entries = kept_entries(user)
    path = request.path
    active = max((e.url for e in entries if _under(path, e.url)), key=len, default="")
    context |= {
        "theme": user.theme,
        "nav": entries,
        "nav_active": active,
        "todo_count": todo_count(user),
        "demo_people": SimpleLazyObject(demo_people),
    }
    return context


def kept_entries(user: User) -> list[NavEntry]:
    """Navigation with its counts, kept as briefly as the to-do count."""
    key = nav_key(user)
    kept: dict[str, list[NavEntry]] = cache.get(key) or {}
    language = get_language() or ""
    if language not in kept:
        kept[language] = entries_for(user)
        cache.set(key, kept, KEPT_SECONDS)
    return kept[language]


def nav_key(user: User) -> str:
    return f"navigation:{user.pk}"


def entries_for(user: User) -> list[NavEntry]:
    """Navigation of a person, in order."""
    placed = [(0, NavEntry(_("Home"), "/", "home"))]
    placed += [entry for provider in nav for entry in provider(user)]
    return [entry for _place, entry in sorted(placed, key=lambda pair: pair[0])]


def todo_count(user: User) -> int:
    """How much waits for a person. Kept for a few seconds, and not over anything they do
    themselves (desk.middleware forgets it then)."""
    key = count_key(user)
    kept: int | None = cache.get(key)
    if kept is not None:
        return kept
    count: int = sum(counter(user) for counter in todo_counts)
    cache.set(key, count, KEPT_SECONDS)
    return count


def count_key(user: User) -> str:
    return f"todo-count:{user.pk}"


def demo_people() -> list[User]:
    """People whose log-in page card lets anyone in; none unless practice and DEMO."""
    if not (settings.DEMO and settings.XPORT_IS_PRACTICE):
        return []
    kept: list[User] | None = cache.get("demo-people")
    if kept is not None:
        return kept
    rows = User.objects.filter(is_demo=True, is_active=True)
    rows = rows.select_related("department").prefetch_related("groups").order_by("id")
    people = list(rows)
    cache.set("demo-people", people, 60)
    return people


def come_in_url() -> str:
    """Where the cards of demo people post to."""
    return reverse("accounts:become")


def _under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
