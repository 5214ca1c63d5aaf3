"""What acts make of absences: who is away from when to when, who was asked to stand in, and who does."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.office.absence import ALL_POSTS, Answer
from models.office.standing_in import Away, circle, uncovered
from models.proof.acts import ABSENCES, NAMED_PLH, REQUESTS, TENURES, Act, Change, Work
from models.proof.authority import NoAuthority
from models.proof.foreseen import Foreseen
from models.proof.office import Key
from models.proof.tenures import RELIEVED, UNDONE
from models.repository.told import Row

FILED, ASKED, ACCEPTED, REFUSED = "absence", "ask-plh", "accept-plh", "refuse-plh"
NAMED, RELEASED = "name-plh", "release-plh"
BEGUN, OVER, CALLED_OFF = "absence-begins", "absence-over", "absence-called-off"
ABSENCE_ACTS = frozenset({FILED, ASKED, ACCEPTED, REFUSED, NAMED, RELEASED, BEGUN, OVER, CALLED_OFF})
"""The actions of entries of the office's journal that are about an absence."""

_WHOLE = "plh_whole"
"""The column of an absence that records from before posts could have a Plh. of their own do not tell."""

_DAYS = ("starts_at", "ends_at")
_FREE = {"reason", *_DAYS}
"""The columns that no act sets: a reason may be written at any time, and the days follow the calendar."""

_NO_DECREE = {"decree_number": None, "decree_day": None}


@dataclass(slots=True)
class Leave:
    """One absence as acts make it: its columns, who is named for one post alone, and who was asked, by person and post.

    `posts` are those that the person who is away holds themselves.
    """

    columns: dict[str, Any]
    posts: set[str]
    named: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def standing_in(self) -> set[int]:
        """Everybody who stands in."""
        every = {self.columns["plh_id"], *(one["plh_id"] for one in self.named.values())}
        return {one for one in every if one is not None}

    def plh_of(self, post: str) -> int | None:
        """Return who stands in at one post alone; `ALL_POSTS` is wherever nobody is named for one."""
        found: Mapping[str, Any] | None = self.columns if post == ALL_POSTS else self.named.get(post)
        return found["plh_id"] if found is not None else None

    def let_act(self, person_id: int, post: str) -> None:
        """Let a person stand in at one post, or wherever nobody is named for one alone."""
        if post == ALL_POSTS:
            self.columns |= {"plh_id": person_id, _WHOLE: True}
            return
        self.named.setdefault(post, {"post": post, **_NO_DECREE})["plh_id"] = person_id

    def let_go(self, post: str) -> None:
        """Let nobody stand in at one post, or wherever nobody is named for one alone."""
        if post == ALL_POSTS:
            self.columns |= {"plh_id": None, _WHOLE: False}
        elif post in self.named:
            self.named[post]["plh_id"] = None

    def decide(self, post: str, decree: Mapping[str, Any]) -> None:
        """Keep the SK by which somebody stands in."""
        kept = self.columns if post == ALL_POSTS else self.named.get(post)
        if kept is not None:
            kept |= decree

    def settle(self, order: Sequence[str] | None, left: int | None) -> None:
        """Let who stands in at the first of the person's posts do so everywhere, once each of them has somebody.

        `order` are the posts of the office file. Entries from before it was told leave open which of a person's posts
        are in the file, and which is the first: then what was `left` is taken where it may be so.
        """
        if self.columns[_WHOLE]:
            return
        there = [self.plh_of(post) for post in order or sorted(self.posts) if post in self.posts]
        found = {there[0] if there and all(there) else None}
        if order is None:
            found |= {None, *there}
        self.columns["plh_id"] = left if left in found else next(iter(found))


def check_absences(work: Work, foreseen: Foreseen, order: Sequence[str] | None) -> None:
    """Raise `NoAuthority` where absences are left otherwise than the entries of this work make them.

    `order` are the posts of the office file in their order, None where no entry has told them yet.
    """
    acts = dict[int, list[Act]]()
    for act in work.acts:
        for absence_id in _concerned(act, work):
            acts.setdefault(absence_id, []).append(act)
    touched = {key[0] for table, key in work.told if table in {ABSENCES, NAMED_PLH, REQUESTS}}
    for absence_id in sorted(touched | acts.keys()):
        after = work.after(ABSENCES, (absence_id,))
        if after is None:
            raise NoAuthority("an absence is gone")
        if _WHOLE in after and _WHOLE in (work.before(ABSENCES, (absence_id,)) or after):
            _check(absence_id, after, acts.get(absence_id, []), work, order)
    for change in work.changes(ABSENCES):
        _check_days(change, work, foreseen)


