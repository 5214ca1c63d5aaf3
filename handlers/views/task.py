"""What the card of a task needs to know, found in one transaction and then frozen."""

from sqlalchemy import select

from handlers.screens.card import Candidate, Decision, Exchange, TaskView
from handlers.screens.span import measured
from models.case.draft import DispositionDraft
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.sight import Sight, sight_of
from models.case.task import Task
from models.mail.card import Card
from models.office.person import Person, reachable
from models.office.tenure import ActingAs, Capacity
from models.queries import lists
from models.queries.belongings import belongings, remarks
from models.repository.records import Records
from models.rules.actions import Outcome

_HISTORY = 12
"""Decisions shown on a card; the timeline has them all."""


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
    there = belongings(records, card, task)
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
        readable=reader is not None and sight_of(proceeding, reader) is Sight.WHOLE,
        mine=mine,
        mode=card.mode,
        holder=task.assignee.name if task.assignee and task.assignee in holders else "",
        next_role=sop.role(following.role).title if following else "",
        previous_role=sop.role(earlier.role).title if earlier else "",
        return_role=sop.role(sop.return_target(step).role).title if step.kind.rules.reviews else "",
        now_at=sop.role(sop.step(current.step).role).title if current else "",
        actions=proceeding.allows(task) if mine else frozenset(),
        candidates=_candidates(records, proceeding, task) if step.kind.rules.assigns and task.is_open else (),
        destinations=[(one.code, one.title) for one in proceeding.destinations],
        instructions=sop.instructions,
        ticked=draft.instructions if draft else (),
        note=draft.note if draft else "",
        history=[_decision(proceeding, one) for one in earlier_tasks[-_HISTORY:]],
        decision=None if task.is_open else _decision(proceeding, task),
        remarks=remarks(records, case.id) if there.remarked else (),
        exchanges=_exchanges(records, case.id) if there.asked else (),
        evaluation=submitted[-1] if shows_report else None,
        evaluation_before=submitted[-2] if len(submitted) > 1 else None,
    )


def _decision(proceeding: Proceeding, task: Task) -> Decision:
    acting = ActingAs.parse(task.decided_as or "") or ActingAs(Capacity.DEFINITIVE, task.post)
    # A post may have left the office file since; its decisions stand, under its code.
    post = next((one.short for one in proceeding.office.file.posts if one.code == acting.post), acting.post)
    return Decision(
        step=task.step,
        outcome=task.outcome or Outcome.FORWARDED,
        by=task.decided_by.name if task.decided_by else "",
        capacity=acting.capacity,
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
    people = reachable(proceeding.candidates(task))
    if len(people) < 2:  # noqa: PLR2004 - a choice needs two
        return []
    following = proceeding.sop.after(proceeding.sop.step(task.step))
    counts = lists.active_counts(records, proceeding.office.post_of(following)) if following else {}
    return [Candidate(person.id, person.name, counts.get(person.id, 0)) for person in people]


def _exchanges(records: Records, case_id: int) -> list[Exchange]:
    found = (
        select(Question.text, Question.answer).where(Question.case_id == case_id).order_by(Question.id.desc()).limit(5)
    )
    return [Exchange(question, answer) for question, answer in records.session.execute(found)][::-1]
