"""People, roles, departments, sub-accounts, and who acts as whom."""
