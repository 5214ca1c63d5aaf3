"""What somebody writes without being asked: the number of a case, a word that they have read something, or a report."""

import re

from handlers.chat import conversing
from handlers.chat.assent import assents
from handlers.chat.incoming import Incoming
from handlers.looking import status
from handlers.reporting import report
from handlers.texts.shorten import shortened
from models.case.sight import Sight
from models.case.standing import Standing
from models.mail.correspondence import once_a_minute
from models.office.person import Person, includes
from models.queries import lists
from models.queries.consultations import sight_in
from models.repository.records import Records

_TYPED = 40
"""Characters of what was typed that the answer says again."""

_BARE = re.compile(r"[0-9]{1,9}")


def take(records: Records, message: Incoming, person: Person) -> None:
    """Take a message that nothing was expected for; most begin a report, or belong to the one being written.

    Where the reporter is asked something, short words may be the answer: they go into the draft, which offers that.
    Raises `NothingToAttach`, `ReportTooLong`.
    """
    if message.files or _is_said_elsewhere(records, message, person):
        report.gather(records, message, person)
    elif lists.names_a_case(records.rules, message.text):
        _open(records, message, person)
    elif not answers_assent(records, message, person):
        report.gather(records, message, person)


def _is_said_elsewhere(records: Records, message: Incoming, person: Person) -> bool:
    """Whether short words may belong to something: an answer that is awaited, or figures to the draft being written."""
    bare = _BARE.fullmatch(message.text.strip()) is not None
    if not bare and not assents(message.text):
        return False
    if lists.open_questions(records.reader, person.id):
        return True
    return bare and records.report_draft(person) is not None


def _open(records: Records, message: Incoming, person: Person) -> None:
    """Open the newest case that the number may mean and the person may see: its card if it waits for them.

    The answer to all others is one: it does not tell whether there is such a case.
    """
    for number in lists.numbers_like(records.reader, message.text):
        standing = records.reader.case_numbered(number)
        if sight_in(records.reader, standing, person) is Sight.NOTHING:
            continue
        if not _bring_card(records, message, person, standing):
            status.show(records, message.chat_id, person, standing)
        return
    records.say(message.chat_id, "unasked-unknown", person=person, number=shortened(message.text.strip(), _TYPED))


def _bring_card(records: Records, message: Incoming, person: Person, standing: Standing) -> bool:
    """Bring the card of the open task to the bottom of the chat; False where it does not wait for the person."""
    waiting = standing.case.open_task
    if waiting is None or not includes(standing.holders(waiting), person.id):
        return False
    proceeding, task = records.task(waiting.id)
    if not task.is_open or not includes(proceeding.holders(task), person.id):
        return False
    proceeding.reissue(task, [person])
    conversing.release(records, message.chat_id, task_id=task.id)
    return True


def answers_assent(records: Records, message: Incoming, person: Person) -> bool:
    """Say, once a minute, that nothing is made of a message that only assents; False for any other.

    One in reply to a card is no note either: it would stand on every later card.
    """
    if message.files or not assents(message.text):
        return False
    said = "unasked-nothing" if records.report_draft(person) is None else "unasked-nothing-draft-left"
    once = once_a_minute("unasked", message.chat_id, at=records.at)
    records.say(message.chat_id, said, person=person, silent=True, once=once)
    return True
