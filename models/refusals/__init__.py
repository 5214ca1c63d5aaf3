"""Refusals: what a person may ask for and not get, as typed exceptions that carry data and never a sentence."""
