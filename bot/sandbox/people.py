"""The people at the other end: they write, send, edit, delete, tap and block, and see what the bot sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.sandbox import inline
from bot.sandbox.chats import Account, Button, CallbackPress, Chat, ChatKind, InlineQuery, Message
from bot.sandbox.entities import utf16_length, with_automatic
from bot.sandbox.files import FileKind, StoredFile
from bot.sandbox.wire import blocking_json
from bot.sandbox.world import World

PATIENCE = 10.0
"""Real seconds a person waits for something to appear, unless told otherwise."""

TEXT_LIMIT = 4096


class Press:
    """One tap on a button, and what the bot answered."""

    def __init__(self, world: World, press: CallbackPress, person: Person) -> None:
        self._world = world
        self._press = press
        self._person = person

    @property
    def message(self) -> Message:
        """The message whose button was tapped."""
        return self._press.message

    @property
    def data(self) -> str:
        """The callback data that was sent."""
        return self._press.data

    @property
    def answer(self) -> str | None:
        """The toast, '' for an answer without words, None while there is none."""
        return self._press.answer.text if self._press.answer else None

    @property
    def alert(self) -> bool:
        """Whether the answer was shown as a box that must be closed."""
        return self._press.answer is not None and self._press.answer.alert

    async def answered(self, *, within: float = PATIENCE) -> str:
        """Wait for the answer and return it; AssertionError with the chats after `within` seconds."""
        await self._world.until(
            lambda: self._press.answer is not None, within=within, why=f"No answer to the tap on “{self._press.label}”"
        )
        return self.answer or ""

    def forged(self, data: str) -> Press:
        """Send hand-made callback data from the same message, as a modified client can."""
        return self._person.forges(data, self.message)


@dataclass(frozen=True, slots=True)
class Album:
    """The messages of one album, in order."""

    messages: list[Message]

    def __iter__(self) -> Iterator[Message]:
        """Go through the messages."""
        return iter(self.messages)

    def __len__(self) -> int:
        """Count the messages."""
        return len(self.messages)


class Person:
    """A person with a Telegram account. `into` names a group; without it they use their chat with the bot."""

    def __init__(self, world: World, account: Account, chat: Chat) -> None:
        self._world = world
        self.account = account
        self._chat = chat

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.user_id}>"

    @property
    def user_id(self) -> int:
        """The Telegram user id, which is also the id of the private chat."""
        return self.account.account_id

    @property
    def name(self) -> str:
        """The name as Telegram shows it."""
        return self.account.first_name

    def says(self, text: str, reply_to: Message | None = None, *, into: Group | None = None) -> Message:
        """Write a message."""
        if len(text) > TEXT_LIMIT:
            raise ValueError(f"Telegram clients split texts above {TEXT_LIMIT} characters; this one has {len(text)}")
        message = self.draft(into, reply_to)
        message.text = text
        message.entities = with_automatic(text, [])
        return self.send(message)

    def says_at_length(self, text: str, reply_to: Message | None = None, *, into: Group | None = None) -> list[Message]:
        """Write a text of any length, which the client cuts into messages: at an end of line or a blank, or anywhere.

        Telegram Desktop looks for such a place in the second half of each message.
        """
        sent, rest = list[Message](), text
        while rest:
            cut = len(rest)
            if cut > TEXT_LIMIT:
                half = TEXT_LIMIT // 2
                places = (rest.rfind("\n", half, TEXT_LIMIT), rest.rfind(" ", half, TEXT_LIMIT))
                cut = next((place for place in places if place > 0), TEXT_LIMIT)
            sent.append(self.says(rest[:cut].strip(), reply_to if not sent else None, into=into))
            rest = rest[cut:].strip()
        return sent

    def sends(
        self,
        file: StoredFile,
        *,
        caption: str = "",
        media_group_id: str | None = None,
        reply_to: Message | None = None,
        into: Group | None = None,
    ) -> Message:
        """Send a file that the stand-in already holds."""
        message = self.draft(into, reply_to)
        message.media = file
        message.caption = caption
        message.entities = with_automatic(caption, [])
        message.media_group_id = media_group_id
        return self.send(message)

    def sends_photo(
        self,
        caption: str = "",
        *,
        media_group_id: str | None = None,
        reply_to: Message | None = None,
        into: Group | None = None,
        content: bytes | None = None,
    ) -> Message:
        """Send a photo, a drawn placeholder unless `content` is given."""
        photo = self._world.files.add(FileKind.PHOTO, content=content)
        return self.sends(photo, caption=caption, media_group_id=media_group_id, reply_to=reply_to, into=into)

    def sends_album(
        self,
        size: int,
        caption: str = "",
        *,
        later: Sequence[str] = (),
        reply_to: Message | None = None,
        into: Group | None = None,
        album: str | None = None,
    ) -> Album:
        """Send `size` photos as one album; the caption stands on the first, those of `later` on the ones behind it.

        `album` is the number of one that is sent already, of which the rest comes late.
        """
        group = album or self._world.new_group_id()
        captions = [caption, *later, *([""] * size)][:size]
        return Album(
            [self.sends_photo(words, media_group_id=group, reply_to=reply_to, into=into) for words in captions]
        )

    def sends_document(
        self,
        name: str = "dokumen.pdf",
        mime: str = "application/pdf",
        size: int | None = None,
        *,
        caption: str = "",
        reply_to: Message | None = None,
        into: Group | None = None,
        content: bytes | None = None,
    ) -> Message:
        """Send a document; `size` in bytes is what Telegram reports of it."""
        document = self._world.files.add(FileKind.DOCUMENT, name=name, mime=mime, size=size, content=content)
        return self.sends(document, caption=caption, reply_to=reply_to, into=into)

    def sends_voice(
        self, *, seconds: int | None = None, reply_to: Message | None = None, into: Group | None = None
    ) -> Message:
        """Send a voice message that lasts so long."""
        return self.sends(self._world.files.add(FileKind.VOICE, seconds=seconds), reply_to=reply_to, into=into)

    def sends_video(self, caption: str = "", *, reply_to: Message | None = None, into: Group | None = None) -> Message:
        """Send a video."""
        return self.sends(self._world.files.add(FileKind.VIDEO), caption=caption, reply_to=reply_to, into=into)

    def sends_video_note(self, *, reply_to: Message | None = None, into: Group | None = None) -> Message:
        """Send a round video, as the other microphone button of a phone makes it; it has no caption."""
        return self.sends(self._world.files.add(FileKind.VIDEO_NOTE), reply_to=reply_to, into=into)

    def edits(self, message: Message, text: str) -> Message:
        """Change the text or caption of one of their own messages."""
        self._own(message)
        if message.media:
            message.caption = text
        else:
            message.text = text
        message.entities = with_automatic(text, [])
        self._world.edited(message)
        if self._reaches_bot(message):
            self._world.produce("edited_message", message)
        return message

    def deletes(self, message: Message) -> None:
        """Delete a message of the chat; Telegram tells a bot nothing of it."""
        self._world.delete(message)

    def taps(self, target: str | Button, message: Message | None = None) -> Press:
        """Tap a button: by (part of) its label, on the newest message that has it, or on `message`.

        Raises AssertionError with the chat where there is no such button.
        """
        label = target if isinstance(target, str) else target.text
        message = message or self._newest_with(target)
        if message is None or message.deleted:
            raise AssertionError(f"{self.name} sees no button “{label}”\n{self.transcript()}")
        button = message.button(target) if isinstance(target, str) else target
        if button is None:
            raise AssertionError(f"{self.name} sees no button “{label}” on #{message.message_id}\n{self.transcript()}")
        if button.data is None:
            raise AssertionError(f"“{button.text}” opens a link or the like: {button.sent}\n{self.transcript()}")
        return Press(self._world, self._world.press(self.account, message, data=button.data, label=button.text), self)

    def types(self, query: str, *, into: Group | None = None) -> InlineQuery:
        """Type behind the bot's name in a chat, without sending anything."""
        return inline.asks(self._world, self.account, query, chat_type="supergroup" if into else "sender")

    async def offered(self, query: str, *, into: Group | None = None, within: float = PATIENCE) -> InlineQuery:
        """Type behind the bot's name, and wait for what the bot offers."""
        return await inline.answered(self._world, self.types(query, into=into), within=within)

    def posts(self, asked: InlineQuery, place: int = 0, *, into: Group | None = None) -> Message:
        """Send one of the results that were offered."""
        message = self.draft(into)
        message.text = (asked.results or [])[place]["input_message_content"]["message_text"]
        message.entities = with_automatic(message.text, [])
        message.via = self._world.bot
        return self.send(message)

    def forges(self, data: str, message: Message | None = None) -> Press:
        """Send hand-made callback data, as a modified client can, from `message` or the newest of the bot's."""
        from_bot = [candidate for candidate in self.chat if candidate.from_bot]
        if message is None and not from_bot:
            raise AssertionError(f"{self.name} has no message of the bot to press on\n{self.transcript()}")
        source = message or from_bot[-1]
        return Press(self._world, self._world.press(self.account, source, data=data, label=data), self)

    def follows(self, link: str) -> Message:
        """Open a deep link `https://t.me/<bot>?start=CODE` and press START; the bare bot link sends `/start`."""
        parts = urlsplit(link)
        if parts.path.strip("/").lower() != (self._world.bot.username or "").lower():
            raise AssertionError(f"{link} does not lead to @{self._world.bot.username}")
        code = parse_qs(parts.query).get("start", [""])[0]
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", code):
            raise AssertionError(f"{link}: Telegram refuses this start parameter")
        return self.says(f"/start {code}".strip())

    def blocks_bot(self) -> None:
        """Block the bot: it is told, and its messages are refused from now on."""
        self._block(blocked=True)

    def unblocks(self) -> None:
        """Let the bot in again."""
        self._block(blocked=False)

    @property
    def blocked(self) -> bool:
        """Whether they have blocked the bot."""
        return self._chat.blocked

    def leaves_telegram(self) -> None:
        """Delete the account: the bot is told nothing, and its messages are refused from now on."""
        self._chat.deactivated = True
        self._world.changed(self._chat)

    @property
    def chat(self) -> list[Message]:
        """The visible messages of the private chat, oldest first."""
        return self._chat.visible

    @property
    def received(self) -> list[Message]:
        """The visible messages that the bot wrote."""
        return [message for message in self._chat.visible if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest visible message; AssertionError in an empty chat."""
        if not self.chat:
            raise AssertionError(f"{self.name}'s chat is empty")
        return self.chat[-1]

    @property
    def toasts(self) -> list[str]:
        """All answers to this person's taps, oldest first."""
        return [
            press.answer.text
            for chat in self._world.chats.values()
            for press in chat.presses
            if press.answer and press.person == self.account
        ]

    def sees(self, text: str) -> bool:
        """Whether the bot shows `text` somewhere in the chat: in a message or on a button."""
        return any(text in message.words or message.button(text) is not None for message in self.received)

    async def awaits(self, text: str, *, within: float = PATIENCE) -> Message:
        """Wait until the bot shows `text` and return the newest such message; AssertionError after `within` s."""

        def showing() -> list[Message]:
            return [message for message in self.received if text in message.words or message.button(text)]

        await self._world.until(lambda: bool(showing()), within=within, why=f"{self.name} never sees “{text}”")
        return showing()[-1]

    def transcript(self) -> str:
        """Return the private chat as readable text."""
        return self._chat.transcript

    def draft(self, into: Group | None, reply_to: Message | None = None) -> Message:
        """Return an empty message, not sent yet."""
        chat, topic = (into.room, into.topic) if into else (self._chat, None)
        if reply_to is not None and reply_to.thread is not topic:
            raise ValueError("a reply stands in the topic of what it replies to")
        return Message(
            message_id=self._world.next_message_id(),
            chat=chat,
            sender=self.account,
            date=self._world.clock(),
            reply_to=reply_to,
            topic=topic,
        )

    def send(self, message: Message) -> Message:
        """Send what was drafted."""
        if message.chat is self._chat:
            if self._chat.blocked:
                raise AssertionError(f"{self.name} has blocked the bot and cannot write to it")
            self._chat.started = True
        self._world.post(message)
        if self._reaches_bot(message):
            self._world.produce("message", message)
        return message

    def _reaches_bot(self, message: Message) -> bool:
        """Apply the privacy mode of groups: commands, mentions, replies and results of the bot reach it, no more.

        A bot that is an admin of the group gets every message.
        """
        if message.chat.kind is ChatKind.PRIVATE or message.chat.bot_is_admin:
            return True
        if message.via is not None or (message.reply_to is not None and message.reply_to.from_bot):
            return True
        username = (self._world.bot.username or "").lower()
        for entity in message.entities:
            word = _entity_text(message.words, entity["offset"], entity["length"]).lower()
            if entity["type"] == "mention" and word == f"@{username}":
                return True
            if entity["type"] == "bot_command" and word.partition("@")[2] in ("", username):
                return True
        return False

    def _own(self, message: Message) -> None:
        if message.sender != self.account:
            raise AssertionError(f"{self.name} did not write #{message.message_id}")

    def _newest_with(self, target: str | Button) -> Message | None:
        for message in reversed(self.received):
            if isinstance(target, str) and message.button(target) is not None:
                return message
            if isinstance(target, Button) and any(target in row for row in message.buttons):
                return message
        return None

    def _block(self, *, blocked: bool) -> None:
        self._chat.blocked = blocked
        at = int(self._world.clock().timestamp())
        payload = blocking_json(self._chat, self.account, self._world.bot, blocked=blocked, at=at)
        self._world.updates.put("my_chat_member", payload, at=self._world.monotonic())
        self._world.changed(self._chat)


class Group:
    """A group the bot is in, or one topic of it; people write into it with `person.says(text, into=group)`."""

    def __init__(self, world: World, room: Chat, topic: Message | None = None) -> None:
        self._world = world
        self.room = room
        self.topic = topic

    @property
    def chat_id(self) -> int:
        """The group's id."""
        return self.room.chat_id

    @property
    def chat(self) -> list[Message]:
        """The visible messages, oldest first."""
        return self.room.visible

    def sees(self, text: str) -> bool:
        """Whether the bot shows `text` somewhere in the group."""
        return any(text in message.words or message.button(text) for message in self.chat if message.from_bot)

    def opens_topic(self, name: str, by: Person) -> Group:
        """Begin a topic and return it. What is written into the group itself is not in it."""
        self.room.forum = True
        began = Message(
            message_id=self._world.next_message_id(),
            chat=self.room,
            sender=by.account,
            date=self._world.clock(),
            topic_name=name,
        )
        self._world.post(began)
        self._world.produce("message", began)
        return Group(self._world, self.room, began)

    def makes_bot_admin(self) -> None:
        """Let the bot see every message of the group from now on."""
        self.room.bot_is_admin = True

    def moves(self, chat_id: int) -> None:
        """Turn the group into a supergroup with another id, after which the old one is refused."""
        self.room.migrated_to = chat_id
        self._world.open_group(chat_id, self.room.title, self.room.members)

    def transcript(self) -> str:
        """Return the group's chat as readable text."""
        return self.room.transcript


def _entity_text(text: str, offset: int, length: int) -> str:
    if utf16_length(text) == len(text):
        return text[offset : offset + length]
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")
