"""Taking one wrong file out before it is sent: of a report, of the note of a disposition, of a Laporan Evaluasi."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handlers.chat.desk import Toast
from handlers.reporting import drafting
from handlers.screens.removal import IDENTITY, RemovalView, removal_card
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.wordless import described
from models.case.attachment import FileRecord
from models.case.draft import DispositionDraft, ReportDraft
from models.case.evaluation import Evaluation
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.office.tenure import Tenure
from models.queries import belongings
from models.refusals.reports import TooManyAttachments
from models.refusals.work import CardOutOfDate
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action


class _Unsent(Protocol):
    """Files that are kept, and not sent yet."""

    def take_out(self, identity: str) -> FileRecord | None:
        """Take out the file with this identifier and return it; None where there is none."""
        ...

    def put_back(self) -> FileRecord | None:
        """Put back the file that was taken out last and return it; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class _OfReport:
    records: Records
    draft: ReportDraft

    def take_out(self, identity: str) -> FileRecord | None:
        return drafting.take_out(self.draft, identity)

    def put_back(self) -> FileRecord | None:
        _require_room(self.records, len(self.draft.files))
        return drafting.put_back(self.draft)


@dataclass(frozen=True, slots=True)
class _OfNote:
    records: Records
    draft: DispositionDraft

    def take_out(self, identity: str) -> FileRecord | None:
        file = _found(self.draft.files, identity)
        if file is not None:
            self.draft.files = [one for one in self.draft.files if one is not file]
            self.draft.lay_aside(file)
        return file

    def put_back(self) -> FileRecord | None:
        _require_room(self.records, len(self.draft.files))
        file = self.draft.take_back()
        self.draft.files = [*self.draft.files, *([] if file is None else [file])]
        return file


@dataclass(frozen=True, slots=True)
class _OfEvaluation:
    records: Records
    proceeding: Proceeding
    task: Task
    tenure: Tenure

    def take_out(self, identity: str) -> FileRecord | None:
        files = belongings.of_revision(self.records.reader, self.proceeding.case.id, self._draft.revision)
        # The newest of several alike: that is the one which the journal takes for taken out.
        file = next((one for one in reversed(files) if one.file_unique_id[:IDENTITY] == identity), None)
        if file is None:
            return None
        record = file.record
        self.records.detach(self.proceeding, self.task, file, by=self.tenure)
        return record

    def put_back(self) -> FileRecord | None:
        draft, case_id = self._draft, self.proceeding.case.id
        _require_room(self.records, belongings.evaluation_files(self.records.reader, case_id, draft.revision))
        file = draft.take_back()
        if file is not None:
            self.proceeding.attach(self.task, [file], by=self.tenure)
        return file

    @property
    def _draft(self) -> Evaluation:
        return self.proceeding.draft(self.task, by=self.tenure)


def choose(records: Records, press: Press) -> Toast:
    """Show the files, each on a button that takes it out."""
    _unsent(records, press)
    conversation = records.conversation(press.card.chat_id)
    if conversation.card_id == press.card.id:
        conversation.settle()
    records.turn(press.card, Face.REMOVING)
    return Toast("turned-remove")


def remove(records: Records, press: Press) -> Toast:
    """Take out the file on the button. Raises `CardOutOfDate` where it is not there any more."""
    return _done(records, press, _unsent(records, press).take_out(press.argument), "done-file-removed")


def restore(records: Records, press: Press) -> Toast:
    """Put back the file that was taken out last. Raises `CardOutOfDate` where there is none, `TooManyAttachments`."""
    return _done(records, press, _unsent(records, press).put_back(), "done-file-restored")


def _done(records: Records, press: Press, file: FileRecord | None, said: str) -> Toast:
    if file is None:
        raise CardOutOfDate
    records.refresh(press.card)
    return Toast(said, {"file": described([file])})


def _unsent(records: Records, press: Press) -> _Unsent:
    """Return the files that the card is about, if the person who tapped may change them.

    Raises `NotRegistered`, `DraftMissing`, and what the doors raise by which files are added.
    """
    if press.card.kind is CardKind.DRAFT:
        _, draft = drafting.on_card(records, press)
        return _OfReport(records, draft)
    proceeding, task, tenure = pressed_task(records, press)
    if proceeding.sop.step(task.step).kind.rules.assigns:
        proceeding.check(task, by=tenure, action=Action.FORWARD)
        return _OfNote(records, records.disposition_draft(tenure.person, task))
    proceeding.check(task, by=tenure, action=Action.ATTACH)
    return _OfEvaluation(records, proceeding, task, tenure)


def _found(files: Sequence[FileRecord], identity: str) -> FileRecord | None:
    return next((one for one in files if one["file_unique_id"][:IDENTITY] == identity), None)


def _require_room(records: Records, count: int) -> None:
    limit = records.rules.office.limits.attachments_per_report
    if count >= limit:
        raise TooManyAttachments(limit)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a task's card while files are taken out of its note, or of its Laporan Evaluasi."""
    standing, task = reader.task(card.task_id or 0)
    number = standing.case.number
    if standing.sop.step(task.step).kind.rules.assigns:
        note = reader.prepared(card.person_id, task) if card.person_id is not None else None
        files, aside = (note.files, note.taken_out) if note else ([], None)
        view = RemovalView(say("removal-note", number=number), files, aside or (), back=Touch.INSTRUCT)
    else:
        draft = standing.case.evaluation_draft
        kept = belongings.of_revision(reader, standing.case.id, draft.revision) if draft else ()
        aside = draft.taken_out if draft else None
        records = [file.record for file in kept]
        view = RemovalView(say("removal-evaluation", number=number), records, aside or (), back=Touch.EVALUATION)
    return removal_card(view, say)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.REMOVE: choose,
    Touch.REMOVE_FILE: remove,
    Touch.RESTORE_FILE: restore,
}
"""What the buttons around taking out files do."""
