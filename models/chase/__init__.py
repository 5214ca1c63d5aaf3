"""Chasing late tasks up the ladder of reminders, and the daily digest."""
