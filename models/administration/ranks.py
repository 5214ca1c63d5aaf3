"""The rank (pangkat and golongan) of a person, as papers print it below the name."""

from models.administration.appointment import require_admin
from models.case.journey import SYSTEM
from models.office.person import RANK_LENGTH, Person
from models.refusals.reports import TextTooLong, WordsMissing
from models.repository.records import Records


def parsed(text: str) -> str:
    """Return a rank with single spaces, "" where nothing was written. Raises `TextTooLong`."""
    rank = " ".join(text.split())
    if len(rank) > RANK_LENGTH:
        raise TextTooLong(len(rank), RANK_LENGTH)
    return rank


def write_down(records: Records, person: Person, text: str) -> None:
    """Keep the rank of a person, or take it away with "". The office's journal tells of it. Raises `TextTooLong`."""
    records.lock_office_to_change()
    person.rank = parsed(text)
    records.log_office("rank", capacity=SYSTEM, person=person.id)


NONE = "-"
"""What an admin writes to take a rank away."""


def correct(records: Records, person: Person, text: str, *, by: Person) -> None:
    """Let an admin write down a rank, or take it away. Raises `NotAdmin`, `WordsMissing`, `TextTooLong`."""
    require_admin(records, by)
    rank = parsed(text)
    if not rank:
        raise WordsMissing
    person.rank = "" if rank == NONE else rank
    records.log_office("rank", by, capacity="admin", person=person.id)