def _concerned(act: Act, work: Work) -> Iterator[int]:
    """Go through the absences that an entry is about."""
    if act.action in ABSENCE_ACTS:
        yield act.body["absence"]
    elif act.action == RELIEVED:
        # Nobody stands in yet during one that was filed for later.
        away = _stood_in_for(act, work)
        yield from (key[0] for key, row in _lasting(work, of=away) if row["begun_at"] is not None)
    elif act.action == UNDONE:
        away = {one["stands_for_id"] for _, one in _mandates(act, work)}
        yield from (key[0] for key, _ in _lasting(work, of=away))


def _lasting(work: Work, *, of: Collection[int] | None = None) -> Iterator[tuple[Key, Row]]:
    """Go through the absences that were not over before this work, of everybody or of some."""
    for key in work.office.rows.get(ABSENCES, {}):
        row = work.before(ABSENCES, key)
        if row is not None and row["over_at"] is None and (of is None or row["person_id"] in of):
            yield key, row


def _stood_in_for(act: Act, work: Work) -> set[int]:
    """Return for whom a person stood in, before this work, at the post of which they are relieved."""
    every = (one.at(work.since) for one in work.office.tenures.get(act.body["person"], ()))
    there = (one for one in every if one is not None and one["post"] == act.body["post"] and one["ends_at"] is None)
    return {one["stands_for_id"] for one in there if one["stands_for_id"] is not None}


def _mandates(act: Act, work: Work) -> Iterator[tuple[int, Row]]:
    """Go through the tenures of a Plh. of which an entry says that their end is undone."""
    for number in act.body["tenures"]:
        row = work.before(TENURES, (number,))
        if row is not None and row["stands_for_id"] is not None:
            yield number, row


def _check(absence_id: int, after: Row, acts: Sequence[Act], work: Work, order: Sequence[str] | None) -> None:
    """Hold what was left of one absence against what its acts make of it."""
    leave = _before(absence_id, after, acts, work)
    for act in acts:
        _check_actor(act, leave, work)
        _APPLIED.get(act.action, _undone)(leave, act, after, order, work)
    if leave.columns != {name: value for name, value in after.items() if name not in _FREE}:
        raise NoAuthority("an absence is left otherwise than the entries say")
    named = [row for key in work.known.of_absence(NAMED_PLH, absence_id) if (row := work.after(NAMED_PLH, key))]
    if leave.named != {row["post"]: _of(row) for row in named}:
        raise NoAuthority("a Plh. of one post is another than the entries say")
    requests = [row for key in work.known.of_absence(REQUESTS, absence_id) if (row := work.after(REQUESTS, key))]
    if leave.requests != {(row["person_id"], row["post"]): _of(row) for row in requests}:
        raise NoAuthority("a request to stand in is left otherwise than the entries say")
    taken = any(act.action in {ACCEPTED, NAMED} for act in acts)
    if taken and after["begun_at"] is None and after["over_at"] is None and after["starts_at"] <= acts[-1].at:
        raise NoAuthority("an absence should have begun, and did not")


def _before(absence_id: int, after: Row, acts: Sequence[Act], work: Work) -> Leave:
    """Return an absence as it was before this work; one that is filed by it, as it was filed."""
    before = work.before(ABSENCES, (absence_id,))
    columns = {name: value for name, value in (before or after).items() if name not in _FREE}
    if before is None:
        if not acts or acts[0].action != FILED:
            raise NoAuthority("somebody is away, and no entry says so")
        columns |= {"begun_at": None, "over_at": None, "plh_id": None, _WHOLE: False, **_NO_DECREE}
    leave = Leave(columns, work.own_posts(columns["person_id"], entries=work.since))
    for key in work.known.of_absence(NAMED_PLH, absence_id):
        if (row := work.before(NAMED_PLH, key)) is not None:
            leave.named[row["post"]] = _of(row)
    for key in work.known.of_absence(REQUESTS, absence_id):
        if (row := work.before(REQUESTS, key)) is not None:
            leave.requests[row["person_id"], row["post"]] = _of(row)
    return leave


def _of(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "absence_id"}


