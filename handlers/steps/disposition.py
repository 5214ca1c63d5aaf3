"""What an official taps and writes on a disposition card: forward, instruct, choose, send back, return, approve."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.chat.turning import turn
from handlers.reporting import drafting
from handlers.screens import card as screens
from handlers.screens.controls import REASONS, SIGNING_OFF
from handlers.screens.screen import Screen, Touch
from handlers.steps import (
    consulting,
    copying,
    decided,
    evaluation,
    explaining,
    extending,
    merging,
    offering,
    removing,
    transferring,
)
from handlers.steps.reasons import NOTE_LENGTH, words_of
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length
from handlers.texts.wordless import at_hand
from handlers.views.task import task_view
from models.case.attachment import FileRecord
from models.case.draft import DispositionDraft
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.reports import TextTooLong, TooManyAttachments
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action
from models.rules.complete import complete

Tap = Callable[[Records, Press], Toast]


@dataclass(frozen=True, slots=True)
class _Reasoned:
    """A decision that needs a reason: what a message with a reason of one's own is taken for, and who takes it."""

    expects: Expects
    decide: Callable[[Records, Proceeding, Task, Tenure, str, Sequence[FileRecord]], Toast]


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the present face of a task's card."""
    if card.live and card.face is Face.EDITING:
        return evaluation.draw_editor(reader, card, say)
    if card.live and card.face in {Face.EXPECTS_EVALUATION_PART, Face.EXPECTS_EVALUATION_FILE}:
        return evaluation.draw_prompt(reader, card, say)
    if card.live and card.face is Face.REMOVING:
        return removing.draw(reader, card, say)
    if card.live and card.face in {Face.OFFERED, Face.OFFERED_ONE}:
        return offering.draw(reader, card, say)
    return screens.task_card(task_view(reader, card), say)


def back(records: Records, press: Press) -> Toast:
    """Turn any card back, mostly to its main face: what it asked for is awaited no longer, what was written stays."""
    if not press.card.live and press.card.face is not Face.EXPECTS_LATE_REASON:
        raise CardOutOfDate
    conversation = records.conversation(press.card.chat_id)
    if conversation.card_id == press.card.id:
        conversation.settle()
    records.turn(press.card, press.card.home)
    return Toast("turned-back")


def _found(records: Records, press: Press, *, current: bool = True) -> tuple[Proceeding, Task, Tenure]:
    """Return the case, the task and the tenure of the person who tapped; `current` asks for the newest buttons."""
    proceeding, task, tenure = pressed_task(records, press)
    if current and task.is_open and press.version != task.version:
        raise CardOutOfDate
    return proceeding, task, tenure


def _turn(records: Records, press: Press, face: Face, action: Action) -> Toast:
    """Show another face of the card, if the person may do what it is for."""
    proceeding, task, tenure = _found(records, press, current=False)
    proceeding.check(task, by=tenure, action=action)
    return turn(records, press.card, face)


def forward(records: Records, press: Press) -> Toast:
    """Forward to the next role, with the instructions and the note prepared on the card."""
    return _forward(records, press, to=None)


def forward_to(records: Records, press: Press) -> Toast:
    """Forward to the person chosen, or to any holder of the next post."""
    to = None if press.argument == "any" else records.person_by_id(int(press.argument))
    return _forward(records, press, to=to)


def _forward(records: Records, press: Press, *, to: Person | None) -> Toast:
    proceeding, task, tenure = _found(records, press)
    prepared = records.prepared(tenure.person_id, task)
    instructions, words, files = (prepared.instructions, prepared.note, prepared.files) if prepared else ([], "", [])
    note, copies = at_hand(words, files), prepared.copies if prepared else ()
    opened = proceeding.forward(
        task, by=tenure, to=to, instructions=instructions, note=note, files=files, copies=copies
    )
    conversing.release(records, press.card.chat_id, task_id=task.id)
    toast = decided.carried_on(proceeding, opened, to=to.name if to else "")
    toast = decided.without_readers(proceeding, task, toast)
    return decided.going_on(records, task, by=tenure, toast=toast)


