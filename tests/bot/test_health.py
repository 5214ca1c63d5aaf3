"""Readiness on a real database of either kind: what is well, what is not, and that it says so in time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from bot import health
from bot.clock import MovableClock
from bot.health import Check, Vitals
from bot.leadership import Leadership
from bot.metrics import Metrics
from bot.replicas.presence import Alone
from bot.storage.database import Database
from models.case.attachment import FileRecord
from models.checkpoint.delivery import note_posted
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import seal
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.queries.backlog import Outside
from models.repository.records import Records
from models.rules.rules import Rules
from tests.bot.conftest import SOP, settle
from tests.parts import database_at
from tests.reports import a_report

PHOTO: FileRecord = {"file_id": "a", "file_unique_id": "b", "kind": "photo", "size": 1}


@dataclass
class Place(Alone):
    """A process's place among others, as a test has it."""

    number: int = 1
    sure: bool = True
    leading: bool = True


@dataclass
class Watch:
    """Seconds that only ever grow, as a test moves them."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def vitals(
    database: Database, place: Place, clock: MovableClock, watch: Watch, metrics: Metrics, rules: Rules
) -> Vitals:
    return Vitals(database=database, presence=place, clock=clock, metrics=metrics, rules=rules, monotonic=watch)


async def unwell(vitals: Vitals) -> dict[str, str]:
    """Return the reasons of the checks that are not well, by name."""
    report = await vitals.report()
    assert report.ready == all(check.ok for check in report.checks)
    return {check.name: check.reason for check in report.checks if not check.ok}


def waits(database: Database, at: datetime, *, state: InboxState = InboxState.WAITING, update_id: int = 1) -> None:
    with database.transaction() as session:
        session.add(InboxUpdate(update_id=update_id, lane=1001, body={}, received_at=at, state=state))


def owes(
    database: Database,
    at: datetime,
    *,
    chat_id: int = 1001,
    priority: Priority = Priority.ANSWER,
    state: NoticeState = NoticeState.OWED,
    settled_at: datetime | None = None,
) -> None:
    notice = Notice(
        kind=NoticeKind.SAY,
        priority=priority,
        chat_id=chat_id,
        body={},
        once=None,
        owed_at=at,
        state=state,
        settled_at=settled_at,
    )
    with database.transaction() as session:
        session.add(notice)


async def test_a_process_that_has_just_started_is_ready(vitals: Vitals) -> None:
    report = await vitals.report()
    assert report.ready
    assert [check.name for check in report.checks] == [
        *("database", "schema", "inbox", "outbox", "leader", "intake", "audit", "calendar", "archive", "sealing"),
        "posting",
    ]
    told = report.as_json()
    assert told["ready"] is True
    assert told["checks"]["inbox"] == {"ok": True, "reason": "no updates wait"}


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime(2026, 3, 30, 1, tzinfo=UTC), "known for 60 days"),
        (
            datetime(2027, 1, 25, 1, tzinfo=UTC),
            "not known yet: Ramadan 1448 H, of which 2027-02-08 to 2027-03-09 is an estimate",
        ),
        (
            datetime(2027, 12, 20, 1, tzinfo=UTC),
            "not known yet: cuti bersama of 2028; Ramadan 1449 H, expected from about 2028-01-28",
        ),
        (datetime(2027, 11, 1, 15, 59, tzinfo=UTC), "known for 60 days"),
        (datetime(2027, 11, 1, 16, 0, tzinfo=UTC), "not known yet: cuti bersama of 2028"),
    ],
)
async def test_days_ahead_that_are_not_known_are_told_and_hinder_nothing(
    vitals: Vitals, clock: MovableClock, at: datetime, reason: str
) -> None:
    clock.jump_to(at)
    report = await vitals.report()
    (calendar,) = [check for check in report.checks if check.name == "calendar"]
    assert (calendar.ok, calendar.reason) == (True, reason)


async def test_an_update_that_waits_too_long_is_told_with_its_age(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics
) -> None:
    waits(database, clock.now())
    waits(database, clock.now() - timedelta(days=1), state=InboxState.DONE, update_id=2)
    clock.advance(health.HANDLED_WITHIN)
    assert await unwell(vitals) == {}
    clock.advance(timedelta(seconds=1))
    assert await unwell(vitals) == {"inbox": "1 updates wait, the oldest for 61 s"}
    assert metrics.value("disposisi_inbox_waiting") == 1
    assert metrics.value("disposisi_inbox_oldest_seconds") == 61
    assert metrics.value("disposisi_ready") == 0


async def test_an_archive_and_a_sealing_that_stand_still_are_told_and_hinder_nothing(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics, rules: Rules
) -> None:
    """As with a full bucket, and a key that is lost: the office works on, and somebody should know."""
    with database.transaction() as session:
        settle(session, rules)
        records = Records(session, rules=rules, at=clock.now())
        reporter = records.known(1001)
        assert reporter is not None
        records.begin(a_report("Printer macet", files=[PHOTO]), reporter=reporter, sop=SOP)
    key = PrivateKey.make("kantor")
    with database.transaction() as session:
        sealed = seal(session, key, at=clock.now())
        assert sealed is not None
        sealed.row.filed_at = clock.now()
    told = (await vitals.report()).as_json()["checks"]
    assert told["archive"] == {"ok": True, "reason": "1 files wait, the oldest for 0 s"}
    assert told["sealing"] == {"ok": True, "reason": "no chains wait for a checkpoint"}
    clock.advance(timedelta(days=1))
    with database.transaction() as session:
        Records(session, rules=rules, at=clock.now()).log_office("away", capacity="system")
    clock.advance(timedelta(hours=3))
    told = (await vitals.report()).as_json()["checks"]
    assert told["archive"] == {"ok": True, "reason": "1 files wait, the oldest for 97200 s"}
    assert told["sealing"] == {"ok": True, "reason": "1 chains wait for a checkpoint, the first for 10800 s"}
    assert metrics.value("disposisi_archive_oldest_seconds") == 97200
    assert metrics.value("disposisi_unsealed_oldest_seconds") == 10800
    with database.transaction() as session:
        assert seal(session, key, at=clock.now()) is not None
    clock.advance(timedelta(hours=1))
    told = (await vitals.report()).as_json()["checks"]
    assert told["sealing"]["reason"] == "1 chains wait for a checkpoint, the first for 3600 s", "not in its folder"
    assert told["posting"]["reason"] == "no checkpoints wait to be sent outside", "nowhere is named where they go"


async def test_checkpoints_that_have_not_come_outside_are_counted_and_timed(
    database: Database, clock: MovableClock, metrics: Metrics, rules: Rules, place: Place
) -> None:
    outside = Outside(chat=-1009, address=True)
    vitals = Vitals(database=database, presence=place, clock=clock, metrics=metrics, rules=rules, outside=outside)
    key = PrivateKey.make("kantor")
    with database.transaction() as session:
        Records(session, rules=rules, at=clock.now()).log_office("away", capacity="system")
        sealed = seal(session, key, at=clock.now())
        assert sealed is not None
        sealed.row.filed_at = clock.now()
    clock.advance(timedelta(minutes=20))
    with database.transaction() as session:
        owed: dict[str, Any] = {"kind": NoticeKind.SAY, "priority": Priority.INFORMATION, "body": {"text": "x"}}
        session.add(Notice(chat_id=-1009, owed_at=clock.now(), **owed))
    clock.advance(timedelta(minutes=40))
    told = (await vitals.report()).as_json()["checks"]
    assert told["posting"] == {
        "ok": True,
        "reason": "2 checkpoints wait to be sent outside, the first for 3600 s",
    }
    assert metrics.value("disposisi_unposted_checkpoints") == 2
    assert metrics.value("disposisi_unposted_oldest_seconds") == 3600
    with database.transaction() as session:
        note_posted(session, 1, at=clock.now())
    told = (await vitals.report()).as_json()["checks"]
    assert told["posting"]["reason"] == "1 checkpoints wait to be sent outside, the first for 2400 s"


async def test_a_notice_may_rest_for_telegrams_rates_but_not_for_ever(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics
) -> None:
    owes(database, clock.now())
    owes(database, clock.now() - timedelta(days=1), state=NoticeState.SENT)
    clock.advance(health.DELIVERED_WITHIN)
    assert await unwell(vitals) == {}
    clock.advance(timedelta(seconds=1))
    assert await unwell(vitals) == {"outbox": "1 notices wait, one chat got none for 601 s"}
    assert metrics.value("disposisi_outbox_owed") == 1


async def test_one_who_is_owed_much_at_telegrams_pace_is_no_outage(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics
) -> None:
    begun = clock.now()
    clock.advance(2 * health.DELIVERED_WITHIN)
    owes(database, begun, state=NoticeState.SENT, settled_at=clock.now())
    owes(database, begun)
    owes(database, begun)
    assert await unwell(vitals) == {}
    assert metrics.value("disposisi_outbox_owed") == 2
    clock.advance(health.DELIVERED_WITHIN + timedelta(seconds=1))
    assert await unwell(vitals) == {"outbox": "2 notices wait, one chat got none for 601 s"}


async def test_one_chat_that_gets_nothing_is_told_beside_others_that_do(
    vitals: Vitals, database: Database, clock: MovableClock
) -> None:
    begun = clock.now()
    clock.advance(health.DELIVERED_WITHIN)
    owes(database, begun, state=NoticeState.SENT, settled_at=clock.now())
    owes(database, begun)
    owes(database, begun + timedelta(minutes=1), chat_id=1002)
    clock.advance(timedelta(minutes=2))
    assert await unwell(vitals) == {"outbox": "2 notices wait, one chat got none for 660 s"}


@pytest.mark.parametrize(("chat_id", "priority"), [(-100500, Priority.ANSWER), (4001, Priority.STRANGER)])
async def test_a_group_in_slow_mode_and_a_stranger_who_waits_are_no_outage(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics, chat_id: int, priority: Priority
) -> None:
    owes(database, clock.now(), chat_id=chat_id, priority=priority)
    clock.advance(timedelta(days=1))
    assert await unwell(vitals) == {}
    assert metrics.value("disposisi_outbox_owed") == 1
    owes(database, clock.now())
    clock.advance(health.DELIVERED_WITHIN + timedelta(seconds=1))
    assert await unwell(vitals) == {"outbox": "2 notices wait, one chat got none for 601 s"}


async def test_a_clock_that_is_set_back_makes_nobody_unwell(
    vitals: Vitals, database: Database, clock: MovableClock, metrics: Metrics
) -> None:
    waits(database, clock.now() + timedelta(hours=1))
    assert await unwell(vitals) == {}
    assert metrics.value("disposisi_inbox_oldest_seconds") == 0


async def test_a_leader_must_hear_from_telegram_and_audit(vitals: Vitals, watch: Watch) -> None:
    watch.seconds += health.HEARD_WITHIN.total_seconds() + 1
    assert await unwell(vitals) == {"intake": "Telegram last answered 121 s ago"}
    vitals.polled()
    watch.seconds += 60
    assert await unwell(vitals) == {"audit": "the last audit ended 181 s ago"}
    vitals.audited()
    assert await unwell(vitals) == {}


def leads(database: Database, place: Place, clock: MovableClock) -> None:
    """Let a process show that it leads, now."""
    with database.transaction() as session:
        Leadership(database=database, presence=place, clock=clock).renew(session)


async def test_one_that_follows_has_to_be_in_touch_with_one_that_leads(
    vitals: Vitals, place: Place, watch: Watch, database: Database, clock: MovableClock
) -> None:
    place.leading = False
    watch.seconds += 10_000
    assert await unwell(vitals) == {"leader": "no process has led yet"}
    leads(database, place, clock)
    assert await unwell(vitals) == {}
    clock.advance(health.LED_WITHIN)
    assert await unwell(vitals) == {}
    clock.advance(timedelta(seconds=1))
    assert await unwell(vitals) == {"leader": "nobody leads: the leader last showed itself 31 s ago"}
    leads(database, place, clock)
    assert await unwell(vitals) == {}
    leads(database, place, MovableClock(clock.now() + timedelta(minutes=1), frozen=True))
    assert await unwell(vitals) == {"leader": "the leader's clock is 60 s ahead of this one"}
    leads(database, place, clock)
    place.sure = False
    assert await unwell(vitals) == {"leader": "out of touch with the other processes"}


async def test_one_that_begins_to_lead_is_given_time(
    vitals: Vitals, place: Place, watch: Watch, metrics: Metrics
) -> None:
    place.leading = False
    assert set(await unwell(vitals)) == {"leader"}
    assert metrics.value("disposisi_leader") == 0
    watch.seconds += 10_000
    place.leading = True
    assert await unwell(vitals) == {}
    assert metrics.value("disposisi_leader") == 1
    watch.seconds += health.AUDITED_WITHIN.total_seconds() + 1
    assert set(await unwell(vitals)) == {"intake", "audit"}


async def test_a_webhook_that_telegram_cannot_call_is_told(vitals: Vitals, watch: Watch) -> None:
    vitals.called()
    assert await unwell(vitals) == {}
    vitals.called("3 updates wait at Telegram: Connection refused")
    assert await unwell(vitals) == {"intake": "3 updates wait at Telegram: Connection refused"}
    vitals.called()
    watch.seconds += health.HEARD_WITHIN.total_seconds() + 1
    assert await unwell(vitals) == {"intake": "Telegram last answered 121 s ago"}


async def test_where_two_fetch_by_turns_it_is_unready_until_a_minute_has_passed_without_the_other(
    vitals: Vitals, watch: Watch
) -> None:
    vitals.called("another process fetches")
    assert await unwell(vitals) == {"intake": "another process fetches"}
    watch.seconds += 20
    vitals.polled()
    assert await unwell(vitals) == {"intake": "another process fetches"}
    watch.seconds += 50
    vitals.polled()
    assert await unwell(vitals) == {}


async def test_asking_again_at_once_costs_no_second_commit(
    vitals: Vitals, database: Database, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[float] = []
    transact = database.transact

    async def counted(work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - as the method it stands in for
        written.append(watch.seconds)
        return await transact(work)

    monkeypatch.setattr(database, "transact", counted)
    for _ in range(10):
        assert await unwell(vitals) == {}
    assert len(written) == 1
    watch.seconds += health.PROVED_FOR.total_seconds()
    assert await unwell(vitals) == {}
    assert len(written) == 2


async def test_tables_of_another_version_are_told(vitals: Vitals, database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert await unwell(vitals) == {"schema": f"is of revision 0001, needed is {vitals._needed}"}


async def test_a_database_that_fails_is_told_without_what_it_says(vitals: Vitals, database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
    report = await vitals.report()
    assert not report.ready
    assert report.checks[0].name == "database"
    assert report.checks[0].reason.startswith("fails with ")
    assert "inbox" not in report.checks[0].reason
    assert [check.name for check in report.checks[1:]] == ["leader", "intake", "audit", "calendar"]


async def test_a_database_that_can_only_be_read_is_not_ready_and_the_reason_is_named(
    vitals: Vitals, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    only_read = "PRAGMA query_only = ON" if database.path is not None else "SET TRANSACTION READ ONLY"

    def bar(connection: Connection) -> None:
        connection.exec_driver_sql(only_read)

    event.listen(database.engine, "begin", bar)
    reasons = await unwell(vitals)
    assert set(reasons) == {"database"}
    assert database.name in reasons["database"]
    assert "may not be written" in reasons["database"] or "only reads" in reasons["database"]
    await vitals.report()
    (line,) = caplog.records
    assert line.getMessage() == f"the database cannot be used: {reasons['database']}"

    event.remove(database.engine, "begin", bar)
    database.engine.dispose()
    assert await unwell(vitals) == {}
    assert caplog.records[-1].getMessage().startswith("the database can be used again")


@pytest.mark.databases("sqlite")
async def test_a_database_that_hangs_is_told_in_time_and_asked_only_once(
    vitals: Vitals, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "ANSWERED_WITHIN", timedelta(seconds=0.05))
    asked: list[Callable[[Session], Any]] = []
    back = asyncio.Event()
    read = database.read

    async def hang(work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - as the method it stands in for
        asked.append(work)
        await back.wait()
        return await read(work)

    monkeypatch.setattr(database, "read", hang)
    for report in await asyncio.gather(*(vitals.report() for _ in range(3))):
        assert report.checks[0] == Check("database", ok=False, reason="has not answered for 0 s")
    assert len(asked) == 1
    back.set()
    monkeypatch.setattr(health, "ANSWERED_WITHIN", timedelta(seconds=10))
    assert await unwell(vitals) == {}
    assert len(asked) == 1, "what was asked before has been answered"
