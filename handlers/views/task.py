"""What the card of a task needs to know, found in one transaction and then frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select

from handlers.screens.span import Span, measured
from models.case.draft import Classification, DispositionDraft
from models.case.evaluation import Evaluation
from models.case.proceeding import Proceeding
from models.case.task import Action, Attachment, Outcome, Question, Remark, Task
from models.mail import correspondence
from models.mail.card import Card
from models.office.office import Capacity, Person
from models.queries import lists
from models.queries.lists import Sight
from models.repository.records import Records
from models.rules.sop import Standard, StepKind

_HISTORY = 12
"""Decisions shown on a card; the timeline has them all."""


_ASKED = select(
    select(func.count()).select_from(Attachment).where(Attachment.case_id == bindparam("case")).scalar_subquery(),
    exists().where(Remark.case_id == bindparam("case")),
    exists().where(Question.case_id == bindparam("case")),
    exists().where(DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")),
)
"""What `_Belongings` holds. Built once: it is asked whenever a card is drawn."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided task, as a line of history. `capacity` and `post` word who decided."""

    step: int
    outcome: Outcome
    by: str
    capacity: Capacity
    post: str
    at: datetime
    note: str
    instructions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question to the reporter, its answer None while it is awaited."""

    question: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the next step may be given to, with the number of tasks they have open."""

    person_id: int
    name: str
    open_tasks: int


@dataclass(frozen=True, slots=True)
class TaskView:
    """Everything a task's card shows. `late` and `left` are office time, one of them empty.

    `history` holds the decisions before this task, `decision` its own once there is one. `mine` tells whether the
    reader may decide the task, `readable` whether they may read the case at all.
    """

    now: datetime
    number: str
    step: int
    steps: int
    kind: StepKind
    round: int
    role: str
    subject: str
    text: str
    reporter: str
    unit: str
    classification: Classification
    files: int
    due: datetime
    left: Span
    late: Span
    standard: Standard
    is_open: bool
    live: bool
    readable: bool
    mine: bool
    mode: str
    holder: str
    next_role: str
    previous_role: str
    return_role: str
    now_at: str
    actions: frozenset[Action]
    candidates: Sequence[Candidate]
    destinations: Sequence[tuple[str, str]]
    instructions: Sequence[str]
    ticked: Sequence[str]
    note: str
    history: Sequence[Decision]
    decision: Decision | None
    remarks: Sequence[tuple[str, str]]
    exchanges: Sequence[Exchange]
    evaluation: Evaluation | None
    evaluation_before: Evaluation | None


def task_view(records: Records, card: Card) -> TaskView:
    """Return what the card of a task shows at this instant, to the person it belongs to."""
    proceeding, task = records.task(card.task_id or 0)
    case, sop = proceeding.case, proceeding.sop
    step = sop.step(task.step)
    following, earlier = sop.after(step), sop.before(step)
    earlier_tasks = [one for one in case.tasks if not one.is_open and one.id < task.id]
    holders = proceeding.holders(task)
    mine = any(person.id == card.person_id for person in holders)
    reader = records.session.get(Person, card.person_id) if card.person_id is not None else None
    calendar = records.rules.office.calendar
    there = _belongings(records, card, task)
    draft = _disposition(records, card, task) if there.drafted else None
    submitted = [one for one in case.evaluations if one.submitted_at is not None]
    # Whoever hands a report in knows it; whoever comes after needs it, whatever their step is for.
    shows_report = bool(submitted) and submitted[-1].task_id != task.id
    current = case.open_task
    return TaskView(
        now=records.at,
        number=case.number,
        step=task.step,
        steps=len(sop.steps),
        kind=step.kind,
        round=task.round,
        role=sop.role(step.role).title,
        subject=case.subject,
        text=case.text,
        reporter=case.reporter.name,
        unit=case.reporter.unit,
        classification=case.classification,
        files=there.files,
        due=task.due_at,
        left=measured(calendar, records.at, task.due_at),
        late=measured(calendar, task.due_at, records.at),
        standard=task.time_standard,
        is_open=task.is_open,
        live=card.live,
        readable=reader is not None and lists.sight(proceeding, reader) is Sight.WHOLE,
        mine=mine,
        mode=card.mode,
        holder=task.assignee.name if task.assignee and task.assignee in holders else "",
        next_role=sop.role(following.role).title if following else "",
        previous_role=sop.role(earlier.role).title if earlier else "",
        return_role=sop.role(sop.return_target(step).role).title if step.kind.reviews else "",
        now_at=sop.role(sop.step(current.step).role).title if current else "",
        actions=proceeding.allows(task) if mine else frozenset(),
        candidates=_candidates(records, proceeding, task) if step.kind is StepKind.ASSIGN and task.is_open else (),
        destinations=[(one.code, one.title) for one in proceeding.destinations],
        instructions=sop.instructions,
        ticked=draft.instructions if draft else (),
        note=draft.note if draft else "",
        history=[_decision(proceeding, one) for one in earlier_tasks[-_HISTORY:]],
        decision=None if task.is_open else _decision(proceeding, task),
        remarks=_remarks(records, case.id) if there.remarked else (),
        exchanges=_exchanges(records, case.id) if there.asked else (),
        evaluation=submitted[-1] if shows_report else None,
        evaluation_before=submitted[-2] if len(submitted) > 1 else None,
    )