def choose(records: Records, press: Press) -> Toast:
    """Show the persons the next step may be given to."""
    return _turn(records, press, Face.CHOOSING, Action.FORWARD)


def instruct(records: Records, press: Press) -> Toast:
    """Show the boxes of instructions."""
    return _turn(records, press, Face.INSTRUCTING, Action.FORWARD)


def tick(records: Records, press: Press) -> Toast:
    """Tick a box of instructions, or clear it."""
    proceeding, task, tenure = _found(records, press, current=False)
    proceeding.check(task, by=tenure, action=Action.FORWARD)
    draft = records.disposition_draft(tenure.person, task)
    chosen = proceeding.sop.instructions[int(press.argument)]
    kept = [one for one in draft.instructions if one != chosen]
    ticked = chosen not in draft.instructions
    draft.instructions = [*draft.instructions, chosen] if ticked else kept
    records.refresh(press.card)
    return Toast("button-ticked" if ticked else "button-unticked", {"instruction": chosen})


def _expect(records: Records, press: Press, what: Expects, action: Action) -> Toast:
    """Take the next message of the chat for `what`, if the person may do what it is for."""
    proceeding, task, tenure = _found(records, press, current=False)
    proceeding.check(task, by=tenure, action=action)
    conversing.expect(records, press.card, what, task_id=task.id)
    return Toast("turned-expects")


def write_note(records: Records, press: Press) -> Toast:
    """Take the next message for a note that goes with the disposition."""
    return _expect(records, press, Expects.NOTE, Action.FORWARD)


def _offering_reasons(action: Action) -> Tap:
    """Return the tap of a button that shows the reasons for `action`."""

    def tapped(records: Records, press: Press) -> Toast:
        return _turn(records, press, REASONS[action], action)

    return tapped


def send_back(records: Records, press: Press) -> Toast:
    """Show the steps to which the disposition may go back, and the reasons; the step before is chosen at first."""
    toast = _turn(records, press, REASONS[Action.SEND_BACK], Action.SEND_BACK)
    _, task, tenure = _found(records, press, current=False)
    prepared = records.prepared(tenure.person_id, task)
    if prepared is not None:
        prepared.back_to = None
    return toast


def back_to(records: Records, press: Press) -> Toast:
    """Choose the step to which the disposition goes back."""
    proceeding, task, tenure = _found(records, press, current=False)
    proceeding.check(task, by=tenure, action=Action.SEND_BACK)
    chosen = next((one for one in proceeding.ways_back(task) if str(one.number) == press.argument), None)
    if chosen is None:
        raise UnknownButton
    records.disposition_draft(tenure.person, task).back_to = chosen.number
    records.refresh(press.card)
    return Toast("turned-back-to", {"role": proceeding.title_for(chosen)})


def _wanted(card: Card) -> Action:
    """Return the action for which `card` offers reasons. Raises `CardOutOfDate` where it offers none."""
    wanted = next((action for action in _REASONED if card.face is REASONS[action]), None)
    if wanted is None:
        raise CardOutOfDate
    return wanted


def write_reason(records: Records, press: Press) -> Toast:
    """Take the next message for the reason."""
    if press.card.face is Face.REASONS_TRANSFER:
        return transferring.write_reason(records, press)
    if press.card.face is Face.REASONS_EXTEND:
        return extending.write_reason(records, press)
    action = _wanted(press.card)
    return _expect(records, press, _REASONED[action].expects, action)


def reason(records: Records, press: Press) -> Toast:
    """Send back, decline, return or hand on for the reason on the button."""
    if press.card.face is Face.REASONS_TRANSFER:
        return transferring.hand_on(records, press)
    if press.card.face is Face.REASONS_EXTEND:
        return extending.ask(records, press)
    decide = _REASONED[_wanted(press.card)].decide
    proceeding, task, tenure = _found(records, press)
    toast = decide(records, proceeding, task, tenure, press.argument, ())
    conversing.release(records, press.card.chat_id, task_id=task.id)
    return decided.going_on(records, task, by=tenure, toast=toast)


