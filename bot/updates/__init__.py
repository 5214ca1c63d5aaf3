"""Updates from Telegram: stored first, then handled in the order of their chat."""
