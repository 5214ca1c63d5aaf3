"""A reply to a message about a case of one's own that has ended: its words begin a report that follows it."""

from handlers.chat.assent import assents
from handlers.chat.incoming import Incoming
from handlers.reporting import drafting
from handlers.texts.spoken import storable
from models.case.case import Case, CaseState
from models.case.standing import Standing
from models.mail.card import Card, CardKind, Face
from models.office.person import Person
from models.queries import lists
from models.refusals.reports import NothingToAttach
from models.repository.records import Records

OWN = frozenset({CardKind.STATUS, CardKind.RESULT, CardKind.QUESTION, CardKind.DRAFT})
"""The cards by which a reporter follows a case."""


def follow_up(records: Records, message: Incoming, person: Person, card: Card | None) -> bool:
    """Take a reply to a card of one's own case that has ended, or to plain news of it; False for any other.

    The sender reads what became of the case, and finds the words in a draft that follows it. Where another draft is
    being written they join that one, which is said. Raises `NothingToAttach`, `ReportTooLong`.
    """
    about = _about(records, message, card)
    if about is None or not about.reported_by(person.id) or about.case.state is CaseState.OPEN:
        return False
    case = about.case
    if assents(message.text) and not message.files:
        # Thanks for a result are no report.
        return False
    if not drafting.words(message) and not message.files:
        raise NothingToAttach
    last = _last_of(records, case)
    is_busy = last.state is CaseState.OPEN or not _begin(records, person, last)
    data = {"number": case.number, "state": case.state.value, "at": case.closed_at, "to": last.number}
    said = "replied-afterwards-busy" if is_busy else "replied-afterwards"
    records.say(message.chat_id, said, person=person, **storable(data))
    drafting.take(records, message, person)
    return True


def _about(records: Records, message: Incoming, card: Card | None) -> Standing | None:
    """Return the case that the message replied to is about; None where that is not for its reporters."""
    if card is None:
        numbers = lists.numbers_like(records.reader, message.reply_about) if message.reply_about else []
        return records.reader.case_numbered(numbers[0]) if numbers else None
    about = card.kind in OWN and card.case_id is not None
    return records.reader.case(card.case_id or 0) if about else None


def _last_of(records: Records, case: Case) -> Case:
    """Return the case as which a moved one goes on, or of which one is a part; any other is its own last one."""
    if case.state is CaseState.MERGED and case.joined_to_id is not None:
        return records.reader.case(case.joined_to_id).case
    while case.state is CaseState.MOVED and (number := lists.continued_as(records.reader, case)):
        case = records.reader.case_numbered(number).case
    return case


def _begin(records: Records, person: Person, case: Case) -> bool:
    """Let the draft of `person` follow `case`; False where something else stands in it."""
    draft = records.report_draft(person)
    if draft is not None and draft.previous_case_id != case.id:
        if draft.text or draft.files:
            return False
        drafting.close(records, draft, face=Face.DISCARDED)
        records.flush()
    drafting.opened(records, person, after=case)
    records.flush()
    return True
