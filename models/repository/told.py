"""What the office's journal tells of the rows that say who may act: every column, but for those that only time things.

`telling.py` writes it down, and `models/proof/office.py` holds the rows against it.
"""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table

from models.base import Base
from models.case.sop_version import SopVersion
from models.office.absence import Absence, PlhRequest
from models.office.invitation import ExpectedPerson, Invite
from models.office.person import Person
from models.office.proposal import AdminProposal
from models.office.salted import salted_digest
from models.office.tenure import Post, Tenure

Row = Mapping[str, Any]
"""The columns of a row by name."""

STOCK, STATE = "stock", "state"
"""The actions of entries of the office's journal: every row as it was found, and rows as a piece of work left them."""

SALT = "salt"


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """What is told of the rows of one table; `word` names one of them in a sentence.

    Of the columns that are `hidden`, which name a person, digests with the row's salt are told; of those that are
    `summed`, which are long, plain digests. Those `passed_over` decide nothing.
    """

    word: str
    entity: type[Base]
    hidden: AbstractSet[str] = frozenset()
    summed: AbstractSet[str] = frozenset()
    passed_over: AbstractSet[str] = frozenset()

    @property
    def table(self) -> Table:
        """The table."""
        return Base.metadata.tables[self.entity.__tablename__]

    @property
    def columns(self) -> list[Column[Any]]:
        """The columns that are told."""
        return [one for one in self.table.columns if one.name not in self.passed_over and one.name != SALT]

    def key(self, row: Row) -> tuple[Any, ...]:
        """Return what tells the row from the others of its table."""
        return tuple(self._form(row, column.name) for column in self.table.primary_key.columns)

    def form(self, row: Row) -> dict[str, Any]:
        """Return what is told of a row, as JSON has it."""
        return {column.name: self._form(row, column.name) for column in self.columns}

    def _form(self, row: Row, name: str) -> Any:  # noqa: ANN401 - as JSON has it
        value = _written(row[name])
        if name in self.hidden:
            return salted_digest(row[SALT], name, value)
        return hashlib.sha256(str(value).encode("utf-8", "replace")).hexdigest() if name in self.summed else value


TOLD = (
    Told("post", Post),
    Told(
        "person",
        Person,
        hidden={"name", "nip", "telegram_id", "unit", "rank"},
        passed_over={
            *("language", "remind_at", "reminded_at", "unanswered", "pending", "unit_asked_at", "tried_at"),
            "erasing_after",
        },
    ),
    Told("tenure", Tenure),
    Told("invite", Invite, hidden={"digest", "nip", "claimed_by"}),
    Told("expected person", ExpectedPerson, hidden={"nip", "name", "unit"}),
    Told("absence", Absence, hidden={"reason"}, passed_over={"warn_at", "wake_at"}),
    Told("request to stand in", PlhRequest),
    Told("proposal", AdminProposal),
    Told("version of an SOP", SopVersion, summed={"text"}),
)
"""The tables whose rows the office's journal tells."""

BY_TABLE: Mapping[str, Told] = {one.entity.__tablename__: one for one in TOLD}


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case bytes():
            return value.hex()
        case _:
            return value
