"""Undoing the end of a tenure: for some minutes one tap gives the post back, with the tasks that nobody has decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from models.administration import menus
from models.administration.appointment import require_admin
from models.administration.copies import redraw_unread
from models.administration.dealing import deal, reconsider, tasks_to_decide
from models.administration.standing_in import rederive
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.notice import NoticeKind, Priority
from models.office.absence import ALL_POSTS, Absence
from models.office.person import Person, reachable, unique
from models.office.tenure import Capacity, Tenure
from models.refusals.administration import NotForOneself, NotUndoable, PostHeld, ReliefStands
from models.refusals.work import UnknownButton
from models.repository.absences import WITH_PEOPLE, open_absences, own_posts, unfit
from models.repository.finder import Finder
from models.repository.records import Records
from models.rules.office_file import PostSpec

UNDO = 10
"""Minutes within which one tap undoes the end of a tenure."""

_WITH_PERSON = select(Tenure).options(joinedload(Tenure.person))


@dataclass(frozen=True, slots=True)
class Reinstated:
    """What came of it: who holds which post again, and how many open tasks they can decide there."""

    person: Person
    post: PostSpec
    waiting: int


def undoable_until(tenure: Tenure) -> datetime | None:
    """Return until when the end of a tenure can be undone; None where no admin ended it in chat."""
    if tenure.ends_at is None or tenure.ended_by_id is None:
        return None
    return tenure.ends_at + timedelta(minutes=UNDO)


def ended_lately(finder: Finder, post: PostSpec) -> list[Tenure]:
    """Return the tenures of a post whose end can be undone now, each with its person, the newest first."""
    since = finder.at - timedelta(minutes=UNDO)
    ended = _WITH_PERSON.where(Tenure.post == post.code, Tenure.ends_at > since, Tenure.ended_by_id.is_not(None))
    found = finder.session.scalars(ended.order_by(Tenure.ends_at.desc(), Tenure.id.desc())).all()
    lasting = finder.session.scalars(_WITH_PERSON.where(Tenure.post == post.code, Tenure.ends_at.is_(None))).all()
    return [one for one in found if not _again(lasting, one) and not _instead(post, lasting, [one])]


def reinstate(records: Records, tenure_id: int, *, by: Person) -> Reinstated:
    """Let a person hold again what `relieve` has ended, from now on, in the same capacity.

    Their open tasks come back with the post; what others have decided meanwhile stays decided. The tenure that was
    ended stays ended: the record tells of both. Raises `NotAdmin`, `NotForOneself` where another admin ended the time
    of `by`, `ReliefStands` after the minutes, `NotUndoable` where it is undone already, and `PostHeld` where somebody
    else has got the post since.
    """
    require_admin(records, by)
    ended = records.session.scalar(_WITH_PERSON.where(Tenure.id == tenure_id))
    spec = {post.code: post for post in records.rules.office.posts}.get(ended.post) if ended is not None else None
    if ended is None or spec is None:
        raise UnknownButton
    person = ended.person
    together = [one for one in records.session.scalars(_ended_with(ended)) if one.ended_by_id is not None]
    _check(records, ended, together, spec, by=by)
    for one in together:
        if one.stands_for_id is None:
            again = Tenure.begin(person, one.post, capacity=one.capacity, at=records.at)
            again.by_decree(one.decree_number, one.decree_day)
            records.session.add(again)
    _stand_in_again(records, person, {one.stands_for_id: one.post for one in together if one.stands_for_id is not None})
    vacant = not reachable(records.lock_office().holders(spec.code))
    said = {"person": person.id, "post": spec.code, "tenures": [one.id for one in together]}
    records.log_office("undo-relieve", by, capacity="admin", **said)
    menus.look_again(records.session, person)
    redraw_unread(records, person)
    reconsider(records)
    rederive(records)
    deal(records, spec.code)
    waiting = sum(task.post == spec.code for _, task in tasks_to_decide(records, person))
    _announce(records, person, spec, by=by, vacant=vacant)
    return Reinstated(person, spec, waiting)


def _ended_with(ended: Tenure) -> Select[Tenure]:
    """Select the tenures that the same tap has ended: all that the person had in the post."""
    same = Tenure.person_id == ended.person_id, Tenure.post == ended.post, Tenure.ends_at == ended.ends_at
    return _WITH_PERSON.where(*same).order_by(Tenure.id)


def _check(records: Records, ended: Tenure, together: Sequence[Tenure], spec: PostSpec, *, by: Person) -> None:
    lasting, until = records.lock_office().tenures_of(spec.code), undoable_until(ended)
    if until is None or _again(lasting, ended):
        raise NotUndoable(ended.person.name, spec.short)
    if records.at >= until:
        raise ReliefStands(ended.person.name, UNDO)
    if ended.person_id == by.id and ended.ended_by_id != by.id:
        raise NotForOneself
    instead = _instead(spec, lasting, together)
    if instead:
        raise PostHeld(spec.short, ", ".join(one.person.name for one in instead))


def _again(lasting: Iterable[Tenure], ended: Tenure) -> bool:
    """Whether the person holds the post again as they did."""
    was = ended.person_id, ended.capacity, ended.stands_for_id
    return any((one.person_id, one.capacity, one.stands_for_id) == was for one in lasting)


def _instead(post: PostSpec, lasting: Iterable[Tenure], ended: Sequence[Tenure]) -> list[Tenure]:
    """Return the tenures that stand where the `ended` ones would come back: a post has one holder, or a Plt. alone."""
    own = [one.capacity for one in ended if one.stands_for_id is None]
    taking = {Capacity.PLT} if post.several and Capacity.PLT not in own else {Capacity.PLT, Capacity.DEFINITIVE}
    return [one for one in lasting if own and one.stands_for_id is None and one.capacity in taking]


def _stand_in_again(records: Records, person: Person, away: Mapping[int, str]) -> None:
    """Let `person` be the Plh. again of those who are still `away`, at the post, and have no other by now.

    For an absence that was filed for later nobody asked them.
    """
    lasting = WITH_PEOPLE.where(Absence.person_id.in_(away), Absence.over_at.is_(None), Absence.begun_at.is_not(None))
    for absence in records.session.scalars(lasting).unique().all() if away else ():
        post = away[absence.person_id]
        scope = post if any(one.post == post for one in absence.named) else ALL_POSTS
        if absence.plh_of(scope) is None and unfit(open_absences(records), absence, person, scope) is None:
            absence.let_act(person, scope)
            absence.settle(own_posts(records.lock_office(), absence.person))
            absence.set_timer()
    records.session.flush()


def _announce(records: Records, person: Person, spec: PostSpec, *, by: Person, vacant: bool) -> None:
    """Tell the person, the other admins and the superiors that the end was undone.

    Where it had left the post `vacant`, the watchers, who were told of that, are told too.
    """
    office = records.lock_office()
    people = unique([*office.admins, *office.superiors(spec.code), *(office.watchers() if vacant else [])])
    others = [one for one in people if one.id not in {person.id, by.id}]
    data = {"name": person.name, "post": spec.title, "by": by.name}
    records.owe(*correspondence.alert(Alert.REINSTATED, others, at=records.at, data=data))
    if person.account_id is not None:
        body = {"code": "tenure-restored", "data": {"post": spec.title}}
        records.owe(correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.CARD, body=body))
