"""What the reporter does with an open report, on the receipt that shows its status."""

from collections.abc import Callable

from handlers.chat import listing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.reporting import drafting, joining
from handlers.screens.screen import Touch
from handlers.texts.shorten import length
from handlers.texts.wordless import at_hand
from models.case.proceeding import Proceeding
from models.mail.card import Face
from models.office.person import Person
from models.queries import belongings
from models.refusals.reports import NothingToAttach, ReportTooLong, TooManyAttachments
from models.refusals.work import UnknownButton
from models.repository.presses import Press, registered
from models.repository.records import Records


def withdraw(records: Records, press: Press) -> Toast:
    """Ask whether the report is really to be withdrawn."""
    proceeding, person = _found(records, press)
    if _is_fellow(proceeding, person):
        proceeding.check_leaving(by=person)
    else:
        proceeding.check_withdrawal(by=person)
    records.turn(press.card, Face.WITHDRAWING)
    return Toast("turned-withdrawing")


def withdraw_now(records: Records, press: Press) -> Toast:
    """Withdraw the report; where it was joined to a case, that goes on for the others."""
    proceeding, person = _found(records, press)
    if _is_fellow(proceeding, person):
        return joining.leave_now(press, proceeding, person)
    task = proceeding.check_withdrawal(by=person)
    proceeding.withdraw(by=person)
    listing.drop(records, task)
    press.card.turn(Face.MAIN)
    return Toast("done-withdrawn", {"number": proceeding.case.number})


def _is_fellow(proceeding: Proceeding, person: Person) -> bool:
    """Whether the person reports the case beside the one who reported it first."""
    return person.id != proceeding.case.reporter_id and proceeding.fellow(person) is not None


def urge(records: Records, press: Press) -> Toast:
    """Mark the open task as urged by the reporter."""
    proceeding, person = _found(records, press)
    again = proceeding.urge(by=person)
    return Toast("done-urged", {"number": proceeding.case.number, "at": again})


def added(records: Records, message: Incoming, person: Person, case_id: int) -> None:
    """Take a reply to the receipt into the report: its words, and its files as far as there is room.

    Raises `NothingToAttach`, `ReportTooLong`, `TooManyAttachments` where nothing but files came and none fits, and what
    the door raises.
    """
    proceeding = records.case(case_id)
    limit = records.rules.office.limits.attachments_per_report
    room = max(0, limit - belongings.files_given(records.reader, case_id, person))
    files = message.files[:room]
    if len(message.files) > len(files):
        if not files and not message.text:
            raise TooManyAttachments(limit)
        drafting.tell(records, message, TooManyAttachments(limit))
    if not message.text and not files:
        raise NothingToAttach
    if length(message.text) > drafting.TEXT_LIMIT:
        raise ReportTooLong(length(message.text), drafting.TEXT_LIMIT)
    proceeding.add(by=person, text=at_hand(message.text, files), files=files)
    number = proceeding.case.number
    records.say(message.chat_id, "done-added", person=person, silent=True, number=number, files=len(files))


def _found(records: Records, press: Press) -> tuple[Proceeding, Person]:
    """Return the case of a status card and the person who tapped."""
    registered(press.person)
    if press.card.case_id is None:
        raise UnknownButton
    proceeding = records.case(press.card.case_id)
    return proceeding, registered(press.person)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.URGE: urge,
    Touch.WITHDRAW: withdraw,
    Touch.WITHDRAW_NOW: withdraw_now,
}
"""What the reporter's buttons on the status of an open report do."""
