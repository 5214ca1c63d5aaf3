"""Turning a notice that is owed into a call to Telegram."""