def _send_back(
    records: Records, proceeding: Proceeding, task: Task, tenure: Tenure, words: str, files: Sequence[FileRecord]
) -> Toast:
    prepared = records.prepared(tenure.person_id, task)
    to = prepared.back_to if prepared is not None else None
    return _went_back(proceeding, proceeding.send_back(task, by=tenure, note=words, to=to, files=files))


def _give_back(
    _: Records, proceeding: Proceeding, task: Task, tenure: Tenure, words: str, files: Sequence[FileRecord]
) -> Toast:
    return _went_back(proceeding, proceeding.give_back(task, by=tenure, note=words, files=files))


def _went_back(proceeding: Proceeding, opened: Task) -> Toast:
    return Toast("done-returned", {"number": proceeding.case.number, "to": decided.role_of(proceeding, opened)})


def _decline(
    _: Records, proceeding: Proceeding, task: Task, tenure: Tenure, words: str, files: Sequence[FileRecord]
) -> Toast:
    proceeding.decline(task, by=tenure, note=words, files=files)
    return decided.with_reporter(proceeding, "done-declined")


def move(records: Records, press: Press) -> Toast:
    """Show the related SOPs the report may be moved to."""
    return _turn(records, press, Face.MOVING, Action.MOVE)


def merge(records: Records, press: Press) -> Toast:
    """Show the open cases that the report may be merged with."""
    return _turn(records, press, Face.MERGING, Action.MERGE)


def move_to(records: Records, press: Press) -> Toast:
    """Move the report to the related SOP chosen."""
    proceeding, task, tenure = _found(records, press)
    moved = records.move(proceeding, task, by=tenure, to=press.argument)
    conversing.release(records, press.card.chat_id, task_id=task.id)
    return decided.going_on(records, task, by=tenure, toast=Toast("done-moved", {"number": moved.case.number}))


def more(records: Records, press: Press) -> Toast:
    """Show what is seldom wanted."""
    return _turn(records, press, Face.MORE, Action.NOTE)


def start(records: Records, press: Press) -> Toast:
    """Begin handling."""
    proceeding, task, tenure = _found(records, press, current=False)
    proceeding.start(task, by=tenure)
    return decided.with_reporter(proceeding, "done-started")


