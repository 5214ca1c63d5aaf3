"""Messages that are pieces of one: a text that a client has cut, and the files of an album.

A client cuts a text that is longer than a message may be, and sends the pieces at once. Telegram hands out an album as
one message for each file. The handlers get the pieces together, so that nothing is decided on a fragment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.telegram.answers import storable
from handlers.texts.shorten import length
from models.mail.inbox import InboxUpdate

PATIENCE = timedelta(seconds=1.5)
"""How long the pieces that came wait for the next one."""

SHORTEST = 2048
"""The `length` that a piece exceeds behind which a client has cut.

Telegram Desktop cuts at the end of a line or of a word in the second half of the 4,096 that a message may have (its
`TextUtilities::CutPart`), other clients nearer the end.
"""

ALBUM = 10
"""How many files an album has at most."""

UNFINISHED = 500
"""Chats of which the last long text is remembered."""

_APART = 2
"""Seconds by which the dates of two pieces of a text may differ. Telegram dates messages in whole seconds."""

_ALBUM_LENGTH = 64


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a message tells whether it is a piece of the same whole as another one.

    `size` is the `length` of its text, 0 for anything but a text; `commands` tells that it begins with a command.
    `quoted` is the message to which it replies. `author` and `written` tell who wrote a forwarded message and when;
    they are None for any other.
    """

    sender: object
    number: int
    date: int
    album: str | None
    size: int
    commands: bool
    quoted: int | None
    author: object
    written: int | None

    @property
    def may_go_on(self) -> bool:
        return self.album is not None or self.size > SHORTEST

    def goes_on_with(self, later: "_Piece") -> bool:
        """Whether `later` is the next piece of the same text."""
        return (
            self.album is None
            and later.album is None
            and self.size > SHORTEST
            and later.size > 0
            and not later.commands
            and later.sender == self.sender
            and later.number > self.number
            and 0 <= later.date - self.date <= _APART
            and later.quoted in (None, self.quoted)
            and later.author == self.author
            and abs((later.written or 0) - (self.written or 0)) <= _APART
        )


def album_of(body: Mapping[str, Any]) -> str | None:
    """Return the album that the message of an update belongs to, None for any other update."""
    message = body.get("message")
    album = message.get("media_group_id") if isinstance(message, Mapping) else None
    return album[:_ALBUM_LENGTH] if isinstance(album, str) and album else None


def may_go_on(body: Mapping[str, Any]) -> bool:
    """Whether another update may bring a piece of the same whole."""
    piece = _piece(body)
    return piece is not None and piece.may_go_on


def cut_from(bodies: Sequence[Mapping[str, Any]], later: Mapping[str, Any]) -> int | None:
    """Return the number of the message of which that of `later` is the next piece, None where it is none.

    That is the last one that the same person wrote, of those in `bodies`.
    """
    piece = _piece(later)
    if piece is None:
        return None
    before = (_piece(body) for body in reversed(bodies))
    last = next((one for one in before if one is not None and one.sender == piece.sender), None)
    return last.number if last is not None and last.goes_on_with(piece) else None


class Unfinished:
    """The last long text of each chat that was handled although it may go on, as this process knows it.

    A piece that comes after all is then known for one. A process that begins again knows none.
    """

    def __init__(self) -> None:
        self._bodies: dict[int, Mapping[str, Any]] = {}

    def remember(self, rows: Sequence[InboxUpdate]) -> None:
        """Keep the last of `rows`, which were handled together, in place of what was kept of their chat."""
        last = rows[-1]
        self._bodies.pop(last.lane, None)
        if last.album is None and may_go_on(last.body):
            self._bodies[last.lane] = last.body
        while len(self._bodies) > UNFINISHED:
            del self._bodies[next(iter(self._bodies))]

    def of(self, lane: int) -> list[Mapping[str, Any]]:
        """Return what is kept of a chat: one update, or none."""
        body = self._bodies.get(lane)
        return [] if body is None else [body]


def gathered(rows: Sequence[InboxUpdate]) -> tuple[list[InboxUpdate], bool]:
    """Return the first of `rows`, which are the waiting updates of a chat, with the pieces of the same whole.

    Also whether all of them are there: the last piece of a text is a short one, and a person who does something else
    has sent all pieces before. An edit tells nothing, because Telegram also edits a message to show a link's preview.
    """
    head = _piece(rows[0].body)
    if head is None or not head.may_go_on:
        return [rows[0]], True
    behind = [row for row in rows[1:] if _sender(row.body) == head.sender and "edited_message" not in row.body]
    if head.album is not None:
        others = [row for row in behind if album_of(row.body) == head.album]
        return [rows[0], *others], len(others) + 1 >= ALBUM or len(others) < len(behind)
    found, last = [rows[0]], head
    for row in behind:
        piece = _piece(row.body)
        if piece is None or not last.goes_on_with(piece):
            return found, True
        found.append(row)
        last = piece
    return found, not last.may_go_on


def in_order(rows: Iterable[InboxUpdate]) -> list[InboxUpdate]:
    """Return rows of messages by the numbers of the messages, in which order they were written."""
    return sorted(rows, key=lambda row: _number(row.body))


def _number(body: Mapping[str, Any]) -> int:
    piece = _piece(body)
    return piece.number if piece is not None else 0


def _piece(body: Mapping[str, Any]) -> _Piece | None:
    message = body.get("message")
    sender = _sender(body)
    if not isinstance(message, Mapping) or sender is None:
        return None
    number, date = message.get("message_id"), message.get("date")
    if not storable(number) or not storable(date):
        return None
    author, written = _written(message.get("forward_origin"))
    return _Piece(
        sender=sender,
        number=number,
        date=date,
        album=album_of(body),
        size=_size(message),
        commands=_commands(message),
        quoted=_quoted(message),
        author=author,
        written=written,
    )


def _sender(body: Mapping[str, Any]) -> object:
    """Return who caused an update: the account, and the chat in whose name it wrote; None where there is none."""
    for part in body.values():
        if isinstance(part, Mapping):
            sender = part.get("from")
            found = sender.get("id") if isinstance(sender, Mapping) else None
            if storable(found):
                chat = part.get("sender_chat")
                return found, chat.get("id") if isinstance(chat, Mapping) else None
    return None


def _size(message: Mapping[str, Any]) -> int:
    text = message.get("text")
    return length(text) if isinstance(text, str) else 0


def _commands(message: Mapping[str, Any]) -> bool:
    entities = message.get("entities")
    return isinstance(entities, Sequence) and any(
        isinstance(one, Mapping) and one.get("type") == "bot_command" and one.get("offset") == 0 for one in entities
    )


def _quoted(message: Mapping[str, Any]) -> int | None:
    replied = message.get("reply_to_message")
    number = replied.get("message_id") if isinstance(replied, Mapping) else None
    return number if storable(number) else None


def _written(origin: object) -> tuple[object, int | None]:
    """Return who wrote a forwarded message, and when."""
    if not isinstance(origin, Mapping):
        return None, None
    names = ("sender_user", "sender_chat", "chat")
    found = next((part for name in names if isinstance(part := origin.get(name), Mapping)), None)
    author = found.get("id") if found is not None else origin.get("sender_user_name")
    date = origin.get("date")
    return (origin.get("type"), author), date if storable(date) else None
