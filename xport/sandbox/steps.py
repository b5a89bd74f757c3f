"""Names of what time does to an order, as they stand in its schedule."""

FINANCE, PAY, DEBIT = "finance", "pay", "debit"
CANCEL, CLOSE_UNPAID = "cancel", "close_unpaid"
SHIP, DELIVER, CONFIRM, FINISH = "ship", "deliver", "confirm", "finish"
