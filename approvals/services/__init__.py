"""Writes of approvals: asking, deciding, taking back."""

from approvals.services.asking import Asked, ask, planned_steps, withdraw
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

__all__ = [
    "Asked",
    "CannotDecide",
    "StaleView",
    "TooLate",
    "approve",
    "ask",
    "planned_steps",
    "refuse",
    "send_back",
    "undo_approval",
    "who_stands_for",
    "withdraw",
]
