"""Help: what this person may do, in a few lines."""

from handlers.incoming import Incoming
from models.records import Records


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/bantuan`."""


def unknown_command(records: Records, message: Incoming) -> None:
    """Answer a command that there is not."""


def language_of(records: Records, telegram_id: int, account_language: str | None) -> str:
    """Return the language this account is spoken to in."""
    return account_language or "id"
