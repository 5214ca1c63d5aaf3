"""Keeping the database in order: the audit, the retention of old rows, the recovery after a restore."""
