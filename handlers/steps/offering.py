"""The Laporan Evaluasi of alike closed cases: looked at from the one being written, and taken as a start for it."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.screens import offering as screens
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from models.case.case import Case
from models.case.evaluation import Offered, Part
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, Face
from models.office.tenure import Tenure
from models.queries.offered import offered_evaluation, offered_evaluations
from models.refusals.work import CardOutOfDate
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action


def is_offered(reader: Reader, card: Card, case: Case) -> bool:
    """Whether there is a Laporan Evaluasi that the reader of the card may begin with."""
    person = reader.person_by_id(card.person_id)
    return person is not None and bool(offered_evaluations(reader, case, person))


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a task's card while it offers what was written for alike cases; the list where one is there no more."""
    standing, _ = reader.task(card.task_id or 0)
    case, person = standing.case, reader.person_by_id(card.person_id)
    chosen = int(card.subject or 0) if card.face is Face.OFFERED_ONE else 0
    one = offered_evaluation(reader, case, person, chosen) if chosen and person is not None else None
    if one is not None:
        draft = case.evaluation_draft
        missing = draft.missing if draft is not None else tuple(Part)
        return screens.offered_one(case.number, one, missing, say)
    found = offered_evaluations(reader, case, person) if person is not None else ()
    return screens.offered_list(case.number, found, say)


def look(records: Records, press: Press) -> Toast:
    """Show the alike cases. A part that was awaited is awaited no longer."""
    _writing(records, press)
    _turn(records, press.card, Face.OFFERED)
    return Toast("turned-offered")


def look_at_one(records: Records, press: Press) -> Toast:
    """Show the Laporan Evaluasi of one of them. Raises `CardOutOfDate` where it may not be offered any more."""
    proceeding, _, tenure = _writing(records, press)
    one = _chosen(records, press, proceeding, tenure)
    press.card.subject = str(one.case_id)
    _turn(records, press.card, Face.OFFERED_ONE)
    return Toast("turned-offered-one", {"number": one.number})


def take(records: Records, press: Press) -> Toast:
    """Put its words into the parts that are empty; what was written stays. Raises `CardOutOfDate` as `look_at_one`."""
    proceeding, task, tenure = _writing(records, press)
    one = _chosen(records, press, proceeding, tenure)
    filled = proceeding.begin_with(task, one.parts, by=tenure)
    _turn(records, press.card, Face.EDITING)
    return Toast("done-taken-offered", {"number": one.number, "count": len(filled)})


def _writing(records: Records, press: Press) -> tuple[Proceeding, Task, Tenure]:
    """Return the task of the card, to one who may write its Laporan Evaluasi now."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check(task, by=tenure, action=Action.WRITE)
    return proceeding, task, tenure


def _chosen(records: Records, press: Press, proceeding: Proceeding, tenure: Tenure) -> Offered:
    """Return the one that the button names. Raises `CardOutOfDate` where it may not be offered any more."""
    one = offered_evaluation(records.reader, proceeding.case, tenure.person, int(press.argument))
    if one is None:
        raise CardOutOfDate
    return one


def _turn(records: Records, card: Card, face: Face) -> None:
    conversation = records.conversation(card.chat_id)
    if conversation.card_id == card.id:
        conversation.settle()
    records.turn(card, face)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.OFFERED: look,
    Touch.OFFERED_ONE: look_at_one,
    Touch.TAKE_OFFERED: take,
}
"""What the buttons around alike cases do."""
