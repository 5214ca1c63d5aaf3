"""What a superior says of the work on a finished case, in one tap on the card that asks, or on a list of /rekap."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.screens.appraisal import AppraisalView, appraisal_card, withdrawn
from handlers.screens.screen import Screen, Touch
from handlers.screens.span import measured
from handlers.texts.catalogue import Say
from handlers.views.verdict import verdict_of
from models.case.appraisers import appraisers, handled
from models.case.sight import Sight
from models.case.verdict import Appraisal, changeable_until
from models.mail.card import Card, CardKind
from models.office.person import Person, includes
from models.queries.consultations import sight_in
from models.refusals.registration import NotRegistered
from models.refusals.reports import UnknownCase
from models.refusals.work import UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records


def appraise(records: Records, press: Press) -> Toast:
    """Keep what the button says of the work. Raises what the door of the same name raises."""
    if press.person is None:
        raise NotRegistered
    word, _, named = press.argument.partition(" ")
    case_id = int(named) if named.isdecimal() else press.card.case_id
    if case_id is None or word not in set(Appraisal):
        raise UnknownButton
    proceeding = records.case(case_id)
    proceeding.appraise(Appraisal(word), by=press.person)
    if press.card.case_id is None:
        records.refresh(press.card)
    return Toast(f"appraised-{word}", {"number": proceeding.case.number})


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card that asks; of somebody who is the superior no more it shows the number alone."""
    if card.case_id is None:
        raise UnknownCase("")
    standing = reader.case(card.case_id)
    case, person, found = standing.case, reader.person_by_id(card.person_id), handled(standing)
    if person is None or found is None or not includes(appraisers(standing), person.id):
        return withdrawn(case.number, say)
    task, author_id = found
    calendar, until = reader.calendar, changeable_until(case.appraised_at)
    readable = not case.confidential and sight_in(reader, standing, person) is Sight.WHOLE
    view = AppraisalView(
        now=reader.at,
        case_id=case.id,
        number=case.number,
        handler=_name(reader, author_id),
        subject=case.subject if readable else "",
        took=measured(calendar, task.counted_from(calendar), task.closed_at or reader.at),
        standard=task.time_standard,
        late=task.was_late(calendar, at=reader.at),
        helped=case.helped,
        verdict=verdict_of(case),
        heard=standing.heard,
        well=case.well,
        given_by=_name(reader, case.appraised_by_id),
        until=until,
        asks=until is None or reader.at <= until,
    )
    return appraisal_card(view, say)


def _name(reader: Reader, person_id: int | None) -> str:
    person: Person | None = reader.person_by_id(person_id)
    return person.name if person is not None else ""


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.APPRAISE: appraise}
"""What the buttons of the feedback do."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.APPRAISAL: draw}
"""How the card that asks is drawn."""
