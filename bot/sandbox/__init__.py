"""A local stand-in for Telegram, which knows nothing of the bot: the Bot API over HTTP, and a page with the chats."""
