"""What the chats of the office show: messages with their buttons, by what a tap on each of them means."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.mail.card import CardKind

LOOKING = frozenset(
    {
        *("timeline", "position", "attachments", "recall", "earlier", "status", "open-card", "open-next", "page"),
        *("disposition-sheet", "evaluation-report"),
    }
)
"""Taps on a card that decide nothing about its task."""

Meaning = tuple[str, str]
"""What a button means: the action, and its argument."""


@dataclass
class Shown:
    """A message of the bot in a chat, as it looks now."""

    message_id: int
    card_id: int
    kind: CardKind | None
    task_id: int | None
    case_id: int | None
    keys: dict[Meaning, str] = field(default_factory=dict)
    sounded_at: datetime | None = None
    urgent: bool = False
    unedited: bool = False

    @property
    def actions(self) -> set[str]:
        """What may be tapped on the message."""
        return {action for action, _ in self.keys}

    @property
    def decides(self) -> bool:
        """Whether the message lets its reader decide something about a task."""
        return self.kind is CardKind.TASK and bool(self.actions - LOOKING)

    def arguments(self, action: str) -> list[str]:
        """Return what the action may be tapped for."""
        return [argument for known, argument in self.keys if known == action]


@dataclass
class Telephone:
    """One chat with the bot."""

    account: int
    shown: dict[int, Shown] = field(default_factory=dict)
    by_card: dict[int, Shown] = field(default_factory=dict)
    deciding: dict[int, Shown] = field(default_factory=dict)
    """The messages that let something be decided, by their numbers."""
    lost: deque[Shown] = field(default_factory=lambda: deque(maxlen=20))
    """Cards that decided something once, with the buttons they had then."""

    def add(self, message: Shown) -> None:
        """Show a new message."""
        self.shown[message.message_id] = message
        if message.card_id:
            self.by_card[message.card_id] = message
        self._sort(message)

    def edit(self, message_id: int, keys: dict[Meaning, str]) -> Shown | None:
        """Let a message have other buttons; returns it as it is now."""
        message = self.shown.get(message_id)
        if message is None:
            return None
        before, could = dict(message.keys), message.decides
        message.keys, message.unedited = keys, False
        if could and not message.decides:
            self.lost.append(replace(message, keys=before))
        self._sort(message)
        return message

    def delete(self, message_id: int) -> None:
        """Let a message leave the chat."""
        message = self.shown.pop(message_id, None)
        self.deciding.pop(message_id, None)
        if message is not None and self.by_card.get(message.card_id) is message:
            del self.by_card[message.card_id]

    def _sort(self, message: Shown) -> None:
        if message.decides:
            self.deciding[message.message_id] = message
        else:
            self.deciding.pop(message.message_id, None)
