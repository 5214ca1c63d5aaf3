"""Which process serves a chat, on one PostgreSQL; with SQLite there is only one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.replicas.leases import Claim, Shared, Sole
from bot.replicas.presence import PRESENT, Alone
from bot.storage.database import Database
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.lease import LeaseKind
from tests.parts import database_at

pytestmark = pytest.mark.databases("postgresql")

BUDI, SITI = 1001, 1002


class Process(Alone):
    """A process that shows that it lives by a session of its own, until it is killed."""

    def __init__(self, database: Database, number: int) -> None:
        self.number = number
        self.leases = Shared(self)
        self._engine = database.engine
        self._session = self._engine.connect()
        self._session.exec_driver_sql(f"SELECT pg_advisory_lock({PRESENT}, {number})")

    def is_killed(self) -> None:
        """Cut the session off; returns once the server has noticed, which takes it a moment."""
        if not self._session.closed:
            self._session.invalidate()
            self._session.close()
            with self._engine.connect() as waiting:
                waiting.exec_driver_sql(f"SELECT pg_advisory_lock({PRESENT}, {self.number})")
                waiting.exec_driver_sql(f"SELECT pg_advisory_unlock({PRESENT}, {self.number})")


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


@pytest.fixture
def begins(database: Database) -> Iterator[Callable[[int], Process]]:
    with ExitStack() as ending:

        def begin(number: int) -> Process:
            process = Process(database, number)
            ending.callback(process.is_killed)
            return process

        yield begin


def claimed(database: Database, process: Process, lane: int = BUDI, kind: LeaseKind = LeaseKind.OUTBOX) -> Claim | None:
    with database.transaction() as session:
        return process.leases.claim(session, kind, lane)


def test_a_chat_is_served_by_one_process_until_it_lets_go(database: Database, begins: Callable[[int], Process]) -> None:
    first, second = begins(1), begins(2)
    claim = claimed(database, first)
    assert claim is not None
    assert claimed(database, second) is None
    assert claimed(database, second, lane=SITI) is not None
    assert claimed(database, second, kind=LeaseKind.INBOX) is not None

    with database.transaction() as session:
        first.leases.release(session, claim)
    assert claimed(database, second) is not None
    assert claimed(database, first) is None


def test_the_chats_of_a_killed_process_are_free_at_once(database: Database, begins: Callable[[int], Process]) -> None:
    first, second = begins(1), begins(2)
    assert claimed(database, first) is not None
    first.is_killed()
    assert claimed(database, second) is not None


def test_whoever_was_overtaken_learns_of_it(database: Database, begins: Callable[[int], Process]) -> None:
    first, second = begins(1), begins(2)
    stale = claimed(database, first)
    assert stale is not None
    first.is_killed()
    taken = claimed(database, second)
    assert taken is not None
    assert taken.fence > stale.fence
    with database.transaction() as session:
        assert not first.leases.still_owned(session, stale)
        assert second.leases.still_owned(session, taken)
        first.leases.release(session, stale)
    assert claimed(database, begins(3)) is None, "what is stale cannot let go of what is another's"


def test_whoever_takes_a_chat_again_has_a_new_fence(database: Database, begins: Callable[[int], Process]) -> None:
    process = begins(1)
    earlier, later = claimed(database, process), claimed(database, process)
    assert earlier is not None
    assert later is not None
    with database.transaction() as session:
        assert not process.leases.still_owned(session, earlier)
        assert process.leases.still_owned(session, later)


def test_chats_that_others_serve_are_not_looked_at(
    database: Database, begins: Callable[[int], Process], clock: MovableClock
) -> None:
    first, second = begins(1), begins(2)
    with database.transaction() as session:
        for number, lane in enumerate((BUDI, SITI, 1003)):
            session.add(
                InboxUpdate(update_id=number, lane=lane, body={}, received_at=clock.now(), state=InboxState.WAITING)
            )
    assert claimed(database, first, BUDI, LeaseKind.INBOX) is not None
    third = begins(3)
    assert claimed(database, third, SITI, LeaseKind.INBOX) is not None
    third.is_killed()

    assert free_to(second, database) == [SITI, 1003]
    assert free_to(first, database) == [BUDI, SITI, 1003]


def free_to(process: Process, database: Database) -> list[int]:
    free = process.leases.free(LeaseKind.INBOX, InboxUpdate.lane)
    with database.transaction() as session:
        return list(session.scalars(select(InboxUpdate.lane).where(free).order_by(InboxUpdate.lane)))


def test_alone_a_process_serves_every_chat(database: Database) -> None:
    leases = Sole()
    with database.transaction() as session:
        claim = leases.claim(session, LeaseKind.OUTBOX, BUDI)
        assert claim is not None
        leases.release(session, claim)
        assert leases.still_owned(session, claim)
        assert session.scalar(select(leases.free(LeaseKind.OUTBOX, InboxUpdate.lane))) is True
