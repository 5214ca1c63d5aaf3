"""What a message says in words, also where Telegram keeps them elsewhere than in its text.

What is not text is kept as a line of words. They become part of the record, which is kept in the office's language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from telegram import (
    Checklist,
    Contact,
    ExternalReplyInfo,
    Location,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Poll,
    Venue,
)
from telegram.constants import ChatType

_HIDDEN = MessageEntity.TEXT_LINK
_FORWARDED = "(diteruskan dari {author})"
_BESIDE_WORDS = frozenset({"type", "size", "language", "name", "anchor_name", "custom_emoji_id", "align", "valign"})
"""The fields of a rich text that hold a string which is not among its words."""

_MEDIA = frozenset({"photo", "video", "animation", "audio", "voice_note", "voice", "document", "thumbnail", "user"})
"""The fields of a rich text that hold a file or a person."""

_LINES = frozenset({"blocks", "items", "cells"})
"""The fields of a rich text whose members stand on lines of their own."""


def words_of(message: Message, *, goes_on: bool = False) -> str:
    """Return everything that a message says: its text or caption with hidden addresses, and what it brings beside it.

    What somebody replies to in another chat is told too, as far as Telegram gives it out, and who wrote words that were
    forwarded; where the message `goes_on` in another one, that is told at the end of the other. A command stays at the
    beginning.
    """
    own, cited = _linked(message), list(_cited(message))
    said = [own, *cited] if own.startswith("/") else [*cited, own]
    words = "\n".join(part for part in (*said, *_brought(message), _rich(message)) if part)
    author = "" if goes_on else _forwarded_from(message)
    return f"{words}\n{_FORWARDED.format(author=author)}" if words and author else words


def loses_media(message: Message) -> bool:
    """Whether a message holds pictures or other files that cannot be kept: in a rich text, a poll, or for sale."""
    sources = [source for source in (message, message.external_reply) if source is not None]
    return _holds_media(_rich_message(message)) or any(
        source.paid_media is not None or (source.poll is not None and _illustrated(source.poll)) for source in sources
    )


def _illustrated(poll: Poll) -> bool:
    return any((poll.media, poll.explanation_media, *(option.media for option in poll.options)))


def _forwarded_from(message: Message) -> str:
    """Return the name of the author of a forwarded message, empty where it is the sender's own or nobody's."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=author):
            own = message.from_user is not None and message.from_user.id == author.id
            name = "" if own else author.full_name or author.last_name
        case MessageOriginHiddenUser(sender_user_name=hidden):
            name = hidden
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            name = chat.effective_name
        case _:
            name = ""
    return " ".join((name or "").split())


def _cited(message: Message) -> Iterator[str]:
    """Return the words that somebody chose to reply to, and what else a message of another chat brings.

    What is replied to in a group is reported whole, and what the bot wrote is no news.
    """
    cited, near = message.external_reply, message.reply_to_message
    own = near is not None and near.from_user is not None and near.from_user == message.from_user
    if message.quote is not None and (cited is not None or (own and message.chat.type == ChatType.PRIVATE)):
        yield f"“{_with_addresses(message.quote.text, message.quote.entities or ())}”"
    if cited is not None:
        yield from _brought(cited)


def _linked(message: Message) -> str:
    """Return the text or caption in which each hidden address stands behind its words."""
    entities = message.entities if message.text else message.caption_entities
    return _with_addresses(message.text or message.caption or "", entities)


def _with_addresses(text: str, entities: Iterable[MessageEntity]) -> str:
    """Return a text in which each hidden address stands behind its words.

    Telegram counts in UTF-16 code units, two of them for a letter outside the basic plane.
    """
    hidden = [one for one in entities if one.type == _HIDDEN and one.url]
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(hidden, key=lambda one: one.offset, reverse=True):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        shown = units[start:end].decode("utf-16-le", "replace")
        if entity.url and entity.url not in shown:
            units = units[:end] + f" ({entity.url})".encode("utf-16-le", "surrogatepass") + units[end:]
    return units.decode("utf-16-le", "surrogatepass")


def _brought(message: Message | ExternalReplyInfo) -> Iterator[str]:
    """Return a line for each thing that is neither text nor a file."""
    if message.contact is not None:
        yield _contact(message.contact)
    if message.venue is not None:
        yield _venue(message.venue)
    elif message.location is not None:
        yield f"Lokasi: {_coordinates(message.location)}"
    if message.poll is not None:
        yield _poll(message.poll)
    if message.checklist is not None:
        yield _checklist(message.checklist)


def _contact(contact: Contact) -> str:
    names = [contact.first_name or "", contact.last_name or "", contact.phone_number or ""]
    return f"Kontak: {' '.join(name for name in names if name)}"


def _venue(venue: Venue) -> str:
    named = [venue.title, venue.address, f"({_coordinates(venue.location)})"]
    return f"Lokasi: {' '.join(part for part in named if part)}"


def _coordinates(location: Location) -> str:
    return f"{location.latitude}, {location.longitude}"


def _poll(poll: Poll) -> str:
    options = [f"• {option.text}" for option in poll.options]
    said = [f"Jajak pendapat: {poll.question}", poll.description, *options, poll.explanation]
    return "\n".join(part for part in said if part)


def _checklist(checklist: Checklist) -> str:
    tasks = (f"{'☑' if task.completion_date else '☐'} {task.text}" for task in checklist.tasks)
    return "\n".join([f"Daftar: {checklist.title}", *tasks])


def _rich_message(message: Message) -> object:
    """Return a rich text as Telegram wrote it: the library does not know it and hands it on."""
    return message.api_kwargs.get("rich_message")


def _rich(message: Message) -> str:
    """Return the words of a rich text, each block on a line of its own."""
    lines = _rich_words(_rich_message(message)).splitlines()
    return "\n".join(line for line in lines if line.strip())


def _rich_words(part: object) -> str:
    """Return the words of a part: a string, a list of parts, or an object whose fields hold parts."""
    if isinstance(part, str):
        return part
    if isinstance(part, Sequence):
        return "".join(_rich_words(one) for one in part)
    if not isinstance(part, Mapping):
        return ""
    if "latitude" in part:
        return f"Lokasi: {part['latitude']}, {part.get('longitude')}"
    return "".join(_rich_field(name, value, part) for name, value in part.items())


def _rich_field(name: str, value: object, part: Mapping[str, Any]) -> str:
    if name in _BESIDE_WORDS | _MEDIA:
        return ""
    if name == "url":
        shown = _rich_words(part.get("text"))
        return f" ({value})" if isinstance(value, str) and value not in shown else ""
    if name in _LINES and isinstance(value, Sequence):
        return "".join(f"{_rich_words(one)}\n" for one in value)
    if name in {"caption", "credit", "summary", "title"}:
        return f"{_rich_words(value)}\n"
    if name == "label":
        return f"{_rich_words(value)} "
    # A cell of a table, and a text that names its own words twice, as a mention does.
    if name != "text" and isinstance(value, str) and "text" in part:
        return ""
    return _rich_words(value)


def _holds_media(part: object) -> bool:
    if isinstance(part, Mapping):
        return any(name in _MEDIA - {"user"} or _holds_media(value) for name, value in part.items())
    return isinstance(part, Sequence) and not isinstance(part, str) and any(_holds_media(one) for one in part)
