"""What came in from Telegram and what is owed to it: updates, notices, cards, leases."""
