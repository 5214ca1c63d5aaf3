"""The bot without a token: the shipped program, the stand-in for Telegram, an office of invented people."""
