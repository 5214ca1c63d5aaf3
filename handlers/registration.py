"""Becoming a person of the office: invite, NIP, name, confirmation; and the language one is spoken to in."""

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.draft import Conversation
from models.mailbox import Card, CardKind
from models.records import Press, Records


def start(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/start`, alone or with what a link carried."""


def receive(records: Records, message: Incoming, conversation: Conversation) -> None:
    """Take a message of somebody who is not known."""


def choose_language(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/bahasa`."""


def confirm(records: Records, press: Press) -> Toast:
    """Take the confirmation of NIP and name."""
    return Toast()


def correct(records: Records, press: Press) -> Toast:
    """Ask for NIP and name again."""
    return Toast()


def draw(records: Records, card: Card, say: Say) -> Screen:
    """Draw the confirmation card."""
    return Screen("")


TAPS = {Touch.CONFIRM: confirm, Touch.CORRECT: correct}
SCREENS = {CardKind.REGISTRATION: draw}
