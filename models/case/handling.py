"""The doors of a handle step: start, ask and answer, write, attach, submit (SOP row 5)."""

from collections.abc import Mapping, Sequence
from functools import partial

from models.case.attachment import Attachment, FileRecord, files_payload
from models.case.evaluation import Evaluation, Part
from models.case.journey import FELLOW, REPORTER, Journey
from models.case.question import Question
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import About, News
from models.mail.notice import Priority
from models.mail.reminder import FOR_OVERSEERS
from models.office.attention import note_silent_card
from models.office.person import Person, reachable
from models.office.tenure import Capacity, Tenure
from models.refusals.work import (
    AlreadyStarted,
    CardOutOfDate,
    EvaluationIncomplete,
    NotYourTask,
    QuestionAlreadyAnswered,
)
from models.rules.actions import Action
from models.rules.asking import first_reminder


class Handling(Journey):
    """What the holder of a handle step may do, and the reporter's answer."""

    def start(self, task: Task, *, by: Tenure) -> None:
        """Begin handling; where the task was left to any holder of the post, it is now this person's.

        A Plh. begins what was given to the person who is away, and it stays that person's.

        Colleagues' cards lose their force, and the reporter is told. Raises `AlreadyStarted` when handling has begun,
        beside what `check` raises.
        """
        if task.is_open and task.started_at is not None and by.post == task.post:
            holder = task.assignee.name if task.assignee else ""
            raise AlreadyStarted(holder)
        self._deciding(task, by=by, action=Action.START)
        self._acts(task)
        task.started_at = self.at
        own = self.office.stand_in(task.assignee_id, task.post) is not by.person
        if own:
            task.assignee, task.assignee_id = by.person, by.person_id
        for shown in task.live_cards:
            if shown.person_id == by.person_id:
                continue
            if shown.kind is CardKind.TASK:
                self._retire(shown, task)
            elif shown.kind is CardKind.NUDGE and shown.face.value not in FOR_OVERSEERS:
                self._owe(correspondence.withdraw(shown, at=self.at), task)
        self._changed(task)
        self._log(Action.START, by=by, task=task, assignee=None if own else task.assignee_id)
        self._tell(News.STARTED, name=by.person.name, role=self._title(task), capacity=Capacity(by.capacity).value)

    def ask(self, task: Task, *, by: Tenure, text: str) -> Question:
        """Ask the reporter; the answer comes back to the holder of the task. The clock stops if the step pauses.

        The question's card is owed by `owe_question`, once the question has its number. Raises what `check` raises.
        """
        self._deciding(task, by=by, action=Action.ASK)
        question = Question(
            task_id=task.id,
            asked_by_id=by.person_id,
            asked_as=by.acts_as if by.given_in is not None else None,
            text=text,
            asked_at=self.at,
            answer=None,
            answered_at=None,
            remind_at=first_reminder(self.at, self.office.file.calendar),
        )
        self.case.questions.add(question)
        self._acts(task)
        self._log(Action.ASK, by=by, task=task, text=text)
        self._wait(task)
        self._changed(task)
        return question

    def owe_question(self, question: Question) -> None:
        """Owe the reporter the card of `question`; if they cannot be reached, those who can mend it are told."""
        reporter = self.case.reporter
        if reporter.account_id is None:
            self.alert_unreachable(reporter, None)
        else:
            self._owe_card(
                correspondence.card(CardKind.QUESTION, reporter, at=self.at, about=About(question_id=question.id))
            )

    def remind(self, question: Question, *, missed: int) -> None:
        """Write down that the reporter is owed a reminder of `question`, after so many `missed` ones.

        The message is owed where all that a reporter is asked is seen, so that they get one (`models/chase/asking.py`).
        """
        self._log("remind", question=question.id, missed=missed or None)

    def answer(self, question: Question, *, by: Person, text: str, files: Sequence[FileRecord] = ()) -> None:
        """Take the reporter's answer into the case, and tell the holders of its open task.

        Raises `CaseClosed`, `NotYourTask` for anybody but the reporter, `QuestionAlreadyAnswered`.
        """
        self._running()
        self._reporting(by)
        if question.answered_at is not None:
            raise QuestionAlreadyAnswered
        question.answer, question.answered_at, question.remind_at = text, self.at, None
        said = {"text": text, "question": question.id, **self._keep(files, by_id=by.id)}
        self._log(Action.ANSWER, by_id=by.id, capacity=REPORTER, **said)
        for shown in self.case.live_cards:
            if shown.kind is CardKind.QUESTION and shown.question_id == question.id:
                self._retire(shown)
        task = self.case.open_task
        if task is None:
            return
        if question.task_id == task.id:
            self._answered(task)
        self._changed_by_others(task)
        data = {"number": self.case.number, "question": question.text, "answer": text, "files": len(files)}
        for person in reachable(self.holders(task)):
            self._owe(correspondence.news(News.ANSWERED, person, at=self.at, priority=Priority.CARD, data=data), task)
            if not self.office.file.calendar.is_open(self.at):
                self._at_last(
                    person,
                    partial(note_silent_card, task_id=task.id, file=self.office.file, version=task.version, at=self.at),
                )

    def enclose(self, files: Sequence[FileRecord], *, by: Person, capacity: str = REPORTER) -> None:
        """Attach more files to the case, of an album of which `by` gave the others before. Raises `CaseClosed`.

        `capacity` is that in which the others were given. Raises `NotYourTask` for a reporter who did not report.
        """
        self._running()
        reports = capacity in {REPORTER, FELLOW}
        if reports and not self.reported_by(by.id):
            raise NotYourTask(self.case.reporter.name)
        self._log(Action.ATTACH, by_id=by.id, capacity=capacity, **self._keep(files, by_id=by.id))
        task = self.case.open_task
        if task is not None and reports:
            self._changed_by_others(task)
        elif task is not None:
            self._changed(task)

    def write(self, task: Task, part: Part, words: str, *, by: Tenure) -> Evaluation:
        """Put `words` into a part of the Laporan Evaluasi's draft, which is begun if there is none.

        A draft is no part of the record and so has no journal entry; `submit` writes its words down. Raises what
        `check` raises.
        """
        self._deciding(task, by=by, action=Action.WRITE)
        draft = self.draft(task, by=by)
        draft.write(part, words, at=self.at)
        self._changed(task)
        return draft

    def begin_with(self, task: Task, words: Mapping[Part, str], *, by: Tenure) -> Sequence[Part]:
        """Put `words` into those parts of the draft that are empty, and return these; what was written stays.

        Raises what `check` raises for writing.
        """
        draft = self.draft(task, by=by)
        filled = [part for part in draft.missing if words[part].strip()]
        for part in filled:
            draft.write(part, words[part], at=self.at)
        self._changed(task)
        return filled

    def draft(self, task: Task, *, by: Tenure) -> Evaluation:
        """Return the revision being written, begun from the last submitted one if there is none.

        Raises what `check` raises for writing.
        """
        self._deciding(task, by=by, action=Action.WRITE)
        draft = self.case.evaluation_draft
        self._acts(task)
        if draft is None:
            draft = Evaluation.after(self.case.submitted, author_id=by.person_id, at=self.at)
            draft.task_id = task.id
            self.case.evaluations.append(draft)
        return draft

    def attach(self, task: Task, files: Sequence[FileRecord], *, by: Tenure) -> None:
        """Add files to the revision being written, which is begun if there is none. Raises what `check` raises."""
        self._deciding(task, by=by, action=Action.ATTACH)
        revision = self.draft(task, by=by).revision
        for file in files:
            self.case.attachments.add(
                Attachment(**file, task_id=task.id, revision=revision, added_by_id=by.person_id, added_at=self.at)
            )
        self._log(Action.ATTACH, by=by, task=task, **files_payload(files))
        self._changed(task)

    def detach(self, task: Task, file: Attachment, *, by: Tenure) -> None:
        """Take a file out of the revision being written; the row of the file is deleted by `Records.detach`.

        The journal keeps that it was there: files are told when they are attached. Those who may attach may take out.
        Raises `CardOutOfDate` for a file of anything else, beside what `check` raises.
        """
        self._deciding(task, by=by, action=Action.ATTACH)
        draft = self.draft(task, by=by)
        if (file.task_id, file.revision) != (task.id, draft.revision):
            raise CardOutOfDate
        draft.lay_aside(file.record)
        self._log(Action.DETACH, by=by, task=task, **files_payload([file.record]))
        self._changed(task)

    def submit(self, task: Task, *, by: Tenure) -> Task | None:
        """Hand the Laporan Evaluasi in as its next revision, and return the task opened after it, None at the end.

        Raises `EvaluationIncomplete` naming the empty parts, beside what `check` raises.
        """
        self._deciding(task, by=by, action=Action.SUBMIT)
        draft = self.case.evaluation_draft
        missing = draft.missing if draft else tuple(Part)
        if draft is None or missing:
            raise EvaluationIncomplete(tuple(part.value for part in missing))
        draft.submitted_at, draft.submitted_as, draft.author_id = self.at, by.acts_as, by.person_id
        words = {part.value: text for part, text in draft.parts.items()}
        return self._onward(task, Action.SUBMIT, by=by, revision=draft.revision, evaluation=words)
