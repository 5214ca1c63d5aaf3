"""What the status of a case needs to know, found in one transaction and then frozen."""

from handlers.screens.report import CaseView, Position
from handlers.screens.span import deadline
from handlers.views.joining import goes_on_as, parted_by
from handlers.views.transferring import transfer_view
from handlers.views.verdict import verdict_of
from models.case.case import CaseState
from models.case.evaluation import Part
from models.case.joined_report import JoinedReport
from models.case.sight import Sight, sight_of
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.office.person import Person
from models.queries.consultations import sight_in
from models.repository.reader import Reader
from models.rules.actions import Outcome, Verb
from models.rules.urgency import Urgency


def case_view(reader: Reader, standing: Standing, *, person: Person, card: Card | None = None) -> CaseView:
    """Return what `person` may see of a case at this instant, and do on their `card`."""
    case, task = standing.case, standing.case.open_task
    sight = sight_of(standing, person)
    if sight in {Sight.NOTHING, Sight.POSITION}:
        # Somebody whose opinion is wanted may have no other part in the case.
        sight = sight_in(reader, standing, person)
    readable = sight in {Sight.OWN, Sight.WHOLE}
    last = case.tasks[-1]
    submitted = case.submitted
    first = person.id == case.reporter_id
    fellow = None if first else standing.fellow(person)
    own = (first or fellow is not None) and task is not None and card is not None and card.live
    open_to_reader = readable or not case.confidential
    return CaseView(
        now=reader.at,
        case_id=case.id,
        number=case.number,
        state=CaseState(case.state),
        sight=sight,
        own=first or fellow is not None,
        subject=case.subject if readable else "",
        urgency=case.urgency if open_to_reader else Urgency.ORDINARY,
        confidential=case.confidential and readable,
        done=len(standing.sop.steps) if case.state is CaseState.CLOSED else last.step - 1,
        steps=len(standing.sop.steps),
        round=case.round,
        position=_position(reader, standing, task) if task else None,
        closed_at=case.closed_at,
        ended_at=standing.sop.role(standing.sop.step(last.step).role).title,
        reason=last.note if readable and last.outcome is Outcome.DECLINED else "",
        moved_to=goes_on_as(reader, case),
        result=submitted.text(Part.RESULT).strip() if submitted and (readable or fellow) else "",
        helped=case.helped if fellow is None else fellow.helped,
        verdict=verdict_of(case if fellow is None else fellow),
        fellow=fellow is not None,
        heard=standing.heard,
        reporters=len(standing.reporters),
        parted=parted_by(reader, standing, person) if card is not None and card.live else (),
        previous=reader.case_number(case.previous_case_id),
        open_to_more=own and standing.sop.permits(Verb.ADD),
        urgeable=own and standing.sop.permits(Verb.URGE),
        urged_at=max((one.urged_at for one in case.tasks if one.urged_at is not None), default=None),
        withdrawable=own and standing.sop.permits(Verb.WITHDRAW) and _may_withdraw(standing, fellow),
        face=card.face if card is not None else Face.MAIN,
        transfer=transfer_view(reader, card, standing, task) if card is not None and card.live else None,
    )


def _may_withdraw(standing: Standing, fellow: JoinedReport | None) -> bool:
    """Whether a reporter may still withdraw: a report of one alone until it is handled, a part of one at any time."""
    return fellow is not None or (standing.handling is None and not standing.fellows)


def _position(reader: Reader, standing: Standing, task: Task) -> Position:
    calendar = reader.calendar
    opening = calendar.opening(reader.at)
    named = task.assignee if task.assignee in standing.holders(task) else None
    step = standing.sop.step(task.step)
    return Position(
        step=task.step,
        kind=step.kind,
        begun=step.kind.rules.handles and task.started_at is not None,
        role=standing.title_of(task),
        holder=named.name if named else "",
        standard=task.time_standard,
        due=deadline(calendar, task.due_at, task.measure),
        late=calendar.late(task.due_at, reader.at),
        moved=task.moved,
        counts_from=opening if calendar.opening(task.opened_at) > reader.at else None,
        waiting_since=task.waiting_since,
        paused=task.paused_at is not None,
        extended=bool(task.extensions),
        awaits_return=task.awaits_return(standing.office),
    )
