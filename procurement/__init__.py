"""Cart, purchase requests, purchase orders, payments, tracking, receipts."""
