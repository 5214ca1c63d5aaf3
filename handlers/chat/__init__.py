"""The start of every update: the desk, the incoming message, and what the chat expects next."""
