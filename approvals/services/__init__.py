"""Writes of approvals: asking, deciding, taking back."""

from approvals.services.approving_many import Result, approve_many, obstacles
from approvals.services.asking import Asked, ask, ask_anew, planned_steps, withdraw
from approvals.services.checking import check
from approvals.services.deciding import (
    CannotDecide,
    StaleView,
    TooLate,
    approve,
    refuse,
    send_back,
    undo_approval,
    who_stands_for,
)
from approvals.services.talking import comment_on

__all__ = [
    "Asked",
    "CannotDecide",
    "StaleView",
    "TooLate",
    "Result",
    "approve",
    "approve_many",
    "ask",
    "ask_anew",
    "check",
    "comment_on",
    "obstacles",
    "planned_steps",
    "refuse",
    "send_back",
    "undo_approval",
    "who_stands_for",
    "withdraw",
]
