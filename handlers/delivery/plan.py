"""What is to be done at Telegram for one notice: plain data, decided in a transaction, carried out after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from handlers.papers.paper import Paper
from handlers.screens.screen import Style, TellsCode
from models.mail.card import Button


@dataclass(frozen=True, slots=True)
class Key:
    """One inline button as Telegram gets it: a token or a URL under a label."""

    label: str
    token: str | None = None
    url: str | None = None
    style: Style | None = None


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Send:
    """Send a new message. `card_id` names the card that the message becomes, if it lives on.

    `reply_to` is a message id in the same chat; the message is sent even if that one is gone.
    """

    chat_id: int
    text: Markup
    keyboard: Keyboard = ()
    silent: bool = False
    reply_to: int | None = None
    card_id: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Draw a card again where it stands, and its twin if it has one."""

    chat_id: int
    message_ids: Sequence[int]
    text: Markup
    keyboard: Keyboard = ()
    card_id: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove messages from a chat; those that are gone or too old are passed over."""

    chat_id: int
    message_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class SendFiles:
    """Send files by their file_id, in albums of at most ten where Telegram allows; `files` are `FileRecord`s."""

    chat_id: int
    files: Sequence[dict[str, Any]] = field(default=())
    caption: Markup = field(default=Markup())
    silent: bool = True
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class SendPaper:
    """Send a paper or a picture, with words under it that say the same to those who cannot see it.

    `name` is the name of the file, without its ending. The rest is as in `Send`.
    """

    chat_id: int
    paper: Paper
    name: str
    caption: Markup
    keyboard: Keyboard = ()
    silent: bool = True
    card_id: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class SendRegister:
    """Make a register, or the spreadsheet of a month, and send it as a document; `order` says which one.

    It is made when its turn has come, of the record as it is then, for the person as they are then.
    """

    chat_id: int
    person_id: int
    order: Mapping[str, Any]
    language: str | None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """The notice has lost its point: the card shows this already, or never reached the chat."""


Plan = Send | Edit | Delete | SendFiles | SendPaper | SendRegister | Nothing


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan, and what must be stored before it is carried out.

    `buttons` are those that the message shows for the first time; they belong to no session yet. `tells` names the
    invite whose code stands in the message.
    """

    plan: Plan
    buttons: Sequence[Button] = ()
    tells: TellsCode | None = None
