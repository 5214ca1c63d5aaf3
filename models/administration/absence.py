"""Being away: file it, ask somebody to stand in, accept, come back; and what begins and ends by itself.

Each function here locks the office to change it. Who may decide follows in the same transaction (`rederive`).
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from models.administration.absence_days import DAY, check_days, midnight, warning
from models.administration.absence_words import about, awaited, covered_by, days_of, missing, named, own
from models.administration.appointment import require_admin
from models.administration.second_person import plh_needs_second
from models.administration.standing_in import rederive, said_of
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import About, Alert
from models.mail.notice import NoticeKind, Priority
from models.office.absence import ALL_POSTS, Absence, Answer, Decree, PlhRequest, Stage
from models.office.person import Person, includes, reachable, unique
from models.office.proposal import Seconded
from models.office.standing_in import Away
from models.refusals.absences import AbsenceOver, AlreadyAway, NothingToStandInFor, PlhFound, RequestOver
from models.refusals.administration import NotForOneself
from models.repository.absences import absence_by_id, filed_for, open_absences, overseers, own_posts, requests_of, unfit
from models.repository.records import Records


def file(
    records: Records, person: Person, first: date, last: date | None, *, by: Person | None, reason: str = ""
) -> Absence:
    """Write down that `person` is away from `first` to `last` on the office's calendar, without a last day if None.

    `by` is the person, an admin, or None for the command line. Raises `NotAdmin`, `DaysInvalid`, `AlreadyAway`, and
    `NothingToStandInFor` for somebody without a post.
    """
    _lock(records, person, by)
    calendar, office = records.calendar, records.lock_office()
    check_days(first, last, today=records.at.astimezone(calendar.zone).date())
    if not any(tenure.person_id == person.id and tenure.stands_for_id is None for tenure in office.tenures):
        raise NothingToStandInFor(person.name)
    starts_at = midnight(calendar, first)
    ends_at = midnight(calendar, last + DAY) if last is not None else None
    for other in open_absences(records, of=person):
        if other.away.meets(Away(person.id, None, starts_at, ends_at)):
            raise AlreadyAway(person.name, other.starts_at)
    absence = Absence(
        person=person,
        person_id=person.id,
        plh=None,
        plh_id=None,
        named=[],
        first=first,
        last=last,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        filed_by_id=by.id if by is not None else None,
        filed_at=records.at,
        warn_at=warning(calendar, first, starts_at=starts_at, at=records.at),
    )
    absence.set_timer()
    records.session.add(absence)
    records.session.flush()
    said = {"first": first.isoformat(), "last": last.isoformat() if last is not None else None}
    _log(records, "absence", absence, by, person=person.id, **said)
    return absence


def filed(records: Records, person: Person, first: date, last: date | None, *, by: Person | None) -> Absence:
    """Return the open absence of `person` that has these very days, else file it. Raises what `file` raises."""
    _lock(records, person, by)
    return filed_for(records, person, first, last) or file(records, person, first, last, by=by)


def explain(records: Records, absence: Absence, reason: str, *, by: Person) -> None:
    """Keep the reason of an absence, instead of the one before. Raises `NotAdmin`, `AbsenceOver`."""
    _manage(records, absence, by)
    absence.reason = reason
    _show(records, absence)


def ask(records: Records, absence: Absence, person: Person, *, by: Person, post: str = ALL_POSTS) -> None:
    """Ask `person` to stand in, at one post or at all. Several may be asked; the first to accept does.

    Raises `NotAdmin`, `AbsenceOver`, `PlhFound`, `NothingToStandInFor` where the post is not the person's own, and what
    `unfit` returns.
    """
    _manage(records, absence, by)
    _check_fit(records, absence, person, post)
    known = {(one.person_id, one.post): one for one in requests_of(records, absence)}
    request = known.get((person.id, post))
    if request is not None and request.answer is Answer.AWAITED:
        return
    if request is None:
        request = PlhRequest(absence_id=absence.id, person_id=person.id, post=post)
        records.session.add(request)
    request.answer, request.asked_at, request.answered_at = Answer.AWAITED, records.at, None
    about = About(absence_id=absence.id)
    records.owe(correspondence.card(CardKind.PLH_REQUEST, person, at=records.at, about=about))
    _log(records, "ask-plh", absence, by, person=person.id, **said_of(post))
    records.flush()
    _show(records, absence)


def answer(records: Records, absence: Absence, *, by: Person, accepts: bool, post: str = ALL_POSTS) -> None:
    """Take the word of a person who was asked to stand in, at one post or at all. The first who accepts does.

    Raises `RequestOver`, `AbsenceOver`, `PlhFound`, and what `unfit` returns: others may have changed since.
    """
    records.lock_office_to_change()
    _refresh(records, absence)
    request = next((one for one in requests_of(records, absence) if (one.person_id, one.post) == (by.id, post)), None)
    present = absence.plh_of(post)
    if absence.over_at is not None:
        raise AbsenceOver
    if present is not None and present.id != by.id:
        raise PlhFound(present.name)
    if request is None or request.answer is not Answer.AWAITED:
        raise RequestOver
    if accepts:
        _check_fit(records, absence, by, post)
    request.answer, request.answered_at = Answer.ACCEPTED if accepts else Answer.REFUSED, records.at
    _log(records, "accept-plh" if accepts else "refuse-plh", absence, by, **said_of(post))
    if accepts:
        _say_of(records, absence, by, "plh-accepted", post)
        _take_up(records, absence, by, post)
        return
    _say_of(records, absence, by, "plh-refused", post)
    if absence.warn_at is None and absence.plh is None:
        _warn(records, absence)
    _show(records, absence)


def name(
    records: Records,
    absence: Absence,
    person: Person,
    *,
    decree: Decree,
    by: Person | None,
    post: str = ALL_POSTS,
    seconded: Seconded | None = None,
) -> None:
    """Let `person` stand in as the SK says, without being asked; a Plh. who was found before is not any more.

    `post` is the one at which they do, or all. `by` is an admin, None for the command line. Raises `NotAdmin`,
    `NotForOneself` for an admin who may not do it alone (`plh_needs_second`) and is not `seconded`, `AbsenceOver`,
    `NothingToStandInFor` where the post is not the person's own, and what `unfit` returns.
    """
    if by is not None:
        require_admin(records, by)
        if seconded is None and plh_needs_second(records.lock_office(), absence.person, person, by=by):
            raise NotForOneself
    else:
        records.lock_office_to_change()
    _refresh(records, absence)
    if absence.over_at is not None:
        raise AbsenceOver
    _check_own(records, absence, post)
    found = unfit(open_absences(records), absence, person, post)
    if found is not None:
        raise found
    said: dict[str, object] = {"decree": decree.number, "decree_day": decree.day.isoformat()}
    said |= seconded.said if seconded is not None else {}
    _log(records, "name-plh", absence, by, person=person.id, **said_of(post), **said)
    _take_up(records, absence, person, post, decree, by=by)
    whose = about(records, absence, covered_by(records, absence, person))
    _say(records, person, "plh-named", **whose, decree=decree.number)
    if by is None or by.id != absence.person_id:
        _say_of(records, absence, person, "plh-named-for-you", post)


def release(records: Records, absence: Absence, *, by: Person, post: str = ALL_POSTS) -> None:
    """Let the Plh. stand in no longer: they give it back, or the person who is away or an admin wants another.

    `post` is the one for which the Plh. was named alone. Raises `NotAdmin`, `AbsenceOver`, `RequestOver` where nobody
    stands in so.
    """
    present = absence.plh_of(post)
    if present is not None and by.id == present.id:
        records.lock_office_to_change()
        _refresh(records, absence)
    else:
        _manage(records, absence, by)
    former = absence.plh_of(post)
    if absence.over_at is not None or former is None or (post == ALL_POSTS and not absence.plh_whole):
        raise RequestOver
    # While they still stand in: who gives it back is no admin for that.
    _log(records, "release-plh", absence, by, person=former.id, **said_of(post))
    absence.let_go(post)
    absence.decide(post, None)
    absence.settle(own_posts(records.lock_office(), absence.person))
    for request in requests_of(records, absence):
        if (request.person_id, request.post) == (former.id, post):
            request.answer = Answer.REFUSED if by.id == former.id else Answer.NOT_NEEDED
    records.flush()
    rederive(records)
    if by.id == former.id:
        _say_of(records, absence, former, "plh-refused", post)
        if absence.plh is None:
            _warn(records, absence)
    else:
        _say(records, former, "plh-not-needed", name=absence.person.name)
    absence.set_timer()
    _show(records, absence)


def end(records: Records, absence: Absence, *, by: Person | None) -> Stage:
    """Let `absence` be over now: its person is back, or it is called off before it has begun. Returns which.

    `by` is the person, an admin, or None for the command line. Raises `NotAdmin`, `AbsenceOver`.
    """
    if by is None:
        records.lock_office_to_change()
        _refresh(records, absence)
        if absence.over_at is not None:
            raise AbsenceOver
    else:
        _manage(records, absence, by)
    _finish(records, absence, by=by)
    rederive(records)
    return absence.stage


def follow_calendar(records: Records, absence: Absence) -> None:
    """Let an open absence begin and end at the midnights of the calendar in force, and a Plh. be missed by it.

    What has happened stays. To be called with the office locked to change it.
    """
    calendar = records.calendar
    if absence.begun_at is None:
        absence.starts_at = midnight(calendar, absence.first)
        if absence.warn_at is not None:
            absence.warn_at = warning(calendar, absence.first, starts_at=absence.starts_at, at=absence.filed_at)
    if absence.last is not None:
        absence.ends_at = midnight(calendar, absence.last + DAY)
    absence.set_timer()


def begin_due(records: Records, absence: Absence) -> None:
    """Do what is due for an absence: say that a Plh. is missed, begin it, end it. Plans the next.

    To be called with the office locked to change it, and `rederive` afterwards.
    """
    if absence.ends_at is not None and absence.ends_at <= records.at:
        absence.begun_at = absence.begun_at or records.at
        _finish(records, absence, by=None)
        return
    if absence.begun_at is None and absence.starts_at <= records.at:
        _begin(records, absence)
    elif absence.warn_at is not None and absence.warn_at <= records.at and absence.plh is None:
        _say(records, absence.person, "plh-missing-for-you", **missing(records, absence))
        _warn(records, absence)
    absence.set_timer()


def _begin(records: Records, absence: Absence, *, by: Person | None = None) -> None:
    absence.begun_at = records.at
    _log(records, "absence-begins", absence, None)
    _announce(records, absence, absence.standing_in, by=by)
    if absence.plh is None:
        alone = "absence-begins-partly" if absence.standing_in else "absence-begins-alone"
        said = missing(records, absence)
        _say(records, absence.person, "absence-begins-asked" if said["asked"] else alone, **said)
        _warn(records, absence)
    _show(records, absence)


def _announce(records: Records, absence: Absence, standing_in: Sequence[Person], *, by: Person | None) -> None:
    """Tell everybody whom it concerns who acts from now on, each at which posts; not `by`, who has just named them."""
    people = [one for one in overseers(records.lock_office(), absence) if by is None or one.id != by.id]
    for plh in standing_in:
        covered = covered_by(records, absence, plh)
        whose = about(records, absence, covered)
        kept = "-kept" if records.rules.keeps_from_plh(covered) else ""
        _say(records, absence.person, f"absence-begins{kept}", plh=plh.name, **whose)
        _say(records, plh, f"plh-begins{kept}", **whose)
        data = {**whose, "plh": plh.name}
        records.owe(*correspondence.alert(Alert.ABSENT, people, at=records.at, data=data))


def _finish(records: Records, absence: Absence, *, by: Person | None) -> None:
    """Let an absence be over, and tell its person, the Plh. and the people who were asked."""
    absence.over_at = records.at
    absence.warn_at = None
    absence.set_timer()
    said = "absence-over" if absence.begun_at is not None else "absence-called-off"
    _log(records, said, absence, by)
    if by is None or by.id != absence.person_id:
        _say(records, absence.person, said, days=days_of(absence))
    asked = [one for one in requests_of(records, absence) if one.answer is Answer.AWAITED]
    for request in asked:
        request.answer = Answer.NOT_NEEDED
    standing_in = absence.standing_in
    for person in unique([*standing_in, *(one.person for one in asked)]):
        acted = absence.begun_at is not None and includes(standing_in, person.id)
        code = "plh-over" if acted else "plh-not-needed"
        _say(records, person, code, name=absence.person.name)
    records.flush()
    _show(records, absence)


def _take_up(
    records: Records,
    absence: Absence,
    person: Person,
    post: str,
    decree: Decree | None = None,
    *,
    by: Person | None = None,
) -> None:
    """Let `person` be the Plh., at one post or at all; at once where the absence has begun."""
    former = absence.plh_of(post)
    absence.let_act(person, post)
    absence.decide(post, decree)
    absence.settle(own_posts(records.lock_office(), absence.person))
    moot = {post} if absence.plh is None else {post, ALL_POSTS}
    for request in requests_of(records, absence):
        awaited = request.answer in {Answer.AWAITED, Answer.ACCEPTED} and request.post in moot
        if awaited and not (request.person_id == person.id and request.answer is Answer.ACCEPTED):
            request.answer = Answer.NOT_NEEDED
    absence.set_timer()
    records.flush()
    if former is not None and former.id != person.id:
        _say(records, former, "plh-not-needed", name=absence.person.name)
    if absence.begun_at is None and absence.starts_at <= records.at:
        _begin(records, absence, by=by)
        absence.set_timer()
    elif absence.begun_at is not None:
        _announce(records, absence, [person], by=by)
    records.flush()
    rederive(records)
    _show(records, absence)


def _warn(records: Records, absence: Absence) -> None:
    """Tell the superiors, the admins, and those for whom the person stands in, that nobody stands in for the person.

    The person is told by another sentence, where this follows from. Those who were asked and have not answered are
    asked again.
    """
    absence.warn_at = None
    relying = [
        one.person
        for one in open_absences(records)
        if includes(one.standing_in, absence.person_id) and one.away.meets(absence.away)
    ]
    people = [one for one in unique([*overseers(records.lock_office(), absence), *relying]) if one != absence.person]
    records.owe(*correspondence.alert(Alert.PLH_MISSING, people, at=records.at, data=missing(records, absence)))
    for person, posts in awaited(records, absence):
        _say(records, person, "plh-awaited", **about(records, absence, posts))


def _check_own(records: Records, absence: Absence, post: str) -> None:
    if post != ALL_POSTS and post not in own(records, absence):
        raise NothingToStandInFor(absence.person.name)


def _check_fit(records: Records, absence: Absence, person: Person, post: str) -> None:
    _check_own(records, absence, post)
    present = absence.plh_of(post)
    if present is not None:
        raise PlhFound(present.name)
    found = unfit(open_absences(records), absence, person, post)
    if found is not None:
        raise found


def _lock(records: Records, person: Person, by: Person | None) -> None:
    """Lock the office to change it for `person`. Raises `NotAdmin` where another person than an admin asks for it."""
    if by is None or by.id == person.id:
        records.lock_office_to_change()
    else:
        require_admin(records, by)


def _manage(records: Records, absence: Absence, by: Person) -> None:
    """Lock the office, and raise `NotAdmin` or `AbsenceOver` unless `by` may change the absence now."""
    _lock(records, absence.person, by)
    _refresh(records, absence)
    if absence.over_at is not None:
        raise AbsenceOver


def _refresh(records: Records, absence: Absence) -> None:
    """Read an absence again that was read before the office was locked."""
    absence_by_id(records, absence.id)


def _log(records: Records, action: str, absence: Absence, by: Person | None, **said: object) -> None:
    involved = [absence.person, *absence.standing_in]
    capacity = SYSTEM if by is None else "person" if includes(involved, by.id) else "admin"
    if action in {"accept-plh", "refuse-plh"}:
        capacity = "person"
    records.log_office(action, by, capacity=capacity, absence=absence.id, **said)


def _say_of(records: Records, absence: Absence, plh: Person, code: str, post: str) -> None:
    """Tell the person who is away what became of a Plh.; where it is about one post alone, which."""
    data = {"plh": plh.name, "name": absence.person.name, "days": days_of(absence)}
    if post == ALL_POSTS:
        _say(records, absence.person, code, **data)
    else:
        _say(records, absence.person, _AT_ONE_POST[code], **data, posts=named(records, [post]))


_AT_ONE_POST = {
    "plh-accepted": "plh-accepted-at",
    "plh-refused": "plh-refused-at",
    "plh-named-for-you": "plh-named-for-you-at",
}


def _say(records: Records, person: Person, code: str, **data: object) -> None:
    if person.account_id is None:
        return
    body = {"code": code, "data": data}
    records.owe(correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.CARD, body=body))


def _show(records: Records, absence: Absence) -> None:
    """Draw every living card of the absence again; one about an absence that is over has nothing to tap any more."""
    requests = requests_of(records, absence)
    chats = reachable([absence.person, *records.lock_office().admins, *(one.person for one in requests)])
    shown = select(Card).where(
        Card.chat_id.in_([one.account_id for one in unique(chats)]),
        Card.kind.in_((CardKind.ABSENCE, CardKind.PLH_REQUEST)),
        Card.live,
        Card.absence_id == absence.id,
    )
    awaited = {one.person_id for one in requests if one.answer is Answer.AWAITED}
    standing_in = absence.standing_in
    for card in records.session.scalars(shown):
        waits = card.kind is CardKind.ABSENCE or card.person_id in awaited
        stands_in = card.kind is CardKind.PLH_REQUEST and includes(standing_in, card.person_id or 0)
        card.live = absence.over_at is None and (waits or stands_in)
        records.owe(correspondence.refresh(card, at=records.at))
