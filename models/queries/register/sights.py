"""Whose words stand in the register: those of a confidential case only for who may read that case itself."""

from collections.abc import Callable, Mapping, Sequence

from models.case.sight import Sight, sight_of
from models.case.standing import Standing
from models.office.person import Person
from models.repository import whole_case
from models.repository.reader import Reader

Sights = Callable[[Sequence[int]], Mapping[int, Sight]]
"""Returns how much of each of some confidential cases may stand in the register, by the numbers of their rows."""


def everything(case_ids: Sequence[int]) -> Mapping[int, Sight]:
    """Let all that was said stand in the register."""
    return dict.fromkeys(case_ids, Sight.WHOLE)


def positions(case_ids: Sequence[int]) -> Mapping[int, Sight]:
    """Let no words of a confidential case stand in the register."""
    return dict.fromkeys(case_ids, Sight.POSITION)


def as_seen_by(reader: Reader, person: Person) -> Sights:
    """Return the sights of a person: those that `/status` goes by."""

    def sights(case_ids: Sequence[int]) -> Mapping[int, Sight]:
        office, found = reader.office(), whole_case.read_many(reader.session, case_ids)
        return {case.id: sight_of(Standing(case, office=office, at=reader.at), person) for case in found}

    return sights
