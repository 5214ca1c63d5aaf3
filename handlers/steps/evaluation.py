"""The Laporan Evaluasi as it is written in chat: part by part, with files, then handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.reporting import drafting
from handlers.screens import evaluation as screens
from handlers.screens.background import Background, Exchange
from handlers.screens.screen import Screen, Touch
from handlers.steps import decided, offering
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, pages
from models.case.case import Case
from models.case.evaluation import Evaluation, Part
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.chase import asking
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.notice import NoticeKind, Priority
from models.office.person import Person
from models.office.tenure import Tenure
from models.queries import belongings, timeline
from models.queries.cards import newest_task_card
from models.refusals.reports import NothingToAttach, TextTooLong, TooManyAttachments
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action

PART_LENGTH = drafting.TEXT_LIMIT
"""The `length` of one part of the Laporan Evaluasi."""

_WHOLE = 3500
"""The `length` of a report that still fits one message with its headings."""


def draw_editor(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a task's card as the editor of its Laporan Evaluasi."""
    standing, _ = reader.task(card.task_id or 0)
    case = standing.case
    draft = _draft(reader, case)
    files = belongings.evaluation_files(reader, case.id)
    view = screens.EditorView(
        number=case.number,
        revision=draft.revision,
        saved_at=draft.saved_at,
        now=reader.at,
        parts=draft.parts,
        files=files,
        removable=_removable(reader, case, draft, files),
        about=_background(reader, case),
        offered=bool(draft.missing) and offering.is_offered(reader, card, case),
    )
    return screens.editor(view, say)


