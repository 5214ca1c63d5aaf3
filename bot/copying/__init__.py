"""Copies of the record: taken from a running database, put back, carried from one kind to the other."""
