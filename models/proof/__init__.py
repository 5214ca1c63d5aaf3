"""Comparing the rows of every case with its journal."""
