"""Who stands in for whom: what follows from the people who hold posts and from those who are away. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StandsIn:
    """A person acts in a post as Plh. for another person, who holds it or is a Plh. there too."""

    post: str
    person_id: int
    for_id: int


@dataclass(frozen=True, slots=True)
class Away:
    """A person is away from `starts_at` until `ends_at` (UTC), None for an open end, and named a Plh., or nobody.

    `named` has the Plh. of those posts that have one of their own, by post.
    """

    person_id: int
    plh_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    named: Mapping[str, int] = field(default_factory=dict)

    def plh_at(self, post: str) -> int | None:
        """Return who stands in at a post."""
        return self.named.get(post, self.plh_id)

    def with_plh(self, post: str, plh_id: int) -> "Away":
        """Return the same with another Plh. at one post; "" is wherever a post has none of its own."""
        if not post:
            return replace(self, plh_id=plh_id)
        return replace(self, named={**self.named, post: plh_id})

    def covers(self, at: datetime) -> bool:
        """Whether the person is away at this instant."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def meets(self, other: "Away") -> bool:
        """Whether there is an instant at which both are away."""
        return self.covers(max(self.starts_at, other.starts_at)) and other.covers(max(self.starts_at, other.starts_at))


def standing_in(held: Iterable[tuple[int, str]], away: Mapping[int, Away]) -> set[StandsIn]:
    """Return every Plh. that follows from the posts that people hold and from who stands in for a person who is away.

    `held` are persons with the posts that are their own, `away` maps a person who is away to their absence. A Plh. who
    is away has a Plh. in every post in which they act. A circle, which `circle` refuses before, ends where it began.
    """
    found = set()
    for person_id, post in held:
        passed, current = {person_id}, person_id
        while (following := _following(away, current, post)) is not None and following not in passed:
            found.add(StandsIn(post, following, current))
            passed.add(following)
            current = following
    return found


def circle(known: Iterable[Away], wanted: Away) -> tuple[int, ...]:
    """Return the persons of a circle that `wanted` would close at some instant, in order; none where it closes none.

    `known` are the absences of other times and of other people.
    """
    others = [one for one in known if (one.plh_id is not None or one.named) and one.meets(wanted)]
    posts = sorted({"", *wanted.named, *(post for one in others for post in one.named)})
    instants = {wanted.starts_at, *(one.starts_at for one in others if wanted.covers(one.starts_at))}
    for at in sorted(instants):
        away = {one.person_id: one for one in others if one.covers(at)}
        for post in posts:
            passed = tuple(_chain(wanted, away, post))
            if len(passed) > 1 and passed[-1] == wanted.person_id:
                return passed[:-1]
    return ()


def uncovered(known: Iterable[Away], person_id: int, during: Away, post: str = "") -> bool:
    """Whether a person is away for some time `during` an absence and has no Plh. themselves who would act at `post`."""
    return any(one.person_id == person_id and one.plh_at(post) is None and one.meets(during) for one in known)


def _following(away: Mapping[int, Away], person_id: int, post: str) -> int | None:
    return away[person_id].plh_at(post) if person_id in away else None


def _chain(wanted: Away, away: Mapping[int, Away], post: str) -> Iterator[int]:
    """Go from one Plh. at a post to the next, the person of `wanted` first, until there is none or one comes again."""
    yield wanted.person_id
    passed, current = set[int](), wanted.plh_at(post)
    while current is not None and current not in passed:
        yield current
        if current == wanted.person_id:
            return
        passed.add(current)
        current = _following(away, current, post)
