"""Tables with one entry for each member of an enumeration. One that lacks an entry keeps the program from starting."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

Member = TypeVar("Member", bound=Enum)
Entry = TypeVar("Entry")


class IncompleteTable(Exception):
    """A table has not exactly one entry for each of the members that it is about; `members` are those concerned."""

    def __init__(self, members: Iterable[Enum]) -> None:
        self.members = tuple(members)
        names = ", ".join(f"{type(member).__name__}.{member.name}" for member in self.members)
        super().__init__(f"there must be exactly one entry for each of {names}")


def complete(members: Iterable[Member], *tables: Mapping[Member, Entry]) -> Mapping[Member, Entry]:
    """Return `tables` together as one table that nobody can change, in the order of `members`.

    `members` is an enumeration, or those of its members that the table is about. Modules call this while they are
    imported, so that a forgotten entry is found before anything runs. Raises `IncompleteTable` naming each member
    without an entry, with several, or not among `members`.
    """
    expected = list(members)
    entries = Counter(member for table in tables for member in table)
    wrong = [member for member in expected if entries[member] != 1] + [one for one in entries if one not in expected]
    if wrong:
        raise IncompleteTable(wrong)
    joined = {member: entry for table in tables for member, entry in table.items()}
    return MappingProxyType({member: joined[member] for member in expected})
