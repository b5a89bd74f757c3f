"""The small company of procurement's tests, for the border's."""

from tests.approvals.conftest import logged_in, waiting
from tests.procurement.conftest import company, quick

__all__ = ["company", "logged_in", "quick", "waiting"]
