"""Approving several at once: each stands for itself, and each failure has a name and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from approvals.models import Approval
from approvals.querysets import visible_to
from approvals.services.deciding import CannotDecide, StaleView, TooLate, approve
from approvals.subjects import subject_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one: `reason` is empty where it was approved."""

    approval: Approval
    reason: str = ""


def approve_many(*, wanted: Sequence[tuple[int, str]], by: User) -> list[Result]:
    """Approve each (id, fingerprint seen), in the order given. What has to be looked at first is
    not approved here either, whatever the page offered. Unknown ids are left out."""
    picked = dict(wanted[:MOST])
    rows = {row.pk: row for row in visible_to(by).filter(pk__in=picked)}
    stops = obstacles(list(rows.values()))
    return [
        _one(rows[pk], by=by, seen=seen, obstacle=stops.get(pk, ""))
        for pk, seen in picked.items()
        if pk in rows
    ]


def obstacles(rows: Sequence[Approval]) -> dict[int, str]:
    """Why each row has to be opened before it is decided; asked once a kind of subject."""
    by_kind: dict[str, list[Approval]] = {}
    for row in rows:
        by_kind.setdefault(row.subject.partition(":")[0], []).append(row)
    found: dict[int, str] = {}
    for group in by_kind.values():
        found |= subject_of(group[0]).obstacles(group)
    return found


def _one(approval: Approval, *, by: User, seen: str, obstacle: str) -> Result:
    if obstacle:
        return Result(approval, obstacle)
    try:
        return Result(approve(approval=approval, by=by, seen=seen))
    except StaleView:
        return Result(approval, _("It changed after you opened the list. Look again."))
    except (CannotDecide, TooLate) as refused:
        return Result(approval, str(refused))
