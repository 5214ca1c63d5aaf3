"""Every checkpoint reaches the address, in its order, over real HTTP, and is sent again until it is taken."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.sealing.poster import NotTaken, Poster
from models.checkpoint.log import Sealing
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import seal
from models.journal.chain import Chain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clock import MovableClock
    from bot.storage.database import Database

KEY = PrivateKey("kantor/log", bytes(32))


@dataclass
class Archive:
    """A web server that takes what is posted, or answers otherwise; `url` is its address."""

    url: str = ""
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    goes_on: threading.Event | None = None


@contextmanager
def serving() -> Iterator[Archive]:
    archive = Archive()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            archive.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = archive.answers.pop(0) if archive.answers else 204
            if status < 300:
                archive.taken.append((self.headers["Content-Type"], self.headers["Idempotency-Key"], body))
            self.send_response(status)
            self.send_header("Location", archive.url)
            self.send_header("Content-Length", "0" if archive.goes_on is None else str(10**12))
            self.end_headers()
            if archive.goes_on is not None:
                archive.goes_on.wait(60)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    archive.url = f"http://127.0.0.1:{server.server_port}/checkpoints?secret=s3cr3t"
    try:
        yield archive
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving() as archive:
        yield archive


@pytest.fixture
async def notes(database: Database, clock: MovableClock) -> list[str]:
    """Three checkpoints that wait to be posted."""

    def work(session: Session) -> str:
        chain = session.scalar(select(Chain)) or Chain.begin("office")
        session.add(chain)
        session.flush()
        chain.append("away", actor_id=None, capacity="system", payload={}, at=clock.now())
        session.flush()
        sealed = seal(session, KEY, at=clock.now())
        assert sealed is not None
        return sealed.row.note

    made = []
    for _ in range(3):
        clock.advance(timedelta(hours=1))
        made.append(await database.transact(work))
    return made


async def waiting(database: Database) -> list[int]:
    numbers = select(Sealing.number).where(Sealing.posted_at.is_(None)).order_by(Sealing.number)
    return await database.read(lambda session: list(session.scalars(numbers)))


async def test_the_environments_proxy_is_used_but_for_what_no_proxy_names(
    database: Database, clock: MovableClock, notes: list[str], archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`TELEGRAM_PROXY` is the way to Telegram alone: it does not reach the poster."""
    for name in ("http_proxy", "no_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    host = archive.url.partition("/checkpoints")[0]
    monkeypatch.setenv("TELEGRAM_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", host)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    away = "http://checkpoints.example/take"
    await Poster(away, database=database, clock=clock).post()
    assert archive.asked == [away] * len(notes), "the proxy was asked for the address"

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    await database.transact(lambda session: session.execute(update(Sealing).values(posted_at=None)))
    await Poster(archive.url, database=database, clock=clock).post()
    assert archive.asked[len(notes) :] == ["/checkpoints?secret=s3cr3t"] * len(notes), "an own server is asked directly"


async def test_each_is_posted_once_and_in_order(
    database: Database, clock: MovableClock, notes: list[str], archive: Archive
) -> None:
    poster = Poster(archive.url, database=database, clock=clock)
    await poster.post()
    await poster.post()
    assert archive.taken == [
        ("text/plain; charset=utf-8", f"checkpoint-{number}", note) for number, note in enumerate(notes, start=1)
    ]
    assert await waiting(database) == []


@pytest.mark.parametrize("status", [302, 404, 500, 503])
async def test_what_is_not_taken_is_sent_again(
    database: Database, clock: MovableClock, notes: list[str], archive: Archive, status: int
) -> None:
    archive.answers = [200, status]
    poster = Poster(archive.url, database=database, clock=clock)
    with pytest.raises(NotTaken, match=f"checkpoint 2 was answered with {status}"):
        await poster.post()
    assert await waiting(database) == [2, 3]
    await poster.post()
    assert [body for _, _, body in archive.taken] == notes


async def test_an_answer_without_an_end_is_not_waited_for(
    database: Database, clock: MovableClock, notes: list[str], archive: Archive
) -> None:
    archive.goes_on = threading.Event()
    try:
        async with asyncio.timeout(10):
            await Poster(archive.url, database=database, clock=clock).post()
    finally:
        archive.goes_on.set()
    assert [body for _, _, body in archive.taken] == notes


async def test_an_address_that_nobody_serves_is_told_without_its_secret(
    database: Database, clock: MovableClock, notes: list[str]
) -> None:
    with serving() as gone:
        url = gone.url
    with pytest.raises(NotTaken, match=r"checkpoint 1 could not be sent \(ConnectError\)") as refused:
        await Poster(url, database=database, clock=clock).post()
    assert "s3cr3t" not in repr(refused.value)
    assert await waiting(database) == [1, 2, 3]
    assert len(notes) == 3
