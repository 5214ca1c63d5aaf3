"""Taking the register out of the record: an export of personal data, and so an act in the office's journal."""

from collections.abc import Mapping
from typing import Any

from models.office.person import Person
from models.repository.records import Records

TAKEN = "take-register"
"""The action of the entry."""


def take(records: Records, what: Mapping[str, Any], *, by: Person | None, capacity: str, maker: str) -> int:
    """Write into the office's journal that somebody takes the register, and return the number of the entry.

    `what` says of which period, post and SOP, in which format, and what of confidential cases stands in it. `by` is
    None where the command line takes it; `maker` is then the name that stands in the file.
    """
    named = maker if by is None else None
    return records.log_office(TAKEN, by, capacity=capacity, **what, maker=named)
