"""What the picture of a case's way through its SOP shows, worded for its reader."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from handlers.papers.flow import TEMPLATE, FlowPicture, FlowStep, Return, State, Verdict, Visit
from handlers.papers.paper import Paper, Sheet
from handlers.papers.sop_form import decides
from handlers.screens.span import deadline, measured, overdue, worded
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.views.lateness import reason_read_by
from models.case.case import CaseState
from models.case.sight import Sight
from models.case.standing import Standing
from models.case.task import Task
from models.office.person import Person
from models.office.tenure import ActingAs, Capacity
from models.queries.consultations import sight_in
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.sop import Step
from models.rules.urgency import Urgency

_SUBJECT, _REASON, _NAME = 120, 120, 60
"""Characters of the subject, of a reason, and of a name."""

_VISITS = 4
"""Passes of one step that are told; of more, the newest."""

_NAMES = 2
"""Names of those who may decide the present step."""

_STANDING_IN = {Capacity.PLT: "Plt.", Capacity.PLH: "Plh."}

_ENDED_EARLY = {CaseState.DECLINED, CaseState.MOVED, CaseState.WITHDRAWN, CaseState.MERGED}
_TOLD = {
    *(Outcome.SENT_BACK, Outcome.RETURNED, Outcome.RECALLED, Outcome.DECLINED, Outcome.MOVED),
    *(Outcome.WITHDRAWN, Outcome.MERGED),
}
"""The outcomes that the picture tells in words: those that do not lead on."""


def flow_picture(reader: Reader, standing: Standing, *, person: Person, say: Say) -> Paper:
    """Return the picture of a case as `person` may see it. It depends on the state of the case, not on the minute.

    So the same state gives the same picture, however often it is looked at.
    """
    return _Drawer(reader, standing, person, say).paper()


class _Drawer:
    """Words one picture."""

    def __init__(self, reader: Reader, standing: Standing, person: Person, say: Say) -> None:
        self._reader, self._standing, self._say = reader, standing, say
        self._case, self._sop, self._calendar = standing.case, standing.sop, reader.calendar
        self._person_id = person.id
        self._whole = (sight := sight_in(reader, standing, person)) is Sight.WHOLE
        self._readable = sight in {Sight.WHOLE, Sight.OWN}

    def paper(self) -> Paper:
        tasks, say = self._case.tasks, self._say
        shown = [role for role in self._sop.roles if self._sop.steps_of(role.code)]
        lanes = {role.code: lane for lane, role in enumerate(shown)}
        changed = max(task.closed_at or task.opened_at for task in tasks)
        content = FlowPicture(
            number=self._case.number,
            subject=shortened(" ".join(self._case.subject.split()), _SUBJECT) if self._readable else self._sop.title,
            tone=self._tone(),
            answer=tuple(self._answer()),
            heading=say.plain("flow-heading"),
            roles=tuple(role.title for role in shown),
            steps=tuple(self._step(step, lanes[step.role]) for step in self._sop.steps),
            returns=tuple(self._returns()),
            legend=(say.plain("flow-in-time"), say.plain("flow-late"), say.plain("flow-running")),
            foot=say.plain("flow-foot", at=say.time.stamp(changed)),
            language=say.language,
        )
        return Paper(TEMPLATE, content, told_at=changed, sheet=Sheet.PNG, name=f"alur-{self._case.number}")

    def _tone(self) -> State:
        task = self._case.open_task
        if task is not None:
            return State.NOW_LATE if self._late(task) else State.NOW
        return State.DONE if self._case.state is CaseState.CLOSED else State.ENDED

    def _answer(self) -> list[str]:
        """Return where the case is, with whom, and until when: what people ask first."""
        say, task = self._say, self._case.open_task
        steps = str(len(self._sop.steps))
        if task is None:
            ended = self._case.tasks[-1]
            at = say.time.stamp(self._case.closed_at or ended.closed_at or ended.opened_at)
            state = CaseState(self._case.state).value
            return [say.plain(f"flow-{state}", step=str(ended.step), steps=steps), say.plain("flow-since", at=at)]
        late = self._late(task)
        code = "flow-here-late" if late else "flow-here"
        due = say.time.stamp(deadline(self._calendar, task.due_at, task.measure))
        names = [shortened(one.name, _NAME) for one in self._standing.holders(task)[:_NAMES]]
        role = self._standing.title_of(task)
        holder = say.plain("flow-with", names=say.time.join(names), role=role) if names else role
        return [
            say.plain(code, step=str(task.step), steps=steps),
            holder,
            say.plain("flow-was-due" if late else "flow-due", due=due),
        ]

    def _step(self, step: Step, lane: int) -> FlowStep:
        tasks = [task for task in self._case.tasks if task.step == step.number]
        state = self._state(step, tasks)
        standard = step.standard_for(Urgency(self._case.urgency))
        ahead = self._say.plain("flow-standard", standard=self._say.time.standard(standard))
        several = len(tasks) > 1
        told = tasks[-_VISITS:]
        return FlowStep(
            number=step.number,
            short=step.short,
            lane=lane,
            decision=decides(step),
            state=state,
            says=ahead if not tasks or (state is State.AHEAD and tasks) else "",
            visits=tuple(
                self._visit(task, place if several else 0) for place, task in enumerate(tasks, start=1) if task in told
            ),
        )

    def _state(self, step: Step, tasks: Sequence[Task]) -> State:
        current = self._case.open_task
        if current is not None and current.step == step.number:
            return State.NOW_LATE if self._late(current) else State.NOW
        last = self._case.tasks[-1]
        if self._case.state in _ENDED_EARLY and last.step == step.number:
            return State.ENDED
        reached = last.step if current is None else current.step
        if not tasks or step.number > reached:
            return State.AHEAD
        return State.DONE_LATE if any(self._late(task) for task in tasks) else State.DONE

    def _visit(self, task: Task, place: int) -> Visit:
        say = self._say
        late, more = self._late(task), list[str]()
        if task.closed_at is None:
            time = say.plain("flow-since", at=say.time.stamp(task.opened_at))
            verdict = Verdict.LATE if late else Verdict.NOW
            names = [one.name for one in self._standing.holders(task)[:_NAMES]]
            if late:
                due = say.time.stamp(deadline(self._calendar, task.due_at, task.measure))
                more.append(say.plain("flow-over-since", due=due))
            if task.waiting_since is not None:
                more.append(say.plain("flow-waiting", since=say.time.stamp(task.waiting_since)))
            more += self._why_late(task)
        else:
            span = measured(self._calendar, task.counted_from(self._calendar), task.closed_at)
            time, verdict = worded(span, say), Verdict.LATE if late else Verdict.GOOD
            names = [task.decided_by.name] if task.decided_by else []
            if late:
                more.append(self._overdue(task))
                more += self._why_late(task)
            if task.outcome in _TOLD:
                more.append(self._outcome(task))
        who = say.time.join([shortened(name, _NAME) for name in names]) or self._standing.title_of(task)
        return Visit(
            round=say.plain("flow-round", round=str(place)) if place else "",
            who=who + self._capacity(task),
            time=time,
            standard=say.time.standard(task.time_standard),
            verdict=verdict,
            more=tuple(more),
        )

    def _overdue(self, task: Task) -> str:
        late_by = task.late_by or self._calendar.late(task.due_at, task.closed_at or task.opened_at)
        over = overdue(self._calendar, task.standard_deadline(self._calendar), late_by)
        return self._say.plain("flow-over", span=worded(over, self._say))

    def _why_late(self, task: Task) -> list[str]:
        """Return why a step is late or was, in one line; nothing where the reader reads no reason."""
        reason = " ".join(reason_read_by(self._person_id, self._standing, task, whole=self._whole).split())
        return [self._say.plain("flow-late-reason", reason=shortened(reason, _REASON))] if reason else []

    def _outcome(self, task: Task) -> str:
        words = self._say.plain(f"flow-outcome-{Outcome(task.outcome or '').value}")
        reason = " ".join(task.note.split())
        return f"{words}: “{shortened(reason, _REASON)}”" if reason and self._whole else words

    def _capacity(self, task: Task) -> str:
        acting = ActingAs.parse(task.decided_as) if task.decided_as else None
        word = _STANDING_IN.get(acting.capacity) if acting is not None else None
        return f" ({word})" if word else ""

    def _late(self, task: Task) -> bool:
        return task.was_late(self._calendar, at=self._reader.at)

    def _returns(self) -> list[Return]:
        walked = Counter((a.step - 1, b.step - 1) for a, b in pairwise(self._case.tasks) if b.step < a.step)
        return [Return(start, end, times) for (start, end), times in sorted(walked.items())]
