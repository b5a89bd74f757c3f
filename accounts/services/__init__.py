"""Writes and questions about people that other apps use."""

from accounts.services.acting import sub_account_for, sub_accounts_of

__all__ = ["sub_account_for", "sub_accounts_of"]
