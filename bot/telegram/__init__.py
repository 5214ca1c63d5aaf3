"""The client that talks to Telegram, and the fate of its calls."""
