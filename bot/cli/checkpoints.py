"""`disposisi checkpoint`: showing the seals over the record, and looking after the key that signs them."""

from contextlib import closing, suppress
from datetime import datetime

import typer
from rich.table import Table

from bot.cli import console, surroundings
from bot.rules import load_rules
from bot.sealing.key_file import KeyUnusable
from bot.sealing.places import Places
from bot.sealing.sealer import new_key
from bot.settings import Settings
from bot.storage.proof import look
from models.checkpoint import delivery, sealing
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import OtherKey

_REASON = 200
"""Characters of a reason that are kept."""


def show(number: int | None, database: str | None) -> None:
    """Print one checkpoint as its note; without a number the newest. Ends with 1 where there is none."""
    with closing(surroundings.database(surroundings.settings(database))) as opened:
        row = look(
            opened,
            lambda session: sealing.last_sealing(session) if number is None else delivery.numbered(session, number),
        )
    if row is None:
        console.fail("There is no such checkpoint." if number is not None else _NONE)
        raise typer.Exit(1)
    console.say(row.note.removesuffix("\n"))


def list_newest(last: int, database: str | None) -> None:
    """Print the newest checkpoints as a table."""
    settings = surroundings.settings(database)
    with closing(surroundings.database(settings)) as opened:
        rows = look(opened, lambda session: delivery.newest(session, last))
        places = Places.of(settings, record=opened.path)
    if not rows:
        console.note(_NONE)
        return
    table = Table("No.", "made (UTC)", "log", "leaves", "in the folder", "at the address")
    for row in rows:
        posted = _instant(row.posted_at) if row.posted_at is not None or places.url is not None else "–"
        table.add_row(
            *(str(row.number), _instant(row.sealed_at), str(row.log), str(row.size), _instant(row.filed_at), posted)
        )
    console.show(table)
    console.note(f"The folder is {places.folder.path.absolute()}. Copy it to another machine.")


def show_keys(database: str | None) -> None:
    """Print the public keys, one a line, so that the output can be kept as a file."""
    with closing(surroundings.database(surroundings.settings(database))) as opened:
        keys = look(opened, delivery.every_key)
    if not keys:
        console.fail(_NONE)
        raise typer.Exit(1)
    for key, _ in keys:
        console.say(key)


def rotate() -> None:
    """Make a new key, hand over to it, and put it in the place of the old one.

    After a death in between, the bot ends the rotation where the record knows the new key already.
    """
    settings, places = surroundings.settings(), _places()
    old = None if places.key.in_environment else _own(settings, places)
    if old is None:
        where = "is in the environment; put it into a file" if places.key.in_environment else "does not exist"
        raise KeyUnusable(f"The key {places.key.place} {where}, so it cannot hand over to another.")
    new = PrivateKey.make(old.name)
    places.key.keep_next(new)
    try:
        with surroundings.records(settings) as records:
            sealing.hand_over(records.session, old, new, at=records.at)
            records.log_office("checkpoint-key", capacity="operator", key=str(new.public), before=old.public.short)
    except OtherKey as error:
        raise KeyUnusable(f"{places.key.place} cannot hand over: {error}.") from None
    except ValueError as error:
        raise KeyUnusable(f"The key was not rotated: {error}.") from None
    places.key.put_next_in_place()
    _tell_new(new, places, replaces=True)


def restart(reason: str) -> None:
    """Begin a log of its own with a new key, and say why in the office's journal."""
    words = " ".join(reason.split())[:_REASON]
    if not words:
        raise typer.BadParameter("Say why.", param_hint="--reason")
    settings = surroundings.settings()
    places = _places()
    if places.key.in_environment:
        raise KeyUnusable("The key is in the environment. Take CHECKPOINT_KEY away first; a file is made.")
    new = new_key(load_rules(settings))
    with suppress(KeyUnusable):
        _own(settings, places)
    had_key = places.key.path.exists()
    places.key.keep_next(new)
    with surroundings.records(settings) as records:
        log = sealing.begin_log(records.session, new, at=records.at, beyond=places.folder.last_log())
        records.log_office("checkpoint-log", capacity="operator", key=str(new.public), log=log, reason=words)
    places.key.put_next_in_place()
    earlier = " Checkpoints of the logs before it go on to prove what was sealed until now." if log > 1 else ""
    console.note(f"Log {log} begins.{earlier}")
    _tell_new(new, places, replaces=had_key)


_NONE = "Nothing was sealed yet. The bot seals a minute after its start, then every hour and at each closing."


def _own(settings: Settings, places: Places) -> PrivateKey | None:
    """Return the key of this machine; a rotation that was broken off is ended first."""
    with closing(surroundings.database(settings)) as opened:
        used = look(opened, sealing.key_in_use)
    return places.key.load_used(used.public if used is not None else None)


def _places() -> Places:
    settings = surroundings.settings()
    return Places.of(settings, record=surroundings.record_file(settings))


def _tell_new(key: PrivateKey, places: Places, *, replaces: bool) -> None:
    gone = "; the former is gone" if replaces else ""
    console.succeed(f"From now on {key.public.short} signs. Its secret is in {places.key.place}{gone}.")
    console.note("Give those who verify the new public key:")
    console.say(str(key.public))


def _instant(at: datetime | None) -> str:
    return "waits" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
