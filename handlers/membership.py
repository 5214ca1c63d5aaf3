"""Whether people can be reached: they block the bot and let it back in."""

from models.records import Records


def changed(records: Records, telegram_id: int, *, reachable: bool) -> None:
    """Note that the person of this account can, or can no longer, be written to."""
