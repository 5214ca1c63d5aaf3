"""Standing in: the tenures of every Plh. follow from who holds which post and from who is away now."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from models.administration import menus
from models.administration.copies import redraw_unread
from models.administration.dealing import reconsider, reseat
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.notice import NoticeKind, Priority
from models.office.absence import ALL_POSTS, Absence, Decree, NamedPlh
from models.office.attention import hand_on
from models.office.person import Person
from models.office.standing_in import StandsIn, standing_in
from models.office.tenure import Tenure
from models.repository.absences import WITH_PEOPLE, overseers, own_posts
from models.repository.records import Records

_AWAY = (
    select(Absence).where(Absence.over_at.is_(None), Absence.begun_at.is_not(None)).options(joinedload(Absence.named))
)


def rederive(records: Records) -> list[str]:
    """Begin and end the tenures of every Plh., so that they fit who is away now. Returns the posts that changed.

    Open cards move along. The office is locked to change it before. The tenure of the person who is away stays.
    """
    lasting = [tenure for tenure in records.lock_office().tenures if tenure.lasts]
    present = {
        StandsIn(one.post, one.person_id, one.stands_for_id): one for one in lasting if one.stands_for_id is not None
    }
    held = [(tenure.person_id, tenure.post) for tenure in lasting if tenure.stands_for_id is None]
    absences = {one.person_id: one for one in records.session.scalars(_AWAY).unique()}
    away = {person_id: one.away for person_id, one in absences.items()}
    wanted = standing_in(held, away)
    gone = [present[one] for one in _ordered(present.keys() - wanted)]
    for tenure in gone:
        tenure.ends_at = records.at
        records.log_office("stand-in-over", capacity=SYSTEM, since=tenure.given_in)
    begun = _ordered(wanted - present.keys())
    for one in begun:
        _begin(records, one, absences[one.for_id].decree_at(one.post))
    moved = sorted({*(one.person_id for one in gone), *(one.person_id for one in begun)})
    people = [records.session.get_one(Person, person_id) for person_id in moved]
    menus.look_again(records.session, *people)
    redraw_unread(records, *people)
    _hand_on(records, [(one.for_id, one.person_id) for one in begun])
    _hand_on(records, [(one.person_id, one.stands_for_id) for one in gone if one.stands_for_id is not None])
    changed = list(dict.fromkeys([*(tenure.post for tenure in gone), *(one.post for one in begun)]))
    # Who is away may have changed, too.
    reconsider(records)
    reseat(records, *changed)
    return changed


def _hand_on(records: Records, moved: Sequence[tuple[int, int]]) -> None:
    """Let the second of each pair be told of what the first was still to be told.

    The pairs may be a chain, from one Plh. to the next, in any order: what moves on passes along all of it.
    """
    pairs = [tuple(records.session.get_one(Person, one) for one in pair) for pair in moved]
    for _ in pairs:
        for former, successor in pairs:
            hand_on(former, successor, at=records.at)


def take_back(records: Records, tenures: Iterable[Tenure]) -> None:
    """Let those of `tenures` by which somebody stands in have no ground any more; `rederive` then ends them.

    The absences go on without a Plh.
    """
    away = {one.stands_for_id: one for one in tenures if one.stands_for_id is not None}
    if not away:
        return
    lasting = WITH_PEOPLE.where(Absence.person_id.in_(away), Absence.over_at.is_(None), Absence.begun_at.is_not(None))
    for absence in records.session.scalars(lasting).unique():
        person, scope = _standing(absence, away[absence.person_id])
        if person is None or scope is None:
            continue
        records.log_office("release-plh", capacity=SYSTEM, absence=absence.id, person=person.id, **said_of(scope))
        _say(records, person, "plh-not-needed", name=absence.person.name)
        _say(records, absence.person, "plh-refused", plh=person.name, name=absence.person.name)
        absence.let_go(scope)
        absence.settle(own_posts(records.lock_office(), absence.person))
        absence.set_timer()


def said_of(post: str) -> dict[str, Any]:
    """Return what an entry says of the post at which somebody stands in: nothing where it is about all of them."""
    return {"post": post} if post != ALL_POSTS else {}


def _standing(absence: Absence, tenure: Tenure) -> tuple[Person | None, str | None]:
    """Return by whom, and by which naming, somebody acts in a tenure during an absence."""
    person = next((one for one in absence.standing_in if one.id == tenure.person_id), None)
    return person, absence.scope_of(tenure.person_id, tenure.post)


def warn_of_lost_plh(records: Records, person: Person) -> None:
    """Tell those who can mend it that `person`, who has lost their account, was to stand in: nobody does now."""
    named = Absence.id.in_(select(NamedPlh.absence_id).where(NamedPlh.plh_id == person.id))
    found = WITH_PEOPLE.where(Absence.over_at.is_(None), or_(Absence.plh_id == person.id, named))
    for absence in records.session.scalars(found).unique():
        people = overseers(records.lock_office(), absence)
        data = {"plh": person.name, "name": absence.person.name}
        records.owe(*correspondence.alert(Alert.PLH_LOST, people, at=records.at, data=data))
        _say(records, absence.person, "plh-lost-for-you", plh=person.name)


def _say(records: Records, person: Person, code: str, **data: str) -> None:
    if person.account_id is not None:
        body = {"code": code, "data": data}
        records.owe(correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.CARD, body=body))


def _begin(records: Records, one: StandsIn, decree: Decree | None) -> None:
    """Begin the tenure of a Plh., and note in the office's journal what it follows from."""
    given_in = records.log_office(
        "stand-in", capacity=SYSTEM, post=one.post, person=one.person_id, stands_for=one.for_id
    )
    person = records.session.get_one(Person, one.person_id)
    mandated = Tenure.mandated(person, one.post, stands_for_id=one.for_id, given_in=given_in, at=records.at)
    if decree is not None:
        mandated.by_decree(decree.number, decree.day)
    records.session.add(mandated)


def _ordered(found: Iterable[StandsIn]) -> list[StandsIn]:
    return sorted(found, key=lambda one: (one.post, one.for_id, one.person_id))
