"""People whom the office expects: they come in by the office's link without an admin's consent."""

from collections.abc import Collection
from dataclasses import dataclass

from models.case.journey import SYSTEM
from models.office.invitation import ExpectedPerson
from models.repository.records import Records


@dataclass(frozen=True, slots=True)
class Expected:
    """One person of the office's list. `nip` has 18 digits, `unit` may be empty."""

    nip: str
    name: str
    unit: str


def expect(records: Records, people: Collection[Expected]) -> None:
    """Expect `people` from now on. A person who was expected already gets the name and unit given now.

    The office's journal says how many there were, but names nobody: a list may be let go before the journal is.
    """
    for person in people:
        records.session.merge(ExpectedPerson(nip=person.nip, name=person.name, unit=person.unit))
    records.log_office("expect", capacity=SYSTEM, people=len(people))
