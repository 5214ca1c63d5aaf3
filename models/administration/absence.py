"""Being away: file it, ask somebody to stand in, accept, come back; and what begins and ends by itself.

Each function here locks the office to change it. Who may decide follows in the same transaction (`rederive`).
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from models.administration.appointment import require_admin
from models.administration.standing_in import rederive
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import About, Alert
from models.mail.notice import NoticeKind, Priority
from models.office.absence import Absence, Answer, DaysFault, Decree, PlhRequest, Stage
from models.office.person import Person, reachable, unique
from models.office.proposal import Seconded
from models.office.standing_in import Away
from models.refusals import (
    AbsenceOver,
    AlreadyAway,
    DaysInvalid,
    NotForOneself,
    NothingToStandInFor,
    PlhFound,
    RequestOver,
)
from models.repository.absences import absence_by_id, open_absences, overseers, requests_of, unfit
from models.repository.records import Records
from models.rules.work_calendar import WorkCalendar

_DAY = timedelta(days=1)

_AHEAD = timedelta(days=366)
"""How far ahead the first day may lie."""

_LONGEST = timedelta(days=5 * 366)
"""How long an absence with a last day may be."""

_HALF_AN_HOUR = 30 * 60

_WORKING_DAY_WITHIN = 30
"""Days before an absence among which its last working day is looked for."""


def file(
    records: Records, person: Person, first: date, last: date | None, *, by: Person | None, reason: str = ""
) -> Absence:
    """Write down that `person` is away from `first` to `last` on the office's calendar, without a last day if None.

    `by` is the person, an admin, or None for the command line. Raises `NotAdmin`, `DaysInvalid`, `AlreadyAway`, and
    `NothingToStandInFor` for somebody without a post.
    """
    _lock(records, person, by)
    calendar, office = records.calendar, records.lock_office()
    _check_days(first, last, today=records.at.astimezone(calendar.zone).date())
    if not any(tenure.person_id == person.id and tenure.stands_for_id is None for tenure in office.tenures):
        raise NothingToStandInFor(person.name)
    starts_at = _midnight(calendar, first)
    ends_at = _midnight(calendar, last + _DAY) if last is not None else None
    for other in open_absences(records, of=person):
        if other.away.meets(Away(person.id, None, starts_at, ends_at)):
            raise AlreadyAway(person.name, other.starts_at)
    absence = Absence(
        person=person,
        person_id=person.id,
        plh=None,
        plh_id=None,
        first=first,
        last=last,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        filed_by_id=by.id if by is not None else None,
        filed_at=records.at,
        warn_at=_warning(calendar, first, starts_at=starts_at, at=records.at),
    )
    absence.set_timer()
    records.session.add(absence)
    records.session.flush()
    said = {"first": first.isoformat(), "last": last.isoformat() if last is not None else None}
    _log(records, "absence", absence, by, person=person.id, **said)
    return absence


def explain(records: Records, absence: Absence, reason: str, *, by: Person) -> None:
    """Keep the reason of an absence, instead of the one before. Raises `NotAdmin`, `AbsenceOver`."""
    _manage(records, absence, by)
    absence.reason = reason
    _show(records, absence)


def ask(records: Records, absence: Absence, person: Person, *, by: Person) -> None:
    """Ask `person` to stand in. Several may be asked; the first to accept does.

    Raises `NotAdmin`, `AbsenceOver`, `PlhFound`, and what `unfit` returns.
    """
    _manage(records, absence, by)
    _check_fit(records, absence, person)
    known = {one.person_id: one for one in requests_of(records, absence)}
    request = known.get(person.id)
    if request is not None and request.answer is Answer.AWAITED:
        return
    if request is None:
        request = PlhRequest(absence_id=absence.id, person_id=person.id)
        records.session.add(request)
    request.answer, request.asked_at, request.answered_at = Answer.AWAITED, records.at, None
    about = About(absence_id=absence.id)
    records.owe(correspondence.card(CardKind.PLH_REQUEST, person, at=records.at, about=about))
    _log(records, "ask-plh", absence, by, person=person.id)
    records.flush()
    _show(records, absence)


def answer(records: Records, absence: Absence, *, by: Person, accepts: bool) -> None:
    """Take the word of a person who was asked to stand in. The first who accepts does.

    Raises `RequestOver`, `AbsenceOver`, `PlhFound`, and what `unfit` returns: others may have changed since.
    """
    records.lock_office_to_change()
    _refresh(records, absence)
    request = next((one for one in requests_of(records, absence) if one.person_id == by.id), None)
    if absence.over_at is not None:
        raise AbsenceOver
    if absence.plh is not None and absence.plh_id != by.id:
        raise PlhFound(absence.plh.name)
    if request is None or request.answer is not Answer.AWAITED:
        raise RequestOver
    if accepts:
        _check_fit(records, absence, by)
    request.answer, request.answered_at = Answer.ACCEPTED if accepts else Answer.REFUSED, records.at
    _log(records, "accept-plh" if accepts else "refuse-plh", absence, by)
    data = {"plh": by.name, "name": absence.person.name}
    if accepts:
        _take_up(records, absence, by)
        _say(records, absence.person, "plh-accepted", **data)
        return
    _say(records, absence.person, "plh-refused", **data)
    if absence.warn_at is None:
        _warn(records, absence)
    _show(records, absence)


def name(
    records: Records,
    absence: Absence,
    person: Person,
    *,
    decree: Decree,
    by: Person | None,
    seconded: Seconded | None = None,
) -> None:
    """Let `person` stand in as the SK says, without being asked; a Plh. who was found before is not any more.

    `by` is an admin, None for the command line. Raises `NotAdmin`, `NotForOneself` for an admin who names themselves
    and is not `seconded`, `AbsenceOver`, and what `unfit` returns.
    """
    if by is not None:
        require_admin(records, by)
        if by.id == person.id and seconded is None:
            raise NotForOneself
    else:
        records.lock_office_to_change()
    _refresh(records, absence)
    if absence.over_at is not None:
        raise AbsenceOver
    found = unfit(open_absences(records), absence, person)
    if found is not None:
        raise found
    absence.decree_number, absence.decree_day = decree.number, decree.day
    said: dict[str, object] = {"decree": decree.number, "decree_day": decree.day.isoformat()}
    said |= seconded.said if seconded is not None else {}
    _log(records, "name-plh", absence, by, person=person.id, **said)
    _take_up(records, absence, person)
    _say(records, person, "plh-named", **_about(records, absence), decree=decree.number)
    if by is None or by.id != absence.person_id:
        _say(records, absence.person, "plh-named-for-you", plh=person.name, days=_days(absence))


def release(records: Records, absence: Absence, *, by: Person) -> None:
    """Let the Plh. stand in no longer: they give it back, or the person who is away or an admin wants another.

    Raises `NotAdmin`, `AbsenceOver`, `RequestOver` where nobody stands in.
    """
    if by.id == absence.plh_id:
        records.lock_office_to_change()
        _refresh(records, absence)
    else:
        _manage(records, absence, by)
    former = absence.plh
    if absence.over_at is not None or former is None:
        raise RequestOver
    absence.plh, absence.plh_id = None, None
    absence.decree_number = absence.decree_day = None
    for request in requests_of(records, absence):
        if request.person_id == former.id:
            request.answer = Answer.REFUSED if by.id == former.id else Answer.NOT_NEEDED
    _log(records, "release-plh", absence, by, person=former.id)
    records.flush()
    rederive(records)
    if by.id == former.id:
        _say(records, absence.person, "plh-refused", plh=former.name, name=absence.person.name)
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
        absence.starts_at = _midnight(calendar, absence.first)
        if absence.warn_at is not None:
            absence.warn_at = _warning(calendar, absence.first, starts_at=absence.starts_at, at=absence.filed_at)
    if absence.last is not None:
        absence.ends_at = _midnight(calendar, absence.last + _DAY)
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
        _say(records, absence.person, "plh-missing-for-you", **_missing(records, absence))
        _warn(records, absence)
    absence.set_timer()


def _begin(records: Records, absence: Absence) -> None:
    absence.begun_at = records.at
    _log(records, "absence-begins", absence, None)
    if absence.plh is None:
        _say(records, absence.person, "absence-begins-alone", days=_days(absence))
        _warn(records, absence)
    else:
        _announce(records, absence, absence.plh)
    _show(records, absence)


def _announce(records: Records, absence: Absence, plh: Person) -> None:
    """Tell everybody whom it concerns that a Plh. acts from now on."""
    about = _about(records, absence)
    _say(records, absence.person, "absence-begins", plh=plh.name, **about)
    _say(records, plh, "plh-begins", **about)
    people = overseers(records.lock_office(), absence)
    data = {**about, "plh": plh.name}
    records.owe(*correspondence.alert(Alert.ABSENT, people, at=records.at, data=data))


def _finish(records: Records, absence: Absence, *, by: Person | None) -> None:
    """Let an absence be over, and tell its person, the Plh. and the people who were asked."""
    absence.over_at = records.at
    absence.warn_at = None
    absence.set_timer()
    said = "absence-over" if absence.begun_at is not None else "absence-called-off"
    _log(records, said, absence, by)
    if by is None or by.id != absence.person_id:
        _say(records, absence.person, said, days=_days(absence))
    asked = [one for one in requests_of(records, absence) if one.answer is Answer.AWAITED]
    for request in asked:
        request.answer = Answer.NOT_NEEDED
    told = [*([absence.plh] if absence.plh is not None else []), *(one.person for one in asked)]
    for person in unique(told):
        code = "plh-over" if absence.begun_at is not None and person is absence.plh else "plh-not-needed"
        _say(records, person, code, name=absence.person.name)
    records.flush()
    _show(records, absence)


def _take_up(records: Records, absence: Absence, person: Person) -> None:
    """Let `person` be the Plh.; at once where the absence has begun."""
    former = absence.plh
    absence.plh, absence.plh_id = person, person.id
    for request in requests_of(records, absence):
        if request.person_id != person.id and request.answer in {Answer.AWAITED, Answer.ACCEPTED}:
            request.answer = Answer.NOT_NEEDED
    absence.set_timer()
    records.flush()
    if former is not None and former.id != person.id:
        _say(records, former, "plh-not-needed", name=absence.person.name)
    if absence.begun_at is None and absence.starts_at <= records.at:
        _begin(records, absence)
        absence.set_timer()
    elif absence.begun_at is not None:
        _announce(records, absence, person)
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
        one.person for one in open_absences(records) if one.plh_id == absence.person_id and one.away.meets(absence.away)
    ]
    people = [one for one in unique([*overseers(records.lock_office(), absence), *relying]) if one != absence.person]
    records.owe(*correspondence.alert(Alert.PLH_MISSING, people, at=records.at, data=_missing(records, absence)))
    for person in _awaited(records, absence):
        _say(records, person, "plh-awaited", **_about(records, absence))


def _missing(records: Records, absence: Absence) -> dict[str, object]:
    """Return what is told where nobody stands in: whose absence it is, and who was asked and has not answered."""
    waiting = _awaited(records, absence)
    begun = "yes" if absence.begun_at is not None else "no"
    asked = ", ".join(one.name for one in waiting)
    return {**_about(records, absence), "asked": asked, "begun": begun, "count": len(waiting)}


def _awaited(records: Records, absence: Absence) -> list[Person]:
    return [one.person for one in requests_of(records, absence) if one.answer is Answer.AWAITED]


def _check_fit(records: Records, absence: Absence, person: Person) -> None:
    if absence.plh is not None:
        raise PlhFound(absence.plh.name)
    found = unfit(open_absences(records), absence, person)
    if found is not None:
        raise found


def _check_days(first: date, last: date | None, *, today: date) -> None:
    if last is not None and last < first:
        raise DaysInvalid(DaysFault.REVERSED)
    if first < today:
        raise DaysInvalid(DaysFault.PAST)
    if first - today > _AHEAD or (last is not None and last - first > _LONGEST):
        raise DaysInvalid(DaysFault.TOO_FAR)


def _midnight(calendar: WorkCalendar, day: date) -> datetime:
    return datetime.combine(day, time.min, calendar.zone)


def _warning(calendar: WorkCalendar, first: date, *, starts_at: datetime, at: datetime) -> datetime:
    """Return when a Plh. is missed: as the office opens on the working day before, or half an hour from now.

    Of an absence that lies ahead it is never after the beginning.
    """
    days = (first - number * _DAY for number in range(1, _WORKING_DAY_WITHIN))
    openings = (calendar.opening(_midnight(calendar, day)) for day in days)
    before = next((opening for opening in openings if opening < starts_at), starts_at)
    if before > at:
        return before
    soon = calendar.add(at, _HALF_AN_HOUR)
    return min(soon, starts_at) if starts_at > at else soon


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
    capacity = SYSTEM if by is None else "person" if by.id in (absence.person_id, absence.plh_id) else "admin"
    if action in {"accept-plh", "refuse-plh"}:
        capacity = "person"
    records.log_office(action, by, capacity=capacity, absence=absence.id, **said)


def _days(absence: Absence) -> list[str | None]:
    """Return the days of an absence as a notice keeps them: the first and the last, None for an open end."""
    return [absence.first.isoformat(), absence.last.isoformat() if absence.last is not None else None]


def _about(records: Records, absence: Absence) -> dict[str, object]:
    """Return whose absence it is, the posts for which somebody stands in, and the days, as a notice keeps them."""
    tenures = records.lock_office().tenures
    held = {one.post for one in tenures if one.person_id == absence.person_id and one.stands_for_id is None}
    posts = ", ".join(post.short for post in records.rules.office.posts if post.code in held)
    return {"name": absence.person.name, "posts": posts, "days": _days(absence)}


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
    answers = {one.person_id: one.answer for one in requests}
    for card in records.session.scalars(shown):
        waits = card.kind is CardKind.ABSENCE or answers.get(card.person_id or 0) is Answer.AWAITED
        stands_in = card.kind is CardKind.PLH_REQUEST and card.person_id == absence.plh_id
        card.live = absence.over_at is None and (waits or stands_in)
        records.owe(correspondence.refresh(card, at=records.at))
