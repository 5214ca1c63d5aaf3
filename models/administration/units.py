"""The unit in which a person works: asked for once, and corrected by an admin."""

from models.administration.appointment import require_admin
from models.mail.card import CardKind
from models.office.person import Person
from models.refusals.reports import TextTooLong, WordsMissing
from models.repository.records import Records

LONGEST = 100
"""Characters of a unit's name."""


def parsed(text: str) -> str:
    """Return the name of a unit with single spaces, "" where nothing was written. Raises `TextTooLong`."""
    unit = " ".join(text.split())
    if len(unit) > LONGEST:
        raise TextTooLong(len(unit), LONGEST)
    return unit


def ask(records: Records, person: Person) -> None:
    """Ask a registered person for their unit, unless they have one, or have been asked before: never a second time."""
    if person.account_id is None or person.unit or person.unit_asked_at is not None:
        return
    person.unit_asked_at = records.at
    records.show(CardKind.UNIT, person.account_id, person=person)


def give(records: Records, person: Person, text: str) -> None:
    """Keep the unit that a person has given for themselves. Raises `WordsMissing` and `TextTooLong`."""
    unit = parsed(text)
    if not unit:
        raise WordsMissing
    person.unit = unit
    records.log_office("unit", person)


def correct(records: Records, person: Person, text: str, *, by: Person) -> None:
    """Let an admin say in which unit a person works. Raises `NotAdmin`, `WordsMissing` and `TextTooLong`."""
    require_admin(records, by)
    unit = parsed(text)
    if not unit:
        raise WordsMissing
    person.unit = unit
    records.log_office("unit", by, capacity="admin", person=person.id)
