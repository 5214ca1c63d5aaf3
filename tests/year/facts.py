"""What happened in the office, as its people know it: who holds which post, who is away, whose phone is where.

The simulation writes it down when it does it; who is away, and who agreed to stand in, stands in the office's journal.
Everything can be asked as it was at an instant. The program has no part in it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from tests.year.days import DAY, Days

T = TypeVar("T")

SUPERIOR = {"kadiv": "kakanwil", "kabag-p2l": "kadiv", "kasubbag-humas": "kabag-p2l", "jft-prakom": "kasubbag-humas"}
WATCHERS = ("kasubbag-humas", "jft-prakom")

POST_OF_STEP = {
    1: "kakanwil",
    2: "kadiv",
    3: "kabag-p2l",
    4: "kasubbag-humas",
    5: "jft-prakom",
    6: "kasubbag-humas",
    7: "kabag-p2l",
    8: "kadiv",
    9: "kakanwil",
}
JUDGED = frozenset({6, 7, 8})
"""The rows of the SOP at which nobody decides on their own report."""

DEPUTY = "kadiv"
"""The post that the office file names for what nobody in the line can decide."""

Held = tuple[tuple[int, str], ...]
"""Who holds a post themselves, each with the capacity."""


class Past(Generic[T]):
    """Something that changes, with what it was before."""

    def __init__(self, first: T) -> None:
        self.since: list[datetime] = []
        self.values = [first]

    def set(self, at: datetime, value: T) -> None:
        """Let it be `value` from `at` on."""
        self.since.append(at)
        self.values.append(value)

    def at(self, at: datetime) -> T:
        """Return what it was at an instant; of several changes at once, the last."""
        return self.values[bisect_right(self.since, at)]

    @property
    def now(self) -> T:
        """What it is now."""
        return self.values[-1]


@dataclass(frozen=True)
class Seat:
    """Where a task is decided: at a post, which may be another one than its own; or by the admins in its place."""

    post: str
    admins: bool = False


@dataclass
class Spell:
    """A person is away from `start` until `end`, and somebody stands in. Without an end it lasts."""

    person: int
    start: datetime
    end: datetime | None
    plh: Past[int | None]

    def lasts(self, at: datetime) -> bool:
        """Whether the person is away at an instant."""
        return self.start <= at and (self.end is None or at < self.end)


@dataclass
class Facts:
    """The office as it is and as it was."""

    posts: dict[str, Past[Held]] = field(default_factory=dict)
    bound: Past[frozenset[int]] = field(default_factory=lambda: Past(frozenset()))
    unreachable: Past[frozenset[int]] = field(default_factory=lambda: Past(frozenset()))
    """Who cannot be written to, as the office knows."""
    admins: frozenset[int] = frozenset()
    spells: dict[int, list[Spell]] = field(default_factory=dict)
    _filed: dict[int, Spell] = field(default_factory=dict)

    def hold(self, at: datetime, post: str, held: Held) -> None:
        """Note who holds a post from `at` on."""
        self.posts.setdefault(post, Past(())).set(at, held)

    def bind(self, at: datetime, person: int) -> None:
        """Note that a person has an account from `at` on."""
        self.bound.set(at, self.bound.now | {person})

    def unbind(self, at: datetime, person: int) -> None:
        """Note that a person has no account any more."""
        self.bound.set(at, self.bound.now - {person})

    def forget_plh(self, at: datetime, person: int, post: str) -> None:
        """Note that a person who was relieved of a post stands in for no colleague there any more."""
        for one in (spell for holder in self.own(post, at) for spell in self.spells.get(holder, ())):
            if one.lasts(at) and one.plh.now == person:
                one.plh.set(at, None)

    def read(self, at: datetime, actor: int | None, action: str, body: dict[str, Any], days: Days) -> None:
        """Take an entry of the office's journal."""
        if action == "absence":
            first, last = date.fromisoformat(body["first"]), body.get("last")
            end = days.midnight(date.fromisoformat(last) + DAY) if last else None
            spell = Spell(body["person"], max(at, days.midnight(first)), end, Past(None))
            self._filed[body["absence"]] = spell
            self.spells.setdefault(spell.person, []).append(spell)
        if action in {"accept-plh", "name-plh"}:
            self._filed[body["absence"]].plh.set(at, body.get("person", actor))
        elif action == "release-plh":
            self._filed[body["absence"]].plh.set(at, None)
        elif action in {"absence-over", "absence-called-off"}:
            self._filed[body["absence"]].end = at
        elif action == "unreachable" and actor is not None:
            self.unreachable.set(at, self.unreachable.now | {actor})
        elif action == "reachable" and actor is not None:
            self.unreachable.set(at, self.unreachable.now - {actor})

    def own(self, post: str, at: datetime) -> list[int]:
        """Return who holds a post themselves."""
        return [person for person, _ in self.posts[post].at(at)] if post in self.posts else []

    def acting(self, person: int, at: datetime) -> int:
        """Return who acts for a holder: the last of those who stand in and can be written to, else the holder."""
        bound = self.bound.at(at)
        return next((one for one in reversed(self._chain(person, at)) if one in bound), person)

    def holding(self, post: str, at: datetime) -> list[int]:
        """Return who may act for a post: its holders, and who stands in for those who are away."""
        return list(dict.fromkeys(self.acting(person, at) for person in self.own(post, at)))

    def hears(self, person: int, at: datetime) -> bool:
        """Whether a person can be written to, as far as the office knows."""
        return person in self.bound.at(at) and person not in self.unreachable.at(at)

    def able(self, post: str, at: datetime) -> list[int]:
        """Return who acts for a post and can be reached: of those who are away who stands in."""
        return [one for one in self.holding(post, at) if self.hears(one, at) and not self.is_away(one, at)]

    def able_admins(self, at: datetime) -> list[int]:
        """Return the admins who can be reached and are not away."""
        return [one for one in sorted(self.admins) if self.hears(one, at) and not self.is_away(one, at)]

    def serving(self, post: str, at: datetime, *, mandate: bool) -> set[int]:
        """Return who can decide at a post: who acts there and can be reached; without `mandate` holders alone."""
        able = set(self.able(post, at))
        return able if mandate else able & set(self.own(post, at))

    def seat(self, home: str, not_by: frozenset[int], at: datetime, *, overdue: bool, mandate: bool = True) -> Seat:
        """Return where a task of the post `home` is decided.

        It goes up at once where nobody holds the post, or, without `mandate`, where all who do are away; and once its
        standard is over, where nobody there can be reached: to the nearest superior who can be, to the deputy, to the
        admins. Of a post that only reporters hold, it is the nearest one above that somebody else holds.
        """
        own, others = self.own(home, at), set(self._sitting(home, at, mandate=mandate)) - not_by
        away = bool(own) and not mandate and all(self.is_away(one, at) for one in own)
        of_the_reporter = bool(own) and not away and not others
        late = overdue and not of_the_reporter and not self.serving(home, at, mandate=mandate) - not_by
        if own and not away and not late and not of_the_reporter:
            return Seat(home)
        above = self._above(home)
        for post in above:
            if self.serving(post, at, mandate=mandate) - not_by:
                return Seat(post)
        if away:
            return Seat(home)
        if of_the_reporter:
            sitting = (one for one in above if set(self._sitting(one, at, mandate=mandate)) - not_by)
            return Seat(next(sitting, home))
        if DEPUTY not in (home, *above) and set(self.able(DEPUTY, at)) - not_by:
            return Seat(DEPUTY)
        return Seat(home, admins=bool(set(self.able_admins(at)) - not_by))

    def _sitting(self, post: str, at: datetime, *, mandate: bool) -> list[int]:
        return self.holding(post, at) if mandate else self.own(post, at)

    def deciders(
        self, seat: Seat, assignee: int | None, not_by: frozenset[int], at: datetime, *, mandate: bool = True
    ) -> list[int]:
        """Return who may decide a task at its seat: who it was given to while they may act, else all who may.

        Without `mandate` nobody stands in for anybody.
        """
        everybody = self.able_admins(at) if seat.admins else self._sitting(seat.post, at, mandate=mandate)
        holding, bound = [one for one in everybody if one not in not_by] or everybody, self.bound.at(at)
        acting = {one for holder in self.own(seat.post, at) for one in (holder, *self._chain(holder, at))}
        stood_in_for = mandate and assignee is not None and assignee in acting
        given = self.acting(assignee, at) if stood_in_for and assignee is not None else assignee
        if given is None or given not in holding:
            return holding
        return [given] if given in bound else [one for one in holding if one in bound] or [given]

    def is_left_alone(self, seat: Seat, deciding: list[int], not_by: frozenset[int], at: datetime) -> bool:
        """Whether those who decide a late task cannot be reached, while a colleague at the post can."""
        able = set(self.able(seat.post, at))
        return bool(able - not_by) and not able & set(deciding)

    def capacities(self, person: int, at: datetime) -> Iterator[str]:
        """Go through the capacities in which a person may act."""
        for post, held in self.posts.items():
            for holder, capacity in held.at(at):
                if holder == person:
                    yield f"{capacity}:{post}"
                elif person in self._chain(holder, at):
                    yield f"plh:{post}"
            if person in self.admins:
                yield f"admin:{post}"

    def superiors(self, post: str, at: datetime) -> list[int]:
        """Return who acts for the nearest post above that somebody holds."""
        return next((self.holding(one, at) for one in self._above(post) if self.own(one, at)), [])

    def overseers(self, post: str, deciding: list[int], at: datetime) -> list[int]:
        """Return who hears when a task of `post` is escalated: the first above who is not late, and the watchers."""
        for superior in self._above(post):
            if told := [one for one in self.able(superior, at) if one not in deciding]:
                break
        else:
            told = [one for one in self.able_admins(at) if one not in deciding]
        people = [*told, *(one for watcher in WATCHERS for one in self.holding(watcher, at))]
        return [one for one in dict.fromkeys(people) if one in self.bound.at(at)]

    def above(self, post: str, at: datetime) -> list[int]:
        """Return everybody who acts above a post."""
        return [one for superior in self._above(post) for one in self.holding(superior, at)]

    def is_away(self, person: int, at: datetime) -> bool:
        """Whether the office knows that a person is away."""
        return any(one.lasts(at) for one in self.spells.get(person, ()))

    def _above(self, post: str) -> list[str]:
        found: list[str] = []
        while (superior := SUPERIOR.get(found[-1] if found else post)) is not None:
            found.append(superior)
        return found

    def _chain(self, person: int, at: datetime) -> list[int]:
        """Return who stands in for a person, who stands in for that one, and so on."""
        found: list[int] = []
        current = self._plh(person, at)
        while current is not None and current not in found and current != person:
            found.append(current)
            current = self._plh(current, at)
        return found

    def _plh(self, person: int, at: datetime) -> int | None:
        return next((one.plh.at(at) for one in self.spells.get(person, ()) if one.lasts(at)), None)
