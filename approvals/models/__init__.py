"""Tables of this app, one module a noun."""

from approvals.models.approval import Approval, ApprovalStep
from approvals.models.policy import ApprovalPolicy

__all__ = ["Approval", "ApprovalPolicy", "ApprovalStep"]
