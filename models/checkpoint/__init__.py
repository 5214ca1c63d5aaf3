"""Signed tree heads over the heads of all chains."""
