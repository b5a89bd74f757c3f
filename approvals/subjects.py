"""What can be approved: higher apps register a kind for each subject prefix at start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from accounts.models import User
    from approvals.models import Approval


class SubjectKind(Protocol):
    """What deciding about a subject sets in motion. All but `refresh` run inside the decision's
    transaction; `refresh` asks the platform and so runs with none open."""

    template: str  # the lines and figures below the fold of the approval page

    def on_approved(self, approval: Approval, *, by: User | None) -> None: ...

    def on_refused(self, approval: Approval, *, by: User, note: str) -> None: ...

    def on_sent_back(self, approval: Approval, *, by: User, note: str) -> None: ...

    def undo(self, approval: Approval, *, by: User) -> bool:
        """Take an approval back; False when something was sent already."""
        ...

    def refresh(self, approval: Approval) -> None:
        """Read prices again and put what changed into `approval.shown`."""
        ...

    def changes(self, approval: Approval) -> list[Any]:
        """Then/now rows, worst first: what, then, now, tone (words, not figures)."""
        ...

    def obstacles(self, approvals_: Sequence[Approval]) -> dict[int, str]:
        """Why each cannot be decided in a list without looking; "" where it can."""
        ...

    def sent_at(self, approval: Approval) -> datetime | None:
        """When what it set in motion left us, if it did."""
        ...

    def context(self, approval: Approval) -> dict[str, Any]: ...


_kinds: dict[str, SubjectKind] = {}


def register(prefix: str, kind: SubjectKind) -> None:
    """Called from AppConfig.ready()."""
    _kinds[prefix] = kind


def subject_of(approval: Approval) -> SubjectKind:
    return _kinds[approval.subject.partition(":")[0]]
