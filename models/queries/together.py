"""Which of the cards that wait for a person they may forward together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.case.sop_version import SopVersion
from models.case.standing import title_at
from models.office.office import Office
from models.office.person import Person
from models.office.seating import Need
from models.queries.lists import Waiting, queue
from models.repository.reader import Reader
from models.rules.actions import Action, Verb
from models.rules.sop import Sop


@dataclass(frozen=True, slots=True)
class Forwardable:
    """A card that may be forwarded with others. `role` is the role, or the post in its place, that gets it."""

    waiting: Waiting
    role: str


def forwardable(reader: Reader, person: Person) -> list[Forwardable]:
    """Return what waits for `person` and may be forwarded with others, in the order of their list."""
    return among(reader, queue(reader, person))


def offered(reader: Reader, waiting: Sequence[Waiting]) -> bool:
    """Whether there are several cards to choose among."""
    return len(waiting) > 1 and len(among(reader, waiting)) > 1


def among(reader: Reader, waiting: Sequence[Waiting]) -> list[Forwardable]:
    """Return those of the cards that may be forwarded with others: not one's own reports, nor where an SOP forbids it.

    The SOPs are read in one statement.
    """
    mine = [one for one in waiting if one.mine and not one.own]
    if not mine:
        return []
    wanted = select(SopVersion).where(SopVersion.id.in_({one.sop_version_id for one in mine}))
    sops = {version.id: version.sop for version in reader.session.scalars(wanted)}
    office = reader.office()
    roles = [(one, _next_role(office, sops[one.sop_version_id], one.step)) for one in mine]
    return [Forwardable(one, role) for one, role in roles if role]


def _next_role(office: Office, sop: Sop, number: int) -> str:
    """Return who gets what is forwarded from a step, a role or the post in its place; "" where many cannot go on."""
    step = sop.step(number)
    following = sop.after(step)
    if following is None or Action.FORWARD not in sop.allowed(step) or not sop.permits(Verb.FORWARD_MANY):
        return ""
    seat = office.seat(office.post_of(following), Need(mandate=following.mandate))
    return title_at(seat, following, office=office, sop=sop)
