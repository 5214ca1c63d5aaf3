"""A person of the office."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.office.salted import Salted


class Obstacle(StrEnum):
    """Why a person cannot be written to.

    They have blocked the bot, deleted their account, or never pressed Start at this account of the bot.
    """

    BLOCKED = "blocked"
    DELETED = "deleted"
    NOT_STARTED = "not-started"
    UNKNOWN = "unknown"


RANK_LENGTH = 60
"""Characters of a rank at most."""

ERASED_NAME = "orang yang datanya dihapus"
"""What a person is called everywhere whose data were erased."""


class Person(Salted, Base):
    """A pegawai, bound to one Telegram account. `account_id` is that account's number, and so its private chat's.

    `rank` is the pangkat and golongan as papers print them, such as `Penata (III/c)`; "" where nobody wrote it down.

    In the database the column has its first name, `telegram_id`, as in the other tables that name an account.

    How the person is reminded (`models/office/attention.py`): `remind_at` is the instant from which a reminder is
    wanted, None where nothing waits for it; `pending` are the ids of the tasks that it must name, each in a pair with
    the version from which on it has waited untouched (`attention.pending_of`); `reminded_at` is when the last one was
    owed, or arrived; `unanswered` counts those since the person last acted.

    `unbound_by_id` is the admin who took the account in chat last, None where the command line did or nobody.
    `unit_asked_at` is when the person was asked for their unit, None where they were not. `tried_at` is when an admin
    last had it tried to reach a person who cannot be written to.

    `erased_in` is the entry of the office's journal that tells that the person's data were erased, None where they were
    not; `erasing_after` is the number of the last case from which their words have gone, None once all have.
    `restricted_in` is the entry that tells of the restriction which is in force, None where none is.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    nip: Mapped[str] = mapped_column(String(18), unique=True)
    account_id: Mapped[int | None] = mapped_column("telegram_id", unique=True)
    language: Mapped[str] = mapped_column(String(8), default="id")
    unit: Mapped[str] = mapped_column(String(200), default="")
    rank: Mapped[str] = mapped_column(String(RANK_LENGTH), default="", server_default=sql("''"))
    is_admin: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]
    unreachable_since: Mapped[datetime | None]
    unreachable_because: Mapped[Obstacle | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    unanswered: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    pending: Mapped[list[int | list[int]] | None] = mapped_column(JSON(none_as_null=True))
    unbound_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit_asked_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    erased_in: Mapped[int | None]
    erasing_after: Mapped[int | None]
    restricted_in: Mapped[int | None]

    __table_args__ = (
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index(
            "ix_people_erasing",
            "id",
            sqlite_where=sql("erasing_after IS NOT NULL"),
            postgresql_where=sql("erasing_after IS NOT NULL"),
        ),
        Index(
            "ix_people_remind_at",
            "remind_at",
            sqlite_where=sql("remind_at IS NOT NULL"),
            postgresql_where=sql("remind_at IS NOT NULL"),
        ),
    )

    @property
    def hears(self) -> bool:
        """Whether the person can be written to: they have an account, and nothing is known to keep messages from it."""
        return self.account_id is not None and self.unreachable_since is None

    @property
    def obstacle(self) -> Obstacle:
        """Why the person cannot be written to; to be asked where they cannot."""
        return Obstacle(self.unreachable_because or Obstacle.UNKNOWN)


Change = Callable[[Person], None]
"""What is to become of a person, as the person is by the time that it is made."""


def includes(people: Iterable[Person], person_id: int | None) -> bool:
    """Return whether the person with this number is among `people`."""
    return any(person.id == person_id for person in people)


def unique(people: Iterable[Person]) -> list[Person]:
    """Return `people` in order, each person once."""
    return list({person.id: person for person in people}.values())


def reachable(people: Iterable[Person]) -> list[Person]:
    """Return those of `people` who have a Telegram account bound."""
    return [person for person in people if person.account_id is not None]


def bound(person: Person) -> int:
    """Return the private chat of `person`; raises `ValueError` when no account is bound."""
    if person.account_id is None:
        raise ValueError(f"person {person.id} has no Telegram account bound")
    return person.account_id
