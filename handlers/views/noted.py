"""The notes of a case as its cards show them: who wrote each, and in whose place."""

from handlers.screens.raised import Raised
from handlers.screens.story import Remark
from models.case.journey import FELLOW
from models.case.standing import Standing
from models.office.seating import Because
from models.office.tenure import ActingAs, Capacity
from models.queries.belongings import Brought, Noted, remarks
from models.queries.raised_notes import Told, raised_notes
from models.repository.reader import Reader


def said_beside(reader: Reader, standing: Standing, came: Brought) -> list[Remark]:
    """Return the latest notes of a case, the oldest of them first."""
    fellows = {one.person_id for one in standing.fellows}
    # What somebody wrote who has taken their part out is no part of the case any more.
    noted = [one for one in remarks(reader, standing.case.id) if one.capacity != FELLOW or one.by_id in fellows]
    elsewhere = any(_from_another_desk(standing, one) for one in noted)
    told = raised_notes(reader, standing.case) if elsewhere else {}
    return [_remark(standing, one, came, _raised(standing, told.get((one.by_id, one.at)))) for one in noted]


def _from_another_desk(standing: Standing, noted: Noted) -> bool:
    """Whether a note was written by somebody who acted for another post than that of the step."""
    acting = ActingAs.parse(noted.capacity)
    usual = standing.office.post_of(standing.sop.step(noted.step))
    return acting is not None and (acting.capacity is Capacity.ADMIN or acting.post != usual)


def _raised(standing: Standing, told: Told | None) -> Raised | None:
    if told is None:
        return None
    return Raised(standing.office.file.short_of(told["from"]), Because(told["because"]))


def _remark(standing: Standing, noted: Noted, came: Brought, raised: Raised | None) -> Remark:
    acting = ActingAs.parse(noted.capacity) or ActingAs(Capacity.DEFINITIVE, "")
    return Remark(
        noted.at,
        noted.name,
        noted.text,
        came.by(noted.by_id, noted.at),
        capacity=acting.capacity,
        post=standing.office.file.short_of(acting.post),
        to=noted.to,
        raised=raised,
        fellow=noted.capacity == FELLOW,
    )
