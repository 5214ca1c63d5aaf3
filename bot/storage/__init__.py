"""The database: every transaction is opened and committed here, on SQLite or PostgreSQL."""
