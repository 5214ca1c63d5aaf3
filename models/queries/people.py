"""Who is registered in the office, and how many are still expected."""

from sqlalchemy import func, select

from models.office.invitation import ExpectedPerson
from models.office.person import Person
from models.repository.records import Records

_AWAITED = select(func.count()).select_from(ExpectedPerson).where(ExpectedPerson.nip.not_in(select(Person.nip)))


def registered(records: Records) -> list[Person]:
    """Return everybody who has registered, with or without a Telegram account now, by name."""
    return list(records.session.scalars(select(Person).order_by(Person.name, Person.id)))


def person_with_nip(records: Records, nip: str) -> Person | None:
    """Return the person with this NIP of 18 digits."""
    return records.session.scalar(select(Person).where(Person.nip == nip))


def awaited(records: Records) -> int:
    """Return how many people are expected and have not registered yet."""
    return records.session.scalar(_AWAITED) or 0
