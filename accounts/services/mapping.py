"""Who may act as which sub-account, from when to when. Rows are ended, not deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import SubAccount, SubAccountMapping, User


@dataclass(frozen=True, slots=True)
class Span:
    """One row as it shall be: sub-account id, default or not, both days inclusive, None = open."""

    sub_account_id: int
    is_default: bool
    from_date: date
    to_date: date | None

    def overlaps(self, other: Span) -> bool:
        return (self.to_date is None or self.to_date >= other.from_date) and (
            other.to_date is None or other.to_date >= self.from_date
        )


def wrong_spans(spans: Sequence[Span]) -> list[tuple[int, str, str]]:
    """What is wrong with the rows of one person: (index, field, sentence). Empty when all is well.

    Says what the constraints of the table say, before they do, and more: the same sub-account twice
    at a time, or two defaults at a time, are never meant.
    """
    found = []
    for index, span in enumerate(spans):
        if span.to_date is not None and span.to_date < span.from_date:
            found.append((index, "to_date", _("The last day is before the first.")))
            continue
        for earlier in spans[:index]:
            if not span.overlaps(earlier):
                continue
            if span.sub_account_id == earlier.sub_account_id:
                text = _("This person already has this sub-account in these days, see above.")
                found.append((index, "sub_account", text))
            elif span.is_default and earlier.is_default:
                text = _("Only one sub-account can be the default at a time. Untick one of them.")
                found.append((index, "is_default", text))
    return found


def map_person(
    *,
    person: User,
    sub_account: SubAccount,
    is_default: bool = False,
    from_date: date | None = None,
    to_date: date | None = None,
) -> SubAccountMapping:
    """Let a person act as a sub-account. A new open default takes the place of the old one.

    Where an open row of the pair exists, it is changed, not doubled.
    """
    with transaction.atomic():
        rows = SubAccountMapping.objects.filter(person=person)
        if is_default:
            rows.filter(is_default=True, to_date=None).exclude(sub_account=sub_account).update(
                is_default=False
            )
        mapping, _made = rows.update_or_create(
            person=person,
            sub_account=sub_account,
            to_date=None,
            defaults={"is_default": is_default, "to_date": to_date}
            | ({"from_date": from_date} if from_date else {}),
        )
    return mapping


def end_mapping(*, mapping: SubAccountMapping, last_day: date | None = None) -> None:
    """End a mapping with a day (today), never before its first one."""
    mapping.to_date = max(last_day or timezone.localdate(), mapping.from_date)
    mapping.save(update_fields=["to_date"])