def draw_prompt(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a task's card while a part or a file of its Laporan Evaluasi is awaited.

    Where something else is awaited by now, the editor is drawn: a prompt must not promise what will not happen.
    """
    conversation = reader.conversation(card.chat_id)
    awaited = {Expects.EVALUATION_PART, Expects.EVALUATION_FILE}
    if conversation is None or conversation.card_id != card.id or conversation.expects not in awaited:
        return draw_editor(reader, card, say)
    standing, _ = reader.task(card.task_id or 0)
    draft = _draft(reader, standing.case)
    part = Part(conversation.part) if conversation.expects == Expects.EVALUATION_PART else None
    files = belongings.evaluation_files(reader, standing.case.id)
    view = screens.PromptView(
        number=standing.case.number,
        part=part,
        parts=draft.parts,
        about=_background(reader, standing.case),
        files=files,
        removable=_removable(reader, standing.case, draft, files),
        # They are a start: once a part is written, only the editor offers them, and nothing is looked for.
        offered=part is not None
        and set(draft.missing) == set(Part)
        and offering.is_offered(reader, card, standing.case),
    )
    return screens.prompt(view, say)


def _draft(reader: Reader, case: Case) -> Evaluation:
    """Return the revision being written; what it would begin with where nobody has begun it."""
    return case.evaluation_draft or Evaluation.after(case.submitted, author_id=0, at=reader.at)


def _background(reader: Reader, case: Case) -> Background:
    """Return what is to be read before writing: the report, what its reporter was asked, the last correction."""
    correction = timeline.last_correction(case)
    asked = belongings.exchanges(reader, case.id)
    came = belongings.brought(reader, case.id) if asked else belongings.NOTHING_BROUGHT
    return Background(
        problem=case.text,
        exchanges=[Exchange(one.question, one.answer, came.by(case.reporter_id, one.answered_at)) for one in asked],
        correction=correction.note if correction else "",
        corrected_by=correction.decided_by.name if correction and correction.decided_by else "",
    )


def _removable(reader: Reader, case: Case, draft: Evaluation, files: int) -> bool:
    """Whether any of the `files` of all revisions belongs to the one being written, or was taken out of it."""
    own = files and belongings.evaluation_files(reader, case.id, draft.revision)
    return bool(own or draft.taken_out)


def edit(records: Records, press: Press) -> Toast:
    """Ask for the first part that is missing; where none is, or from a prompt, turn the card to the editor.

    A part that was awaited is awaited no longer in the editor.
    """
    proceeding, task, tenure = pressed_task(records, press)
    draft = proceeding.draft(task, by=tenure)
    if press.card.face is Face.MAIN and draft.missing:
        return _ask(records, press.card, task, draft.missing[0])
    conversation = records.conversation(press.card.chat_id)
    if conversation.card_id == press.card.id:
        conversation.settle()
    records.turn(press.card, Face.EDITING)
    return Toast("done-evaluation")


def ask_part(records: Records, press: Press) -> Toast:
    """Take the next message for the part on the button."""
    try:
        part = Part(press.argument)
    except ValueError as error:
        raise UnknownButton from error
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.draft(task, by=tenure)
    return _ask(records, press.card, task, part)


def _ask(records: Records, card: Card, task: Task, part: Part) -> Toast:
    conversing.expect(records, card, Expects.EVALUATION_PART, task_id=task.id, part=part.value)
    return Toast("done-part")


def ask_files(records: Records, press: Press) -> Toast:
    """Take the next messages for files of the report."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.draft(task, by=tenure)
    conversing.expect(records, press.card, Expects.EVALUATION_FILE, task_id=task.id)
    return Toast("done-attach")


def preview(records: Records, press: Press) -> Toast:
    """Send the whole report as it stands."""
    proceeding, task, tenure = pressed_task(records, press)
    draft = proceeding.draft(task, by=tenure)
    say_report(records, press.card.chat_id, tenure.person, proceeding.case.number, draft)
    face = Face.EVALUATION_PREVIEW
    records.show(CardKind.QUEUE, press.card.chat_id, person=tenure.person, case=proceeding.case, face=face)
    return Toast("done-preview")


def say_report(records: Records, chat_id: int, person: Person, number: str, report: Evaluation) -> None:
    """Owe a whole Laporan Evaluasi to a chat: in one message where it fits, else one for each part."""
    head = {"number": number, "revision": str(report.revision)}
    parts = {part.value: text.strip() or "—" for part, text in report.parts.items()}
    fits = all(len(pages(text)) == 1 for text in parts.values())
    if fits and sum(map(length, parts.values())) <= _WHOLE:
        records.say(chat_id, "evaluation-whole", person=person, silent=True, **head, **parts)
        return
    for part, text in parts.items():
        for page in pages(text):
            records.say(chat_id, "evaluation-page", person=person, silent=True, **head, part=part, text=page)


def submit(records: Records, press: Press) -> Toast:
    """Hand the report in."""
    proceeding, task, tenure = pressed_task(records, press)
    if task.is_open and press.version != task.version:
        raise CardOutOfDate
    asked = task.waiting_since is not None
    opened = proceeding.submit(task, by=tenure)
    if asked:
        asking.settle(records, proceeding.case.reporter)
    conversing.release(records, press.card.chat_id, task_id=task.id)
    for shown in task.live_cards:
        if shown.kind == CardKind.TASK:
            shown.turn(Face.MAIN)
    toast = decided.carried_on(proceeding, opened, code="done-submitted")
    return decided.going_on(records, task, by=tenure, toast=toast)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is written for a Laporan Evaluasi, with the task it is for and by which tenure it is written."""

    records: Records
    message: Incoming
    proceeding: Proceeding
    task: Task
    tenure: Tenure

    @classmethod
    def of(cls, records: Records, message: Incoming, person: Person, task_id: int) -> Self:
        """Return what a person writes for a task.

        Raises what the doors of the domain raise when the report is not, or no longer, this person's to write.
        """
        proceeding, task = records.task(task_id)
        tenure = records.tenure(person, task)
        proceeding.check(task, by=tenure, action=Action.WRITE)
        return cls(records, message, proceeding, task, tenure)

    @property
    def number(self) -> str:
        return self.proceeding.case.number


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message as a part of the Laporan Evaluasi, or as files of it.

    Raises `TextTooLong`, `NothingToAttach` and `TooManyAttachments`, after which it is still awaited; and what the
    doors of the domain raise when the report is no longer this person's to write.
    """
    writing = _Writing.of(records, message, person, conversation.task_id or 0)
    if conversation.expects == Expects.EVALUATION_PART:
        _take_part(writing, conversation)
    else:
        _take_files(writing, conversation)


def attach_late(records: Records, message: Incoming, person: Person, task_id: int) -> str:
    """Take files of an album whose others belong to the Laporan Evaluasi. Returns the number of the case.

    Raises what `written` raises.
    """
    writing = _Writing.of(records, message, person, task_id)
    _attach(writing)
    return writing.number


def _take_part(writing: _Writing, conversation: Conversation) -> None:
    message, tenure = writing.message, writing.tenure
    if length(message.text) > PART_LENGTH:
        raise TextTooLong(length(message.text), PART_LENGTH)
    _attach(writing)
    if message.text:
        part = Part(conversation.part)
        draft = writing.proceeding.write(writing.task, part, message.text, by=tenure)
        _go_on(writing, conversation, draft.next_missing(part))
    elif message.files:
        _say_once(writing, "evaluation-words-expected", number=writing.number)
    else:
        raise NothingToAttach


def _go_on(writing: _Writing, conversation: Conversation, following: Part | None) -> None:
    """Ask for the part that is to be written next, below what was just written; show the editor where none is."""
    face = Face.EDITING if following is None else Face.EXPECTS_EVALUATION_PART
    conversation.settle()
    card = _bring_down(writing.records, writing.proceeding, writing.task, writing.tenure.person, face=face)
    if following is not None and card is not None:
        conversation.expect(Expects.EVALUATION_PART, card_id=card.id, task_id=writing.task.id, part=following.value)


def _take_files(writing: _Writing, conversation: Conversation) -> None:
    """Attach the files, and go on expecting more. The card stays where it is where the message replies to it."""
    records, message, task, person = writing.records, writing.message, writing.task, writing.tenure.person
    if not message.files:
        if not message.text:
            raise NothingToAttach
        records.say(message.chat_id, "evaluation-file-expected", person=person, number=writing.number)
        return
    _attach(writing)
    card = records.card_by_id(conversation.card_id)
    if message.reply_to is None:
        card = _bring_down(records, writing.proceeding, task, person, face=Face.EXPECTS_EVALUATION_FILE)
    elif card is not None:
        records.turn(card, Face.EXPECTS_EVALUATION_FILE)
    conversation.expect(Expects.EVALUATION_FILE, card_id=card.id if card else None, task_id=task.id)


def _attach(writing: _Writing) -> None:
    """Add the message's files to the report; what is over the limit is told once for a whole album."""
    records, message, proceeding = writing.records, writing.message, writing.proceeding
    if not message.files:
        return
    limit = records.rules.office.limits.attachments_per_report
    revision = proceeding.draft(writing.task, by=writing.tenure).revision
    room = max(0, limit - belongings.evaluation_files(records.reader, proceeding.case.id, revision))
    if message.files[:room]:
        proceeding.attach(writing.task, message.files[:room], by=writing.tenure)
    if len(message.files) <= room:
        return
    refusal = TooManyAttachments(limit)
    if message.album is None and not message.text:
        raise refusal
    _say_once(writing, f"refusal-{refusal.code}", **refusal.data)


def _say_once(writing: _Writing, code: str, **data: str | int) -> None:
    """Answer a message; the parts of one album get one answer together."""
    message, person, at = writing.message, writing.tenure.person, writing.records.at
    once = f"{code}:{message.chat_id}:{message.album or message.message_id}"
    said = {"code": code, "data": data}
    owed = correspondence.notice(NoticeKind.SAY, person, at=at, priority=Priority.ANSWER, body=said, once=once)
    writing.records.owe_once(owed)


def _bring_down(records: Records, proceeding: Proceeding, task: Task, person: Person, *, face: Face) -> Card | None:
    """Put the card at the bottom of the chat again, below what was just written; returns the new card.

    The older one is deleted, so that the chat shows the words and one card; edits owed to it are owed no longer.
    """
    older = [shown for shown in task.live_cards if shown.kind == CardKind.TASK and shown.person_id == person.id]
    proceeding.reissue(task, [person])
    records.flush()
    card = newest_task_card(records.reader, task, person)
    if card is not None:
        card.turn(face)
    for shown in older:
        if correspondence.deletable(shown, at=records.at):
            records.no_longer_refresh(shown)
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    return card


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.EVALUATION: edit,
    Touch.PART: ask_part,
    Touch.ATTACH: ask_files,
    Touch.PREVIEW: preview,
    Touch.SUBMIT: submit,
}
"""What each button of the editor does."""
