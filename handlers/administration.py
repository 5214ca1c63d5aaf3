"""What an admin does: see who holds which post, invite, accept."""

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.mailbox import Card, CardKind
from models.records import Press, Records


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/kelola`."""


def invite(records: Records, press: Press) -> Toast:
    """Issue an invite."""
    return Toast()


def accept(records: Records, press: Press) -> Toast:
    """Accept a candidate."""
    return Toast()


def reject(records: Records, press: Press) -> Toast:
    """Reject a candidate."""
    return Toast()


def draw_candidate(records: Records, card: Card, say: Say) -> Screen:
    """Draw a candidate's card."""
    return Screen("")


TAPS = {Touch.INVITE: invite, Touch.ACCEPT: accept, Touch.REJECT: reject}
SCREENS = {CardKind.CANDIDATE: draw_candidate}
