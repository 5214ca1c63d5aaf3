"""Who may administer the office in chat."""

from models.office.person import Person
from models.refusals import NotAdmin, NotRegistered


def admin(person: Person | None) -> Person:
    """Return the person, if they are an admin. Raises `NotRegistered` and `NotAdmin`."""
    if person is None:
        raise NotRegistered
    if not person.is_admin:
        raise NotAdmin
    return person