def _check_actor(act: Act, leave: Leave, work: Work) -> None:
    """Raise `NoAuthority` where somebody manages an absence who is neither away then nor an admin."""
    actor = act.entry.actor_id
    if actor is None or act.action in {ACCEPTED, REFUSED}:
        return
    own = actor == leave.columns["person_id"] and act.action != NAMED
    gives_back = act.action == RELEASED and actor == act.body["person"]
    if not (own or gives_back or work.office.was_admin(actor, entries=act.entry.sequence - 1)):
        raise NoAuthority("somebody manages the absence of another person, and is no admin")


def _check_days(change: Change, work: Work, foreseen: Foreseen) -> None:
    """Raise `NoAuthority` where an absence is told to begin or to end at another instant than its days do."""
    zones = [calendar.zone for told, calendar in foreseen.calendars if told.sequence <= work.until][-1:]
    after, before = change.after or {}, change.before or {}
    for zone in zones if foreseen.whole else ():
        last = after["last"]
        begins = _midnight(date.fromisoformat(after["first"]), zone)
        ends = _midnight(date.fromisoformat(last) + timedelta(days=1), zone) if last is not None else None
        kept = {name: before.get(name, instant) for name, instant in zip(_DAYS, (begins, ends), strict=True)}
        if after["starts_at"] not in {begins, kept["starts_at"]} or after["ends_at"] not in {ends, kept["ends_at"]}:
            raise NoAuthority("an absence begins or ends at another instant than its days do")


def _midnight(day: date, zone: ZoneInfo) -> str:
    return datetime.combine(day, time.min, zone).astimezone(UTC).isoformat(timespec="microseconds")


Applied = Callable[[Leave, Act, Row, Sequence[str] | None, Work], None]


def _filed(leave: Leave, act: Act, _after: Row, _order: Sequence[str] | None, _work: Work) -> None:
    said = {"person_id": act.body["person"], "first": act.body["first"], "last": act.body.get("last")}
    leave.columns |= said | {"filed_by_id": act.entry.actor_id, "filed_at": act.at}


def _asked(leave: Leave, act: Act, _after: Row, _order: Sequence[str] | None, _work: Work) -> None:
    person_id, post = act.body["person"], act.body.get("post", ALL_POSTS)
    asked = {"person_id": person_id, "post": post, "answer": Answer.AWAITED.value, "asked_at": act.at}
    leave.requests[person_id, post] = asked | {"answered_at": None}


def _answered(leave: Leave, act: Act, after: Row, order: Sequence[str] | None, _work: Work) -> None:
    post, person_id = act.body.get("post", ALL_POSTS), act.entry.actor_id
    request = leave.requests.get((person_id or 0, post))
    if person_id is None or request is None or request["answer"] != Answer.AWAITED.value:
        raise NoAuthority("somebody answers who was not asked to stand in")
    answer = Answer.ACCEPTED if act.action == ACCEPTED else Answer.REFUSED
    request |= {"answer": answer.value, "answered_at": act.at}
    if answer is Answer.ACCEPTED:
        _take_up(leave, person_id, post, _NO_DECREE, order, after)


def _named(leave: Leave, act: Act, after: Row, order: Sequence[str] | None, _work: Work) -> None:
    decree = {"decree_number": act.body["decree"], "decree_day": act.body["decree_day"]}
    _take_up(leave, act.body["person"], act.body.get("post", ALL_POSTS), decree, order, after)


def _take_up(
    leave: Leave, person_id: int, post: str, decree: Mapping[str, Any], order: Sequence[str] | None, after: Row
) -> None:
    if leave.columns["over_at"] is not None:
        raise NoAuthority("somebody stands in during an absence that is over")
    leave.let_act(person_id, post)
    leave.decide(post, decree)
    leave.settle(order, after["plh_id"])
    moot = {post} if leave.columns["plh_id"] is None else {post, ALL_POSTS}
    for (asked, where), request in leave.requests.items():
        waits = request["answer"] in {Answer.AWAITED.value, Answer.ACCEPTED.value} and where in moot
        if waits and (asked, request["answer"]) != (person_id, Answer.ACCEPTED.value):
            request["answer"] = Answer.NOT_NEEDED.value


def _released(leave: Leave, act: Act, after: Row, order: Sequence[str] | None, _work: Work) -> None:
    post, actor = act.body.get("post", ALL_POSTS), act.entry.actor_id
    if leave.plh_of(post) != act.body["person"] or (post == ALL_POSTS and not leave.columns[_WHOLE]):
        raise NoAuthority("somebody stands in no longer who did not")
    leave.let_go(post)
    if actor is not None:
        leave.decide(post, _NO_DECREE)
    leave.settle(order, after["plh_id"])
    request = leave.requests.get((act.body["person"], post))
    if request is not None and actor is not None:
        refused = actor == act.body["person"]
        request["answer"] = (Answer.REFUSED if refused else Answer.NOT_NEEDED).value


