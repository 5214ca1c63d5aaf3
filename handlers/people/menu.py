"""Which commands Telegram offers in somebody's menu: those that they may use."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts.catalogue import Texts
from models.office.office import Office
from models.office.overseeing import scope_of
from models.office.person import Person
from models.queries.recap.entitled import right_to_recap
from models.queries.register.wanted import right_to_take

EVERY = (
    *("lapor", "tugas", "status", "papan", "cari", "rekap", "cuti", "kelola", "register", "statistik", "sop", "libur"),
    *("privasi", "bahasa", "bantuan"),
)
"""The commands that a menu may offer, in their order."""

STRANGER = ("bahasa", "bantuan")
"""What an account may use that belongs to nobody."""


@dataclass(frozen=True, slots=True)
class Wished:
    """The menu of one chat: the commands in their order, in a language that the catalogue has."""

    language: str
    commands: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.language}: {' '.join(self.commands)}"


def commands_of(office: Office, person: Person) -> tuple[str, ...]:
    """Return the commands that a registered person may use, in the order of the menu."""
    held = [one for one in office.tenures if one.person_id == person.id and one.lasts]
    missing = {
        "tugas": not held,
        "rekap": not right_to_recap(office, person),
        # A post that one holds only as Plh. is nothing to be away from.
        "cuti": all(one.stands_for_id is not None for one in held),
        "kelola": not person.is_admin,
        "register": right_to_take(office, person) is None,
        "papan": scope_of(office, person) is None,
        "statistik": not held and right_to_take(office, person) is None,
    }
    return tuple(name for name in EVERY if not missing.get(name, False))


def wished(office: Office, person: Person | None, texts: Texts) -> Wished | None:
    """Return the menu of a person's chat; None for an account that belongs to nobody, which has that of strangers."""
    if person is None:
        return None
    return Wished(texts.say(person.language).language, commands_of(office, person))


def described(texts: Texts, menu: Wished) -> Sequence[tuple[str, str]]:
    """Return each command of a menu with what it does, in the menu's language."""
    say = texts.say(menu.language)
    return [(name, say.plain(f"command-{name}")) for name in menu.commands]
