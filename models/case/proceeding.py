"""Everything that can be done to a case: opening it, the doors of each kind of step, and what any step allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from models.case.archiving import Archiving
from models.case.assigning import Assigning
from models.case.attachment import FileRecord
from models.case.case import Case, CaseState
from models.case.consulting import Consulting
from models.case.extending import Extending
from models.case.handling import Handling
from models.case.issuing import Issuing
from models.case.joining import Joining
from models.case.journey import REPORTER
from models.case.judging import Judging
from models.case.passing import Passing
from models.case.question import Remark
from models.case.reminding import Reminding
from models.case.report import Report
from models.case.reporting import Reporting
from models.case.reviewing import Reviewing
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.journal.chain import Chain
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.notice import Priority
from models.mail.reminder import FOR_OVERSEERS
from models.office.office import Office
from models.office.person import Person, reachable
from models.office.tenure import Tenure
from models.rules.actions import Action
from models.rules.ladder import Rung, rungs_due


@dataclass(frozen=True, slots=True)
class Climb:
    """A rung that is climbed now.

    `to` are the people whom a message tells of it now, `later` those whom their next list tells. `within` is the
    ordinal of the later rung whose message tells of both, None where the rung has its own. `count` is how many rungs it
    stands for: of several repeats only the newest is climbed.
    """

    rung: Rung
    to: Sequence[Person] = ()
    later: Sequence[Person] = ()
    within: int | None = None
    count: int = 1


class Proceeding(
    Assigning,
    Handling,
    Reviewing,
    Passing,
    Reporting,
    Archiving,
    Issuing,
    Extending,
    Consulting,
    Reminding,
    Judging,
    Joining,
):
    """A case being worked on, with all its doors."""

    @classmethod
    def begin(
        cls,
        report: Report,
        *,
        number: str,
        sop_version: SopVersion,
        reporter: Person,
        office: Office,
        at: datetime,
        after: Case | None = None,
    ) -> Self:
        """Open a case: its first step is opened, the holders get their card, the reporter a receipt.

        `after` is the case that did not help, where the SOP sends a report that follows it straight to the step that
        handles it (`Sop.again`), and to the person who handled it.
        """
        case = Case(
            number=number,
            sop_version=sop_version,
            chain=Chain.begin(f"case:{number}"),
            reporter=reporter,
            reporter_id=reporter.id,
            **report.columns,
            origin=dict(report.origin),
            state=CaseState.OPEN,
            round=1,
            opened_at=at,
            closed_at=None,
            helped=None,
            helped_at=None,
            quick=None,
            clear=None,
            well=None,
            appraised_at=None,
            appraised_by_id=None,
            appraised_as=None,
            joined=0,
            joined_to_id=None,
            tasks=[],
            joined_reports=[],
            evaluations=[],
        )
        proceeding = cls(case, office=office, at=at)
        proceeding._keep(report.files, by_id=reporter.id)
        opened = proceeding._open_first(after)
        begun: dict[str, Any] = {**report.payload, "origin": case.origin or None, "sop": sop_version.named}
        proceeding._log(Action.REPORT, by_id=reporter.id, capacity=REPORTER, opened=opened, **begun)
        proceeding.inform()
        return proceeding

    def _open_first(self, after: Case | None) -> Task:
        """Open the task that a case begins with: of the first step, or where the SOP foresees it, of `Sop.again`."""
        step = self.sop.resumes if after is not None else None
        if after is None or step is None:
            return self._open(self.sop.first)
        return self._open(step, to=self._who_handled(after, step))

    def inform(self) -> None:
        """Give the reporter a card that shows where the case stands."""
        self.inform_one(self.case.reporter)

    def inform_one(self, reporter: Person) -> None:
        """Give one of the reporters a card that shows where the case stands."""
        if reporter.account_id is not None:
            self._owe_card(correspondence.card(CardKind.STATUS, reporter, at=self.at, priority=Priority.ANSWER))

    def remark(self, task: Task, *, by: Tenure, text: str, files: Sequence[FileRecord] = ()) -> Remark:
        """Add a note without deciding; it stands on the cards from now on. Raises what `check` raises."""
        self._deciding(task, by=by, action=Action.NOTE)
        remark = Remark(task_id=task.id, by_id=by.person_id, capacity=by.acts_as, text=text, at=self.at, to_id=None)
        self.case.remarks.add(remark)
        self._acts(task)
        self._log(Action.NOTE, by=by, task=task, text=text, **self._keep(files, by_id=by.person_id))
        self._changed(task)
        return remark

    def rungs_due(self, task: Task) -> list[Rung]:
        """Return the rungs of the ladder that are due and not climbed yet; of several repeats only the newest."""
        if not task.is_open or task.chase_at is None:
            return []
        return rungs_due(task.rung, self.at, **self._ladder(task))

    def chase(self, task: Task, climbs: Sequence[Climb]) -> None:
        """Climb rungs that are due, in order, and plan the next one: now the messages that tell of them are owed.

        Who is told, and when, is decided where all cases are seen, so that nobody gets a storm
        (`models/chase/sweep.py`).
        """
        for climb in climbs:
            one = climb.rung
            task.chases.add(Chase(ordinal=one.ordinal, kind=one.kind, due_at=one.at, fired_at=self.at))
            self._log(
                "chase",
                task=task,
                post=task.post,
                rung=one.ordinal,
                kind=one.kind.value,
                due=one.at.isoformat(),
                ladder=self.office.file.ladder.timing(one.kind),
                to=[person.id for person in climb.to],
                later=[person.id for person in climb.later],
                within=climb.within,
                count=climb.count if climb.count > 1 else None,
            )
        if climbs:
            self._stand_before(task, climbs[-1].rung.ordinal + 1)

    def put_off(self, task: Task, until: datetime | None = None) -> None:
        """Look at the ladder of `task` again at `until`, when somebody may be told of it; else when it is due."""
        case_clock = self.overruns_at(task)
        instants = [until or self.next_rung(task).at, *([case_clock] if case_clock is not None else [])]
        task.chase_at = min(instants)

    def overrun(self, task: Task, *, to: Sequence[Person], later: Sequence[Person]) -> None:
        """Write down that the case comes to the desk of `task` again and takes longer than the whole SOP may.

        `to` are the superiors who are told now, `later` those whom their next list tells. It is said once in a case.
        """
        task.overrun_at = self.at
        self._log(
            "overrun",
            task=task,
            post=task.post,
            visits=self.visits(task),
            due=self.whole_standard_ends_at.isoformat(),
            to=[person.id for person in to],
            later=[person.id for person in later],
        )
        self._redraw(task)

    def pause_lasts(self, task: Task) -> None:
        """Write down that those who look after `task` are told how long its clock has been stopped."""
        self._log("pause-lasts", task=task, since=task.paused_at.isoformat() if task.paused_at else None)

    def unclimb(self, task: Task, *, before: int) -> None:
        """Let the rung `before` be the next of the task: a clock that was ahead climbed it and those after it.

        The journal keeps what was climbed, and says from where the ladder goes on.
        """
        self._log("unclimb", task=task, rung=before)
        self._stand_before(task, before)

    def _stand_before(self, task: Task, ordinal: int) -> None:
        """Plan the rung with this ordinal as the task's next, and draw what shows the ladder."""
        task.rung = ordinal
        task.chase_at = self.next_look(task) if task.paused_at is None else None
        self._redraw(task)

    def bring_in_step(self, task: Task) -> bool:
        """Let those who may decide an open task now have its card, and nobody else. Returns whether it was rehomed."""
        rehomed = self.rehome(task)
        entitled = {person.id: person for person in self.holders(task)}
        served = set()
        for shown in [card for card in task.live_cards if card.live]:
            holder = entitled.get(shown.person_id or 0)
            if shown.kind is CardKind.TASK and holder is not None and holder.account_id == shown.chat_id:
                served.add(holder.id)
            elif shown.kind is CardKind.TASK and shown.person_id is not None:
                self._revoke(task, shown.person_id)
            elif shown.kind is CardKind.NUDGE and shown.face.value not in FOR_OVERSEERS and holder is None:
                self._owe(correspondence.withdraw(shown, at=self.at), task)
        self.reissue(task, [person for person in entitled.values() if person.id not in served])
        if rehomed and served:
            self._redraw(task)
        return rehomed

    def reissue(self, task: Task, people: Iterable[Person]) -> None:
        """Give `people` a fresh card of `task` at the bottom of their chat; the older one loses its buttons."""
        for person in reachable(people):
            self.revoke(task, person)
            self._deal(task, person)

    def revoke(self, task: Task, person: Person) -> None:
        """Take the force from the cards of `task` that `person` has: a newer one follows, or they may not act."""
        self._revoke(task, person.id)

    def _revoke(self, task: Task, person_id: int) -> None:
        for shown in task.live_cards:
            if shown.kind is CardKind.TASK and shown.person_id == person_id:
                self._retire(shown, task)

    def refuse(self, refusal: str, *, action: str, by: Person) -> None:
        """Note in the journal that something was asked for and not granted."""
        self._log("refuse", by_id=by.id, capacity="person", asked=action, refusal=refusal)

    def undelivered(self, kind: str, *, to: int | None, reason: str) -> None:
        """Note in the journal that a notice could not be delivered; `to` is a person's number."""
        self._log("undelivered", notice=kind, to=to, reason=reason)
