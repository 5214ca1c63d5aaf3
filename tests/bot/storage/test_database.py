"""One writer, shared commits, and readers that do not wait."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from types import SimpleNamespace

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.storage.database import Changed, Database
from models.office.tenure import Post
from models.repository.numbering import Numbering
from tests.parts import database_at


def post(code: str) -> Post:
    return Post(code=code, title=code, short=code)


def adding(code: str) -> Callable[[Session], None]:
    return lambda session: session.add(post(code))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Post)) or 0


async def test_a_result_comes_back_and_is_on_disk(database: Database, url: str) -> None:
    def work(session: Session) -> str:
        session.add(post("kadiv"))
        return "kept"

    assert await database.transact(work) == "kept"
    with database_at(url) as other, other.transaction() as session:
        assert session.scalars(select(Post.code)).all() == ["kadiv"]


async def test_of_those_who_share_a_commit_only_the_failing_one_is_undone(database: Database) -> None:
    def fails(session: Session) -> None:
        session.add(post("lost"))
        session.flush()
        raise LookupError("on purpose")

    outcomes = await asyncio.gather(
        database.transact(lambda session: session.add(post("first"))),
        database.transact(fails),
        database.transact(lambda session: session.add(post("first"))),
        database.transact(lambda session: session.add(post("last"))),
        return_exceptions=True,
    )
    first, failing, second, last = (type(one) for one in outcomes)
    # Where several write side by side, either of those that add the same may be the second.
    assert {first, second} == {type(None), IntegrityError}
    assert (failing, last) == (LookupError, type(None))
    kept = select(Post.code).order_by(Post.code)
    assert await database.read(lambda session: session.scalars(kept).all()) == ["first", "last"]


@pytest.mark.databases("sqlite")
async def test_what_a_piece_brings_along_is_kept_beside_one_that_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Buttons are drawn on a reader, and written by another piece of work: they must be there when it is told so."""
    monkeypatch.setattr("bot.storage.writers._GROUPED_FOR", 60.0)
    monkeypatch.setattr("bot.storage.writers._GROUPED_AT_MOST", 60.0)
    started, goes_on = threading.Event(), threading.Event()
    brought = [post("first"), post("second"), post("last")]

    def waits(session: Session) -> None:
        session.add(brought[0])
        started.set()
        assert goes_on.wait(10)

    def fails(session: Session) -> None:
        session.add(post("lost"))
        session.flush()
        raise LookupError("on purpose")

    first = asyncio.ensure_future(database.transact(waits))
    await asyncio.to_thread(started.wait)
    pieces: list[Callable[[Session], None]] = [
        lambda session: session.add(brought[1]),
        fails,
        lambda session: session.add(brought[2]),
    ]
    behind = [asyncio.ensure_future(database.transact(piece)) for piece in pieces]
    await asyncio.sleep(0)
    goes_on.set()
    outcomes = await asyncio.gather(first, *behind, return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), type(None), LookupError, type(None)]
    kept = select(Post.code).order_by(Post.code)
    assert await database.read(lambda session: session.scalars(kept).all()) == ["first", "last", "second"]


@pytest.mark.databases("sqlite")
async def test_waiting_pieces_of_work_share_one_commit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.writers._GROUPED_FOR", 60.0)
    monkeypatch.setattr("bot.storage.writers._GROUPED_AT_MOST", 60.0)
    started, goes_on = threading.Event(), threading.Event()
    commits: list[Changed] = []
    database.on_commit(commits.append)

    def slow(session: Session) -> None:
        started.set()
        assert goes_on.wait(10)
        session.add(post("slow"))

    first = asyncio.ensure_future(database.transact(slow))
    await asyncio.to_thread(started.wait)
    behind = [asyncio.ensure_future(database.transact(adding(code))) for code in "abc"]
    await asyncio.sleep(0)
    goes_on.set()
    await asyncio.gather(first, *behind)
    assert len(commits) == 1


