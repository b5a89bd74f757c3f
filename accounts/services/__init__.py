"""Writes and questions about people that other apps use."""

from accounts.services.acting import sub_account_for, sub_accounts_of
from accounts.services.mapping import end_mapping, map_person
from accounts.services.roles import LastAdmin, assign_roles, lay_roles, set_active

__all__ = [
    "LastAdmin",
    "assign_roles",
    "end_mapping",
    "lay_roles",
    "map_person",
    "set_active",
    "sub_account_for",
    "sub_accounts_of",
]
