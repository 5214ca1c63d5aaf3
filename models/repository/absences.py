"""Finding absences, who was asked to stand in, and why somebody cannot."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.office.absence import Absence, PlhRequest
from models.office.office import Office
from models.office.person import Person, reachable, unique
from models.office.standing_in import Away, circle, uncovered
from models.refusals import OwnPlh, PlhAway, PlhCircle, PlhUnreachable, Refusal
from models.repository.finder import Finder
from models.repository.whole_case import FRESHLY

WITH_PEOPLE = select(Absence).options(joinedload(Absence.person), joinedload(Absence.plh))

_OPEN = WITH_PEOPLE.where(Absence.over_at.is_(None)).order_by(Absence.starts_at, Absence.id)


def open_absences(finder: Finder, *, of: Person | None = None) -> Sequence[Absence]:
    """Return the absences that last or lie ahead, the earliest first; those of one person where `of` names them."""
    found = _OPEN if of is None else _OPEN.where(Absence.person_id == of.id)
    return finder.session.scalars(found, execution_options=FRESHLY).all()


def absence_by_id(finder: Finder, absence_id: int | None) -> Absence | None:
    """Return the absence with this number; None where there is none, and for None."""
    if absence_id is None:
        return None
    found = WITH_PEOPLE.where(Absence.id == absence_id)
    return finder.session.scalar(found, execution_options=FRESHLY)


def requests_of(finder: Finder, absence: Absence) -> Sequence[PlhRequest]:
    """Return who was asked to stand in, in the order of asking."""
    asked = select(PlhRequest).where(PlhRequest.absence_id == absence.id).options(joinedload(PlhRequest.person))
    ordered = asked.order_by(PlhRequest.asked_at, PlhRequest.person_id)
    return finder.session.scalars(ordered, execution_options=FRESHLY).all()


def unfit(known: Collection[Absence], absence: Absence, person: Person) -> Refusal | None:
    """Return why `person` cannot stand in during `absence`, None where they can. `known` are all that are open."""
    others = [one for one in known if one.id != absence.id]
    wanted = Away(absence.person_id, person.id, absence.starts_at, absence.ends_at)
    if person.id == absence.person_id:
        return OwnPlh()
    if person.account_id is None:
        return PlhUnreachable(person.name)
    away = [one.away for one in others]
    if uncovered(away, person.id, wanted):
        return PlhAway(person.name)
    if found := circle(away, wanted):
        names = {person.id: person.name, absence.person_id: absence.person.name}
        names |= {one.person_id: one.person.name for one in others}
        return PlhCircle(" → ".join(names[one] for one in (*found, found[0])))
    return None


def overseers(office: Office, absence: Absence) -> list[Person]:
    """Return who must hear how a post is kept meanwhile: the superiors of the person who is away, and the admins."""
    posts = [post for post in office.posts_of(absence.person) if post in {one.code for one in office.file.posts}]
    people = [*office.admins, *(one for post in posts for one in office.told_above(post, besides=[absence.person]))]
    return [one for one in reachable(unique(people)) if one.id not in (absence.person_id, absence.plh_id)]
