"""What a person asks for about their own data: a copy, erasure, restriction. The admins hear; the journal has it."""

from enum import StrEnum

from models.mail import correspondence
from models.mail.correspondence import Alert
from models.office.person import Person
from models.repository.records import Records

ASKED = "ask-privacy"
"""The action of the entry of the office's journal that tells of it."""


class Wish(StrEnum):
    """What a person asks for (UU 27/2022, pasal 5 to 13)."""

    COPY = "copy"
    ERASURE = "erasure"
    RESTRICTION = "restriction"


def ask(records: Records, person: Person, wish: Wish) -> bool:
    """Note what `person` asks for, and tell the admins. Returns whether somebody is told.

    The same wish on the same day is noted once.
    """
    records.lock_office_to_change()
    day = records.at.astimezone(records.calendar.zone).date().isoformat()
    admins = [one for one in records.lock_office().admins if one.id != person.id]
    data = {"name": person.name, "nip": person.nip, "wish": wish.value}
    owed = correspondence.alert(Alert.PRIVACY, admins, at=records.at, data=data, once=f"{person.id}:{wish.value}:{day}")
    told_before = bool(owed) and records.body_of(owed[0].once or "") is not None
    for one in owed:
        records.owe_once(one)
    if not told_before:
        records.log_office(ASKED, person, wish=wish.value)
    return bool(owed)
