"""The doors by which a report becomes a part of a case that tells of the same, and stops being one."""

from collections.abc import Sequence
from typing import Any

from models.case.attachment import FileRecord
from models.case.case import Case, CaseState
from models.case.joined_report import JoinedReport
from models.case.journey import FELLOW, Journey
from models.case.question import Remark
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import News
from models.mail.notice import Priority
from models.office.person import Person, includes, reachable
from models.office.tenure import Tenure
from models.refusals.reports import AlreadyJoined, NotJoinable, NotJoined
from models.refusals.work import NotYourTask, StepForbids
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

    def check_leaving(self, *, by: Person) -> JoinedReport:
        """Change nothing, and return the part that `leave` would take out of the case. Raises what `leave` raises."""
        joined = self._own_part(by)
        self._running()
        if not self.sop.permits(Verb.WITHDRAW):
            raise StepForbids(Verb.WITHDRAW.value, self.case.tasks[-1].step)
        return joined

    def leave(self, *, by: Person) -> None:
        """Take a person's own part out of an open case; the case goes on for the others.

        Raises `NotYourTask` for a person who has no part of their own, `CaseClosed`, `StepForbids` where the SOP
        forbids to withdraw a report.
        """
        joined, task = self.check_leaving(by=by), self.case.tasks[-1]
        self._let_go(joined)
        self._log(Action.LEAVE, by_id=by.id, capacity=FELLOW, task=task)
        self._changed(task)

    def merge(self, task: Task, *, by: Tenure, into: "Joining") -> None:
        """End the case at its first step as a part of `into`, another case of the same that is not handled yet either.

        Its clock and cards stop; its reporter is told, and follows the other case from now on. Raises what `check`
        raises, `StepForbids` also for a confidential case and for one that reports were joined to, and `NotJoinable`
        where `into` takes no report, is being handled, goes by another SOP, or is this very case.
        """
        self._deciding(task, by=by, action=Action.MERGE)
        apart = into.case.id == self.case.id or into.sop.code != self.sop.code or into.handling is not None
        if apart or not into.takes_reports or not into.sop.permits(Verb.JOIN):
            raise NotJoinable(into.case.number)
        self._close(task, Action.MERGE, by=by)
        self._end(Action.MERGE.outcome)
        self.case.joined_to_id = into.case.id
        self._log(Action.MERGE, by=by, task=task, to=into.case.number, into=into.case.id)
        self._tell(News.MERGED, to=into.case.number)
        into.take_in(self.case, by=by)

    def take_in(self, merged: Case, *, by: Tenure) -> None:
        """Let a case that `merge` has just ended be a part of this one; its reporter gets a receipt of it."""
        task = self.case.tasks[-1]
        self._let_join(merged.reporter, from_case_id=merged.id)
        said: dict[str, Any] = {"person": merged.reporter_id, "from": merged.id, "number": merged.number}
        self._log(Action.JOIN, by=by, task=task, **said)
        self._changed_by_others(task)

    def check_parting(self, *, by: Tenure) -> Task:
        """Change nothing, and return the open task of a case from which a report may be parted by this tenure.

        Raises `CaseClosed`, `NotYourTask` for a person who does not decide the first step now.
        """
        self._running()
        post = self.seat_for(self.sop.first).post
        if by.post != post or not by.lasts or not includes(self.first_deciders, by.person_id):
            names = ", ".join(person.name for person in self.first_deciders)
            raise NotYourTask(names or self.office.file.short_of(post))
        return self.case.tasks[-1]

    def part(self, joined: JoinedReport, *, by: Tenure, number: str) -> None:
        """Let a report be no part of this case any more; it goes on as the case with this `number`.

        Raises what `check_parting` raises, and `NotJoined` where it is no part of the case now.
        """
        task = self.check_parting(by=by)
        if joined not in self.fellows:
            raise NotJoined(self.case.number)
        self._let_go(joined)
        said: dict[str, Any] = {"person": joined.person_id, "from": joined.from_case_id, "number": number}
        self._log(Action.PART, by=by, task=task, **said)
        self._changed_by_others(task)

    def reopen(self, *, by: Tenure) -> Task:
        """Let a case that was merged go on by itself, where it was and for the same person, with the rest of its time.

        Raises `NotJoined` for a case that is a part of none.
        """
        last = self.case.tasks[-1]
        if self.case.state is not CaseState.MERGED:
            raise NotJoined(self.case.number)
        self.case.state, self.case.closed_at, self.case.joined_to_id = CaseState.OPEN, None, None
        step = self.sop.step(last.step)
        holding = self.office.holders(self.seat_for(step).post)
        to = next((person for person in holding if person.id == last.assignee_id), None)
        opened = self._open(step, to=to, going_on=last)
        self._log(Action.REOPEN, by=by, opened=opened)
        self._tell(News.PARTED, priority=Priority.CARD)
        return opened

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
            quick=None,
            clear=None,
        )
        self.case.joined_reports.append(joined)
        self.case.joined += 1
        if person.account_id is not None and person.id != self.case.reporter_id:
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
        if joined is None or by.id == self.case.reporter_id:
            raise NotYourTask(self.case.reporter.name)
        return joined
