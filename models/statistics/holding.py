"""Who held a task in which stretch of time. Pure: desks, terms of office and absences in, stretches out.

A delay is booked on the person who held the task while it passed. So each stay of a case at a step is cut where the
task went to another desk or person, where a post changed hands, and where an absence began or ended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hold(StrEnum):
    """How a task was held in a stretch of time.

    By a person themselves; by the Plh. of a person who was away; by the next authority up, or by the admins, because
    nobody could decide it at its own post; by several, of whom nobody had taken it; by a person who was away without a
    Plh.; by nobody, because the post was vacant.
    """

    OWN = "own"
    PLH = "plh"
    RAISED = "raised"
    ADMINS = "admins"
    SHARED = "shared"
    ABSENT = "absent"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a task lay from `since` on: at the post that decided it, and to whom it was given.

    `raised` says that this was not its own post. Where it was `left_to_admins`, the admins decided it.
    """

    since: datetime
    post: str
    given_to: int | None = None
    raised: bool = False
    left_to_admins: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one post, as its row keeps it. `stands_for` is who was away, of a Plh."""

    post: str
    person_id: int
    since: datetime
    until: datetime | None
    stands_for: int | None = None

    def covers(self, at: datetime) -> bool:
        """Whether the post was held at this instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Leave:
    """A time in which a person was away."""

    person_id: int
    since: datetime
    until: datetime | None

    def covers(self, at: datetime) -> bool:
        """Whether the person was away at this instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class OfficeThen:
    """Who held which post, and who was away, at all times."""

    terms: Sequence[Term]
    leaves: Sequence[Leave]

    def changes(self, posts: Iterable[str]) -> Iterator[datetime]:
        """Return the instants at which something changed for those who held one of these posts."""
        there, people = set(posts), set[int]()
        for term in self.terms:
            if term.post in there:
                people.add(term.person_id)
                yield from (one for one in (term.since, term.until) if one is not None)
        for leave in self.leaves:
            if leave.person_id in people:
                yield from (one for one in (leave.since, leave.until) if one is not None)

    def own_holders(self, post: str, at: datetime) -> list[int]:
        """Return who held the post themselves, each once."""
        held = (one for one in self.terms if one.post == post and one.stands_for is None and one.covers(at))
        return list(dict.fromkeys(one.person_id for one in held))

    def stand_in(self, person_id: int, post: str, at: datetime) -> int | None:
        """Return the Plh. who acted in the post for this person, the last one where a Plh. was away too."""
        named = {
            one.stands_for: one.person_id
            for one in self.terms
            if one.post == post and one.stands_for is not None and one.covers(at)
        }
        found, passed = named.get(person_id), {person_id}
        while found is not None and found not in passed:
            passed.add(found)
            following = named.get(found)
            if following is None or following in passed:
                return found
            found = following
        return None

    def is_away(self, person_id: int, at: datetime) -> bool:
        """Whether the person was away."""
        return any(one.person_id == person_id and one.covers(at) for one in self.leaves)


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of time in which a task lay with one person, or with nobody in particular (`person_id` is None)."""

    since: datetime
    until: datetime
    how: Hold
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Lain:
    """Where a task lay from its opening to its closing. `mandate` and `not_by` are those of `Task`."""

    desks: Sequence[Desk]
    opened_at: datetime
    closed_at: datetime
    mandate: bool = True
    not_by: frozenset[int] = frozenset()


def held(lain: Lain, office: OfficeThen) -> list[Held]:
    """Return the stretches of a task in order, from its opening to its closing; there is at least one.

    Two that follow each other are held in different ways or by different persons.
    """
    found: list[Held] = []
    for since, until in _between(lain, office):
        how, person_id = _holder(lain, office, since)
        if found and (found[-1].how, found[-1].person_id) == (how, person_id):
            found[-1] = Held(found[-1].since, until, how, person_id)
        else:
            found.append(Held(since, until, how, person_id))
    return found


def _between(lain: Lain, office: OfficeThen) -> Iterator[tuple[datetime, datetime]]:
    """Go through the times between which nothing changed."""
    changes = {*(desk.since for desk in lain.desks), *office.changes(desk.post for desk in lain.desks)}
    inside = sorted(one for one in changes if lain.opened_at < one < lain.closed_at)
    # A clock that was set back may have closed a task before it was opened.
    ends = max(lain.closed_at, lain.opened_at)
    yield from zip([lain.opened_at, *inside], [*inside, ends], strict=True)


def _holder(lain: Lain, office: OfficeThen, at: datetime) -> tuple[Hold, int | None]:
    """Return how and by whom the task was held at an instant."""
    desk = [one for one in lain.desks if one.since <= at][-1]
    if desk.left_to_admins:
        return Hold.ADMINS, None
    how, person_id = _at_desk(desk, lain, office, at)
    return (Hold.RAISED, person_id) if desk.raised and how in {Hold.OWN, Hold.PLH} else (how, person_id)


def _at_desk(desk: Desk, lain: Lain, office: OfficeThen, at: datetime) -> tuple[Hold, int | None]:
    own = office.own_holders(desk.post, at)
    fit = [one for one in own if one not in lain.not_by] or own
    if desk.given_to in fit:
        fit = [desk.given_to]
    if not fit:
        return Hold.VACANT, None
    acting = [_acting(one, desk.post, lain, office, at) for one in fit]
    there = [one for one in acting if one is not None]
    if not there:
        return Hold.ABSENT, None
    if len({person_id for _, person_id in there}) > 1:
        return Hold.SHARED, None
    return there[0]


def _acting(person_id: int, post: str, lain: Lain, office: OfficeThen, at: datetime) -> tuple[Hold, int | None] | None:
    """Return who acted for a holder; None while nobody did."""
    stands_in = office.stand_in(person_id, post, at) if lain.mandate else None
    if stands_in is not None:
        return Hold.PLH, stands_in
    return None if office.is_away(person_id, at) else (Hold.OWN, person_id)
