"""People, departments and sub-accounts in the admin: one page a person."""

from accounts.admin.departments import DepartmentAdmin
from accounts.admin.people import PersonAdmin
from accounts.admin.sub_accounts import SubAccountAdmin

__all__ = ["DepartmentAdmin", "PersonAdmin", "SubAccountAdmin"]
