"""Standing in: the tenures of every Plh. follow from who holds which post and from who is away now."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from models.administration import menus
from models.administration.copies import redraw_unread
from models.administration.dealing import reconsider, reseat
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.notice import NoticeKind, Priority
from models.office.absence import Absence, Decree
from models.office.attention import hand_on
from models.office.person import Person
from models.office.standing_in import StandsIn, standing_in
from models.office.tenure import Tenure
from models.repository.absences import WITH_PEOPLE, overseers
from models.repository.records import Records

_AWAY = select(Absence).where(Absence.over_at.is_(None), Absence.begun_at.is_not(None), Absence.plh_id.is_not(None))


def rederive(records: Records) -> list[str]:
    """Begin and end the tenures of every Plh., so that they fit who is away now. Returns the posts that changed.

    Open cards move along. The office is locked to change it before. The tenure of the person who is away stays.
    """
    lasting = [tenure for tenure in records.lock_office().tenures if tenure.lasts]
    present = {
        StandsIn(one.post, one.person_id, one.stands_for_id): one for one in lasting if one.stands_for_id is not None
    }
    held = [(tenure.person_id, tenure.post) for tenure in lasting if tenure.stands_for_id is None]
    absences = {one.person_id: one for one in records.session.scalars(_AWAY)}
    away = {one.person_id: one.plh_id for one in absences.values() if one.plh_id is not None}
    wanted = standing_in(held, away)
    gone = [present[one] for one in _ordered(present.keys() - wanted)]
    for tenure in gone:
        tenure.ends_at = records.at
        records.log_office("stand-in-over", capacity=SYSTEM, since=tenure.given_in)
    begun = _ordered(wanted - present.keys())
    for one in begun:
        _begin(records, one, absences[one.for_id].decree)
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
    away = {one.stands_for_id for one in tenures if one.stands_for_id is not None}
    if not away:
        return
    lasting = WITH_PEOPLE.where(Absence.person_id.in_(away), Absence.over_at.is_(None), Absence.begun_at.is_not(None))
    for absence in records.session.scalars(lasting):
        records.log_office("release-plh", capacity=SYSTEM, absence=absence.id, person=absence.plh_id)
        if absence.plh is not None:
            _say(records, absence.plh, "plh-not-needed", name=absence.person.name)
            _say(records, absence.person, "plh-refused", plh=absence.plh.name, name=absence.person.name)
        absence.plh, absence.plh_id = None, None
        absence.set_timer()


def warn_of_lost_plh(records: Records, person: Person) -> None:
    """Tell those who can mend it that `person`, who has lost their account, was to stand in: nobody does now."""
    found = WITH_PEOPLE.where(Absence.over_at.is_(None), Absence.plh_id == person.id)
    for absence in records.session.scalars(found):
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
