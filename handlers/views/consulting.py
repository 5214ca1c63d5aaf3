"""What the cards need to know on which others are asked for their opinion."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.screens.consulting import Awaited, ConsultationView, ConsultView, Target
from handlers.screens.span import deadline
from handlers.screens.story import Remark
from models.case.case import CaseState
from models.case.consultation import Consultation
from models.case.draft import DispositionDraft
from models.case.standing import Standing
from models.case.task import Task
from models.mail.card import Card, Face
from models.office.person import includes, reachable
from models.office.tenure import ActingAs, Capacity
from models.queries import belongings, consultations
from models.queries.belongings import Brought
from models.queries.consultations import Consulted
from models.refusals.work import UnknownButton
from models.repository.reader import Reader
from models.rules.actions import Action
from models.rules.standard import Standard

PERSON, POST = "person", "post"
"""What the key of a target begins with."""


def targets(standing: Standing, task: Task, person_id: int | None) -> Iterator[Target]:
    """Go through all whom a person may ask about `task`: colleagues by name, then the other posts of the office."""
    office = standing.office
    for one in reachable(office.holders(task.post)):
        if one.id != person_id:
            yield Target(f"{PERSON}:{one.id}", one.name)
    for post in office.file.posts:
        others = [one for one in reachable(office.holders(post.code)) if one.id != person_id]
        if others and post.code != task.post:
            yield Target(f"{POST}:{post.code}", post.short)


def consult_view(standing: Standing, card: Card, task: Task, draft: DispositionDraft | None) -> ConsultView | None:
    """Return whom the holder of `task` may ask; None where there is nobody."""
    if Action.CONSULT not in standing.allows(task):
        return None
    found = list(targets(standing, task, card.person_id))
    if not found:
        return None
    chosen = ""
    if draft is not None and draft.consult_post is not None:
        key = f"{POST}:{draft.consult_post}" if draft.consult_id is None else f"{PERSON}:{draft.consult_id}"
        chosen = next((one.name for one in found if one.key == key), "")
    return ConsultView(found, card.page or 0, standing.sop.opinion, chosen)


def awaited(reader: Reader, standing: Standing, asked: Sequence[Consulted], task: Task) -> list[Awaited]:
    """Return the opinions about `task` that are still wanted."""
    return [
        Awaited(one.to or standing.office.file.short_of(one.asked.post), _due(reader, one.asked))
        for one in asked
        if one.asked.answered_at is None and one.asked.task_id == task.id
    ]


def opinions(standing: Standing, asked: Sequence[Consulted], came: Brought) -> list[Remark]:
    """Return the opinions that were given, as they stand among the notes of a case."""
    return [_opinion(standing, one, came) for one in asked if one.asked.answered_at is not None]


def _opinion(standing: Standing, one: Consulted, came: Brought) -> Remark:
    asked = one.asked
    acting = ActingAs.parse(asked.answered_as or "") or ActingAs(Capacity.DEFINITIVE, asked.post)
    return Remark(
        at=asked.answered_at or asked.asked_at,
        name=one.answered_by,
        text=asked.answer or "",
        files=came.by(asked.answered_by_id, asked.answered_at),
        capacity=acting.capacity,
        post=standing.office.file.short_of(acting.post),
        asked=asked.text,
    )


def _due(reader: Reader, asked: Consultation) -> datetime:
    return deadline(reader.calendar, asked.due(reader.calendar), Standard.parse(asked.standard))


def consultation_view(reader: Reader, card: Card) -> ConsultationView:
    """Return a consultation as the person of `card` sees it. Raises `UnknownButton` for a card of none."""
    asked = consultations.consultation(reader, card.consultation_id)
    if asked is None:
        raise UnknownButton
    standing, task = reader.task(asked.task_id)
    asker, answerer = reader.person_by_id(asked.by_id), reader.person_by_id(asked.answered_by_id)
    over = not task.is_open or standing.case.state is not CaseState.OPEN
    wanted = card.live and not over and asked.answered_at is None
    readable = wanted and includes(standing.consulted(asked), card.person_id)
    due = asked.due(reader.calendar)
    return ConsultationView(
        number=standing.case.number,
        subject=standing.case.subject if readable else "",
        text=standing.case.text.strip().partition("\n")[2] if readable else "",
        step=task.step,
        steps=len(standing.sop.steps),
        role=standing.title_of(task),
        name=asker.name if asker is not None else "",
        post=standing.office.file.short_of(asked.post),
        question=asked.text,
        due=_due(reader, asked),
        late=reader.calendar.late(due, reader.at) > 0,
        answer=asked.answer,
        answered_by=answerer.name if answerer is not None else "",
        answered_at=asked.answered_at,
        files=belongings.files_of(reader, standing.case.id) if readable else 0,
        live=card.live,
        over=over,
        writing=card.face is Face.EXPECTS_OPINION,
        now=reader.at,
    )
