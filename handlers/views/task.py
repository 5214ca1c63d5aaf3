"""What the card of a task needs to know, found in one transaction and then frozen."""

from handlers.screens.background import Exchange
from handlers.screens.candidate import Candidate
from handlers.screens.controls import REASONS
from handlers.screens.raised import Raised
from handlers.screens.span import Span, deadline, measured
from handlers.screens.story import Decision, Story
from handlers.screens.task_view import TaskView
from handlers.texts.wordless import at_hand
from handlers.views.consulting import awaited, consult_view, opinions
from handlers.views.copying import copying_view, sent, to_be_sent
from handlers.views.earlier import earlier_views
from handlers.views.evaluation import evaluation_view
from handlers.views.extending import extend_view, extended_view
from handlers.views.joining import fellow_views, goes_on_as, merge_views, merged_words
from handlers.views.lateness import lateness_view
from handlers.views.noted import said_beside
from handlers.views.transferring import transfer_view
from models.case.case import Case
from models.case.draft import DispositionDraft
from models.case.journey import REPORTER
from models.case.sight import Sight, sight_of
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.office.person import Person, includes
from models.office.seating import Because
from models.office.tenure import ActingAs, Capacity
from models.queries import consultations, lists
from models.queries.belongings import NOTHING_BROUGHT, Brought, belongings, brought, exchanges
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.sop import Step
from models.rules.work_calendar import WorkCalendar


def task_view(reader: Reader, card: Card) -> TaskView:
    """Return what the card of a task shows at this instant, to the person it belongs to."""
    standing, task = reader.task(card.task_id or 0)
    case, sop = standing.case, standing.sop
    step = sop.step(task.step)
    following = sop.after(step)
    earlier_tasks = [one for one in case.tasks if not one.is_open and one.id < task.id]
    holders = standing.holders(task)
    mine = includes(holders, card.person_id)
    person = reader.person_by_id(card.person_id)
    calendar = reader.calendar
    there = belongings(reader, card, task)
    came = brought(reader, case.id) if there.files else NOTHING_BROUGHT
    draft = reader.prepared(card.person_id, task) if there.drafted and card.person_id is not None else None
    asked = consultations.of_case(reader, case.id) if there.consulted else []
    earlier = _way_back(standing, task, draft)
    submitted = [one for one in case.evaluations if one.submitted_at is not None]
    latest, previous = submitted[-1] if submitted else None, submitted[-2] if len(submitted) > 1 else None
    # The author knows the Laporan Evaluasi. Each later step needs it, whatever it is for.
    shown = latest if latest is not None and latest.task_id != task.id else None
    current = case.open_task
    return TaskView(
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
        urgency=case.urgency,
        confidential=case.confidential,
        files=there.files,
        due=deadline(calendar, task.due_at, task.measure),
        late=calendar.late(task.due_at, task.seen_at(reader.at)) > 0,
        standard=task.time_standard,
        moved=task.moved,
        is_open=task.is_open,
        live=card.live,
        readable=person is not None and sight_of(standing, person) is Sight.WHOLE,
        mine=mine,
        face=card.face,
        holder=task.assignee.name if task.assignee and task.assignee in holders else "",
        next_role=standing.title_for(following) if following else "",
        previous_role=standing.title_for(earlier) if earlier else "",
        own=mine and standing.reported_by(card.person_id),
        instead_of=_instead_of(standing, task),
        raised=_raised(standing, task),
        visits=standing.visits(task),
        goes_on_as=goes_on_as(reader, case) if task is case.tasks[-1] else "",
        fellows=fellow_views(reader, standing),
        mergeable=merge_views(reader, case, person) if mine and card.face is Face.MERGING else (),
        urges=task.urges,
        urged_at=task.urged_at,
        recallable=card.live and task.decided_by_id == card.person_id and standing.recallable(task),
        ways_back=[(one.number, standing.title_for(one)) for one in standing.ways_back(task)],
        return_role=standing.title_for(sop.return_target(step)) if step.kind.rules.reviews else "",
        now_at=standing.title_of(current) if current else "",
        actions=standing.allows(task) if mine else frozenset(),
        candidates=_candidates(reader, standing, task) if step.kind.rules.assigns and task.is_open else (),
        destinations=[(one.code, one.title) for one in standing.destinations],
        instructions=sop.instructions,
        reasons=next((sop.offered.reasons(action) for action, face in REASONS.items() if face is card.face), ()),
        questions=sop.offered.questions,
        ticked=tuple(draft.instructions) if draft else (),
        note=at_hand(draft.note, draft.files) if draft else "",
        note_removable=bool(draft and (draft.files or draft.taken_out)),
        story=Story(
            history=[_decision(standing, one, came) for one in earlier_tasks],
            remarks=[
                *(said_beside(reader, standing, came) if there.remarked else ()),
                *opinions(standing, asked, came),
                *merged_words(reader, standing),
            ],
            exchanges=_exchanged(reader, case, came) if there.asked else (),
            now=reader.at,
        ),
        decision=None if task.is_open else _decision(standing, task, came),
        evaluation=evaluation_view(shown, previous, came) if shown is not None else None,
        copying=copying_view(standing, task, card, person, draft) if mine and card.live else None,
        to_be_copied=to_be_sent(standing, task, draft) if mine else (),
        copies=sent(standing, task) if not task.is_open else (),
        transfer=transfer_view(reader, card, standing, task) if mine and card.live else None,
        extend=extend_view(standing, task, card.person_id, draft) if mine and card.live else None,
        extended=extended_view(reader, standing, task) if there.extended and task.is_open else None,
        consult=consult_view(standing, card, task, draft) if mine and card.live else None,
        awaited=awaited(reader, standing, asked, task) if task.is_open else (),
        awaits_return=mine and task.awaits_return(standing.office),
        acting_as=_acting_as(standing, task, person) if task.is_open and mine and person is not None else None,
        stand_in=_stand_in(standing, task, card) if task.is_open and not mine else "",
        waiting_since=task.waiting_since,
        paused=_when_paused(calendar, task),
        lateness=lateness_view(standing, task, card.person_id),
        earlier=earlier_views(reader, case, person=person, whole=True) if case.previous_case_id is not None else (),
    )


