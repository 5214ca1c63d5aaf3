"""Absences: a person is away for some days of the office's calendar, and somebody stands in for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person
from models.office.salted import Salted
from models.office.standing_in import Away


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

    `plh_id` is the person who stands in, once they have accepted or a decree names them. `filed_by_id` is the person
    who wrote it down, None for the command line. `warn_at` is the instant at which a Plh. is missed, None once that was
    said. `wake_at` is the next instant at which something is to be done, None where nothing is.
    """

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    plh_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
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
        return Away(self.person_id, self.plh_id, self.starts_at, self.ends_at)

    @property
    def decree(self) -> Decree | None:
        """The SK that names the Plh., None where the Plh. accepted it themselves."""
        if self.decree_number is None or self.decree_day is None:
            return None
        return Decree(self.decree_number, self.decree_day)

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


class PlhRequest(Base):
    """A person who was asked to stand in during an absence, and what they answered."""

    __tablename__ = "plh_requests"

    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(default=Answer.AWAITED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")
