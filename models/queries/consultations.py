"""What others were asked about a case and answered, and what they may see of it meanwhile."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from models.case.consultation import Consultation
from models.case.sight import Sight, sight_of
from models.case.standing import Standing
from models.case.task import Task
from models.office.person import Person, includes
from models.repository.reader import Reader

_NAMED = 20
"""Consultations that a card shows at most; the timeline has them all."""

_TO, _ANSWERING = aliased(Person), aliased(Person)

_OF_CASE = (
    select(Consultation, func.coalesce(_TO.name, ""), func.coalesce(_ANSWERING.name, ""))
    .outerjoin(_TO, _TO.id == Consultation.to_id)
    .outerjoin(_ANSWERING, _ANSWERING.id == Consultation.answered_by_id)
    .where(Consultation.case_id == bindparam("case"))
    .order_by(Consultation.id.desc())
    .limit(_NAMED)
)

_OPEN_OF_CASE = (
    select(Consultation)
    .join(Task, Task.id == Consultation.task_id)
    .where(Consultation.case_id == bindparam("case"), Consultation.answered_at.is_(None), Task.closed_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation with the names of the person asked, "" where a post is, and of who answered, "" before that."""

    asked: Consultation
    to: str
    answered_by: str


def of_case(reader: Reader, case_id: int) -> list[Consulted]:
    """Return the latest consultations of a case, the oldest of them first."""
    return [Consulted(*row) for row in reader.session.execute(_OF_CASE, {"case": case_id})][::-1]


def consultation(reader: Reader, consultation_id: int | None) -> Consultation | None:
    """Return one consultation."""
    return reader.session.get(Consultation, consultation_id) if consultation_id is not None else None


def sight_in(reader: Reader, standing: Standing, person: Person) -> Sight:
    """Return how much of a case `person` may see, also because their opinion is wanted.

    Until they have answered, or the task is decided, they see all that was said, of a confidential case too.
    """
    sight = sight_of(standing, person)
    if sight is Sight.WHOLE or standing.case.open_task is None:
        return sight
    waiting = reader.session.scalars(_OPEN_OF_CASE, {"case": standing.case.id})
    return Sight.WHOLE if any(includes(standing.consulted(one), person.id) for one in waiting) else sight
