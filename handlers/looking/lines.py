"""How lists and reminders are drawn, line by line as things now stand, and what is sent of one case."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from handlers.looking import continuing, genuine, sheets, sops, statistics
from handlers.papers import sop_form as forms
from handlers.papers.paper import Paper
from handlers.screens import chase as chase_screens
from handlers.screens import queue as list_screens
from handlers.screens import reminder as reminder_screens
from handlers.screens import timeline as timeline_screens
from handlers.screens import together as together_screens
from handlers.screens.queue import PAGE, CaseLine, Listing, ListView, TaskLine
from handlers.screens.screen import Screen
from handlers.screens.span import deadline
from handlers.steps import together
from handlers.texts.catalogue import Say
from handlers.views import history
from handlers.views.flow import flow_picture
from handlers.views.lateness import lateness_view
from models.case.sight import Sight
from models.mail.card import Card, CardKind, Face
from models.office.person import Person, includes
from models.queries import asked, lists
from models.queries import together as forwardable
from models.queries.consultations import sight_in
from models.queries.lists import Listed, Waiting
from models.refusals.registration import NotRegistered
from models.repository.reader import Reader
from models.rules.sop_form import fits_form
from models.rules.urgency import Urgency

LISTED = 64
"""Cases of a list at most."""


def draw_list(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a list of tasks or cases, or one case's timeline or position."""
    person = reader.person_by_id(card.person_id)
    if person is None:
        raise NotRegistered
    if card.face is Face.EARLIER:
        return continuing.draw_earlier(reader, card, person, say)
    if card.face is Face.GENUINE:
        return genuine.draw(reader, card, say)
    if card.face in sheets.PAPERS:
        return sheets.draw(reader, card, person, say)
    if card.face in {Face.TIMELINE, Face.POSITION, Face.SOP_FORM}:
        return _draw_case(reader, card, person, say)
    if (selecting := together.draw(reader, card, person, say)) is not None:
        return selecting
    # A choice that was not finished in time has left its list as it was.
    listing = Listing.TASKS if card.face in together_screens.FACES else Listing(card.face.value)
    several = False
    lines: Sequence[TaskLine] | Sequence[CaseLine]
    heading, questions = Markup(), 0
    match listing:
        case Listing.TASKS:
            queue = lists.queue(reader, person)
            lines, several = [_task_line(reader, one, say) for one in queue], forwardable.offered(reader, queue)
        case Listing.CASES:
            lines = [_case_line(reader, one, say) for one in lists.visible(reader, person, limit=LISTED)]
        case Listing.SUMMARY:
            body = lists.body_of_list(reader, card)
            named = [_task_line(reader, one, say) for one in lists.reminded_of(reader, person, body)]
            questions, lines = asked.count(reader, person.id), named
            heading = reminder_screens.heading(named, say, morning=bool(body.get("morning")), questions=questions)
        case Listing.DIGEST:
            named_in_body = [item["task"] for item in lists.body_of_list(reader, card).get("items", ())]
            named = [_task_line(reader, one, say) for one in lists.waiting(reader, person, named_in_body)]
            # A day off that became known later may have made a step one that is not late.
            lines = [one for one in named if one.late]
    last = max(0, (len(lines) - 1) // PAGE)
    page = min(card.page or 0, last)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    official = bool(reader.office().posts_of(person))
    view = ListView(
        listing,
        reader.at,
        shown,
        len(lines),
        page,
        heading,
        official=official,
        questions=questions,
        several=several,
    )
    return list_screens.listed(view, say)


def _draw_case(reader: Reader, card: Card, person: Person, say: Say) -> Screen:
    standing = reader.case(card.case_id or 0)
    sight = sight_in(reader, standing, person)
    if sight is Sight.NOTHING:
        return Screen(text=say("refusal-unknown-case", number=standing.case.number))
    if card.face is Face.POSITION:
        return timeline_screens.position(history.position_view(reader, standing, person=person), say)
    if card.face is Face.SOP_FORM:
        sop = standing.sop
        return timeline_screens.sop_form(sop.title, sop.number, fits=fits_form(sop), say=say)
    return timeline_screens.timeline(history.timeline_view(reader, standing, person=person), say)


def _draw_flow(reader: Reader, card: Card, say: Say) -> Paper | None:
    """Return the picture of a case's way through its SOP; None for a reader who may not see it any more."""
    person, standing = reader.person_by_id(card.person_id), reader.case(card.case_id or 0)
    if person is None or sight_in(reader, standing, person) is Sight.NOTHING:
        return None
    return flow_picture(reader, standing, person=person, say=say)


def _draw_form(reader: Reader, card: Card, say: Say) -> Paper | None:
    """Return the form of the SOP of a case; None where the reader may not see that, or the form cannot hold it."""
    if card.kind is CardKind.SOP:
        return sops.PAPERS[Face.SOP_FORM](reader, card, say)
    person, standing = reader.person_by_id(card.person_id), reader.case(card.case_id or 0)
    if person is None or sight_in(reader, standing, person) is Sight.NOTHING or not fits_form(standing.sop):
        return None
    return forms.sop_form(standing.sop, reader.office_file.logo)


def _case_line(reader: Reader, one: Listed, say: Say) -> CaseLine:
    place = reader.office_file.short_of(one.post) if one.post else ""
    since = say.time.brief(one.since, now=reader.at) if one.since is not None else ""
    return CaseLine(one.case_id, one.number, one.subject, one.state.value, own=one.own, place=place, since=since)


def _task_line(reader: Reader, one: Waiting, say: Say) -> TaskLine:
    waiting = say.time.moment(one.waiting_since, now=reader.at) if one.waiting_since is not None else ""
    return TaskLine(
        task_id=one.task_id,
        case_id=one.case_id,
        number=one.number,
        subject=one.subject,
        holder=reader.rules.office.post(one.post).short,
        due=deadline(reader.calendar, one.due_at, one.standard),
        late=_is_late(reader, one.due_at),
        mine=one.mine,
        urgency=one.urgency,
        waiting=waiting,
        paused=one.paused_at is not None,
        urges=one.urges,
    )


def _is_late(reader: Reader, due: datetime) -> bool:
    return reader.calendar.late(due, reader.at) > 0


def draw_nudge(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a reminder as the task is now."""
    standing, task = reader.task(card.task_id or 0)
    mine = task.is_open and includes(standing.holders(task), card.person_id)
    # Beyond its number, a confidential case is for those alone who may decide it.
    told = mine or not standing.case.confidential
    late = lateness_view(standing, task, card.person_id)
    view = chase_screens.NudgeView(
        task_id=task.id,
        case_id=standing.case.id,
        number=standing.case.number,
        post=reader.rules.office.post(task.post).short,
        opened_at=task.opened_at,
        due=deadline(reader.calendar, task.due_at, task.measure),
        late=_is_late(reader, task.due_at),
        standard=task.time_standard,
        mine=mine,
        urgency=Urgency(standing.case.urgency) if told else Urgency.ORDINARY,
        paused_since=task.paused_at,
        urges=task.urges,
        overrun=standing.visits(task) if task.overrun_at is not None else 0,
        explainable=late is not None and late.may and task.late_reason_at is None,
    )
    return chase_screens.nudge(view, say)


PAPERS: dict[Face, Callable[[Reader, Card, Say], Paper | None]] = {
    Face.POSITION: _draw_flow,
    **sops.PAPERS,
    Face.SOP_FORM: _draw_form,
    **sheets.PAPERS,
    **statistics.PAPERS,
}
"""The pages that are papers or pictures, and what stands on them; None where only the words are sent."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {
    **continuing.SCREENS,
    CardKind.QUEUE: draw_list,
    CardKind.NUDGE: draw_nudge,
}
"""How lists and reminders are drawn."""
