"""Words that somebody wrote without being asked become a note in a case whose card waits for them."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.reporting import drafting
from handlers.screens.screen import Touch
from handlers.steps.reasons import NOTE_LENGTH
from handlers.texts.shorten import length
from handlers.texts.wordless import at_hand
from models.case.draft import ReportDraft
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import CardKind, Face
from models.office.tenure import Tenure
from models.refusals.reports import ReportEmpty, TextTooLong, TooManyAttachments
from models.repository.presses import Press
from models.repository.records import Records
from models.rules.actions import Action


def as_note(records: Records, press: Press) -> Toast:
    """Take the draft for a note in the case on the button, instead of a report of its own.

    Where the step forwards, the words join those of the note that goes with the disposition. The draft stays where the
    note is refused. Raises `ReportEmpty`, `TextTooLong`, `TooManyAttachments`, and what the doors raise.
    """
    person, draft = drafting.on_card(records, press)
    proceeding, task = records.task(int(press.argument))
    tenure = records.tenure(person, task)
    if not draft.text and not draft.files:
        raise ReportEmpty
    number, count = proceeding.case.number, len(draft.files)
    if proceeding.sop.step(task.step).kind.rules.assigns:
        count = _prepare(records, proceeding, task, tenure, draft)
        said = "done-note-kept"
    else:
        _require_room(draft.text)
        proceeding.remark(task, by=tenure, text=at_hand(draft.text, draft.files), files=draft.files)
        said = "done-note"
    drafting.close(records, draft, face=Face.NOTED, case=proceeding.case)
    return Toast(said, {"number": number, "files": count})


def _prepare(records: Records, proceeding: Proceeding, task: Task, tenure: Tenure, draft: ReportDraft) -> int:
    """Add the draft to what goes with the disposition. Returns how many files the note has by then."""
    proceeding.check(task, by=tenure, action=Action.FORWARD)
    prepared = records.disposition_draft(tenure.person, task)
    words = "\n".join(part for part in (prepared.note, draft.text) if part)
    _require_room(words)
    limit = records.rules.office.limits.attachments_per_report
    files = [*prepared.files, *draft.files]
    if len(files) > limit:
        raise TooManyAttachments(limit)
    prepared.note, prepared.files = words, files
    for card in task.live_cards:
        if card.kind is CardKind.TASK and card.person_id == tenure.person_id:
            records.refresh(card)
    return len(files)


def _require_room(words: str) -> None:
    if length(words) > NOTE_LENGTH:
        raise TextTooLong(length(words), NOTE_LENGTH)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.AS_NOTE: as_note}
"""What the buttons of a draft do that make a note of it."""
