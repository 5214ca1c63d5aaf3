"""People whom the office expects: they come in by the office's link without an admin's consent."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select

from models.administration.appointment import require_admin
from models.case.journey import SYSTEM
from models.office.invitation import ExpectedPerson
from models.office.person import Person
from models.repository.finder import Finder
from models.repository.records import Records


@dataclass(frozen=True, slots=True)
class Expected:
    """One person of the office's list. `nip` has 18 digits, `unit` may be empty."""

    nip: str
    name: str
    unit: str

    @classmethod
    def of(cls, row: ExpectedPerson) -> Self:
        """Return the person of a row."""
        return cls(row.nip, row.name, row.unit)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What becomes of the list when another one takes its place.

    `coming` are new, `going` are expected no longer, `changed` get another name or unit. Registered people are in none
    of them: the list means nothing for them any more, and they stay what they are.
    """

    coming: tuple[Expected, ...]
    going: tuple[Expected, ...]
    changed: tuple[Expected, ...]


def expect(records: Records, people: Collection[Expected], *, by: Person | None = None) -> None:
    """Expect `people` from now on. A person who was expected already gets the name and unit given now.

    The office's journal says how many there were, but names nobody: a list may be let go before the journal is. `by` is
    the admin who does it in chat, None at the command line. Raises `NotAdmin`.
    """
    if by is not None:
        require_admin(records, by)
    _keep(records, people)
    records.log_office("expect", by, capacity="admin" if by else SYSTEM, people=len(people))


def expected(finder: Finder) -> list[Expected]:
    """Return who is expected and has not registered yet, by name."""
    registered = select(Person.nip)
    waiting = select(ExpectedPerson).where(ExpectedPerson.nip.not_in(registered))
    found = finder.session.scalars(waiting.order_by(ExpectedPerson.name, ExpectedPerson.nip))
    return [Expected.of(row) for row in found]


def exchange(finder: Finder, people: Collection[Expected]) -> Exchange:
    """Return what `replace` would do with `people`, and change nothing."""
    before = {person.nip: person for person in expected(finder)}
    wanted = {person.nip: person for person in people}
    registered = set(finder.session.scalars(select(Person.nip)))
    return Exchange(
        coming=tuple(one for nip, one in wanted.items() if nip not in before and nip not in registered),
        going=tuple(one for nip, one in before.items() if nip not in wanted),
        changed=tuple(one for nip, one in wanted.items() if nip in before and one != before[nip]),
    )


def replace(records: Records, people: Collection[Expected]) -> Exchange:
    """Let `people` be the list from now on. Returns what has become of the one before.

    Who is registered already stays on the list, and stays registered.
    """
    exchanged = exchange(records, people)
    for person in exchanged.going:
        _let_go(records, person.nip)
    _keep(records, people)
    records.log_office("expect", capacity=SYSTEM, people=len(people), removed=len(exchanged.going))
    return exchanged


def forget(records: Records, nip: str, *, by: Person | None = None) -> Expected | None:
    """Expect the person with this NIP no longer. Returns who it was, None where nobody with it is expected.

    Nobody is expected who is registered: the list means nothing for them any more. `by` is the admin who does it in
    chat, None at the command line. Raises `NotAdmin`.
    """
    if by is not None:
        require_admin(records, by)
    gone = next((one for one in expected(records) if one.nip == nip), None)
    if gone is not None:
        _let_go(records, nip)
        records.log_office("expect", by, capacity="admin" if by else SYSTEM, people=0, removed=1)
    return gone


def _keep(records: Records, people: Collection[Expected]) -> None:
    for person in people:
        records.session.merge(ExpectedPerson(nip=person.nip, name=person.name, unit=person.unit))


def _let_go(records: Records, nip: str) -> None:
    records.session.delete(records.session.get_one(ExpectedPerson, nip))
