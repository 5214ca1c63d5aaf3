"""Every tap: token → card and meaning → one domain call → a short answer on the button."""

from collections.abc import Callable, Mapping

from handlers.chat import refusing
from handlers.chat.desk import Toast
from handlers.looking import board, recapping, searching, sops, statistics, status, taking
from handlers.people import absence, administration, calendar, registration, unit
from handlers.reporting import joining, own, rating, report
from handlers.screens.screen import Touch
from handlers.steps import appraising, disposition, evaluation, noting, offering, question, removing, together
from models.case.proceeding import Proceeding
from models.mail.card import CardKind
from models.refusals.administration import NotAdmin
from models.refusals.refusal import Refusal
from models.refusals.registration import NotRegistered
from models.refusals.work import UnknownButton
from models.repository.presses import Press, find_press
from models.repository.records import Records
from models.rules.complete import complete

Tap = Callable[[Records, Press], Toast]

_CARRIED_OUT: Mapping[Touch, Tap] = complete(
    Touch,
    disposition.TAPS,
    evaluation.TAPS,
    offering.TAPS,
    question.TAPS,
    removing.TAPS,
    noting.TAPS,
    together.TAPS,
    report.TAPS,
    own.TAPS,
    joining.TAPS,
    rating.TAPS,
    appraising.TAPS,
    registration.TAPS,
    status.TAPS,
    administration.TAPS,
    absence.TAPS,
    calendar.TAPS,
    unit.TAPS,
    taking.TAPS,
    board.TAPS,
    searching.TAPS,
    statistics.TAPS,
    recapping.TAPS,
    sops.TAPS,
)
"""What carries out each touch."""


_LOOKING = {Touch.STATUS, Touch.TIMELINE, Touch.POSITION, Touch.SOP_FORM, Touch.EARLIER, Touch.DISPOSITION_SHEET}
"""The touches whose argument is the number of a case."""


def tap(records: Records, token: str, *, account_id: int, message_id: int | None) -> Toast:
    """Carry out what the tapped button stands for. Raises a `Refusal` when it may not be.

    `message_id` is None for a tap on anything but a message of ours in that person's private chat.
    """
    if message_id is None:
        raise UnknownButton
    press = find_press(records, token, account_id=account_id, message_id=message_id)
    try:
        touch = Touch(press.action)
    except ValueError as error:
        raise UnknownButton from error
    toast = _CARRIED_OUT[touch](records, press)
    if press.person is not None:
        records.note_act(press.person)
    return toast


def refused(records: Records, refusal: Refusal, token: str, *, account_id: int, message_id: int | None) -> Toast:
    """Answer a tap that was refused: note it in the case's journal and draw the card as things stand.

    Nothing is drawn for a person who has no part in the office, or no part any more in what the card shows.
    """
    toast = Toast(f"refusal-{refusal.code}", refusal.data, alert=True)
    if message_id is None:
        return toast
    try:
        press = find_press(records, token, account_id=account_id, message_id=message_id)
    except Refusal:
        return toast
    concerned = _concerned(records, press)
    if concerned is not None and press.person is not None:
        refusing.note(records, concerned, refusal, action=press.action, by=press.person)
    if not isinstance(refusal, NotAdmin | NotRegistered):
        records.refresh(press.card)
    return toast


def _concerned(records: Records, press: Press) -> Proceeding | None:
    """Return the case that a tap is about, as its button or else its card names it; None for what belongs to none."""
    named = int(press.argument) if press.argument.isdecimal() else 0
    if press.action in {Touch.OPEN_CARD, Touch.AS_NOTE}:
        return records.task(named)[0]
    if press.action == Touch.AS_ANSWER or (press.action == Touch.ANSWER and named):
        return records.question(named)[0]
    if press.card.kind is CardKind.DRAFT:
        return None
    looked_at = named if press.action in _LOOKING else 0
    if looked_at or press.card.case_id is not None:
        return records.case(looked_at or press.card.case_id or 0)
    return None
