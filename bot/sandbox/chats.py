"""What the stand-in remembers: accounts, chats, messages, button presses, inline queries.

Nothing here speaks HTTP or JSON; `wire.py` turns these objects into the Bot API's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.sandbox.files import StoredFile

Json = dict[str, Any]


class ChatKind(StrEnum):
    """The kinds of chat the stand-in knows; `Chat.type` of the Bot API."""

    PRIVATE = "private"
    SUPERGROUP = "supergroup"


@dataclass(frozen=True, slots=True)
class Account:
    """A Telegram account, a person's or the bot's own."""

    account_id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button as it was sent; `sent` is the whole JSON object."""

    text: str
    data: str | None
    url: str | None
    style: str | None
    sent: Json = field(compare=True)


@dataclass(slots=True)
class Message:
    """One message in one chat, by a person or by the bot; `date` is the stand-in's own clock.

    `topic` is the service message that began the topic it stands in, if any; one with a `topic_name` begins one itself.
    """

    message_id: int
    chat: Chat
    sender: Account
    date: datetime
    text: str = ""
    caption: str = ""
    entities: list[Json] = field(default_factory=list)
    media: StoredFile | None = None
    media_group_id: str | None = None
    buttons: list[list[Button]] = field(default_factory=list)
    reply_to: Message | None = None
    topic: Message | None = None
    topic_name: str = ""
    silent: bool = False
    protected: bool = False
    edited: datetime | None = None
    deleted: bool = False
    pinned: bool = False
    forwarded_from: Account | None = None
    via: Account | None = None
    keyboard: Json | None = None
    preview: Json | None = None
    revision: int = 0

    @property
    def thread(self) -> Message | None:
        """The service message that began the topic it belongs to: itself where it is that one."""
        return self if self.topic_name else self.topic

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.sender.is_bot

    @property
    def words(self) -> str:
        """The text, or the caption of a message that carries media."""
        return self.caption if self.media else self.text

    def button(self, label: str) -> Button | None:
        """Return the first button whose text contains `label`; an exact match wins."""
        buttons = [button for row in self.buttons for button in row]
        exact = (button for button in buttons if button.text == label)
        partial = (button for button in buttons if label in button.text)
        return next(exact, None) or next(partial, None)

    def __str__(self) -> str:
        """Show the message the way it reads in a transcript."""
        return describe(self)


@dataclass(slots=True)
class Answer:
    """What the bot answered to a button press: a toast, or an alert box."""

    text: str
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class CallbackPress:
    """A button press on its way: `pressed` is monotonic seconds, for the 150 s after which Telegram forgets it."""

    query_id: str
    person: Account
    message: Message
    data: str
    pressed: float
    label: str
    answer: Answer | None = None


@dataclass(slots=True)
class InlineQuery:
    """One inline query and what was answered: None while there is none. `asked` is in monotonic seconds."""

    query_id: str
    person: Account
    query: str
    asked: float
    results: list[Json] | None = None
    said: Json = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        """The titles of what was offered."""
        return [str(one["title"]) for one in self.results or ()]


@dataclass(slots=True)
class Chat:
    """A private chat or a group, with everything in it, oldest first."""

    chat_id: int
    kind: ChatKind
    title: str
    members: list[Account] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    forum: bool = False
    bot_is_admin: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    presses: list[CallbackPress] = field(default_factory=list)
    version: int = 0

    @property
    def visible(self) -> list[Message]:
        """The messages that are still there, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    @property
    def transcript(self) -> str:
        """The chat as readable text, one paragraph per message."""
        heading = f"── {self.title} ({self.chat_id}) ──"
        return "\n".join([heading, *(describe(message) for message in self.visible)])


def describe(message: Message) -> str:
    """Return `message` as indented text: who, what, marks, buttons."""
    marks = [
        mark
        for mark, shown in (
            ("senyap", message.silent),
            ("disunting", message.edited is not None),
            ("dihapus", message.deleted),
        )
        if shown
    ]
    if message.reply_to is not None:
        excerpt = message.reply_to.words.replace("\n", " ")[:40]
        marks.insert(0, f"balasan atas #{message.reply_to.message_id} “{excerpt}”")
    if message.topic is not None:
        marks.insert(0, f"topik {message.topic.topic_name}")
    suffix = f" ({', '.join(marks)})" if marks else ""
    lines = [f"#{message.message_id} {message.sender.first_name}{suffix}:"]
    if message.topic_name:
        lines.append(f"    [topik] {message.topic_name}")
    if message.media:
        lines.append(f"    [{message.media.kind.value}] {message.media.name}")
    lines.extend(f"    {line}" for line in message.words.split("\n") if message.words)
    lines.extend("    " + " ".join(f"[{button.text}]" for button in row) for row in message.buttons)
    return "\n".join(lines)