def _decision(proceeding: Proceeding, task: Task) -> Decision:
    capacity, _, code = (task.decided_as or f"{Capacity.DEFINITIVE.value}:{task.post}").partition(":")
    # A post may have left the office file since; its decisions stand, under its code.
    post = next((one.short for one in proceeding.office.file.posts if one.code == code), code)
    return Decision(
        step=task.step,
        outcome=task.outcome or Outcome.FORWARDED,
        by=task.decided_by.name if task.decided_by else "",
        capacity=Capacity(capacity),
        post=post,
        at=task.closed_at or task.opened_at,
        note=task.note,
        instructions=task.instructions,
    )


def _disposition(records: Records, card: Card, task: Task) -> DispositionDraft | None:
    mine = DispositionDraft.person_id == card.person_id
    return records.session.scalar(select(DispositionDraft).where(mine, DispositionDraft.task_id == task.id))


def _candidates(records: Records, proceeding: Proceeding, task: Task) -> list[Candidate]:
    """Return whom the next step may be given to, of those who can be written to; none unless there are several."""
    people = correspondence.reachable(proceeding.candidates(task))
    if len(people) < 2:  # noqa: PLR2004 - a choice needs two
        return []
    following = proceeding.sop.after(proceeding.sop.step(task.step))
    counts = lists.active_counts(records, proceeding.office.post_of(following)) if following else {}
    return [Candidate(person.id, person.name, counts.get(person.id, 0)) for person in people]


@dataclass(frozen=True, slots=True)
class _Belongings:
    """How many files a case has, and whether there is anything else to look up: most cases have nothing."""

    files: int
    remarked: bool
    asked: bool
    drafted: bool


def _belongings(records: Records, card: Card, task: Task) -> _Belongings:
    wanted = {"case": task.case_id, "task": task.id, "person": card.person_id}
    return _Belongings(*records.session.execute(_ASKED, wanted).one())


def _remarks(records: Records, case_id: int) -> list[tuple[str, str]]:
    found = (
        select(Person.name, Remark.text)
        .join(Person, Person.id == Remark.by_id)
        .where(Remark.case_id == case_id)
        .order_by(Remark.id.desc())
        .limit(5)
    )
    return [(name, text) for name, text in records.session.execute(found)][::-1]


def _exchanges(records: Records, case_id: int) -> list[Exchange]:
    found = (
        select(Question.text, Question.answer).where(Question.case_id == case_id).order_by(Question.id.desc()).limit(5)
    )
    return [Exchange(question, answer) for question, answer in records.session.execute(found)][::-1]
