"""Tables of this app, one module a noun."""

from accounts.models.department import Department
from accounts.models.sub_account import SubAccount, SubAccountMapping
from accounts.models.user import User

__all__ = ["Department", "SubAccount", "SubAccountMapping", "User"]
