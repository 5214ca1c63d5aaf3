"""What a message says in words, also where Telegram keeps them elsewhere than in its text.

What is not text is kept as a line of words. They become part of the record, which is kept in the office's language.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from telegram import Checklist, Contact, ExternalReplyInfo, Location, Message, MessageEntity, Poll, Venue

_HIDDEN = MessageEntity.TEXT_LINK
_BESIDE_WORDS = frozenset({"type", "size", "language", "name", "anchor_name", "custom_emoji_id", "align", "valign"})
"""The fields of a rich text that hold a string which is not among its words."""

_MEDIA = frozenset({"photo", "video", "animation", "audio", "voice_note", "voice", "document", "thumbnail", "user"})
"""The fields of a rich text that hold a file or a person."""

_LINES = frozenset({"blocks", "items", "cells"})
"""The fields of a rich text whose members stand on lines of their own."""


def words_of(message: Message) -> str:
    """Return everything that a message says: its text or caption with hidden addresses, and what it brings beside it.

    What somebody replies to in another chat is told too, as far as Telegram gives it out.
    """
    said = [*_cited(message), _linked(message), *_brought(message), _rich(message)]
    return "\n".join(part for part in said if part)


def brings_rich_media(message: Message) -> bool:
    """Whether a rich text holds pictures or other files: these cannot be kept."""
    return _holds_media(_rich_message(message))


def _cited(message: Message) -> Iterator[str]:
    cited = message.external_reply
    if cited is None:
        return
    if message.quote is not None:
        yield f"“{message.quote.text}”"
    yield from _brought(cited)


def _linked(message: Message) -> str:
    """Return the text or caption in which each hidden address stands behind its words.

    Telegram counts in UTF-16 code units, two of them for a letter outside the basic plane.
    """
    text = message.text or message.caption or ""
    entities = message.entities if message.text else message.caption_entities
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
    return "\n".join([f"Jajak pendapat: {poll.question}", *(f"• {option.text}" for option in poll.options)])


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
