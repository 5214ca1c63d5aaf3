"""Copies of a decision (tembusan): whom to send one is chosen on the card, and the reader of one says so."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.screens.copy_card import copy_card
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.views.copying import argument_of
from handlers.views.task import task_view
from models.case.addressing import check_addressee, offered
from models.case.copy import MOST
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.office.person import Person
from models.refusals.registration import NotRegistered
from models.refusals.work import TooManyCopies, UnknownButton
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a copy."""
    _, task = reader.task(card.task_id or 0)
    copy = next((one for one in task.copies if one.person_id == card.person_id), None)
    return copy_card(task_view(reader, card), say, read_at=copy.read_at if copy else None)


def choose(records: Records, press: Press) -> Toast:
    """Show who may get a copy."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check(task, by=tenure, action=Action.COPY)
    press.card.page = 0
    records.turn(press.card, Face.COPYING)
    return Toast("turned-copying")


def choose_one(records: Records, press: Press) -> Toast:
    """Let a post or a person get a copy with the decision, or no longer. Raises `NoCopy`, `TooManyCopies`."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check(task, by=tenure, action=Action.COPY)
    word = _word(records, proceeding, task, tenure.person, press.argument)
    draft = records.disposition_draft(tenure.person, task)
    before = list(draft.copies or ())
    if word in before:
        draft.copies = [one for one in before if one != word]
    else:
        check_addressee(proceeding, task, tenure.person, word)
        if len(before) >= MOST:
            raise TooManyCopies(MOST)
        draft.copies = [*before, word]
    records.refresh(press.card)
    return Toast("turned-copy-to", {"count": len(draft.copies)})


def _word(records: Records, proceeding: Proceeding, task: Task, by: Person, argument: str) -> str:
    """Return the word for whom a button names. Raises `UnknownButton` for a post or a person that there is not."""
    found = next((one.word for one in offered(proceeding, task, by) if argument_of(one) == argument), None)
    if found is not None:
        return found
    if argument in {post.code for post in proceeding.office.file.posts}:
        return argument
    number = argument.removeprefix("@")
    person = records.person_by_id(int(number)) if number.isdecimal() else None
    posts = proceeding.office.posts_of(person) if person is not None else []
    if not posts:
        raise UnknownButton
    return f"{posts[0]}@{number}"


def read(records: Records, press: Press) -> Toast:
    """Mark a copy as read; a second tap changes nothing."""
    if press.person is None:
        raise NotRegistered
    if press.card.task_id is None:
        raise UnknownButton
    proceeding, copy, fresh = records.read_copy(press.card.task_id, by=press.person)
    if not fresh:
        records.refresh(press.card)
    return Toast("done-read", {"number": proceeding.case.number, "at": copy.read_at})


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.COPY: choose,
    Touch.COPY_TO: choose_one,
    Touch.READ: read,
}
"""What the buttons do that have to do with copies."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.COPY: draw}
"""How the card of a copy is drawn."""
