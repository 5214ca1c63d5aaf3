"""Several cards are chosen on the list of tasks, and forwarded with one instruction.

One tap forwards them all, in the one transaction of its update: a crash leaves all of it or nothing, and the choice is
gone with the tap that used it. What cannot go is left where it is, and the summary says why.
"""

from collections.abc import Callable

from handlers.chat import conversing, listing, refusing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.chat.turning import turn
from handlers.reporting import drafting
from handlers.screens import together as screens
from handlers.screens.queue import PAGE
from handlers.screens.screen import Screen, Touch
from handlers.screens.together import Choice, SelectionView
from handlers.steps import decided
from handlers.steps.reasons import words_of
from handlers.texts.catalogue import Say
from handlers.texts.spoken import storable
from handlers.texts.wordless import at_hand
from models.case.draft import DispositionDraft
from models.case.proceeding import Proceeding
from models.case.selection import MOST, Selection
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.queries import lists, together
from models.refusals.refusal import Refusal
from models.refusals.registration import NotRegistered
from models.refusals.reports import TooManyAttachments
from models.refusals.work import CardOutOfDate, ChangedSinceSelected, NothingSelected, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records


def draw(reader: Reader, card: Card, person: Person, say: Say) -> Screen | None:
    """Draw the list on which cards are chosen; None for any other list, and where the choice lasts no longer."""
    selection = reader.selection(person.id, card.id) if card.face in screens.FACES else None
    if selection is None:
        return None
    waiting = lists.queue(reader, person)
    choices = together.among(reader, waiting)
    chosen = set(selection.task_ids)
    page = min(card.page or 0, max(0, (len(choices) - 1) // PAGE))
    shown = [
        Choice(
            task_id=one.waiting.task_id,
            number=one.waiting.number,
            subject=one.waiting.subject,
            role=one.role,
            urgency=one.waiting.urgency,
            chosen=one.waiting.task_id in chosen,
        )
        for one in choices[page * PAGE : (page + 1) * PAGE]
    ]
    view = SelectionView(
        choices=shown,
        total=len(choices),
        chosen=sum(one.waiting.task_id in chosen for one in choices),
        others=len(waiting) - len(choices),
        page=page,
        note=at_hand(selection.note, selection.files),
        face=card.face,
    )
    return screens.selecting(view, say)


def begin(records: Records, press: Press) -> Toast:
    """Let the person choose on this list, with nothing chosen yet."""
    person = _on_a_list(press)
    selection = records.session.get(Selection, person.id)
    if selection is None:
        selection = Selection(person_id=person.id)
        records.session.add(selection)
    selection.begin(press.card.id, at=records.at)
    press.card.page = 0
    return turn(records, press.card, Face.SELECTING)


def tick(records: Records, press: Press) -> Toast:
    """Choose a card, or choose it no longer."""
    selection = _selection(records, press)
    found = together.forwardable(records.reader, _on_a_list(press))
    one = next((one.waiting for one in found if str(one.waiting.task_id) == press.argument), None)
    if one is None:
        raise CardOutOfDate
    ticked = selection.tick(one.task_id, one.version, at=records.at)
    records.refresh(press.card)
    return Toast("turned-select-one" if ticked else "turned-select-none", {"count": len(selection.chosen)})


def tick_all(records: Records, press: Press) -> Toast:
    """Choose all cards, as many as may be forwarded together; where all are chosen, choose none."""
    selection = _selection(records, press)
    found = [one.waiting for one in together.forwardable(records.reader, _on_a_list(press))]
    selection.tick_all({one.task_id: one.version for one in found}, at=records.at)
    records.refresh(press.card)
    count = len(selection.chosen)
    if len(found) > MOST and count:
        return Toast("turned-select-most", {"limit": MOST}, alert=True)
    return Toast("turned-select-one" if count else "turned-select-none", {"count": count})


def leave(records: Records, press: Press) -> Toast:
    """Choose nothing after all: the list is as it was."""
    person = _on_a_list(press)
    selection = records.selection(person.id, press.card.id)
    if selection is not None:
        records.session.delete(selection)
    press.card.page = 0
    records.turn(press.card, Face.TASKS)
    return Toast("turned-back-list")


def write_note(records: Records, press: Press) -> Toast:
    """Take the next message for the one instruction."""
    _selection(records, press)
    conversing.expect(records, press.card, Expects.SELECTION_NOTE)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the one instruction, with its files. Raises `NothingSelected` where the choice is over."""
    selection = records.selection(person.id, conversation.card_id or 0)
    if selection is None:
        raise NothingSelected
    words_of(message, files_speak=True)
    limit = records.rules.office.limits.attachments_per_report
    if len(message.files) > limit:
        drafting.tell(records, message, TooManyAttachments(limit))
    selection.note, selection.files, selection.touched_at = message.text, list(message.files[:limit]), records.at
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    if card is not None:
        turn(records, card, Face.SELECTING)
    count = len(selection.chosen)
    records.say(message.chat_id, "done-selection-note", person=person, silent=True, count=count)


def forward(records: Records, press: Press) -> Toast:
    """Forward the chosen cards, and tell which went and which did not, and why.

    Raises `NothingSelected`, and for a single card that cannot go what refuses it.
    """
    person, selection = _on_a_list(press), _selection(records, press)
    if not selection.chosen:
        raise NothingSelected
    prepared = records.prepared_for(person.id, selection.task_ids)
    gone: dict[str, list[str]] = {}
    forwarded: list[Task] = []
    left: list[tuple[Proceeding, Refusal]] = []
    for proceeding, task in records.tasks(selection.task_ids):
        try:
            to = _forward_one(records, proceeding, task, person, selection, prepared.get(task.id))
        except Refusal as refusal:
            left.append((proceeding, refusal))
        else:
            gone.setdefault(to, []).append(proceeding.case.number)
            forwarded.append(task)
    if len(left) == 1 and not forwarded:
        raise left[0][1]
    for stays, why in left:
        refusing.note(records, stays, why, action=press.action, by=person)
    return _tell(records, press, forwarded, gone, left)


def _forward_one(
    records: Records,
    proceeding: Proceeding,
    task: Task,
    person: Person,
    selection: Selection,
    prepared: DispositionDraft | None,
) -> str:
    """Forward a card with the one instruction, behind what was prepared on it, and return the role that gets it.

    Raises a `Refusal` before anything of it is changed.
    """
    tenure = records.tenure(person, task)
    if task.is_open and selection.version_of(task.id) != task.version:
        raise ChangedSinceSelected
    files = [*(prepared.files if prepared else ()), *selection.files]
    words = "\n".join(part for part in (prepared.note if prepared else "", selection.note) if part)
    opened = proceeding.forward_with_others(
        task,
        by=tenure,
        instructions=prepared.instructions if prepared else (),
        note=at_hand(words, files),
        files=files,
        copies=prepared.copies if prepared else (),
    )
    return decided.role_of(proceeding, opened) if opened is not None else ""


def _tell(
    records: Records,
    press: Press,
    forwarded: list[Task],
    gone: dict[str, list[str]],
    left: list[tuple[Proceeding, Refusal]],
) -> Toast:
    """Draw the list as it is now, end the choice, and owe the summary."""
    records.session.delete(_selection(records, press))
    press.card.page = 0
    press.card.turn(Face.TASKS)
    listing.drop(records, *forwarded)
    records.refresh(press.card)
    awaited = records.conversation(press.card.chat_id).task_id
    if awaited is not None and awaited in {task.id for task in forwarded}:
        conversing.drop(records, press.card.chat_id)
    stayed = [
        {"number": proceeding.case.number, "code": refusal.code, "data": storable(refusal.data)}
        for proceeding, refusal in left
    ]
    told = [*({"to": to, "numbers": numbers} for to, numbers in gone.items()), *stayed]
    records.say(press.card.chat_id, "done-together", person=press.person, silent=True, together=told)
    return Toast("toast-together" if not left else "toast-together-left", {"count": len(forwarded), "left": len(left)})


def _on_a_list(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.QUEUE or press.card.face not in {Face.TASKS, *screens.FACES}:
        raise UnknownButton
    return press.person


def _selection(records: Records, press: Press) -> Selection:
    """Return what the person is choosing on the list. Raises `NothingSelected` where they are not, or no longer."""
    selection = records.selection(_on_a_list(press).id, press.card.id)
    if selection is None:
        raise NothingSelected
    return selection


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.SELECT: begin,
    Touch.SELECT_ONE: tick,
    Touch.SELECT_ALL: tick_all,
    Touch.SELECT_NOTE: write_note,
    Touch.SELECT_OFF: leave,
    Touch.FORWARD_SELECTED: forward,
}
"""What the buttons do by which cards are chosen and forwarded together."""
