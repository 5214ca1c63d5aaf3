"""“Saya juga”: a draft becomes a part of an open case that tells of the same."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.reporting import drafting
from handlers.screens.screen import Touch
from handlers.texts.wordless import at_hand
from models.administration import units
from models.case.proceeding import Proceeding
from models.mail.card import Face
from models.office.person import Person
from models.refusals.reports import ReportEmpty
from models.refusals.work import UnknownButton
from models.repository.presses import Press
from models.repository.records import Records


def me_too(records: Records, press: Press) -> Toast:
    """Join the draft to the case that was offered. Raises `NotJoinable` for a draft that is confidential, too."""
    person, draft = drafting.on_card(records, press)
    if not draft.text.strip() and not draft.files:
        raise ReportEmpty
    if draft.confidential or draft.from_group is not None or draft.previous_case_id is not None:
        raise UnknownButton
    proceeding = records.case(int(press.argument))
    proceeding.join(by=person, text=at_hand(draft.text, draft.files), files=draft.files)
    drafting.close(records, draft, face=Face.JOINED, case=proceeding.case)
    units.ask(records, person)
    return Toast("report-joined", {"number": proceeding.case.number})


def leave_now(press: Press, proceeding: Proceeding, person: Person) -> Toast:
    """Take the person's own part out of a case that goes on for the others."""
    proceeding.leave(by=person)
    press.card.turn(Face.MAIN)
    return Toast("done-left", {"number": proceeding.case.number})


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.ME_TOO: me_too}
"""What each button of reports of the same does."""
