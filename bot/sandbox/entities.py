"""Telegram's HTML: text with tags in, plain text and entities out; offsets in UTF-16 code units.

Source: the section "HTML style" of the Bot API; the wording of the refusals is Telegram's.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

from bot.sandbox.refusals import Refusal, bad_request

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
}
_WITH_ATTRIBUTES = frozenset({"a", "span", "blockquote", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_START = re.compile(r"<([^\s>/]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_END = re.compile(r"</\s*([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(r"\s*([^\s=\"'>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_AUTOMATIC = (
    ("url", re.compile(r"(?<![\w@/])(?:https?://|www\.|t\.me/)[^\s<>“”]+[^\s<>“”.,;:!?)]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, which is how Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of `source`; raises `Refusal` as Telegram would."""
    return _HtmlReader(source).read()


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut surrounding white space, as Telegram does, and move the entities along."""
    stripped = text.lstrip()
    cut = utf16_length(text) - utf16_length(stripped)
    stripped = stripped.rstrip()
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] - cut + entity["length"])
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


def with_automatic(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the entities Telegram finds by itself: links, addresses, mentions, commands, hashtags."""
    found = list(entities)
    barred = [_span(entity) for entity in entities if entity["type"] in {"code", "pre", "text_link", "text_mention"}]
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            stop = start + utf16_length(match.group())
            if all(stop <= low or start >= high for low, high in barred):
                found.append({"type": kind, "offset": start, "length": stop - start})
                barred.append((start, stop))
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


class _HtmlReader:
    """One pass over the source, keeping a stack of open tags."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[tuple[str, Entity | None, int]] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        position = 0
        while position < len(self.source):
            character = self.source[position]
            if character == "<":
                position = self._tag(position)
            elif character == "&":
                position = self._reference(position)
            else:
                plain = _PLAIN.match(self.source, position)
                stop = plain.end() if plain else position + 1
                self._emit(self.source[position:stop])
                position = stop
        if self.open:
            raise _unparseable(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.plain), ordered

    def _emit(self, text: str) -> None:
        self.plain.append(text)
        self.offset += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _reference(self, position: int) -> int:
        match = _REFERENCE.match(self.source, position)
        if match is None:
            self._emit("&")
            return position + 1
        character = _character(match)
        if character is None:
            self._emit("&")
            return position + 1
        self._emit(character)
        return match.end()

    def _tag(self, position: int) -> int:
        return self._end_tag(position) if self.source.startswith("</", position) else self._start_tag(position)

    def _start_tag(self, position: int) -> int:
        match = _START.match(self.source, position)
        if match is None:
            raise _unparseable(f"Unclosed start tag at byte offset {self._byte(position)}")
        name = match.group(1).lower()
        if name not in _SIMPLE and name not in _WITH_ATTRIBUTES:
            raise _unparseable(f'Unsupported start tag "{name}" at byte offset {self._byte(position)}')
        if match.group(2).lstrip().startswith("="):
            raise _unparseable(f'Empty attribute name in the tag "{name}" at byte offset {self._byte(position)}')
        attributes = {
            found.group(1).lower(): _unescape(next((value for value in found.groups()[1:] if value is not None), ""))
            for found in _ATTRIBUTE.finditer(match.group(2))
        }
        self.open.append((name, self._entity(name, attributes, position), self.offset))
        return match.end()

    def _entity(self, name: str, attributes: dict[str, str], position: int) -> Entity | None:
        if name == "code" and attributes.get("class", "").startswith("language-") and self._directly_in_pre():
            return {"type": "language", "language": attributes["class"].removeprefix("language-")}
        if name in _SIMPLE:
            return {"type": _SIMPLE[name]}
        make: dict[str, Callable[[], Entity | None]] = {
            "a": lambda: _link(attributes.get("href", "")),
            "span": lambda: {"type": "spoiler"} if attributes.get("class") == "tg-spoiler" else None,
            "blockquote": lambda: {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"},
            "tg-emoji": lambda: {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")},
            "tg-time": lambda: _moment(attributes),
        }
        entity = make[name]()
        if name == "span" and entity is None:
            raise _unparseable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(position)}')
        if name == "tg-time" and entity is None:
            raise _unparseable(
                f'Tag "tg-time" must have a valid attribute "unix" at byte offset {self._byte(position)}'
            )
        return entity

    def _directly_in_pre(self) -> bool:
        return bool(self.open) and self.open[-1][0] == "pre" and self.open[-1][2] == self.offset

    def _end_tag(self, position: int) -> int:
        if not self.open:
            raise _unparseable(f"Unexpected end tag at byte offset {self._byte(position)}")
        match = _END.match(self.source, position)
        if match is None:
            raise _unparseable(f"Unclosed end tag at byte offset {self._byte(position)}")
        name, entity, start = self.open.pop()
        closing = match.group(1).lower()
        if closing not in ("", name):
            raise _unparseable(
                f'Unmatched end tag at byte offset {self._byte(position)}, expected "</{name}>", found "</{closing}>"'
            )
        if entity is not None and self.offset > start:
            self._close(entity, start)
        return match.end()

    def _close(self, entity: Entity, start: int) -> None:
        if entity["type"] == "language":
            name, pre, opened = self.open[-1]
            self.open[-1] = (name, {**(pre or {}), "language": entity["language"]}, opened)
            return
        self.entities.append({**entity, "offset": start, "length": self.offset - start})


def _character(reference: re.Match[str]) -> str | None:
    """Return the character that a match of `_REFERENCE` stands for; None where Telegram leaves it as it is."""
    hexadecimal, decimal, name = reference.groups()
    if name is not None:
        return _NAMED.get(name)
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < number <= sys.maxunicode:
        return None
    if unicodedata.category(chr(number)) == "Cs":
        raise _unparseable(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
            "code units"
        )
    return chr(number)


def _unescape(value: str) -> str:
    """Return the value of an attribute, in which Telegram reads the same references as in text."""
    return _REFERENCE.sub(lambda match: _character(match) or match.group(), value)


def _link(address: str) -> Entity | None:
    if re.match(r"(https?://|tg://|mailto:|tel:)\S+", address):
        return {"type": "text_link", "url": address}
    if re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", address):
        return {"type": "text_link", "url": f"http://{address}"}
    return None


def _moment(attributes: dict[str, str]) -> Entity | None:
    unix = attributes.get("unix", "")
    if not re.fullmatch(r"-?\d{1,11}", unix):
        return None
    entity: Entity = {"type": "date_time", "unix_time": int(unix)}
    wanted = attributes.get("format", "")
    if not re.fullmatch(r"r|[tTdDwW]*", wanted):
        raise _unparseable("Invalid date format used")
    if wanted:
        entity["date_time_format"] = wanted
    return entity


def _unparseable(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
