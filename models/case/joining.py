"""The doors by which a report becomes a part of a case that tells of the same, and stops being one."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.case import CaseState
from models.case.joined_report import JoinedReport
from models.case.journey import FELLOW, Journey
from models.case.question import Remark
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import News
from models.mail.notice import Priority
from models.office.person import Person, reachable
from models.refusals import AlreadyJoined, NotJoinable, NotYourTask, StepForbids
from models.rules.actions import Action, Verb


class Joining(Journey):
    """What makes one case of several reports of the same."""

    @property
    def takes_reports(self) -> bool:
        """Whether reports may be joined to the case now: it is open, not confidential, and its work is not handed in.

        What somebody reports after that is no part of what was mended.
        """
        task = self.case.open_task
        if self.case.state is not CaseState.OPEN or self.case.confidential or task is None:
            return False
        kind = self.sop.step(task.step).kind.rules
        return kind.assigns or kind.handles

    def join(self, *, by: Person, text: str, files: Sequence[FileRecord] = ()) -> JoinedReport:
        """Let a person report what the case is about, in their own words, and give them a receipt of their own.

        The holders of the open task are told without a sound. Raises `StepForbids` where the SOP forbids it,
        `NotJoinable` where the case takes no reports any more, `AlreadyJoined` for the first reporter and for a person
        who has joined it before.
        """
        task = self._taking(by)
        remark = Remark(task_id=task.id, by_id=by.id, capacity=FELLOW, text=text, at=self.at, to_id=None)
        self.case.remarks.add(remark)
        kept = self._keep(files, by_id=by.id)
        joined = self._let_join(by)
        self._log(Action.JOIN, by_id=by.id, capacity=FELLOW, task=task, text=text, **kept)
        self._changed(task)
        data = {"number": self.case.number, "name": by.name, "answer": text, "files": len(files)}
        for person in reachable(self.holders(task)):
            owed = correspondence.news(News.JOINED, person, at=self.at, data=data, priority=Priority.CARD, silent=True)
            self._owe(owed, task)
        return joined

    def leave(self, *, by: Person) -> None:
        """Take a person's own part out of an open case; the case goes on for the others.

        Raises `NotYourTask` for a person who has no part of their own, `CaseClosed`, `StepForbids` where the SOP
        forbids to withdraw a report.
        """
        joined = self._own_part(by)
        self._running()
        task = self.case.tasks[-1]
        if not self.sop.permits(Verb.WITHDRAW):
            raise StepForbids(Verb.WITHDRAW.value, task.step)
        self._let_go(joined)
        self._log(Action.LEAVE, by_id=by.id, capacity=FELLOW, task=task)
        self._changed(task)

    def _taking(self, by: Person) -> Task:
        """Return the open task of a case that a report of this person may be joined to. Raises what `join` raises."""
        task = self.case.open_task
        if task is None or not self.takes_reports:
            raise NotJoinable(self.case.number)
        if not self.sop.permits(Verb.JOIN):
            raise StepForbids(Verb.JOIN.value, task.step)
        if by.id == self.case.reporter_id or self.fellow(by) is not None:
            raise AlreadyJoined(self.case.number)
        return task

    def _let_join(self, person: Person, *, from_case_id: int | None = None) -> JoinedReport:
        joined = JoinedReport(
            person=person,
            person_id=person.id,
            from_case_id=from_case_id,
            joined_at=self.at,
            parted_at=None,
            helped=None,
            helped_at=None,
        )
        self.case.joined_reports.append(joined)
        self.case.joined += 1
        if person.account_id is not None:
            self._owe_card(correspondence.card(CardKind.STATUS, person, at=self.at, priority=Priority.ANSWER))
        return joined

    def _let_go(self, joined: JoinedReport) -> None:
        """Let a report be no part of the case any more; the card of its reporter shows so, without buttons."""
        joined.parted_at = self.at
        self.case.joined -= 1
        still = {self.case.reporter_id, *(one.person_id for one in self.fellows)}
        for shown in self.case.live_cards:
            if shown.kind is CardKind.STATUS and shown.person_id == joined.person_id and shown.person_id not in still:
                self._retire(shown)

    def _own_part(self, by: Person) -> JoinedReport:
        joined = self.fellow(by)
        if joined is None:
            raise NotYourTask(self.case.reporter.name)
        return joined
