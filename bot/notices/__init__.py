"""What is owed to people: drawn as things stand, sent in each chat's order and within Telegram's rates."""
