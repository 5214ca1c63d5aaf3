"""What the bot needs before it seals a record that was put back from a copy."""

from sqlalchemy.orm import Session

from bot.sealing.folder import FolderUnusable
from bot.sealing.key_file import KeyUnusable
from bot.sealing.places import Places
from bot.sealing.sealer import lags_behind, public_keys
from models.checkpoint.sealing import key_in_use

_RESTART = 'disposisi checkpoint restart --reason "…"'


def need_of(session: Session, places: Places) -> str | None:
    """Say what the bot needs before it seals a record that was put back; None where it needs nothing."""
    try:
        return _need(session, places)
    except (KeyUnusable, FolderUnusable) as error:
        # The record is back all the same.
        return str(error)


def _need(session: Session, places: Places) -> str | None:
    if lags_behind(session, places):
        return (
            f"{places.folder.path} holds later checkpoints. The bot seals nothing until a new log is begun: {_RESTART}"
        )
    used = key_in_use(session)
    if used is None:
        return None
    key = places.key.load()
    if key is None or key.public != used.public:
        return (
            f"The record is sealed with the key {used.public.short}, which is not in {places.key.place}. No copy of a "
            f"record holds it. Put it there, or the bot seals nothing; if it is lost: {_RESTART}"
        )
    if places.folder.newest(key.name, public_keys(session)) is None:
        return (
            f"{places.folder.path} holds no checkpoint of the record, so it is not known here whether there are later "
            f"ones than the copy has. If there are, begin a new log before the bot starts: {_RESTART}"
        )
    return None
