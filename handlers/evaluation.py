"""The Laporan Evaluasi as it is written in chat: part by part, with files, then handed in."""

from handlers.context import Toast
from handlers.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Html, Say
from models.case import Case
from models.draft import Conversation
from models.mailbox import Card
from models.office import Person
from models.records import Press, Records


def draw_editor(records: Records, card: Card, say: Say) -> Screen:
    """Draw a task's card as the editor of its Laporan Evaluasi."""
    raise NotImplementedError


def draw_prompt(records: Records, card: Card, say: Say) -> Screen:
    """Draw a task's card while a part or a file of its Laporan Evaluasi is awaited."""
    raise NotImplementedError


def summary(case: Case, say: Say) -> Html:
    """Return the submitted Laporan Evaluasi, shortened, with what changed since the revision before it marked."""
    raise NotImplementedError


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message as a part of the Laporan Evaluasi, or as a file of it."""
    raise NotImplementedError


def _not_yet(records: Records, press: Press) -> Toast:
    raise NotImplementedError


TAPS = dict.fromkeys((Touch.EVALUATION, Touch.PART, Touch.ATTACH, Touch.PREVIEW, Touch.SUBMIT), _not_yet)
