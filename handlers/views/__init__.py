"""What a screen shows, found in one query and frozen."""