@pytest.mark.databases("sqlite")
async def test_the_longer_a_commit_takes_the_more_pieces_share_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit takes as long as five pieces, on a clock that the test moves: five pieces share the second commit."""
    now, started, goes_on = [0.0], threading.Event(), threading.Event()
    monkeypatch.setattr("bot.storage.writers.time", SimpleNamespace(monotonic=lambda: now[0]))
    commits: list[Changed] = []
    database.on_commit(commits.append)

    def take(seconds: float) -> None:
        now[0] += seconds

    event.listen(database.engine, "commit", lambda _: take(5 / 64))

    def work(code: str, session: Session) -> None:
        started.set()
        assert goes_on.wait(10)
        take(1 / 64)
        session.add(post(code))

    first = asyncio.ensure_future(database.transact(partial(work, "first")))
    await asyncio.to_thread(started.wait)
    behind = [asyncio.ensure_future(database.transact(partial(work, code))) for code in "abcdef"]
    await asyncio.sleep(0)
    goes_on.set()
    await asyncio.gather(first, *behind)
    assert [len(one.new) for one in commits] == [1, 5, 1]


async def test_two_hundred_read_and_write_the_same_row_and_none_is_lost(database: Database) -> None:
    def add_one(session: Session) -> None:
        numbering = session.get(Numbering, ("SW", 2026), with_for_update=True)
        if numbering is None:
            numbering = Numbering(prefix="SW", year=2026, last=0)
            session.add(numbering)
        numbering.last += 1

    await asyncio.gather(*(database.transact(add_one) for _ in range(200)))
    assert await database.read(lambda session: session.get_one(Numbering, ("SW", 2026)).last) == 200


@pytest.mark.databases("sqlite")
async def test_a_failed_commit_fails_everybody_in_it(database: Database) -> None:
    def orphan(session: Session) -> None:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        session.execute(
            text("INSERT INTO buttons (token, card_id, action, argument, version) VALUES ('t', 7, '', '', 0)")
        )

    outcomes = await asyncio.gather(
        database.transact(lambda session: session.add(post("innocent"))),
        database.transact(orphan),
        return_exceptions=True,
    )
    # Whether they shared a commit depends on who came first to the writer; the orphan never gets through.
    assert isinstance(outcomes[1], IntegrityError)
    kept = await database.read(count)
    assert kept == (0 if isinstance(outcomes[0], IntegrityError) else 1)


async def test_objects_keep_what_was_loaded_after_the_transaction(database: Database) -> None:
    def work(session: Session) -> Post:
        made = post("kadiv")
        session.add(made)
        return made

    assert (await database.transact(work)).title == "kadiv"


async def test_readers_do_not_wait_for_the_writer_and_see_what_was_committed(database: Database) -> None:
    started, goes_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        session.add(post("slow"))
        session.flush()
        started.set()
        assert goes_on.wait(10)

    writing = asyncio.ensure_future(database.transact(slow))
    await asyncio.to_thread(started.wait)
    assert await database.read(count) == 0
    goes_on.set()
    await writing
    assert await database.read(count) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        await database.read(lambda session: session.execute(text("DELETE FROM posts")))


async def test_listeners_hear_what_changed_before_those_who_wait_go_on(database: Database) -> None:
    heard: list[Changed] = []
    database.on_commit(heard.append)
    await database.transact(lambda session: session.add(post("kadiv")))
    assert [one.kinds for one in heard] == [{Post}]
    assert [one.code for one in heard[0].new if isinstance(one, Post)] == ["kadiv"]

    await database.transact(count)
    assert len(heard) == 1, "nothing changed, nothing to hear"

    def fails(session: Session) -> None:
        session.add(post("lost"))
        session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await database.transact(fails)
    assert len(heard) == 1, "what was undone did not change anything"


async def test_nobody_hears_of_what_was_added_and_undone_within_the_work(database: Database) -> None:
    heard: list[Changed] = []
    database.on_commit(heard.append)

    def changes_its_mind(session: Session) -> None:
        with suppress(LookupError), session.begin_nested():
            session.add(post("undone"))
            session.flush()
            raise LookupError
        session.add(post("kept"))

    await database.transact(changes_its_mind)
    assert [one.code for one in heard[0].new if isinstance(one, Post)] == ["kept"]


@pytest.mark.databases("sqlite")
class TestBeforeTheCommit:
    """Something may be made of what a piece of work inserts, in its transaction."""

    async def test_it_is_kept_and_told_with_the_commit(self, database: Database) -> None:
        heard: list[Changed] = []
        database.on_commit(heard.append)

        def adds_another(session: Session, new: Sequence[object]) -> Sequence[str]:
            session.add(post("prepared"))
            return [one.code for one in new if isinstance(one, Post)]

        database.before_commit(adds_another)
        await database.transact(adding("decided"))
        assert [one.prepared for one in heard] == [("decided",)]
        assert await database.read(count) == 2

    async def test_it_is_not_asked_where_nothing_was_inserted(self, database: Database) -> None:
        asked: list[Sequence[object]] = []

        def asks(_: Session, new: Sequence[object]) -> Sequence[object]:
            asked.append(new)
            return ()

        database.before_commit(asks)
        await database.transact(count)
        assert asked == []

    async def test_where_it_fails_the_work_is_done_without_it(
        self, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard: list[Changed] = []
        database.on_commit(heard.append)

        def fails(session: Session, _: Sequence[object]) -> Sequence[object]:
            session.add(post("half"))
            session.flush()
            raise LookupError("on purpose")

        database.before_commit(fails)
        await database.transact(adding("alone"))
        await asyncio.gather(*(database.transact(adding(code)) for code in "abc"))
        assert await database.read(lambda session: session.scalars(select(Post.code).order_by(Post.code)).all()) == [
            "a",
            "alone",
            "b",
            "c",
        ]
        assert {one for change in heard for one in change.prepared} == set()
        assert "run again" in caplog.text


async def test_a_long_queue_is_committed_piece_by_piece_so_that_the_first_need_not_wait_for_the_last(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.writers._GROUPED_AT_MOST", 0.0)
    begun, gate = threading.Event(), threading.Event()

    def holds_up(_: Session) -> None:
        begun.set()
        assert gate.wait(10)

    first = asyncio.ensure_future(database.transact(holds_up))
    await asyncio.to_thread(begun.wait)
    commits: list[Changed] = []
    database.on_commit(commits.append)
    behind = [asyncio.ensure_future(database.transact(adding(code))) for code in "abc"]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *behind)
    assert len(commits) == len(behind)


async def test_somebody_who_no_longer_waits_does_not_trouble_the_others(database: Database) -> None:
    gone = asyncio.ensure_future(database.transact(lambda session: session.add(post("gone"))))
    await asyncio.sleep(0)
    gone.cancel()
    await database.transact(lambda session: session.add(post("here")))
    assert await database.read(count) == 2


async def test_a_failure_that_no_future_takes_still_reaches_whoever_waits(database: Database) -> None:
    def runs_out(_: Session) -> None:
        next(iter(()))

    async with asyncio.timeout(5):
        failed, served = await asyncio.gather(
            database.transact(runs_out), database.transact(adding("here")), return_exceptions=True
        )
    assert isinstance(failed, RuntimeError)
    assert served is None
    assert await database.read(count) == 1


@pytest.mark.databases("sqlite")
async def test_a_transaction_that_sqlite_gave_up_fails_everybody_in_it_and_nobody_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.writers._GROUPED_FOR", 60.0)
    monkeypatch.setattr("bot.storage.writers._GROUPED_AT_MOST", 60.0)
    full = OperationalError("INSERT", None, Exception("database or disk is full"))

    def fills_the_disk(session: Session) -> None:
        session.add(post("too much"))
        session.flush()
        session.connection().exec_driver_sql("ROLLBACK")
        raise full

    begun, gate = threading.Event(), threading.Event()

    def holds_up(_: Session) -> None:
        begun.set()
        gate.wait(5)

    first = asyncio.ensure_future(database.transact(holds_up))
    await asyncio.to_thread(begun.wait, 5)
    group = [database.transact(work) for work in (adding("before"), fills_the_disk, adding("after"))]
    waiting = asyncio.gather(first, *group, return_exceptions=True)
    await asyncio.sleep(0)
    gate.set()
    assert await waiting == [full, full, full, None]
    assert await database.read(lambda session: session.scalars(select(Post.code)).all()) == ["after"]


async def test_a_listener_that_fails_lets_those_who_wait_go_on(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Changed) -> None:
        raise LookupError("on purpose")

    database.on_commit(fails)
    async with asyncio.timeout(5):
        await database.transact(adding("here"))
    assert "a listener failed" in caplog.text
    assert await database.read(count) == 1


async def test_closing_finishes_what_was_handed_in(url: str, database: Database) -> None:
    waiting = [asyncio.ensure_future(database.transact(adding(str(number)))) for number in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(database.close)
    await asyncio.gather(*waiting)
    with database_at(url) as again:
        assert await again.read(count) == 50


async def test_another_program_may_write_in_between(url: str, database: Database) -> None:
    await database.transact(lambda session: session.add(post("bot")))
    with database_at(url) as other, other.transaction() as session:
        session.add(post("command line"))
    assert await database.read(count) == 2


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as session:
            session.add(post("lost"))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.transaction() as session:
        assert count(session) == 0


@pytest.mark.databases("sqlite")
def test_the_record_survives_the_loss_of_power_and_guards_its_references(database: Database) -> None:
    with database.transaction() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
