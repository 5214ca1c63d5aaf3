"""Climbing the ladder for open tasks, and the daily digest."""
