"""Who acts as whom at the platform."""

from __future__ import annotations

from accounts.models import SubAccount, User


def sub_accounts_of(*, person: User, marketplace: str | None = None) -> list[SubAccount]:
    """Sub-accounts the person may act as today, their default first. One query."""
    mappings = person.mappings.current().select_related("sub_account")
    accounts = [mapping.sub_account for mapping in mappings if mapping.sub_account.is_active]
    if marketplace is None:
        return accounts
    return [account for account in accounts if account.serves(marketplace)]


def sub_account_for(*, person: User, marketplace: str) -> SubAccount | None:
    """The sub-account this person's orders on a marketplace go through; None if unmapped."""
    return next(iter(sub_accounts_of(person=person, marketplace=marketplace)), None)
