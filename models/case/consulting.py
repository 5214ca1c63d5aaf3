"""The doors by which the holder of a task asks others for their opinion, and gets it."""

from collections.abc import Sequence
from functools import partial

from models.case.attachment import FileRecord
from models.case.case import CaseState
from models.case.consultation import Consultation
from models.case.journey import Journey
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import About, News
from models.mail.notice import Priority
from models.office.attention import note_silent_card
from models.office.person import Person, includes, reachable
from models.office.tenure import Tenure
from models.refusals.work import NobodyToConsult, NotYourTask, OpinionGiven, OpinionOver, OwnOpinion, ReasonMissing
from models.rules.actions import Action
from models.rules.asking import opinion_reminder


class Consulting(Journey):
    """What the holder of a task asks others beside deciding it, and what they answer."""

    def check_consultation(self, task: Task, *, by: Tenure, post: str, to: Person | None) -> None:
        """Change nothing, and raise what `consult` would but for its words.

        Raises what `check` raises, `OwnOpinion` where nobody but `by` would be asked, `NobodyToConsult` where nobody
        who would be asked can be written to.
        """
        self._deciding(task, by=by, action=Action.CONSULT)
        if to is not None and to.id == by.person_id:
            raise OwnOpinion
        asked = self._asking(task, by=by, post=post, to=to, text="")
        if not reachable(self.consulted(asked)):
            raise OwnOpinion if self.office.tenure(by.person, post) is not None else self._nobody(post, to)

    def _nobody(self, post: str, to: Person | None) -> NobodyToConsult:
        return NobodyToConsult(to.name if to is not None else self.office.file.short_of(post))

    def consult(
        self,
        task: Task,
        *,
        by: Tenure,
        post: str,
        to: Person | None = None,
        text: str,
        files: Sequence[FileRecord] = (),
    ) -> Consultation:
        """Ask who holds `post`, or `to` alone, for an opinion. The task stays, and its clock goes on.

        The cards are owed by `owe_consultation`, once the consultation has its number. Raises what `check_consultation`
        raises, and `ReasonMissing` without words.
        """
        self.check_consultation(task, by=by, post=post, to=to)
        if not text.strip():
            raise ReasonMissing
        asked = self._asking(task, by=by, post=post, to=to, text=text)
        calendar, ladder = self.office.file.calendar, self.office.file.ladder
        asked.remind_at = opinion_reminder(self.at, asked.due(calendar), calendar, percent=ladder.warn_percent)
        self.case.consultations.add(asked)
        self._acts(task)
        attached = self._keep(files, by_id=by.person_id)
        self._log(
            Action.CONSULT,
            by=by,
            task=task,
            text=text,
            post=post,
            person=asked.to_id,
            to=to.name if to is not None else self.office.file.short_of(post),
            standard=asked.standard,
            **attached,
        )
        self._changed(task)
        return asked

    def _asking(self, task: Task, *, by: Tenure, post: str, to: Person | None, text: str) -> Consultation:
        """Return a consultation that is not asked yet."""
        return Consultation(
            task_id=task.id,
            by_id=by.person_id,
            capacity=by.acts_as,
            post=post,
            to_id=to.id if to is not None else None,
            standard=str(self.sop.opinion),
            text=text,
            asked_at=self.at,
            answer=None,
            answered_at=None,
            answered_by_id=None,
            answered_as=None,
            remind_at=None,
        )

    def owe_consultation(self, task: Task, asked: Consultation) -> None:
        """Let those whose opinion is wanted now have the card of `asked`, and nobody else."""
        self._share(task, CardKind.CONSULTATION, About(consultation_id=asked.id), self.consulted(asked))

    def check_advice(self, asked: Consultation, *, by: Person) -> tuple[Task, Tenure]:
        """Change nothing, and return the task and the tenure by which `by` may answer `asked`.

        Raises `NotYourTask` for a person who is not asked now, `OpinionGiven` where somebody was first, `OpinionOver`
        where the task was decided without the answer.
        """
        task = next(one for one in self.case.tasks if one.id == asked.task_id)
        people = self.consulted(asked)
        tenure = self.office.tenure(by, asked.post, given_to=asked.to_id)
        if tenure is None or not includes(people, by.id):
            raise NotYourTask(", ".join(person.name for person in people) or self.office.file.short_of(asked.post))
        if asked.answered_at is not None:
            raise OpinionGiven(asked.answered_at)
        if not task.is_open or self.case.state is not CaseState.OPEN:
            raise OpinionOver(self.case.number)
        return task, tenure

    def advise(self, asked: Consultation, *, by: Person, text: str, files: Sequence[FileRecord] = ()) -> Task:
        """Take an opinion into the case, and tell the holders of the task; returns it.

        Raises what `check_advice` raises, and `ReasonMissing` without words.
        """
        task, tenure = self.check_advice(asked, by=by)
        if not text.strip():
            raise ReasonMissing
        asked.answer, asked.answered_at, asked.remind_at = text, self.at, None
        asked.answered_by_id, asked.answered_as = by.id, tenure.acts_as
        attached = self._keep(files, by_id=by.id)
        self._log(Action.ADVISE, by=tenure, task=task, consultation=asked.id, text=text, **attached)
        for shown in task.live_cards:
            if shown.kind is CardKind.CONSULTATION and shown.consultation_id == asked.id and shown.live:
                self._retire(shown, task)
        self._changed_by_others(task)
        data = {"number": self.case.number, "name": by.name, "question": asked.text, "answer": text}
        for person in reachable(self.holders(task)):
            said = {**data, "files": len(files)}
            self._owe(correspondence.news(News.ADVISED, person, at=self.at, priority=Priority.CARD, data=said), task)
            if not self.office.file.calendar.is_open(self.at):
                self._at_last(
                    person,
                    partial(note_silent_card, task_id=task.id, file=self.office.file, version=task.version, at=self.at),
                )
        return task

    def opinion_reminded(self, asked: Consultation, people: Sequence[Person]) -> None:
        """Write down that `people` are owed the reminder of `asked`."""
        self._log("remind", consultation=asked.id, to=[person.id for person in people])
