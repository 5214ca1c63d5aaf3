"""The model that judges every fault run is judged itself: a sound record has no violation, each wound has its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.sandbox.server import Sandbox
from tests.crash import invariants, office_hours, sop_facts
from tests.crash.chats import Lost
from tests.crash.mortal import TOKEN
from tests.crash.office_hours import WITA
from tests.crash.scripted_case import ACTS, APPOINTED_BEFORE, REPORT
from tests.crash.stage import MONDAY, STAFF, Fresh, Nursery, stage

LATE = next(place for place, act in enumerate(ACTS) if "61 minutes" in act.name) + 1
"""How many acts it takes until the third row of the SOP is long overdue."""

_OPEN = "(SELECT id FROM tasks WHERE closed_at IS NULL)"

WOUNDS = (
    ("I1", "DELETE FROM inbox WHERE update_id = (SELECT max(update_id) FROM inbox)"),
    ("I1", "UPDATE inbox SET state = 'waiting' WHERE update_id = (SELECT max(update_id) FROM inbox)"),
    ("I1", "UPDATE cases SET text = 'Laporan lain.'"),
    ("I1", "UPDATE registers SET last = 2"),
    ("I2", "UPDATE tenures SET person_id = 8 WHERE post = 'kadiv'"),
    ("I2", "UPDATE tasks SET version = version + 1 WHERE closed_at IS NOT NULL"),
    ("I3", "UPDATE outbox SET state = 'owed' WHERE id = (SELECT max(id) FROM outbox)"),
    ("I3", "DELETE FROM outbox WHERE kind = 'warn'"),
    ("I4", "DELETE FROM chases WHERE ordinal = 1"),
    ("I4", "UPDATE chases SET fired_at = '2026-11-23 00:53:00.000000' WHERE ordinal = 0"),
    ("I4", "UPDATE outbox SET owed_at = '2026-11-23 00:31:00.000000' WHERE kind = 'warn'"),
    ("I4", f"UPDATE tasks SET due_at = '2026-11-23 01:10:00.000000' WHERE id = {_OPEN}"),
    ("I5", "UPDATE tasks SET chase_at = NULL"),
    ("I5", "UPDATE tasks SET chase_at = '2026-11-30 01:00:00.000000' WHERE chase_at IS NOT NULL"),
    ("I5", "UPDATE cases SET state = 'closed'"),
    ("I6", "UPDATE tasks SET decided_by_id = 8 WHERE step = 1"),
    ("I6", "UPDATE journal_payloads SET body = '{}' WHERE sequence = 1"),
    ("I6", "UPDATE journal_entries SET at = '2026-11-23 00:31:00.000000' WHERE sequence = 2"),
    ("I6", "UPDATE journal_entries SET version = 1 WHERE sequence = 2"),
    ("I6", "UPDATE journal_chains SET length = length - 1 WHERE subject LIKE 'case:%'"),
    ("I6", "DELETE FROM journal_payloads; DELETE FROM journal_entries"),
    ("I7", "UPDATE outbox SET state = 'undeliverable', failure = 'Forbidden' WHERE kind = 'warn'"),
    ("I8", f"UPDATE cards SET live = 0 WHERE kind = 'task' AND task_id = {_OPEN}"),
    ("I8", "UPDATE cards SET live = 1 WHERE kind = 'task'"),
    ("I8", f"UPDATE tasks SET version = version + 1 WHERE id = {_OPEN}"),
    ("I8", "DELETE FROM buttons"),
    ("I9", "DELETE FROM people WHERE id = 1"),
)  # fmt: skip


@pytest.mark.databases("sqlite")
async def test_each_wound_is_seen(nest: Nursery, fresh: Fresh, tmp_path: Path) -> None:
    with fresh() as url:
        async with stage(nest, url) as place:
            await place.starts()
            place.populate(STAFF, at=MONDAY - APPOINTED_BEFORE)
            for act in ACTS[:LATE]:
                await act.play(place)
                await place.settles()
            reports = {REPORT: place["Budi"].account.account_id}
            sound = invariants.Evidence(url, place.sandbox, at=place.clock.now(), reports=reports, kills=0)
            assert not (broken := invariants.check(sound)), invariants.told(broken)
            unseen = []
            for promise, wound in WOUNDS:
                with _wounded(url, tmp_path, wound) as other:
                    found = {one.invariant for one in invariants.check(replace(sound, url=other))}
                if promise not in found:
                    unseen.append((promise, wound, found))
            assert not unseen
            for promise, name in (("I2", "Kadiv"), ("I8", "Kabag")):
                account = place[name].account.account_id
                # As if the account had been taken before anything was tapped: its taps and its living card are wrong.
                stolen = replace(sound, lost=[Lost(account, account + 1000, presses=0)])
                assert promise in {one.invariant for one in invariants.check(stolen)}, name


@contextmanager
def _wounded(url: str, folder: Path, wound: str) -> Iterator[str]:
    """Give a copy of the record with something wrong in it, past every guard that the database has."""
    copy = folder / "wounded.db"
    with closing(sqlite3.connect(make_url(url).database or "")) as sound, closing(sqlite3.connect(copy)) as connection:
        sound.backup(connection)
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        connection.executescript("; ".join([*(f"DROP TRIGGER {name}" for name in triggers), wound]))
        connection.commit()
    try:
        yield f"sqlite:///{copy}"
    finally:
        copy.unlink()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November or (from 31 on) December 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=WITA) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("opened", "minutes", "then"),
    [
        (at(23, 8, 30), 30, at(23, 9)),
        (at(23, 11, 45), 30, at(23, 13, 15)),
        (at(23, 11, 30), 30, at(23, 13)),
        (at(23, 15, 50), 20, at(24, 7, 40)),
        (at(27, 16, 20), 20, at(30, 7, 40)),
        (at(28, 10), 24, at(30, 7, 54)),
    ],
)
def test_office_minutes_are_walked(opened: datetime, minutes: int, then: datetime) -> None:
    assert office_hours.reached(opened, minutes * 60) == then
    assert office_hours.worked(opened, then) == minutes * 60


def test_the_standards_of_the_sop() -> None:
    assert sop_facts.due(1, at(23, 11, 30)) == at(23, 12), "a deadline may be a closing"
    assert sop_facts.due(5, at(26, 9, 5)) == at(30, 9, 5), "two working days later, over a weekend"
    assert sop_facts.due(6, at(26, 11, 45)) == at(27, 11, 30), "Friday closes for prayer at half past eleven"


def test_a_rung_before_the_break_may_be_climbed_after_it() -> None:
    cast = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: at(23, 14))
    evidence = invariants.Evidence("sqlite://", cast, at=at(23, 14), grace=timedelta(minutes=28))
    assert invariants.could_be_climbed(at(23, 11, 59), evidence) == at(23, 13, 27)
