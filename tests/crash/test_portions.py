"""The program is killed while open deadlines follow a changed calendar: between two portions, and within each.

In the long form it dies once at every boundary of the act that changes the calendar, and half of the recoveries die
too. Whatever dies, the next start moves the rest.
"""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from models.case.task import Task
from models.proof.verification import verify
from models.repository.office_lock import OFFICE_CHAIN
from tests.crash import invariants, record
from tests.crash.repeating import SEED, repeatable, wanted
from tests.crash.scripted_case import APPOINTED_BEFORE, Act, says, taps
from tests.crash.smaller import portions_of_one
from tests.crash.stage import MONDAY, STAFF, Fresh, Nursery, Stage, stage
from tests.crash.test_exhaustive import again, numbers
from tests.crash.violation import Violation

REPORTS = {
    "Budi": "Surel dinas tidak terkirim sejak kemarin.",
    "Wati": "Printer di ruang rapat tidak menyala.",
    "Andi": "Jaringan di lantai dua terputus.",
    "Rina": "Aplikasi cuti tidak dapat dibuka.",
}
ENTERED: tuple[Act, ...] = (
    says("Kadiv", "/libur"),
    taps("Kadiv", "Hari libur"),
    says("Kadiv", f"{MONDAY:%d-%m-%Y} Keputusan Gubernur 12/2026"),
)
"""Monday is entered as a day off."""

BEFORE: tuple[Act, ...] = (
    *(act for name, words in REPORTS.items() for act in (says(name, words), taps(name, "Kirim"))),
    *ENTERED,
)
SIX_MINUTES = timedelta(minutes=6)
TODAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Half an hour after 08.30 WITA."""
TOMORROW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Half an hour after the office opens at 07.30."""

BY_THE_OFFICE_FILE = {"I4", "I5"}
"""Invariants that compute deadlines and timers by the office file alone; here both are told in figures."""

CHANGE = taps("Kadiv", "Ya, berlakukan")
"""What was entered comes into force."""


async def plays(nest: Nursery, url: str, run: str, *, fatal: int | None) -> list[str]:
    """Play it with a death at the boundary `fatal` of the change, and hold the end. Returns where it died."""
    async with stage(nest, url, sabotage=(portions_of_one.__name__,)) as place:
        place.deaths.recovery = again(SEED, run)
        await begins(place, BEFORE)
        due = deadlines(url)
        assert len(due) == len(REPORTS)
        await place.armed(fatal)
        await CHANGE.play(place)
        await place.settles()
        await place.armed(None)
        _holds(place, before=due)
    return place.deaths.boundaries


async def begins(place: Stage, acts: Iterable[Act]) -> None:
    """Start the program, put everyone into the office, of whom the Kadiv is an admin, and let them act."""
    await place.starts()
    await place.settles()
    place.populate(STAFF, at=MONDAY - APPOINTED_BEFORE)
    _make_admin(place.url, "Kadiv Contoh")
    for act in acts:
        await act.play(place)
        await place.settles()


def _holds(place: Stage, *, before: list[tuple[datetime, datetime | None]]) -> None:
    after = deadlines(place.url)
    assert (set(before), set(after)) == ({(TODAY, TODAY - SIX_MINUTES)}, {(TOMORROW, TOMORROW - SIX_MINUTES)}), (
        "every deadline has moved"
    )
    kept = record.read(place.url)
    for case in kept.cases:
        told = [entry["action"] for entry in kept.entries[case["chain_id"]]]
        assert told.count("reschedule") == 1, "once, and in the journal"
    office = next(chain["id"] for chain in kept.chains if chain["subject"] == "office")
    told = [entry["action"] for entry in kept.entries[office]]
    assert told.count("calendar") == 2, "that of the office file, and the one that was entered"
    assert told.count("calendar-followed") == len(REPORTS) - 1
    assert breaches(place.url) == []
    holds_its_promises(place, {words: place[name].account.account_id for name, words in REPORTS.items()})


def holds_its_promises(place: Stage, reports: dict[str, int]) -> None:
    """Hold the record against every promise that is not told in figures here. `reports` has the account of each."""
    found: list[Violation] = invariants.check(
        invariants.Evidence(
            place.url, place.sandbox, at=place.clock.now(), reports=reports, kills=len(place.deaths.boundaries)
        )
    )
    found = [one for one in found if one.invariant not in BY_THE_OFFICE_FILE]
    assert not found, invariants.told(found)


def _make_admin(url: str, name: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE people SET is_admin = true WHERE name = :name"), {"name": name})
    engine.dispose()


def deadlines(url: str) -> list[tuple[datetime, datetime | None]]:
    """Return deadline and timer of the open tasks, none of which may wait for its calendar any more."""
    engine = create_engine(url)
    with Session(engine) as session:
        columns = select(Task.due_at, Task.chase_at, Task.behind).where(Task.closed_at.is_(None))
        rows = session.execute(columns.order_by(Task.id)).all()
    engine.dispose()
    assert [row.behind for row in rows] == [None] * len(rows)
    return [(row.due_at, row.chase_at) for row in rows]


def breaches(url: str) -> list[str]:
    """Return what `verify` finds in the journals of the cases; that of the office does not know whom a test put in."""
    engine = create_engine(url)
    with Session(engine) as session:
        found = [str(one) for one in verify(session).breaches if one.subject != OFFICE_CHAIN]
    engine.dispose()
    return found


async def test_without_a_death(nest: Nursery, fresh: Fresh) -> None:
    with fresh() as url:
        assert await plays(nest, url, "portions-0", fatal=None) == []


async def test_a_death_at_some_boundary(nest: Nursery, fresh: Fresh, database_kind: str) -> None:
    """The short form: one boundary, drawn from the seed, among those of the first portions."""
    fatal = random.Random(f"{SEED}/portions/{database_kind}").randint(5, 12)
    run = f"portions-{fatal}"
    with fresh() as url, repeatable(nest):
        assert await plays(nest, url, run, fatal=fatal)


@pytest.mark.crash
@pytest.mark.timeout(0)
async def test_a_death_at_every_boundary(nest: Nursery, fresh: Fresh) -> None:
    for fatal in numbers("portions"):
        run = f"portions-{fatal}"
        with fresh() as url, repeatable(nest, run=run):
            died = await plays(nest, url, run, fatal=fatal)
        if not died:
            break
    assert fatal > len(REPORTS) * 2 or wanted("portions") is not None, "two boundaries for each portion, at least"
