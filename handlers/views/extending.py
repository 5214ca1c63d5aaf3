"""What the cards need to know on which more time is asked for and decided."""

from dataclasses import replace
from datetime import datetime

from handlers.screens.extending import ExtendedView, ExtendView, RequestView
from handlers.screens.span import deadline
from models.case.case import CaseState
from models.case.draft import DispositionDraft
from models.case.extension import ExtensionRequest
from models.case.sight import Sight, sight_of
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.queries import extensions
from models.refusals.work import UnknownButton
from models.repository.reader import Reader
from models.rules.actions import Action
from models.rules.extending import SPANS, Extension
from models.rules.standard import Standard


def extend_view(
    standing: Standing, task: Task, person_id: int | None, draft: DispositionDraft | None
) -> ExtendView | None:
    """Return what the holder of `task` may ask for; None while the clock stands, or where nobody is above."""
    if Action.EXTEND not in standing.allows(task) or task.paused_at is not None:
        return None
    if not standing.granters(task, person_id):
        return None
    chosen = Standard.parse(draft.span) if draft is not None and draft.span else None
    return ExtendView(SPANS, _above(standing, task, person_id), chosen)


def _above(standing: Standing, task: Task, asked_by: int | None) -> str:
    """Return the short name of the post that may grant more time."""
    granters = {person.id for person in standing.granters(task, asked_by)}
    posts = standing.office.above(task.post)
    held = (post for post in posts if granters & {one.id for one in standing.office.holders(post)})
    return standing.office.file.short_of(next(held, task.post))


def extended_view(reader: Reader, standing: Standing, task: Task) -> ExtendedView | None:
    """Return what a task's card says of more time; None where nobody has asked for it."""
    asked = extensions.of_task(reader, task.case_id, task.id)
    if not asked:
        return None
    granted = [one for one in asked if one.request.granted]
    last = asked[-1]
    due = deadline(reader.calendar, task.due_at, task.measure)
    view = ExtendedView(granted[-1].decided_by if granted else "", due, None, "", "", "")
    if last.request.granted is None:
        above = _above(standing, task, last.request.by_id)
        return replace(view, waiting=last.request.wanted, above=above)
    return view if last.request.granted else replace(view, refused_by=last.decided_by, note=last.request.note)


def request_view(reader: Reader, card: Card) -> RequestView:
    """Return a request for more time as the person of `card` sees it. Raises `UnknownButton` for a card of none."""
    request = extensions.extension(reader, card.extension_id)
    if request is None:
        raise UnknownButton
    standing, task = reader.task(request.task_id)
    person, asker = reader.person_by_id(card.person_id), reader.person_by_id(request.by_id)
    decider = reader.person_by_id(request.decided_by_id)
    # A chat that is theirs no longer, as on a lost phone, keeps nothing of the report.
    reader_there = person if person is not None and person.account_id == card.chat_id else None
    readable = reader_there is not None and sight_of(standing, reader_there) is Sight.WHOLE
    calendar = reader.calendar
    return RequestView(
        number=standing.case.number,
        subject=standing.case.subject if readable else "",
        step=task.step,
        steps=len(standing.sop.steps),
        role=standing.title_of(task),
        name=asker.name if asker is not None else "",
        span=request.wanted,
        reason=request.text,
        due=deadline(calendar, task.due_at, task.measure),
        late=calendar.late(task.due_at, task.seen_at(reader.at)) > 0,
        until=deadline(calendar, _until(reader, task, request), request.wanted),
        granted=request.granted,
        decided_by=decider.name if decider is not None else "",
        decided_at=request.decided_at,
        note=request.note,
        live=card.live,
        over=not task.is_open or standing.case.state is not CaseState.OPEN,
        writing=card.face is Face.EXPECTS_DENIAL_REASON,
        now=reader.at,
    )


def _until(reader: Reader, task: Task, request: ExtensionRequest) -> datetime:
    """Return the deadline that the task would have if the request were granted now."""
    return task.deadline(reader.calendar, Extension(task.seen_at(reader.at), request.wanted))
