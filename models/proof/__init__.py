"""Holding the rows of a case against its journal."""
