"""Finding absences, who was asked to stand in, and why somebody cannot."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.office.absence import ALL_POSTS, Absence, NamedPlh, PlhRequest
from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.office.standing_in import circle, uncovered
from models.refusals.absences import OwnPlh, PlhAway, PlhCircle, PlhUnreachable
from models.refusals.refusal import Refusal
from models.repository.finder import Finder
from models.repository.whole_case import FRESHLY

WITH_PEOPLE = select(Absence).options(
    joinedload(Absence.person), joinedload(Absence.plh), joinedload(Absence.named).joinedload(NamedPlh.plh)
)
"""Its rows are several where several stand in: `unique()` is to be asked of what it finds."""

_OPEN = WITH_PEOPLE.where(Absence.over_at.is_(None)).order_by(Absence.starts_at, Absence.id)


def open_absences(finder: Finder, *, of: Person | None = None) -> Sequence[Absence]:
    """Return the absences that last or lie ahead, the earliest first; those of one person where `of` names them."""
    found = _OPEN if of is None else _OPEN.where(Absence.person_id == of.id)
    return finder.session.scalars(found, execution_options=FRESHLY).unique().all()


def absence_by_id(finder: Finder, absence_id: int | None) -> Absence | None:
    """Return the absence with this number; None where there is none, and for None."""
    if absence_id is None:
        return None
    found = WITH_PEOPLE.where(Absence.id == absence_id)
    return finder.session.scalars(found, execution_options=FRESHLY).unique().one_or_none()


def requests_of(finder: Finder, absence: Absence) -> Sequence[PlhRequest]:
    """Return who was asked to stand in, in the order of asking."""
    asked = select(PlhRequest).where(PlhRequest.absence_id == absence.id).options(joinedload(PlhRequest.person))
    ordered = asked.order_by(PlhRequest.asked_at, PlhRequest.person_id, PlhRequest.post)
    return finder.session.scalars(ordered, execution_options=FRESHLY).all()


def own_posts(office: Office, person: Person) -> list[str]:
    """Return the codes of the posts that a person holds themselves, in the order of the office file."""
    return [post.code for post in office.file.posts if includes(office.own_holders(post.code), person.id)]


def filed_for(finder: Finder, person: Person, first: date, last: date | None) -> Absence | None:
    """Return the absence of a person that has these very days, None where there is none that is not over."""
    found = open_absences(finder, of=person)
    return next((one for one in found if (one.first, one.last) == (first, last)), None)


def unfit(known: Collection[Absence], absence: Absence, person: Person, post: str = ALL_POSTS) -> Refusal | None:
    """Return why `person` cannot stand in during `absence`, None where they can. `known` are all that are open.

    `post` is the one at which they would.
    """
    others = [one for one in known if one.id != absence.id]
    wanted = absence.away.with_plh(post, person.id)
    if person.id == absence.person_id:
        return OwnPlh()
    if person.account_id is None:
        return PlhUnreachable(person.name)
    away = [one.away for one in others]
    if uncovered(away, person.id, wanted, post):
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
    return [one for one in reachable(unique(people)) if not includes([absence.person, *absence.standing_in], one.id)]
