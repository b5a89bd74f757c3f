"""Reading prices again before somebody decides. Calls out, so no transaction may be open."""

from __future__ import annotations

from approvals.choices import ApprovalState
from approvals.models import Approval
from approvals.subjects import subject_of


def check(*, approval: Approval) -> Approval:
    """Let the subject read its prices again, within a page's time; only while it waits.

    New figures give the approval a new fingerprint, so that older pages cannot decide about them.
    A platform that does not answer leaves `shown["unread"]` set and everything else as it was.
    """
    if approval.state == ApprovalState.WAITING:
        subject_of(approval).refresh(approval)
        approval.refresh_from_db()
    return approval
