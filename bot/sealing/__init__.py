"""Seals the record every hour and at each closing, and takes the checkpoints out of the database."""
