"""What the board needs to know, found in one transaction and then frozen."""

from handlers.screens.board import PAGE, BoardLine, BoardView, HolderView, PostChoice, RemindView, StepChoice
from handlers.screens.raised import Raised
from handlers.screens.span import deadline, measured
from models.chase import late_ones
from models.mail.card import Card, Face
from models.office.overseeing import Scope
from models.office.person import Person
from models.queries.board import reading
from models.queries.board.reading import Choices, Line
from models.repository.reader import Reader
from models.rules.board_filters import StepOfSop, Wanted


def board_view(reader: Reader, card: Card, person: Person, scope: Scope, wanted: Wanted) -> BoardView:
    """Return what `card` shows of the board at this instant, to a person who looks over `scope`."""
    found = reading.board(reader, person, scope, wanted, page=card.page or 0, size=PAGE)
    several = len({sop.prefix for sop in reader.rules.sops.values()}) > 1
    chosen = Choices()
    if card.face in {Face.STEPS, Face.POSTS}:
        chosen = reading.choices(reader, person, scope, wanted)
    return BoardView(
        at=reader.at,
        face=card.face,
        wanted=wanted,
        whole=scope.everything,
        lines=[_line(reader, line) for line in found.lines],
        total=found.total,
        late=found.late,
        page=found.page,
        post=reader.office_file.short_of(wanted.post) if wanted.post is not None else "",
        several=several,
        steps=[StepChoice(one, _name_of(reader, one), count) for one, count in chosen.steps],
        posts=[PostChoice(one, reader.office_file.short_of(one), count) for one, count in chosen.posts],
        remind=_remind_view(reader, person, scope, wanted) if card.face is Face.CONFIRMING else None,
    )


def _line(reader: Reader, line: Line) -> BoardLine:
    calendar, office = reader.calendar, reader.office_file
    raised = None
    if line.raised_from is not None and line.because is not None:
        raised = Raised(office.short_of(line.raised_from), line.because, admins=line.by_admins)
    return BoardLine(
        task_id=line.task_id,
        case_id=line.case_id,
        number=line.number,
        subject=line.subject,
        urgency=line.urgency,
        step=line.step,
        steps=line.steps,
        post=office.short_of(line.post),
        holders=tuple(HolderView(one.name, one.capacity, hears=one.hears, away=one.away) for one in line.holders),
        raised=raised,
        due=deadline(calendar, line.due_at, line.measure),
        late=measured(calendar, line.due_at, line.seen_at) if line.late else None,
        waits_since=line.paused_at,
        age=measured(calendar, line.opened_at, reader.at),
        mine=line.mine,
    )


def _name_of(reader: Reader, one: StepOfSop) -> str:
    """Return the short name of a step in the newest version of its SOP; "" where that has no such step."""
    sop = next((sop for sop in reader.rules.sops.values() if sop.prefix == one.prefix), None)
    return next((step.short for step in sop.steps if step.number == one.number), "") if sop is not None else ""


def _remind_view(reader: Reader, person: Person, scope: Scope, wanted: Wanted) -> RemindView:
    late = reading.late_tasks(reader, person, scope, wanted)
    heard = late_ones.audience_of(reader, person, late)
    closed = not reader.calendar.is_open(reader.at)
    return RemindView(
        late=len(late),
        tasks=heard.tasks,
        now=len(heard.now),
        later=len(heard.later),
        deaf=len(heard.deaf),
        own=heard.own,
        opens=reader.calendar.opening(reader.at) if closed else None,
    )
