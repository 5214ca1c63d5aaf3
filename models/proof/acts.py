"""What the acts in the office's journal make of tenures and absences, held against what it tells of their rows.

A piece of work tells what it did, act by act, and then what it left of the rows. It takes both from rows, so a row that
was forged just before could begin somebody's time as Plh., or end it. What it leaves must follow from its acts and from
what earlier entries tell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.journal.chain import Entry
from models.office.absence import Absence, NamedPlh, PlhRequest
from models.office.tenure import Tenure
from models.proof.office import Key, OfficeHistory
from models.repository.told import Row

TENURES, ABSENCES, NAMED_PLH, REQUESTS = (entity.__tablename__ for entity in (Tenure, Absence, NamedPlh, PlhRequest))


@dataclass(frozen=True, slots=True)
class Act:
    """An entry that tells what somebody did, or the program, and what it says."""

    entry: Entry
    body: Mapping[str, Any]

    @property
    def action(self) -> str:
        """What was done."""
        return self.entry.action

    @property
    def at(self) -> str:
        """When, as rows tell an instant."""
        return self.entry.at.isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Change:
    """What a piece of work has left of one row: None before it was there, and None where it is gone."""

    key: Key
    before: Row | None
    after: Row | None


@dataclass(slots=True)
class Known:
    """Where the rows are that matter to who is away: the keys by absence, who is away now, and who stands in now."""

    by_absence: dict[str, dict[int, set[Key]]] = field(default_factory=dict)
    away: set[Key] = field(default_factory=set)
    standing_in: set[Key] = field(default_factory=set)

    def note(self, table: str, key: Key, columns: Row | None) -> None:
        """Take over what is told of a row."""
        match table:
            case Tenure.__tablename__:
                lasts = columns is not None and columns["ends_at"] is None and columns["stands_for_id"] is not None
                (self.standing_in.add if lasts else self.standing_in.discard)(key)
            case Absence.__tablename__:
                lasts = columns is not None and columns["begun_at"] is not None and columns["over_at"] is None
                (self.away.add if lasts else self.away.discard)(key)
            case NamedPlh.__tablename__ | PlhRequest.__tablename__:
                self.by_absence.setdefault(table, {}).setdefault(key[0], set()).add(key)
            case _:
                return

    def of_absence(self, table: str, absence_id: int) -> set[Key]:
        """Return the keys of the rows of a table that belong to an absence."""
        return self.by_absence.get(table, {}).get(absence_id, set())


@dataclass(slots=True)
class Work:
    """One piece of work: what was done, and of which rows it was told what it has left, by table and key.

    It is the work after the entry `since`, up to the entry `until` of the office's journal.
    """

    office: OfficeHistory
    known: Known
    since: int
    until: int = 0
    acts: list[Act] = field(default_factory=list)
    told: list[tuple[str, Key]] = field(default_factory=list)

    def changes(self, table: str) -> Iterator[Change]:
        """Go through what is told of the rows of a table."""
        for name, key in self.told:
            if name == table:
                yield Change(key, self.before(table, key), self.after(table, key))

    def before(self, table: str, key: Key) -> Row | None:
        """Return what a row was before this work; None where there was none."""
        return self._at(table, key, self.since)

    def after(self, table: str, key: Key) -> Row | None:
        """Return what this work has left of a row; None where there is none."""
        return self._at(table, key, self.until)

    def own_posts(self, person_id: int, *, entries: int) -> set[str]:
        """Return the posts that a person held themselves after so many entries."""
        every = (one.at(entries) for one in self.office.tenures.get(person_id, ()))
        return {one["post"] for one in every if one is not None and is_own(one) and one["ends_at"] is None}

    def own_tenures(self, post: str) -> list[Row]:
        """Return the tenures of a post, of people who hold it themselves, as this work has left them."""
        every = (self.after(TENURES, key) for key in self.office.rows.get(TENURES, {}))
        return [one for one in every if one is not None and one["post"] == post and is_own(one)]

    def _at(self, table: str, key: Key, entries: int) -> Row | None:
        history = self.office.rows.get(table, {}).get(key)
        return history.at(entries) if history is not None else None


def is_own(tenure: Row) -> bool:
    """Whether a tenure is that of a person who holds the post themselves."""
    return tenure["stands_for_id"] is None
