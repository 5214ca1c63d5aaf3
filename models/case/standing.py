"""How a case stands in its office at one instant: what may be looked up, and nothing that changes it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.joined_report import JoinedReport
from models.case.task import Task
from models.case.verdict import Heard, Word
from models.office.office import Office
from models.office.person import Change, Person, includes, reachable, unique
from models.office.seating import Need, Seat
from models.office.tenure import Tenure
from models.rules.actions import Action, Outcome, Verb
from models.rules.ladder import Rung, rung
from models.rules.sop import Sop, Step
from models.rules.urgency import Urgency

ADMINS = "Admin"
"""What the admins are called where they decide in the place of a post: the same word in every language so far."""

AtLast = Callable[[Person, Change], None]
"""Lets a change be made to a person when all else of the work is done (`models/repository/people_lock.py`)."""


def _at_once(person: Person, change: Change) -> None:
    change(person)


SECOND = 2
"""From which visit to the same desk on the clock of the whole case counts."""


def title_at(seat: Seat, step: Step, *, office: Office, sop: Sop) -> str:
    """Return who has `step` at this seat: the title of its role, or of the post that has it instead."""
    if seat.admins:
        return ADMINS
    return sop.role(step.role).title if seat.post == office.post_of(step) else office.file.short_of(seat.post)


class Standing:
    """A case with the office it is worked on in, as both are at the instant `at`."""

    def __init__(self, case: Case, *, office: Office, at: datetime, at_last: AtLast = _at_once) -> None:
        self.case = case
        self.office = office
        self.at = at
        self._at_last = at_last

    @property
    def sop(self) -> Sop:
        """The version of the SOP that the case was started under."""
        return self.case.sop

    @property
    def fellows(self) -> list[JoinedReport]:
        """The reports of others that are a part of the case now, in the order in which they joined."""
        return [one for one in self.case.joined_reports if one.parted_at is None] if self.case.joined else []

    def fellow(self, person: Person) -> JoinedReport | None:
        """Return the report of `person` that is a part of the case beside the first one, None where there is none."""
        return next((one for one in self.fellows if one.person_id == person.id), None)

    @property
    def reporters(self) -> list[Person]:
        """Everybody whose report the case is, the person who reported it first before the others."""
        return unique([self.case.reporter, *(one.person for one in self.fellows)])

    def reported_by(self, person_id: int | None, *, at: datetime | None = None) -> bool:
        """Whether a person is one of those whose report the case is; with `at` whether they were so at that instant."""
        if person_id == self.case.reporter_id:
            return True
        return any(one.person_id == person_id and (at is None or one.joined_at <= at) for one in self.fellows)

    @property
    def heard(self) -> Heard:
        """What each reporter said of the result of the case."""
        said = {one.person_id: Word.kept(one) for one in reversed(self.fellows)}
        said[self.case.reporter_id] = Word.kept(self.case)
        return Heard.of(list(said.values()))

    @property
    def first_deciders(self) -> list[Person]:
        """Return the persons who decide the first step of such a case now: they merge cases, and part reports again."""
        first = self.sop.first
        return self.office.holding(self.seat_for(first).post, mandate=first.mandate)

    def holders(self, task: Task) -> list[Person]:
        """Return the persons who may decide `task` now."""
        return task.deciders(self.office)

    def allows(self, task: Task) -> frozenset[Action]:
        """Return what the holder of `task` may do now; nothing once it is decided."""
        if not task.is_open or self.case.state is not CaseState.OPEN:
            return frozenset()
        actions = set(self.sop.allowed(self.sop.step(task.step)))
        if task.started_at is not None:
            actions.discard(Action.START)
        if not self.destinations:
            actions.discard(Action.MOVE)
        if self.case.joined:
            # The reports of others would not go along.
            actions -= {Action.MOVE, Action.MERGE}
        if self.case.confidential or task.started_at is not None:
            actions.discard(Action.MERGE)
        return frozenset(actions)

    @property
    def destinations(self) -> list[Sop]:
        """The related SOPs that are loaded, to which a case may be moved at its first step."""
        codes = [related.code for related in self.sop.related if related.code]
        return [self.office.sops[code] for code in codes if code in self.office.sops and code != self.sop.code]

    def candidates(self, task: Task) -> list[Person]:
        """Return the persons among whom the recipient of the next step may be chosen."""
        following = self.sop.after(self.sop.step(task.step))
        return self.office.holders(self.office.post_of(following)) if following else []

    def recipients(self, task: Task) -> list[Person]:
        """Return who of the `candidates` is offered: who can be reached and is not away."""
        following = self.sop.after(self.sop.step(task.step))
        return self.office.acting(self.office.post_of(following)) if following else []

    def seat_for(self, step: Step) -> Seat:
        """Return where `step` is carried out in this case when it is opened now.

        Nobody corrects or approves what was done about their own report: where reporters alone hold the post, it is
        the nearest one above that somebody else holds. Where there is none, the post stays.
        """
        need = Need(mandate=step.mandate, other_than=frozenset(self.not_by(step)))
        return self.office.seat(self.office.post_of(step), need)

    def not_by(self, step: Step) -> list[int]:
        """Return the numbers of the persons who may not decide `step` because it judges the work: all its reporters.

        The first reporter comes first. It is empty where the step judges nothing.
        """
        if not step.kind.rules.reviews:
            return []
        return list(dict.fromkeys([self.case.reporter_id, *(one.person_id for one in self.fellows)]))

    def title_for(self, step: Step) -> str:
        """Return who gets `step` when it is opened now: the title of its role, or of the post that has it instead."""
        return title_at(self.seat_for(step), step, office=self.office, sop=self.sop)

    def title_of(self, task: Task) -> str:
        """Return the title of the role that has `task`, or of the post that has it instead."""
        step = self.sop.step(task.step)
        if task.by_admins:
            return ADMINS
        elsewhere = task.raised_from is not None or bool(task.not_by)
        if elsewhere and task.post != self.office.post_of(step):
            return self.office.file.short_of(task.post)
        return self.sop.role(step.role).title

    def colleagues(self, task: Task, person: Person) -> list[Person]:
        """Return the persons to whom `person` may hand `task`: who act in its post now, can be reached, and lack it.

        While the task is nobody's alone, a colleague may get it although it waits for them too.
        """
        acting = self.acting(task)
        mine = includes(self.holders(task), person.id)
        return [one for one in acting if one.id != task.assignee_id and not (mine and one.id == person.id)]

    def acting(self, task: Task) -> list[Person]:
        """Return who of those who hold the post of `task` can do it now: they can be reached, and are not away."""
        able = self.office.acting(task.post)
        return [one for one in task.judges(self.office) if includes(able, one.id)]

    def tenures_to_transfer(self, task: Task, person: Person) -> list[Tenure]:
        """Return the tenures by which `person` may hand `task` to a colleague of its post.

        They decide the task, or are the superior of its post, or have sent the case to it.
        """
        posts = {task.post} if includes(self.holders(task), person.id) else set[str]()
        if includes(self.office.superiors(task.post), person.id):
            posts |= set(self.office.above(task.post))
        sent = self._sent_by(task)
        if sent is not None and sent.decided_by_id == person.id:
            posts.add(sent.post)
        return [one for one in self.office.tenures if one.lasts and one.person_id == person.id and one.post in posts]

    def granters(self, task: Task, asked_by: int | None) -> list[Person]:
        """Return who may give `task` more time that this person asks for: the nearest above who can be written to.

        Nobody grants their own wish, nor one for a task that they may decide themselves. There is nobody above the head
        of the office.
        """
        holding = self.holders(task)
        for post in self.office.above(task.post):
            others = [one for one in self.office.holders(post) if one.id != asked_by and one not in holding]
            if found := reachable(others):
                return found
        return []

    def consulted(self, asked: Consultation) -> list[Person]:
        """Return the persons whose opinion is wanted now: who was asked, while they hold the post, else all who do.

        While one of them is away, their Plh. answers. Nobody gives the opinion that they have asked for.
        """
        holding = self.office.holders(asked.post)
        people = self.office.among(holding, asked.post, asked.to_id, mandate=True)
        return [person for person in people if person.id != asked.by_id]

    def _sent_by(self, task: Task) -> Task | None:
        """Return the task whose holder forwarded the case to `task`, None where it came in another way."""
        before = [one for one in self.case.tasks if one.closed_at is not None and one.id < task.id]
        return before[-1] if before and before[-1].outcome == Outcome.FORWARDED else None

    def ways_back(self, task: Task) -> list[Step]:
        """Return the steps to which the disposition may go back from `task`, the nearest first."""
        here = self.sop.step(task.step)
        before = self.sop.before(here)
        if before is None:
            return []
        if not self.sop.permits(Verb.SEND_BACK_FURTHER):
            return [before]
        further = [step for step in reversed(self.sop.steps[: before.number - 1]) if step.kind.rules.assigns]
        return [before, *further]

    def recallable(self, task: Task) -> bool:
        """Whether what `task` forwarded lies untouched at the next step, as far as the tasks of the case tell.

        Notes and questions are told by other rows (`Records.recall`).
        """
        last = self.case.tasks[-1]
        draft = self.case.evaluation_draft
        untouched = last.is_open and last.started_at is None and (draft is None or draft.task_id != last.id)
        forwarded = task.outcome == Outcome.FORWARDED and len(self.case.tasks) > 1 and self.case.tasks[-2] is task
        return forwarded and untouched and self.sop.permits(Verb.RECALL)

    @property
    def handling(self) -> Task | None:
        """The task by which the report began to be handled, None while nobody has begun."""
        begun = (one for one in self.case.tasks if one.started_at is not None or one.outcome == Outcome.SUBMITTED)
        return next(begun, None)

    def visits(self, task: Task) -> int:
        """Return the how-manieth time the case is at this desk with `task`.

        What was recalled is no visit, and what goes on after a recall is the same one.
        """
        counted = 0
        for one in self.case.tasks:
            counted += one.step == task.step and one.clock_from is None and one.outcome != Outcome.RECALLED
            if one is task:
                break
        return max(counted, 1)

    @property
    def whole_standard_ends_at(self) -> datetime:
        """The instant (UTC) by which the case would have to be over: the standards of all steps after its opening."""
        at, urgency = self.case.opened_at, Urgency(self.case.urgency)
        for step in self.sop.steps:
            at = self.office.file.calendar.due(at, step.standard_for(urgency))
        return at

    def overruns_at(self, task: Task) -> datetime | None:
        """Return when it is to be said that the case goes up and down for too long, None where it is not.

        That is from the second visit to a desk on, once the standards of all steps have passed since the case was
        opened, and once in a case.
        """
        if self.visits(task) < SECOND or any(one.overrun_at is not None for one in self.case.tasks):
            return None
        calendar = self.office.file.calendar
        return calendar.opening(calendar.add(self.whole_standard_ends_at, 1))

    def next_look(self, task: Task) -> datetime:
        """Return when the ladder of an open task is to be looked at next: its next rung, or the clock of the case."""
        return min(self.next_rung(task).at, self.overruns_at(task) or datetime.max.replace(tzinfo=UTC))

    def next_rung(self, task: Task) -> Rung:
        """Return the rung that an open task will be chased with next."""
        return self.rung(task, task.rung)

    def rung(self, task: Task, ordinal: int) -> Rung:
        """Return the rung of an open task that has this ordinal."""
        return rung(ordinal, **self._ladder(task))

    def _ladder(self, task: Task) -> dict[str, Any]:
        return {
            "opened": task.chased_from(self.office.file.calendar),
            "due": task.due_at,
            "standard": task.time_standard,
            "calendar": self.office.file.calendar,
            "settings": self.office.file.ladder,
        }
