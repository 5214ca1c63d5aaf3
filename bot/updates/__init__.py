"""What Telegram hands out: stored first, then handled in its chat's order."""
