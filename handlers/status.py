"""Looking: what waits for a person, where a case stands, what became of it."""

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.mailbox import Card, CardKind
from models.office import Person
from models.records import Press, Records


def tasks(records: Records, message: Incoming, words: list[str]) -> None:
    """Show what waits for the person who asks."""
    raise NotImplementedError


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Show one case, or all that the person may see."""
    raise NotImplementedError


def show_case(records: Records, chat_id: int, person: Person, number: str) -> None:
    """Show where the case with this number stands, to somebody entitled to see it. Raises `UnknownCase`."""
    raise NotImplementedError


def _not_yet(records: Records, press: Press) -> Toast:
    raise NotImplementedError


def _draw(records: Records, card: Card, say: Say) -> Screen:
    raise NotImplementedError


TAPS = dict.fromkeys((Touch.TIMELINE, Touch.POSITION, Touch.ATTACHMENTS, Touch.STATUS, Touch.OPEN_CARD, Touch.PAGE), _not_yet)

SCREENS = {CardKind.QUEUE: _draw, CardKind.NUDGE: _draw}
