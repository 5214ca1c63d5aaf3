"""The reporter's side: what a message becomes, the draft, the receipt, the result."""

from collections.abc import Callable

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.draft import Conversation
from models.mailbox import Card, CardKind
from models.office import Person
from models.records import Press, Records


def gather(records: Records, message: Incoming, person: Person) -> None:
    """Take a message into the report that `person` is writing."""


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/lapor`."""


def cancel(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/batal`."""


def rewrite(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the new words of the draft."""


def edited(records: Records, message: Incoming) -> None:
    """Take the edit of a message."""


def from_group(records: Records, message: Incoming, original: Incoming | None, *, title: str, username: str) -> None:
    """Take `/lapor` in a group."""


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {}
SCREENS: dict[CardKind, Callable[[Records, Card, Say], Screen]] = {}
