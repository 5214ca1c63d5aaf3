"""What copies of both kinds of database share: how they are refused, and named."""

from datetime import UTC, datetime

from bot.stopped import Stopped


class CopyRefused(Stopped):
    """A copy cannot be made or put back as it was asked for; nothing was changed."""


def kept_since(at: datetime) -> str:
    """Return what is added to the name of a record that is kept aside at `at`, such as `20261123T003000Z`."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def in_the_way(name: str) -> CopyRefused:
    """Return the refusal to put a copy where a record is."""
    return CopyRefused(f"{name} holds a record already. Name an empty database, or say --replace to keep it aside.")