def _when_paused(calendar: WorkCalendar, task: Task) -> Span | None:
    """Return the office time that was left to a task, or exceeded, when its clock stopped; None while it runs."""
    if task.paused_at is None:
        return None
    return measured(calendar, *sorted((task.paused_at, task.due_at)))


def _acting_as(standing: Standing, task: Task, person: Person) -> ActingAs | None:
    """Return the capacity of a Plt. or Plh. in which the reader decides the task; None for the post's own holder."""
    tenure = standing.office.tenure(person, task.post, given_to=task.assignee_id)
    if tenure is None or tenure.capacity is Capacity.DEFINITIVE:
        return None
    return ActingAs(tenure.capacity, standing.office.file.short_of(task.post))


def _stand_in(standing: Standing, task: Task, card: Card) -> str:
    """Return the name of the Plh. who decides the task in place of the reader of the card, "" where none does."""
    if task.assignee_id not in (None, card.person_id):
        return ""
    standing_in = standing.office.stand_in(card.person_id, task.post)
    return standing_in.name if standing_in is not None and task.mandate else ""


def _exchanged(reader: Reader, case: Case, came: Brought) -> list[Exchange]:
    asked = exchanges(reader, case.id)
    return [Exchange(one.question, one.answer, came.by(case.reporter_id, one.answered_at)) for one in asked]


def _decision(standing: Standing, task: Task, came: Brought) -> Decision:
    withdrawn = task.decided_as == REPORTER
    after = next((one for one in standing.case.tasks if one.id > task.id), None)
    acting = ActingAs.parse(task.decided_as or "") or ActingAs(Capacity.DEFINITIVE, task.post)
    return Decision(
        step=task.step,
        outcome=task.outcome or Outcome.FORWARDED,
        by=task.decided_by.name if task.decided_by else "",
        capacity=None if withdrawn else acting.capacity,
        # A post may have left the office file since; its decisions stand, under its code.
        post=standing.office.file.short_of(acting.post),
        at=task.closed_at or task.opened_at,
        note=task.note,
        instructions=tuple(task.instructions),
        files=came.by(task.decided_by_id, task.closed_at),
        own=not withdrawn and standing.reported_by(task.decided_by_id, at=task.closed_at),
        # What is withdrawn or recalled is decided by somebody at another desk.
        raised=_raised(standing, task) if task.outcome not in {Outcome.RECALLED, Outcome.WITHDRAWN} else None,
        recalled=after is not None and after.outcome is Outcome.RECALLED,
    )


def _raised(standing: Standing, task: Task) -> Raised | None:
    """Return in whose place a task is decided, or was; None where in none."""
    if task.raised_from is None or task.raised_because is None:
        return None
    home = standing.office.file.short_of(task.raised_from)
    return Raised(home, Because(task.raised_because), admins=task.by_admins)


def _way_back(standing: Standing, task: Task, draft: DispositionDraft | None) -> Step | None:
    """Return the step to which the disposition would go back: the one chosen, else the one before."""
    ways = standing.ways_back(task)
    chosen = draft.back_to if draft is not None else None
    return next((one for one in ways if one.number == chosen), next(iter(ways), None))


def _instead_of(standing: Standing, task: Task) -> str:
    """Return the post whose step a superior carries out because its holders reported the case; "" for others."""
    office = standing.office
    usual = office.post_of(standing.sop.step(task.step))
    reported = bool(task.not_by) and task.raised_from is None
    return office.file.short_of(usual) if reported and task.post in office.above(usual) else ""


def _candidates(reader: Reader, standing: Standing, task: Task) -> list[Candidate]:
    """Return whom the next step may be given to, of those who can do it now; none unless there are several."""
    people = standing.recipients(task)
    if len(people) < 2:  # noqa: PLR2004 - a choice needs two
        return []
    following = standing.sop.after(standing.sop.step(task.step))
    counts = lists.active_counts(reader, standing.office.post_of(following)) if following else {}
    return [Candidate(person.id, person.name, counts.get(person.id, 0)) for person in people]