def _signing_off(action: Action) -> Tap:
    """Return the tap of a button that signs off what others did by `action`."""

    def tapped(records: Records, press: Press) -> Toast:
        proceeding, task, tenure = _found(records, press)
        opened = proceeding.sign_off(task, action, by=tenure)
        conversing.release(records, press.card.chat_id, task_id=task.id)
        return decided.going_on(records, task, by=tenure, toast=decided.carried_on(proceeding, opened))

    return tapped


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the note or the reason that a card asked for, with its files."""
    what = conversation.expects
    # The reporter reads why a report is declined, and must not have to guess it from a picture.
    words = words_of(message, files_speak=what is not Expects.DECLINE_REASON)
    proceeding, task = records.task(conversation.task_id or 0)
    tenure = records.tenure(person, task)
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    if card is not None:
        records.turn(card, Face.INSTRUCTING if what is Expects.NOTE else Face.MAIN)
    if what is Expects.NOTE:
        proceeding.check(task, by=tenure, action=Action.FORWARD)
        _keep_note(records, proceeding, task, tenure, message)
        return
    decide = next(reasoned.decide for reasoned in _REASONED.values() if reasoned.expects is what)
    toast = decide(records, proceeding, task, tenure, words, message.files)
    toast = decided.going_on(records, task, by=tenure, toast=toast)
    records.say(message.chat_id, toast.code, person=person, silent=True, **toast.data)


def note(records: Records, message: Incoming, person: Person, *, task_id: int) -> None:
    """Take a reply to a card: the note of a disposition, or a note in the case at any other step, with its files."""
    words = words_of(message, files_speak=True)
    proceeding, task = records.task(task_id)
    tenure = records.tenure(person, task)
    if proceeding.sop.step(task.step).kind.rules.assigns:
        proceeding.check(task, by=tenure, action=Action.FORWARD)
        _keep_note(records, proceeding, task, tenure, message)
        for card in task.live_cards:
            if card.kind is CardKind.TASK and card.person_id == person.id:
                records.refresh(card)
        return
    proceeding.remark(task, by=tenure, text=words, files=message.files)
    files, number = len(message.files), proceeding.case.number
    records.say(message.chat_id, "done-note", person=person, silent=True, number=number, files=files)


def _keep_note(records: Records, proceeding: Proceeding, task: Task, tenure: Tenure, message: Incoming) -> None:
    """Keep the words of the note instead of those before, and its files beside those before."""
    draft: DispositionDraft = records.disposition_draft(tenure.person, task)
    _add_files(records, draft, message)
    draft.note = message.text or draft.note
    files, number = len(draft.files), proceeding.case.number
    records.say(message.chat_id, "done-note-kept", person=tenure.person, silent=True, number=number, files=files)


def add_to_note(records: Records, draft: DispositionDraft, message: Incoming) -> None:
    """Keep a message of an album with the note that the others of the album came with. Raises `TextTooLong`."""
    words = "\n".join(part for part in (draft.note, message.text) if part)
    if length(words) > NOTE_LENGTH:
        raise TextTooLong(length(words), NOTE_LENGTH)
    _add_files(records, draft, message)
    draft.note = words


def _add_files(records: Records, draft: DispositionDraft, message: Incoming) -> None:
    """Keep the files of a message with a note, as far as there is room. Tells the sender where there is none."""
    limit = records.rules.office.limits.attachments_per_report
    room = max(0, limit - len(draft.files))
    if len(message.files) > room:
        drafting.tell(records, message, TooManyAttachments(limit))
    draft.files = [*draft.files, *message.files[:room]]


_REASONED: Mapping[Action, _Reasoned] = complete(
    [action for action in Action if action.rules.reasoned and action.rules.outcome is not None],
    {
        Action.SEND_BACK: _Reasoned(Expects.SEND_BACK_REASON, _send_back),
        Action.DECLINE: _Reasoned(Expects.DECLINE_REASON, _decline),
        Action.RETURN: _Reasoned(Expects.RETURN_REASON, _give_back),
    },
)

TAPS: dict[Touch, Tap] = {
    Touch.BACK: back,
    Touch.FORWARD: forward,
    Touch.FORWARD_TO: forward_to,
    Touch.CHOOSE: choose,
    Touch.INSTRUCT: instruct,
    Touch.TICK: tick,
    Touch.WRITE_NOTE: write_note,
    Touch.SEND_BACK: send_back,
    Touch.BACK_TO: back_to,
    Touch.DECLINE: _offering_reasons(Action.DECLINE),
    Touch.GIVE_BACK: _offering_reasons(Action.RETURN),
    Touch.REASON: reason,
    Touch.WRITE_REASON: write_reason,
    Touch.MOVE: move,
    Touch.MOVE_TO: move_to,
    Touch.MERGE: merge,
    **merging.TAPS,
    Touch.START: start,
    Touch.MORE: more,
    **copying.TAPS,
    **transferring.TAPS,
    **extending.TAPS,
    **consulting.TAPS,
    **explaining.TAPS,
    **{control.touch: _signing_off(control.action) for control in SIGNING_OFF.values()},
}
"""What each button of a disposition card does."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {
    CardKind.TASK: draw,
    **extending.SCREENS,
    **consulting.SCREENS,
}
"""How the card of a task is drawn, and those of a request for more time and of a consultation."""
