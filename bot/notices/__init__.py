"""Notices: drawn from the present state, sent in the order of their chat and within Telegram's rates."""
