"""Keeping the record in order: audit, retention, recovery after a restore."""
