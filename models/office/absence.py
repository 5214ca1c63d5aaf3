"""Absences: a person is away for some days of the office's calendar, and somebody stands in for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person, unique
from models.office.salted import Salted
from models.office.standing_in import Away

ALL_POSTS = ""
"""Stands for every post of a person for which nobody is named alone."""


class Stage(StrEnum):
    """How far an absence is: it lies ahead, it lasts, it is over, or it was called off before it began."""

    AHEAD = "ahead"
    LASTING = "lasting"
    OVER = "over"
    CALLED_OFF = "called-off"


class Answer(StrEnum):
    """What became of asking a person to be Plh."""

    AWAITED = "awaited"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_NEEDED = "not-needed"


class DaysFault(StrEnum):
    """Why nobody can be away on the days that were given."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    PAST = "past"
    REVERSED = "reversed"
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Decree:
    """A surat keputusan (SK): its number, and its date on the calendar."""

    number: str
    day: date


class Absence(Salted, Base):
    """The days on which a person is away: `first` to `last`, both included, on the office's calendar.

    Without a `last` they are open-ended.

    `starts_at` is the midnight before the first day and `ends_at` the midnight after the last, in UTC. Who decides does
    not depend on these instants: the absence begins and ends with a change of the office that is made when they have
    come (`begun_at`, `over_at`). Without `begun_at` an absence that is over was called off.

    `plh_id` is the person who stands in wherever nobody is `named` for one post alone. `plh_whole` is whether they have
    accepted that, or a decree says so; else it follows: once each post has somebody of its own, it is who stands in at
    the first of them. It is None while somebody is missed. `filed_by_id` is the person who wrote it down, None for the
    command line. `warn_at` is the instant at which a Plh. is missed, None once that was said. `wake_at` is the next
    instant at which something is to be done, None where nothing is.
    """

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    plh_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    plh_whole: Mapped[bool] = mapped_column(default=False, server_default=false())
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date | None] = mapped_column(Date)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decree_number: Mapped[str | None] = mapped_column(String(100))
    decree_day: Mapped[date | None] = mapped_column(Date)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    wake_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    plh: Mapped[Person | None] = relationship(foreign_keys=[plh_id], lazy="raise")
    named: Mapped[list["NamedPlh"]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="NamedPlh.post")

    __table_args__ = (
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index(
            "ix_absences_open",
            "person_id",
            sqlite_where=sql("over_at IS NULL"),
            postgresql_where=sql("over_at IS NULL"),
        ),
        Index(
            "ix_absences_wake_at",
            "wake_at",
            sqlite_where=sql("wake_at IS NOT NULL"),
            postgresql_where=sql("wake_at IS NOT NULL"),
        ),
    )

    @property
    def stage(self) -> Stage:
        """How far the absence is."""
        if self.over_at is None:
            return Stage.AHEAD if self.begun_at is None else Stage.LASTING
        return Stage.CALLED_OFF if self.begun_at is None else Stage.OVER

    @property
    def away(self) -> Away:
        """When the person is away, and who stands in."""
        named = {one.post: one.plh_id for one in self.named if one.plh_id is not None}
        return Away(self.person_id, self.plh_id, self.starts_at, self.ends_at, named)

    @property
    def standing_in(self) -> list[Person]:
        """Everybody who stands in, each once."""
        named = [one.plh for one in self.named if one.plh is not None]
        return unique([*([self.plh] if self.plh is not None else []), *named])

    def plh_of(self, post: str) -> Person | None:
        """Return who stands in at one post; "" is wherever nobody is named for one post alone."""
        return self.plh if post == ALL_POSTS else next((one.plh for one in self.named if one.post == post), None)

    def acts_at(self, post: str) -> Person | None:
        """Return who stands in at a post: who is named for it alone, else who stands in wherever nobody is."""
        return self.plh_of(post) or self.plh

    def scope_of(self, person_id: int, post: str) -> str | None:
        """Return by which naming a person acts at a post: that for it alone, or `ALL_POSTS`; None where by neither.

        Where each post has somebody of its own, it is the naming for the first post at which the person stands in.
        """
        if any(one.post == post and one.plh_id == person_id for one in self.named):
            return post
        if self.plh_id != person_id:
            return None
        if self.plh_whole:
            return ALL_POSTS
        return next((one.post for one in self.named if one.plh_id == person_id), None)

    def decide(self, post: str, decree: Decree | None) -> None:
        """Keep the SK by which somebody stands in at one post, or wherever nobody is named for one post alone."""
        kept = self if post == ALL_POSTS else next((one for one in self.named if one.post == post), None)
        if kept is not None:
            kept.decree_number = decree.number if decree is not None else None
            kept.decree_day = decree.day if decree is not None else None

    def let_act(self, person: Person, post: str) -> None:
        """Let `person` stand in at one post, or wherever nobody is named for one post alone. `settle` must follow."""
        if post == ALL_POSTS:
            self.plh, self.plh_id, self.plh_whole = person, person.id, True
            return
        row = next((one for one in self.named if one.post == post), None)
        if row is None:
            row = NamedPlh(post=post)
            self.named.append(row)
        row.plh, row.plh_id = person, person.id

    def let_go(self, post: str) -> None:
        """Let nobody stand in at one post, or wherever nobody is named for one alone. `settle` must follow."""
        if post == ALL_POSTS:
            self.plh, self.plh_id, self.plh_whole = None, None, False
            return
        for row in self.named:
            if row.post == post:
                row.plh, row.plh_id = None, None

    def settle(self, own: Sequence[str]) -> None:
        """Let who stands in at the first of the posts that are the person's `own` do so wherever nobody is named.

        So it is where each of these posts has somebody, and nobody has accepted all: the person may be a Plh. too.
        """
        if self.plh_whole:
            return
        named = [self.plh_of(post) for post in own]
        self.plh = named[0] if named and all(named) else None
        self.plh_id = self.plh.id if self.plh is not None else None

    @property
    def decree(self) -> Decree | None:
        """The SK that names the Plh., None where the Plh. accepted it themselves."""
        if self.decree_number is None or self.decree_day is None:
            return None
        return Decree(self.decree_number, self.decree_day)

    def decree_at(self, post: str) -> Decree | None:
        """Return the SK that names who stands in at a post; None where none does."""
        alone = next((one for one in self.named if one.post == post and one.plh_id is not None), None)
        return alone.decree if alone is not None else self.decree

    def set_timer(self) -> None:
        """Let the absence be looked at when the next thing is to be done; an absence that is over, never again."""
        self.wake_at = self.next_instant

    @property
    def next_instant(self) -> datetime | None:
        """The next instant (UTC) at which something is to be done, None where nothing is: what `wake_at` must be."""
        return min(self._instants(), default=None)

    def _instants(self) -> Iterator[datetime]:
        if self.over_at is not None:
            return
        if self.begun_at is None:
            yield self.starts_at
        elif self.ends_at is not None:
            yield self.ends_at
        if self.warn_at is not None and self.plh_id is None:
            yield self.warn_at


class NamedPlh(Base):
    """Who stands in during an absence at one post alone, and the SK that says so, if one does.

    `plh_id` is None once that person stands in no longer.
    """

    __tablename__ = "named_plh"

    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"), primary_key=True)
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"), primary_key=True)
    plh_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decree_number: Mapped[str | None] = mapped_column(String(100))
    decree_day: Mapped[date | None] = mapped_column(Date)

    plh: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def decree(self) -> Decree | None:
        """The SK that names the Plh., None where the Plh. accepted it themselves."""
        if self.decree_number is None or self.decree_day is None:
            return None
        return Decree(self.decree_number, self.decree_day)


class PlhRequest(Base):
    """A person who was asked to stand in during an absence, at one `post` or at all of them, and what they answered."""

    __tablename__ = "plh_requests"

    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    post: Mapped[str] = mapped_column(String(64), primary_key=True, default=ALL_POSTS)
    answer: Mapped[Answer] = mapped_column(default=Answer.AWAITED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
