"""Screens: each module defines the view that it shows, and pure functions from that view to text and buttons."""
