"""The rules and the record. Knows no Telegram, no scheduler, no sentence."""
