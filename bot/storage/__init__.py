"""The database: where every transaction is opened and committed, on SQLite or PostgreSQL."""
