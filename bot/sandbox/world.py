"""The state of the stand-in, and the only place that changes it.

Two clocks, on purpose. `clock` is the time people see: message dates, and Telegram's 48 hours for deletions,
which compares dates. `monotonic` is time that really passed: the flood limits, the 150 s after which a button press
is forgotten and the 24 h an update is kept. Moving the visible clock by a working day therefore expires no press
that was made a second ago.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count

from bot.sandbox.chats import Account, Answer, CallbackPress, Chat, ChatKind, InlineQuery, Json, Message
from bot.sandbox.files import FileStore
from bot.sandbox.refusals import Refusal, bad_request, forbidden
from bot.sandbox.updates import FIRST_UPDATE, PRESS_RETENTION, Bell, UpdateQueue
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import message_json, press_json


class Happening(StrEnum):
    """What a listener is told about."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETION = "deletion"
    PRESS = "press"
    ANSWER = "answer"


Listener = Callable[[Happening, Message, CallbackPress | None], None]


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call as it came in; `error` is the description it was refused with, if it was."""

    method: str
    params: Json
    at: datetime
    error: str | None = None


class World:
    """Everyone, every chat and every message. All of it is used from one event loop only."""

    def __init__(self, *, bot: Account, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.bot = bot
        self.clock = clock
        self.monotonic = monotonic
        self.bell = Bell()
        self.updates = UpdateQueue(self.bell)
        self.files = FileStore()
        self.chats: dict[int, Chat] = {}
        self.accounts: dict[int, Account] = {}
        self.about: dict[int, str] = {}
        self.presses: dict[str, CallbackPress] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.calls: list[Call] = []
        self.complaints: list[str] = []
        self.listeners: list[Listener] = []
        self.commands: dict[tuple[str, int, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Webhook | None = None
        self.allowed_updates: list[str] | None = None
        self.version = 0
        self._message_ids = count(1)
        self._query_ids = count(4_100_000_000_000_001)
        self._group_ids = count(13_000_000_000_001)

    def continue_after(self, history: int) -> None:
        """Go on numbering as if there had been `history` messages and updates before."""
        self._message_ids = count(1 + history)
        self.updates.restart_ids(FIRST_UPDATE + history)

    def changed(self, chat: Chat | None = None) -> None:
        """Note that something a watcher may show has changed, and wake the watchers."""
        self.version += 1
        if chat is not None:
            chat.version = self.version
        self.bell.ring()

    def _tell(self, happening: Happening, message: Message, press: CallbackPress | None = None) -> None:
        message.revision += 1
        self.changed(message.chat)
        for listener in list(self.listeners):
            listener(happening, message, press)

    async def until(self, condition: Callable[[], bool], *, within: float, why: str) -> None:
        """Wait for `condition`, looked at after every change; `within` real seconds.

        Raises AssertionError with `why` and all chats when the time is over.
        """
        try:
            async with asyncio.timeout(within):
                while not condition():
                    await self.bell.heard()
        except TimeoutError:
            raise AssertionError(f"{why} (waited {within:g} s)\n{self.transcript}") from None

    @property
    def transcript(self) -> str:
        """All chats as text."""
        return "\n".join(chat.transcript for chat in self.chats.values())

    def chat_for_sending(self, chat_id: int) -> Chat:
        """Return the chat the bot wants to write to; refuses as Telegram does."""
        chat = self.chat(chat_id)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def chat(self, chat_id: int) -> Chat:
        """Return a chat by id; refuses an unknown one, and a group that has moved."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return chat

    def message(self, chat: Chat, message_id: int, complaint: str) -> Message:
        """Return a message that is still there, or refuse with `complaint`."""
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(complaint)
        return message

    def new_group_id(self) -> str:
        """Return the next media_group_id."""
        return str(next(self._group_ids))

    def next_query_id(self) -> str:
        """Return the id of the next press or inline query."""
        return str(next(self._query_ids))

    def register(self, account: Account) -> Chat:
        """Make a person known and give them a private chat with the bot, not yet opened."""
        self.accounts[account.account_id] = account
        chat = self.chats.get(account.account_id)
        if chat is None:
            chat = Chat(account.account_id, ChatKind.PRIVATE, account.first_name, [account])
            self.chats[account.account_id] = chat
        self.changed(chat)
        return chat

    def open_group(self, chat_id: int, title: str, members: list[Account]) -> Chat:
        """Make a group the bot is a member of."""
        chat = Chat(chat_id, ChatKind.SUPERGROUP, title, members, started=True)
        self.chats[chat_id] = chat
        self.changed(chat)
        return chat

    def next_message_id(self) -> int:
        """Return the next message id, counted over all chats of the bot."""
        return next(self._message_ids)

    def post(self, message: Message) -> Message:
        """Put a new message into its chat."""
        message.chat.messages[message.message_id] = message
        self._tell(Happening.MESSAGE, message)
        return message

    def edited(self, message: Message, *, marked: bool = True) -> None:
        """Note that `message` has new content; Telegram marks only changed words as edited, not a changed keyboard."""
        if marked:
            message.edited = self.clock()
        self._tell(Happening.EDIT, message)

    def delete(self, message: Message) -> None:
        """Take a message out of sight; it is kept, marked, for the page."""
        message.deleted = True
        self._tell(Happening.DELETION, message)

    def produce(self, kind: str, message: Message) -> int:
        """Queue an update of `kind` about `message`."""
        return self.updates.put(kind, message_json(message), at=self.monotonic())

    def press(self, person: Account, message: Message, *, data: str, label: str) -> CallbackPress:
        """Let a person press a button, and queue the callback query."""
        press = CallbackPress(self.next_query_id(), person, message, data, self.monotonic(), label)
        self.presses[press.query_id] = press
        message.chat.presses.append(press)
        self._tell(Happening.PRESS, message, press)
        self.updates.put("callback_query", press_json(press, at=self.clock()), at=press.pressed)
        return press

    def answer(self, query_id: str, answer: Answer) -> None:
        """Answer a button press; refuses one that is too old, unknown or answered already."""
        press = self.presses.get(query_id)
        stale = press is None or press.answer is not None or self.monotonic() - press.pressed > PRESS_RETENTION
        if press is None or stale:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answer = answer
        self._tell(Happening.ANSWER, press.message, press)
