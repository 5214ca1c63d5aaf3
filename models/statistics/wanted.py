"""Which figures are wanted, and who may see whose: their own, those of the posts below, or those of the office."""

from dataclasses import dataclass, replace
from typing import Self

from models.office.office import Office
from models.office.person import Person
from models.queries.register.wanted import right_to_take
from models.rules.period import Period
from models.statistics.tables import Stretch


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are wanted. None takes all: of the SOPs, the steps, the posts, the persons.

    `posts` are those that the reader may see, None for all. A `person` is told of by what they held and decided.
    """

    period: Period
    sop: str | None = None
    step: int | None = None
    post: str | None = None
    person: int | None = None
    posts: frozenset[str] | None = None

    def takes(self, stretch: Stretch) -> bool:
        """Whether a stretch, of any time, is among those that are wanted."""
        return (
            self.sop in {None, stretch.sop}
            and self.step in {None, stretch.step}
            and self.post in {None, stretch.post}
            and (self.posts is None or stretch.post in self.posts)
            and self.person in {None, stretch.person_id, stretch.decider_id}
        )

    @property
    def of_cases(self) -> bool:
        """Whether the figures are those of whole cases, not of some steps, posts or persons."""
        return self.step is None and self.post is None and self.person is None and self.posts is None

    def during(self, period: Period) -> Self:
        """Return the same of another period."""
        return replace(self, period=period)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures a person may see: those of the `office`, of the posts `below` theirs, and always their own."""

    office: bool
    below: frozenset[str]
    own: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see for the person."""
        return not (self.office or self.below or self.own)

    def narrowed(self, wanted: Wanted, person: Person) -> Wanted:
        """Return what a person may see of what they want: without a right to more, their own."""
        if self.office:
            return wanted
        if self.below and wanted.person != person.id:
            return replace(wanted, posts=self.below)
        return replace(wanted, person=person.id)


def scope_of(office: Office, person: Person) -> Scope:
    """Return whose figures a person may see.

    The head of the office, those who keep the SOP, and the admins see the office, as they may have the register; a
    superior sees the posts below their own, and everybody who holds a post what they held themselves.
    """
    held = set(office.posts_of(person))
    below = frozenset(post.code for post in office.file.posts if held & set(office.above(post.code)))
    return Scope(right_to_take(office, person) is not None, below, own=bool(held))
