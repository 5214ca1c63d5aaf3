"""Questions to the reporter: asked from the card of a handle step, answered in chat, with files if need be."""

from collections.abc import Callable

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.draft import Conversation
from models.mailbox import Card, CardKind
from models.office import Person
from models.records import Press, Records


def begin(records: Records, press: Press) -> Toast:
    """Take the next message for a question to the reporter."""
    return Toast()


def ask(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Ask the reporter what the message says."""


def answer(records: Records, message: Incoming, person: Person, question_id: int) -> None:
    """Take the message for the answer to a question."""


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.ASK: begin, Touch.ANSWER: begin}
SCREENS: dict[CardKind, Callable[[Records, Card, Say], Screen]] = {}
