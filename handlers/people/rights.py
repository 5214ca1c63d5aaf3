"""Who may administer the office in chat, and the numbers by which they name others."""

from models.office.nip import NipFault, parse_identity
from models.office.person import Person
from models.refusals.administration import NotAdmin
from models.refusals.registration import NipInvalid, NotRegistered


def admin(person: Person | None) -> Person:
    """Return the person, if they are an admin. Raises `NotRegistered` and `NotAdmin`."""
    if person is None:
        raise NotRegistered
    if not person.is_admin:
        raise NotAdmin
    return person


def identity_of_another(text: str) -> str:
    """Return the NIP or the office number that an admin writes for somebody else. Raises `NipInvalid`.

    Whom it refuses is the one who gives office numbers, and is not sent to an admin for one.
    """
    try:
        return parse_identity(text)
    except NipInvalid as refusal:
        if refusal.fault == NipFault.LENGTH:
            raise NipInvalid(NipFault.OF_ANOTHER, refusal.digits) from refusal
        raise
