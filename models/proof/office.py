"""The office as its journal tells it: people, who held which post when, invites, absences, proposals, SOPs.

From the first entry that tells of rows on (`models/repository/told.py`), every such row is held against what was told
of it last, and every decision against who held which post by then.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.journal.chain import Entry
from models.office.absence import Absence
from models.office.person import Person
from models.office.salted import salted_digest
from models.office.tenure import ActingAs, Capacity, Tenure
from models.proof.account import Row
from models.proof.renames import RENAMED
from models.repository.told import BY_TABLE, STATE, STOCK, Told

ADOPTED = "adopt-files"
"""The action of the entry that tells by which files the office works (`models/administration/files_in_force.py`)."""

TELLING = (STATE, STOCK, RENAMED)
"""The actions of the entries that tell what rows are."""

_PEOPLE, _TENURES, _ABSENCES = (entity.__tablename__ for entity in (Person, Tenure, Absence))

_POSTS = {"tenures": "post", "invites": "post", "named_plh": "post", "plh_requests": "post"}
"""The columns that go along when a post gets another code: no entry of their own tells of those rows."""

ABOUT = timedelta(minutes=5)
"""How far apart the times of two pieces of work may lie that saw the same office."""

Key = tuple[Any, ...]


@dataclass(slots=True)
class _History:
    """What was told of one row: after which entry it was what; None where it was gone."""

    told: list[tuple[int, Mapping[str, Any] | None]] = field(default_factory=list)

    def at(self, entries: int) -> Mapping[str, Any] | None:
        """Return what the row was after so many entries of the office's journal; None where there was none."""
        return next((columns for sequence, columns in reversed(self.told) if sequence <= entries), None)

    @property
    def last(self) -> tuple[int, Mapping[str, Any] | None]:
        return self.told[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """The posts of the office file in its order, each with its superior, None for the head; and the deputy's post.

    `several` are those that several people hold, `roles` are the posts by the roles of SOPs that they fill. Each is
    None where no entry has told it yet.
    """

    superiors: Mapping[str, str | None]
    deputy: str | None
    several: frozenset[str] | None = None
    roles: Mapping[str, str] | None = None

    def above(self, post: str) -> list[str]:
        """Return the posts above `post`, the nearest first."""
        found = list[str]()
        superior = self.superiors.get(post)
        while superior is not None and superior not in found:
            found.append(superior)
            superior = self.superiors.get(superior)
        return found


def _line(body: Mapping[str, Any]) -> Line:
    """Return the posts that an entry tells. Raises `TypeError` and `ValueError` for what cannot be read."""
    several = frozenset(body["several"]) if "several" in body else None
    return Line(dict(body["posts"]), body.get("deputy"), several, dict(body["roles"]) if body.get("roles") else None)


@dataclass(slots=True)
class OfficeHistory:
    """The journal's accounts of the rows, by table and key. `since` is the entry that began to tell, None before one.

    `since_at` is when that was; `moments` are when each entry told of rows, with its number, and `latest` the latest
    time that was told up to each of them. `salts` are those of the rows of people. `unreadable` is the first entry that
    tells what cannot be read, or was emptied: then nothing is held against it.
    """

    rows: dict[str, dict[Key, _History]] = field(default_factory=dict)
    tenures: dict[int, list[_History]] = field(default_factory=dict)
    moments: list[tuple[datetime, int]] = field(default_factory=list)
    latest: list[datetime] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    salts: dict[int, Any] = field(default_factory=dict)
    since: int | None = None
    since_at: datetime | None = None
    unreadable: int | None = None

    def add(self, entry: Entry) -> None:
        """Take over an entry of the office's journal."""
        body: Any = entry.payload.body if entry.payload else None
        if self.unreadable is not None:
            return
        try:
            if entry.action == ADOPTED and isinstance(body, dict) and "posts" in body:
                self.lines.append((entry.sequence, _line(body)))
            if entry.action in TELLING:
                self._take(entry, body)
        except (KeyError, TypeError, ValueError, AttributeError):
            self.unreadable = entry.sequence

    @property
    def tells(self) -> bool:
        """Whether rows can be held against it."""
        return self.since is not None and self.unreadable is None

    def tells_at(self, entries: int) -> bool:
        """Whether it tells what the office was after so many entries."""
        return self.since is not None and self.since <= entries

    def began_after(self, entry: Entry) -> bool:
        """Whether it tells nothing yet of the instant of an entry: a report may come in the office's first work."""
        return self.since_at is not None and entry.at <= self.since_at

    def knows(self, person_id: int) -> bool:
        """Whether there is, or was, a person with this number."""
        return (person_id,) in self.rows.get(_PEOPLE, {})

    def held(self, person_id: int, acting: ActingAs, *, entries: int) -> bool:
        """Whether this person held a post in a capacity after so many entries; as an admin, whether they were one."""
        if acting.capacity is Capacity.ADMIN:
            return self.was_admin(person_id, entries=entries)
        found = (one.at(entries) for one in self.tenures.get(person_id, ()))
        return any(one is not None and _is_as(one, acting) and one["ends_at"] is None for one in found)

    def holds(self, person_id: int, post: str, *, entries: int) -> bool:
        """Whether this person held a post after so many entries, in any capacity."""
        found = (one.at(entries) for one in self.tenures.get(person_id, ()))
        return any(one is not None and one["post"] == post and one["ends_at"] is None for one in found)

    def was_called(self, person_id: int, name: str, *, at: datetime) -> bool:
        """Whether a person was told to have this name by an instant (UTC), or about then.

        It is not known, and so may be, where nothing was told of the person by then, or their words were erased.
        """
        known, salt = self.rows.get(_PEOPLE, {}).get((person_id,)), self.salts.get(person_id)
        if known is None or salt is None:
            return True
        when = {sequence: told_at for told_at, sequence in self.moments}
        told = [columns for sequence, columns in known.told if when.get(sequence, at) <= at + ABOUT]
        names = {one["name"] for one in told if one is not None}
        return not names or salted_digest(salt, "name", name) in names

    def has_account(self, person_id: int, *, entries: int) -> bool:
        """Whether this person had an account after so many entries."""
        known = self.rows.get(_PEOPLE, {}).get((person_id,))
        person = known.at(entries) if known is not None else None
        return person is not None and person["telegram_id"] is not None

    def hears(self, person_id: int, *, entries: int) -> bool:
        """Whether this person could be written to after so many entries."""
        known = self.rows.get(_PEOPLE, {}).get((person_id,))
        person = known.at(entries) if known is not None else None
        return person is not None and person["telegram_id"] is not None and person["unreachable_since"] is None

    def admins(self, *, entries: int) -> set[int]:
        """Return who was an admin after so many entries."""
        every = (one.at(entries) for one in self.rows.get(_PEOPLE, {}).values())
        return {int(one["id"]) for one in every if one is not None and one["is_admin"]}

    def mandated(self, post: str, *, entries: int) -> dict[int, int]:
        """Return who stood in at a post after so many entries, by the person for whom they did."""
        every = (one.at(entries) for one in self.rows.get(_TENURES, {}).values())
        holding = (one for one in every if one is not None and one["post"] == post and one["ends_at"] is None)
        return {one["stands_for_id"]: one["person_id"] for one in holding if one["stands_for_id"] is not None}

    def line(self, *, entries: int) -> Line | None:
        """Return the posts of the office file after so many entries; None where no entry had told them."""
        return next((line for sequence, line in reversed(self.lines) if sequence <= entries), None)

    def made_in(self, named: int, at: datetime) -> int:
        """Return after how many entries the office was in which an entry of the instant `at` (UTC) was made.

        That is after as many as it names. It cannot have been made in an office that was over by then: where another
        was told more than `ABOUT` before, that one counts. Of what was told after a clock was set back the order in
        time is not known, and it does not count.
        """
        told = bisect_left(self.latest, at - ABOUT)
        return max(named, self.moments[told - 1][1]) if told else named

    def around(self, entries: int, at: datetime) -> list[int]:
        """Return after how many entries the office was as a piece of work at the instant `at` (UTC) may have found it.

        It found `entries`. Where it has changed the office itself, that is told after them, at the same instant.
        """
        return [entries, *(sequence for told_at, sequence in self.moments if sequence > entries and told_at == at)]

    def was_vacant(self, post: str, at: datetime) -> bool:
        """Whether nobody held a post themselves about an instant (UTC), as far as it is told.

        Entries from before they named the office tell only when they were made. Work may begin before a change of the
        office and end after it, so what was told within `ABOUT` counts too.
        """
        near = [sequence for told_at, sequence in self.moments if abs(told_at - at) <= ABOUT]
        near += sorted(sequence for told_at, sequence in self.moments if told_at < at - ABOUT)[-1:]
        return not self.tells or not near or any(not self.own_holders(post, entries=one) for one in near)

    def was_ever_out_of_reach(self, post: str) -> bool:
        """Whether somebody who held a post, or acted in it, could not be written to at some time; or nobody is told."""
        every = (one for known in self.rows.get(_TENURES, {}).values() for _, one in known.told)
        people = {int(one["person_id"]) for one in every if one is not None and one["post"] == post}
        return not self.tells or not people or any(map(self._was_unheard, people))

    def could_ever_fail(self, person_id: int, post: str) -> bool:
        """Whether a person was told at some time to be out of reach, to be away, or to have left a post."""
        absences = (one for known in self.rows.get(_ABSENCES, {}).values() for _, one in known.told if one is not None)
        away = any(one["person_id"] == person_id and one["begun_at"] is not None for one in absences)
        tenures = (one for known in self.tenures.get(person_id, ()) for _, one in known.told)
        left = any(one is None or (one["post"] == post and one["ends_at"] is not None) for one in tenures)
        return not self.tells or away or left or self._was_unheard(person_id)

    def _was_unheard(self, person_id: int) -> bool:
        """Whether a person could not be written to at some time, as far as it is told."""
        known = self.rows.get(_PEOPLE, {}).get((person_id,))
        told = (columns for _, columns in known.told if columns is not None) if known is not None else ()
        return any(one["telegram_id"] is None or one["unreachable_since"] is not None for one in told)

    def was_admin(self, person_id: int, *, entries: int) -> bool:
        """Whether this person was an admin after so many entries."""
        known = self.rows.get(_PEOPLE, {}).get((person_id,))
        person = known.at(entries) if known is not None else None
        return person is not None and bool(person["is_admin"])

    def ever_held(self, person_id: int, acting: ActingAs, posts: Iterable[str]) -> bool:
        """Whether this person held one of `posts` in a capacity at some time: for what was decided before `since`."""
        wanted = [ActingAs(acting.capacity, post) for post in posts]
        told = (columns for one in self.tenures.get(person_id, ()) for _, columns in one.told if columns is not None)
        return any(_is_as(columns, one) for columns in told for one in wanted)

    def own_holders(self, post: str, *, entries: int) -> set[int]:
        """Return who held a post themselves after so many entries, present or away."""
        every = (one.at(entries) for one in self.rows.get(_TENURES, {}).values())
        holding = (one for one in every if one is not None and one["post"] == post and one["ends_at"] is None)
        return {int(one["person_id"]) for one in holding if one["stands_for_id"] is None}

    def away(self, *, entries: int) -> set[int]:
        """Return who was away after so many entries, with a Plh. or without. Who held no post was away from none."""
        every = (one.at(entries) for one in self.rows.get(_ABSENCES, {}).values())
        lasting = (one for one in every if one is not None and one["begun_at"] is not None and one["over_at"] is None)
        return {int(one["person_id"]) for one in lasting if self.holds_any(one["person_id"], entries=entries)}

    def holds_any(self, person_id: int, *, entries: int) -> bool:
        """Whether this person held any post after so many entries, also as a Plh."""
        every = (one.at(entries) for one in self.tenures.get(person_id, ()))
        return any(one is not None and one["ends_at"] is None for one in every)

    def mismatches(self, told: Told, rows: Iterable[Row], *, last: int) -> Iterator[tuple[int, str]]:
        """Yield every difference between the rows of a table and the journal: the entry that it concerns, and what.

        An added row concerns entry `last`.
        """
        known = dict(self.rows.get(told.table.name, {}))
        for row in rows:
            history = known.pop(told.key(row), None)
            sequence, columns = history.last if history is not None else (last, None)
            named = f"the {told.word} {_named(told, row)}"
            if columns is None:
                yield sequence, f"{named} is not known to the journal"
                continue
            now = told.form(row)
            # A column that this version has and an earlier one had not is held once the row is told again.
            for name in columns:
                if name in now and now[name] != columns[name]:
                    yield sequence, f"{named}: its {name} is not what the journal tells"
        for history in known.values():
            sequence, columns = history.last
            if columns is not None:
                yield sequence, f"a {told.word} that is told here is missing"

    def _take(self, entry: Entry, body: Mapping[str, Any]) -> None:
        if entry.action == RENAMED:
            self._renamed(entry.sequence, body["formerly"], body["post"])
            return
        if self.since is None:
            self.since, self.since_at = entry.sequence, entry.at
        self.moments.append((entry.at, entry.sequence))
        self.latest.append(max(entry.at, self.latest[-1] if self.latest else entry.at))
        for one in body["rows"]:
            self._told(entry.sequence, *one)

    def _told(self, sequence: int, table: str, key: list[Any], columns: Mapping[str, Any] | None) -> None:
        if table not in BY_TABLE:
            return
        history = self.rows.setdefault(table, {}).setdefault(BY_TABLE[table].told_key(key), _History())
        if columns is not None and history.told:
            # Of a row that was there, an entry tells what has changed.
            columns = {**(history.last[1] or {}), **columns}
        if table == _TENURES and columns is not None:
            mine = self.tenures.setdefault(columns["person_id"], [])
            if all(one is not history for one in mine):
                mine.append(history)
        history.told.append((sequence, columns))

    def _renamed(self, sequence: int, former: str, code: str) -> None:
        for table, column in _POSTS.items():
            for history in self.rows.get(table, {}).values():
                columns = history.last[1]
                if columns is not None and columns.get(column) == former:
                    history.told.append((sequence, {**columns, column: code}))
            place = BY_TABLE[table].post_in_key()
            if place is not None:
                known = self.rows.get(table, {})
                self.rows[table] = {_with(key, place, former, code): history for key, history in known.items()}


def _with(key: Key, place: int, former: str, code: str) -> Key:
    return tuple(code if at == place and part == former else part for at, part in enumerate(key))


def _is_as(tenure: Mapping[str, Any], acting: ActingAs) -> bool:
    return (tenure["post"], tenure["capacity"]) == (acting.post, acting.capacity.value)


def _named(told: Told, row: Row) -> str:
    """Return what names a row in a sentence: its key, but for what is hidden."""
    names = [column.name for column in told.table.primary_key.columns]
    return ", ".join("…" if name in told.hidden else str(row[name]) for name in names)
