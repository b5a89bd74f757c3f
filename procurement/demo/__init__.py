"""Practice data: seven months of a small company, told through the services and the sandbox, so
that ledger, books and reconciliation agree. Nothing here is imported by the desk itself."""
