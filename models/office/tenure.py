"""Posts, and the time somebody holds one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person


class Capacity(StrEnum):
    """How a person holds a post: as its own holder, acting while vacant, or acting while the holder is away.

    An admin holds none: they decide what nobody in the line above can decide either.
    """

    DEFINITIVE = "definitive"
    PLT = "plt"
    PLH = "plh"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ActingAs:
    """In which capacity somebody acts, and for which post. The record keeps it as text, such as `plh:kadiv`."""

    capacity: Capacity
    post: str

    def __str__(self) -> str:
        return f"{self.capacity.value}:{self.post}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what the record keeps; None where nobody acts for a post, as a reporter or the program itself."""
        capacity, colon, post = text.partition(":")
        return cls(Capacity(capacity), post) if colon and capacity in set(Capacity) else None


class Post(Base):
    """A jabatan of the office, kept in step with the office file at each start."""

    __tablename__ = "posts"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(64))


class Tenure(Base):
    """One person's time in one post. `ends_at` is None while it lasts; none is ever set ahead of its end.

    `ended_by_id` is the admin who ended it in chat, None where a successor or the command line did.

    Of a Plh. who was named for an absence, `stands_for_id` is the person who is away, and `given_in` the number of the
    entry of the office's journal that gave the mandate; both are None for everybody who holds the post themselves.

    `decree_number` and `decree_day` name the surat keputusan (SK) by which a Plt. or a Plh. acts. Both are None for
    other holders, for a Plh. who only accepted, and for tenures from before they were kept here.
    """

    __tablename__ = "tenures"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[Capacity]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_in: Mapped[int | None]
    decree_number: Mapped[str | None] = mapped_column(String(100))
    decree_day: Mapped[date | None] = mapped_column(Date)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")

    __table_args__ = (Index(None, "post", "ends_at"), Index(None, "person_id", "ends_at"))

    @classmethod
    def begin(cls, person: Person, post: str, *, capacity: Capacity, at: datetime) -> Self:
        """Let `person` hold `post` from `at` on."""
        return cls(person=person, post=post, capacity=capacity, starts_at=at, ends_at=None)

    @classmethod
    def mandated(cls, person: Person, post: str, *, stands_for_id: int, given_in: int, at: datetime) -> Self:
        """Let `person` act for `post` from `at` on as Plh. of somebody who is away."""
        begun = cls.begin(person, post, capacity=Capacity.PLH, at=at)
        begun.stands_for_id, begun.given_in = stands_for_id, given_in
        return begun

    @classmethod
    def of_admin(cls, admin: Person, post: str, *, at: datetime) -> Self:
        """Let `admin` decide one task in the place of `post`, which nobody else can. It is not kept as a row."""
        begun = cls.begin(admin, post, capacity=Capacity.ADMIN, at=at)
        begun.person_id = admin.id
        return begun

    def by_decree(self, number: str | None, day: date | None) -> None:
        """Name the SK by which the holder acts; nothing where there is none."""
        self.decree_number, self.decree_day = number, day

    @property
    def lasts(self) -> bool:
        """Whether the post is still held.

        No instant is asked for. An instant may lie before a handover that this work waited for, or come from a clock
        that was wrong, and would bring back a person who has left.
        """
        return self.ends_at is None

    @property
    def acts_as(self) -> str:
        """What the holder acts as, in the form in which the record keeps it (`ActingAs`)."""
        return str(ActingAs(Capacity(self.capacity), self.post))
