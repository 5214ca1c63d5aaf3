"""A person of the office."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity


class Obstacle(StrEnum):
    """Why a person cannot be written to.

    They have blocked the bot, deleted their account, or never pressed Start at this account of the bot.
    """

    BLOCKED = "blocked"
    DELETED = "deleted"
    NOT_STARTED = "not-started"
    UNKNOWN = "unknown"


class Person(Base):
    """A pegawai, bound to one Telegram account. `account_id` is that account's number, and so its private chat's.

    In the database the column has its first name, `telegram_id`, as in the other tables that name an account.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    nip: Mapped[str] = mapped_column(String(18), unique=True)
    account_id: Mapped[int | None] = mapped_column("telegram_id", unique=True)
    language: Mapped[str] = mapped_column(String(8), default="id")
    unit: Mapped[str] = mapped_column(String(200), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]
    unreachable_since: Mapped[datetime | None]
    unreachable_because: Mapped[Obstacle | None]

    @property
    def obstacle(self) -> Obstacle:
        """Why the person cannot be written to; to be asked where they cannot."""
        return Obstacle(self.unreachable_because or Obstacle.UNKNOWN)


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
