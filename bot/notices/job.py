"""What the outbox hands to the courier, and what the courier gives back of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.replicas.leases import Claim
from handlers.delivery.plan import Drawing, Plan

LostFile = Mapping[str, Any]
"""A file that Telegram refuses, as a notice keeps it: its `position` in the list, `kind`, `name`, and `why`."""

_SENT = "sent"
"""The key in a notice's body under which it counts the files that are done with."""

_HEADED = "headed"
"""The key in a notice's body under which it keeps that the caption went before its files."""

_LOST = "lost"
"""The key in a notice's body under which it keeps the files that Telegram refuses."""


def lost_file(file: Mapping[str, Any], *, position: int, why: str) -> LostFile:
    """Return what is told of a file that Telegram refuses; `position` counts from 1."""
    return {"position": position, "kind": str(file["kind"]), "name": str(file.get("name", "")), "why": why}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files of a notice are done with, which of these Telegram refused, and whether a heading went ahead."""

    sent: int = 0
    lost: tuple[LostFile, ...] = ()
    headed: bool = False

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Progress":
        """Return the progress that is kept in the body of a notice, none where nothing is kept."""
        return cls(body.get(_SENT, 0), tuple(body.get(_LOST, ())), headed=body.get(_HEADED, False))

    def written(self) -> dict[str, Any]:
        """Return what the body of a notice keeps of the progress, for `read`."""
        return {_SENT: self.sent, _LOST: [dict(one) for one in self.lost], _HEADED: self.headed}

    def goes_beyond(self, kept: "Progress") -> bool:
        """Whether more is done than in `kept`."""
        return (self.sent, self.headed) > (kept.sent, kept.headed)

    @property
    def arrived(self) -> bool:
        """Whether the caption has reached the chat, under one of the files or before them."""
        return self.headed or self.sent > len(self.lost)


@dataclass(frozen=True, slots=True)
class Job:
    """One notice to carry out. `progress` is how far earlier attempts came with its files."""

    claim: Claim
    chat_id: int
    notice_id: int
    attempt: int
    plan: Plan
    progress: Progress = Progress()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The next notice of a chat as it was drawn, both None where nothing is to be sent.

    `passed` are the notices before it that are not needed any more.
    """

    chat_id: int
    notice_id: int | None
    drawing: Drawing | None
    passed: tuple[int, ...]


class OutOfDate(Exception):
    """What was drawn is not what the chat is owed next any more: it must be drawn again."""


class Undrawable(Exception):
    """The notice with this id cannot be drawn. The transaction is undone, with all that it has drawn."""

    def __init__(self, notice_id: int) -> None:
        super().__init__(notice_id)
        self.notice_id = notice_id


@dataclass(frozen=True, slots=True)
class Delivered:
    """The outcome at Telegram.

    That is the id of a new message, the ids of the messages that were gone when edited, and the files that it refused.
    """

    job: Job
    message_id: int | None = None
    gone: frozenset[int] = frozenset()
    lost: tuple[LostFile, ...] = ()