def _begins(leave: Leave, act: Act, after: Row, _order: Sequence[str] | None, work: Work) -> None:
    before = work.before(ABSENCES, (act.body["absence"],)) or after
    if leave.columns["begun_at"] is not None or leave.columns["over_at"] is not None or before["starts_at"] > act.at:
        raise NoAuthority("an absence begins that does not begin then")
    leave.columns["begun_at"] = act.at


def _ends(leave: Leave, act: Act, after: Row, _order: Sequence[str] | None, work: Work) -> None:
    if leave.columns["over_at"] is not None:
        raise NoAuthority("an absence is over twice")
    if act.action == OVER and leave.columns["begun_at"] is None:
        ends = (work.before(ABSENCES, (act.body["absence"],)) or after)["ends_at"]
        if ends is None or ends > act.at:
            raise NoAuthority("an absence is over that has not begun")
        leave.columns["begun_at"] = act.at
    if act.action == CALLED_OFF and leave.columns["begun_at"] is not None:
        raise NoAuthority("an absence is called off that has begun")
    leave.columns["over_at"] = act.at
    for request in leave.requests.values():
        if request["answer"] == Answer.AWAITED.value:
            request["answer"] = Answer.NOT_NEEDED.value


def _relieved(leave: Leave, act: Act, _after: Row, _order: Sequence[str] | None, work: Work) -> None:
    """Let nobody stand in who is relieved of the post in which they did: another entry says so just before."""
    said = (leave.columns["id"], act.body["person"])
    if not any((one.body["absence"], one.body["person"]) == said for one in work.acts if one.action == RELEASED):
        raise NoAuthority("somebody who is relieved stands in still")


def _undone(leave: Leave, act: Act, after: Row, order: Sequence[str] | None, work: Work) -> None:
    """Let a person stand in again whose end as Plh. is undone, where they do: others may have come in between."""
    for _, row in _mandates(act, work):
        if row["stands_for_id"] != leave.columns["person_id"]:
            continue
        post, person_id = row["post"] if row["post"] in leave.named else ALL_POSTS, row["person_id"]
        left = work.after(NAMED_PLH, (after["id"], post)) if post != ALL_POSTS else after
        if leave.plh_of(post) is not None:
            continue
        does = left is not None and left["plh_id"] == person_id
        # Programs from before let them stand in also during an absence that was filed for later.
        must = leave.columns["begun_at"] is not None and len(act.body["tenures"]) == 1
        if does or (must and _is_fit(person_id, post, leave, work)):
            leave.let_act(person_id, post)
            leave.settle(order, after["plh_id"])


def _is_fit(person_id: int, post: str, leave: Leave, work: Work) -> bool:
    """Whether a person could stand in during an absence, as far as it was told before this work."""
    known = {key[0]: _away(row, work) for key, row in _lasting(work)}
    wanted = known.pop(leave.columns["id"]).with_plh(post, person_id)
    others = [*known.values()]
    there = person_id != wanted.person_id and work.office.has_account(person_id, entries=work.since)
    return there and not uncovered(others, person_id, wanted, post) and not circle(others, wanted)


def _away(absence: Row, work: Work) -> Away:
    """Return when a person is away, and who stood in, before this work."""
    keys = work.known.of_absence(NAMED_PLH, absence["id"])
    rows = [row for key in keys if (row := work.before(NAMED_PLH, key)) is not None]
    named = {row["post"]: row["plh_id"] for row in rows if row["plh_id"] is not None}
    ends = absence["ends_at"]
    begins, until = datetime.fromisoformat(absence["starts_at"]), datetime.fromisoformat(ends) if ends else None
    return Away(absence["person_id"], absence["plh_id"], begins, until, named)


_APPLIED: Mapping[str, Applied] = {
    FILED: _filed,
    ASKED: _asked,
    ACCEPTED: _answered,
    REFUSED: _answered,
    NAMED: _named,
    RELEASED: _released,
    BEGUN: _begins,
    OVER: _ends,
    CALLED_OFF: _ends,
    RELIEVED: _relieved,
    UNDONE: _undone,
}
"""How each entry about an absence changes it."""
