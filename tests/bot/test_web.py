"""The web server over real HTTP: who may hand over updates, what each answer promises, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from bot import connection, web
from bot.clock import MovableClock
from bot.health import Vitals
from bot.listener import CannotListen
from bot.logs import QUIET
from bot.metrics import Metrics
from bot.replicas.presence import Alone
from bot.settings import Listen
from bot.storage.database import Database
from bot.updates.webhook import Webhook
from bot.web import Web
from models.rules.rules import Rules

SECRET = "a-secret_of-16-or-more"
UPDATE = {"update_id": 17, "message": {"text": "Rahasia jabatan"}}
ANYWHERE = Listen("127.0.0.1", 0)


@dataclass
class Shelf:
    """Where updates are put; may be broken or slow."""

    updates: list[Mapping[str, Any]] = field(default_factory=list)
    failure: Exception | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def store(self, batch: Sequence[Mapping[str, Any]]) -> None:
        self.entered.set()
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        self.updates.extend(batch)


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.gate.set()
    return shelf


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def vitals(database: Database, clock: MovableClock, metrics: Metrics, rules: Rules) -> Vitals:
    return Vitals(database=database, presence=Alone(), clock=clock, metrics=metrics, rules=rules)


@pytest.fixture
async def server(vitals: Vitals, metrics: Metrics, shelf: Shelf) -> AsyncIterator[Web]:
    webhook = Webhook("https://bot.example.go.id/telegram", SecretStr(SECRET))
    server = Web(listen=ANYWHERE, health=None, vitals=vitals, metrics=metrics, webhook=webhook)
    server.take_into(shelf.store)
    server.bind()
    running = asyncio.create_task(server.run())
    yield server
    shelf.gate.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await server.close()


@pytest.fixture
async def telegram(server: Web) -> AsyncIterator[httpx.AsyncClient]:
    """A client that knows the secret."""
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{server.address.port}",
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        trust_env=False,
    ) as client:
        yield client


async def test_an_update_is_taken_only_once_it_is_stored(telegram: httpx.AsyncClient, shelf: Shelf) -> None:
    shelf.gate.clear()
    calling = asyncio.create_task(telegram.post("/telegram", json=UPDATE))
    await shelf.entered.wait()
    await asyncio.wait({calling}, timeout=0.2)
    assert not calling.done()
    shelf.gate.set()
    answer = await calling
    assert (answer.status_code, answer.content) == (200, b"")
    assert shelf.updates == [UPDATE]


@pytest.mark.parametrize("shown", [None, "", "another-secret", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xff" * 22])
async def test_a_stranger_is_turned_away_and_nothing_is_stored(
    telegram: httpx.AsyncClient, shelf: Shelf, metrics: Metrics, shown: str | None
) -> None:
    del telegram.headers["X-Telegram-Bot-Api-Secret-Token"]
    headers = {} if shown is None else {b"X-Telegram-Bot-Api-Secret-Token": shown.encode("latin-1")}
    answer = await telegram.post("/telegram", json=UPDATE, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert not shelf.entered.is_set()
    assert metrics.value("disposisi_webhook_requests_total", status="403") == 1
    assert metrics.value("disposisi_updates_taken_in_total", way="webhook") == 0


async def test_a_wrong_secret_leaves_one_line_in_the_log_not_one_a_request(
    telegram: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(40):
        shown = {"X-Telegram-Bot-Api-Secret-Token": "another-secret"}
        assert (await telegram.post("/telegram", json=UPDATE, headers=shown)).status_code == 403
    (line,) = [one.getMessage() for one in caplog.records if one.name == "bot.web"]
    assert "start the bot again: that sets the webhook with the present WEBHOOK_SECRET" in line
    assert "another-secret" not in line


async def status_of(server: Web, *lines: str, body: bytes = b"") -> bytes:
    """Return the status line that a request is answered with whose body never comes to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.address.port)
    head = ["POST /telegram HTTP/1.1", "Host: x", "Content-Length: 100000", *lines]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    async with asyncio.timeout(5):
        status = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return status.strip()


async def test_of_a_strangers_request_the_body_is_not_even_waited_for(server: Web) -> None:
    assert await status_of(server) == b"HTTP/1.1 403 Forbidden"


async def test_when_the_database_is_away_telegram_is_asked_to_come_again_soon(
    telegram: httpx.AsyncClient, shelf: Shelf, metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    shelf.failure = OperationalError("INSERT", {"text": "Rahasia jabatan"}, Exception("the disk is full"))
    answer = await telegram.post("/telegram", json=UPDATE)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert metrics.value("disposisi_updates_taken_in_total", way="webhook") == 0
    assert "is to be sent again: the database is away" in caplog.text
    assert "Rahasia" not in caplog.text
    shelf.failure = None
    assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200
    assert metrics.value("disposisi_updates_taken_in_total", way="webhook") == 1


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[1, 2]", b"null", b'{"update_id": NaN}', b"[" * 100_000])
async def test_what_can_never_be_an_update_is_not_sent_again(
    telegram: httpx.AsyncClient, shelf: Shelf, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert (await telegram.post("/telegram", content=body)).status_code == 200
    assert not shelf.entered.is_set()
    assert f"{len(body)} bytes that are no update" in caplog.text


async def test_what_is_too_large_is_refused(telegram: httpx.AsyncClient, shelf: Shelf) -> None:
    largest = b'"' + b"x" * (web.LARGEST - 2) + b'"'
    assert (await telegram.post("/telegram", content=largest)).status_code == 200
    assert (await telegram.post("/telegram", content=largest + b" ")).status_code == 413
    assert not shelf.entered.is_set()


async def test_a_body_that_does_not_come_is_not_waited_for(
    server: Web, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "READ_WITHIN", timedelta(seconds=0.05))
    secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"
    assert await status_of(server, secret, body=b'{"update_id"') == b"HTTP/1.1 408 Request Timeout"
    assert not shelf.entered.is_set()


@pytest.mark.parametrize("number", ["true", "null", '"17"', "17.5", str(2**63)])
async def test_what_has_no_number_is_a_bad_request(telegram: httpx.AsyncClient, shelf: Shelf, number: str) -> None:
    assert (await telegram.post("/telegram", content=f'{{"update_id": {number}}}')).status_code == 400
    assert (await telegram.post("/telegram", json={"message": {}})).status_code == 400
    assert not shelf.entered.is_set()


@pytest.mark.parametrize(
    ("version", "length"), [("1.1", ["Content-Length: 5"]), ("1.0", ["Content-Length: 5"]), ("1.0", [])]
)
async def test_a_request_whose_length_two_servers_may_read_in_two_ways_is_refused(
    server: Web, shelf: Shelf, version: str, length: list[str]
) -> None:
    secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"
    smuggled = b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
    reader, writer = await connect(server)
    head = [f"POST /telegram HTTP/{version}", "Host: x", *length, "Transfer-Encoding: chunked", secret]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + smuggled)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1, "what follows is no request of its own"
    assert not shelf.entered.is_set()


async def connect(server: Web) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", server.address.port)


async def ended(reader: asyncio.StreamReader) -> bool:
    """Wait until the server has ended a connection. Returns whether it sent nothing before that."""
    try:
        async with asyncio.timeout(5):
            return await reader.read() == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "begun", [b"", b"GET /healthz HTTP/1.1\r\nHost:", b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"]
)
async def test_a_request_that_is_never_whole_is_not_waited_for(
    server: Web, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(connection, "WHOLE_WITHIN", 0.05)
    reader, writer = await connect(server)
    writer.write(begun)
    assert await ended(reader)
    writer.close()


async def test_neither_is_one_on_a_connection_that_has_served(server: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = await connect(server)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
    monkeypatch.setattr(connection, "WHOLE_WITHIN", 0.05)
    writer.write(b"GET /healthz HTTP/1.1\r\n")
    assert await ended(reader)
    writer.close()


async def test_a_body_that_trickles_in_to_nobody_ends_with_its_connection(
    server: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WHOLE_WITHIN", 0.05)
    reader, writer = await connect(server)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx")
    assert not await ended(reader), "a stranger is answered at once"
    writer.close()


async def test_garbage_leaves_no_line_in_the_log(server: Web, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(QUIET["uvicorn"], logger="uvicorn")
    upgrade = b"GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"
    for garbage in (b"\x16\x03\x01\r\n\r\n", upgrade):
        reader, writer = await connect(server)
        writer.write(garbage)
        assert await reader.readline()
        writer.close()
    assert not caplog.records, "strangers fill no disk"


async def test_a_server_that_nobody_asks_lets_the_loop_rest(telegram: httpx.AsyncClient) -> None:
    """It wakes up neither to look whether it is to end, nor to tell answers the time."""
    assert (await telegram.get("/healthz")).status_code == 200
    loop = asyncio.get_running_loop()
    assert min(one.when() - loop.time() for one in vars(loop)["_scheduled"] if not one.cancelled()) > 1


async def test_each_answer_tells_when_it_was_begun(
    telegram: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for date in ("Mon, 23 Nov 2026 00:00:00 GMT", "Mon, 23 Nov 2026 00:00:07 GMT"):
        monkeypatch.setattr(connection, "formatdate", lambda *, usegmt, date=date: date if usegmt else "")
        assert (await telegram.get("/healthz")).headers.get_list("date") == [date]


async def test_silent_connections_close_nothing(telegram: httpx.AsyncClient, server: Web) -> None:
    silent = [await connect(server) for _ in range(connection.MOST + 10)]
    async with asyncio.timeout(5):
        assert (await telegram.get("/healthz")).status_code == 200
        assert (await telegram.get("/metrics")).status_code == 200
        assert (await telegram.post("/telegram", json=UPDATE)).status_code == 200
    assert await ended(silent[0][0]), "the longest silent one has lost its place"
    for _, writer in silent:
        writer.close()


async def test_silent_connections_from_many_addresses_close_nothing(
    telegram: httpx.AsyncClient, server: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_OF_AN_ADDRESS", connection.MOST * 2)
    await test_silent_connections_close_nothing(telegram, server)


async def test_an_address_that_has_all_its_places_at_work_gets_no_more(
    telegram: httpx.AsyncClient, server: Web, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_OF_AN_ADDRESS", 1)
    shelf.gate.clear()
    calling = asyncio.create_task(telegram.post("/telegram", json=UPDATE))
    await shelf.entered.wait()
    reader, writer = await connect(server)
    assert await ended(reader)
    writer.close()
    shelf.gate.set()
    assert (await calling).status_code == 200


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server's side of a connection hold little: on its own Linux lets it grow to four megabytes."""
    made = connection.Connection.connection_made

    def connection_made(new: connection.Connection, transport: asyncio.Transport) -> None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        made(new, transport)

    monkeypatch.setattr(connection.Connection, "connection_made", connection_made)


@pytest.fixture
def lost(narrow: None, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Tell when the server has lost a connection."""
    del narrow
    happened, noticed = asyncio.Event(), connection.Connection.connection_lost

    def connection_lost(lost: connection.Connection, exc: Exception | None) -> None:
        noticed(lost, exc)
        happened.set()

    monkeypatch.setattr(connection.Connection, "connection_lost", connection_lost)
    return happened


async def ask_without_reading(server: Web) -> asyncio.StreamWriter:
    """Ask for more than the buffers on the way hold, and take none of it."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", server.address.port))
    _, writer = await asyncio.open_connection(sock=narrow, limit=1)
    writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" * 500)
    return writer


async def test_an_answer_that_nobody_takes_ends_with_its_connection(
    server: Web, lost: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "TAKEN_WITHIN", 0.5)
    writer = await ask_without_reading(server)
    async with asyncio.timeout(20):
        await lost.wait()
    writer.close()


async def test_who_takes_no_answer_gives_up_the_place_to_who_does(
    telegram: httpx.AsyncClient, server: Web, lost: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_OF_AN_ADDRESS", 1)
    stuck, paused = asyncio.Event(), connection.Connection.pause_writing

    def pause_writing(full: connection.Connection) -> None:
        paused(full)
        stuck.set()

    monkeypatch.setattr(connection.Connection, "pause_writing", pause_writing)
    writer = await ask_without_reading(server)
    async with asyncio.timeout(20):
        await stuck.wait()
        assert (await telegram.get("/healthz")).status_code == 200
    assert lost.is_set()
    writer.close()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_the_webhook_is_only_for_post(telegram: httpx.AsyncClient, method: str) -> None:
    assert (await telegram.request(method, "/telegram")).status_code == 405
    assert (await telegram.post("/elsewhere", json=UPDATE)).status_code == 404


async def test_it_tells_that_it_lives_and_whether_it_is_ready(
    telegram: httpx.AsyncClient, vitals: Vitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = await telegram.get("/healthz")
    assert (alive.status_code, alive.text) == (200, "ok")
    answer = await telegram.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    looked_at = {"database", "schema", "inbox", "outbox", "leader", "intake", "audit", "calendar", "archive"}
    assert set(answer.json()["checks"]) == {*looked_at, "sealing", "posting"}
    monkeypatch.setattr(vitals, "_needed", "another")
    answer = await telegram.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert [name for name, check in answer.json()["checks"].items() if not check["ok"]] == ["schema"]


async def test_it_shows_what_was_counted_with_the_present_backlog(
    telegram: httpx.AsyncClient, metrics: Metrics
) -> None:
    metrics.rested(2.5)
    answer = await telegram.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "disposisi_rate_wait_seconds_total 2.5" in answer.text
    assert "disposisi_inbox_waiting 0.0" in answer.text
    assert "disposisi_leader 1.0" in answer.text
    asked = await telegram.get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert asked.headers["content-type"].startswith("application/openmetrics-text")
    assert asked.text.endswith("# EOF\n")


async def test_neither_tells_of_people_or_secrets(telegram: httpx.AsyncClient) -> None:
    await telegram.post("/telegram", json=UPDATE)
    for path in ("/healthz", "/readyz", "/metrics"):
        text = (await telegram.get(path)).text
        assert SECRET not in text
        assert "Rahasia" not in text


async def test_the_end_waits_for_what_is_being_stored_and_takes_nothing_new(
    vitals: Vitals, metrics: Metrics, shelf: Shelf
) -> None:
    webhook = Webhook("https://bot.example.go.id/telegram", SecretStr(SECRET))
    server = Web(listen=ANYWHERE, health=None, vitals=vitals, metrics=metrics, webhook=webhook)
    server.take_into(shelf.store)
    server.bind()
    running = asyncio.create_task(server.run())
    url = f"http://127.0.0.1:{server.address.port}/telegram"
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    shelf.gate.clear()
    async with httpx.AsyncClient(trust_env=False) as client:
        calling = asyncio.create_task(client.post(url, json=UPDATE, headers=headers))
        await shelf.entered.wait()
        running.cancel()
        closing = asyncio.create_task(server.close())
        await asyncio.wait({closing}, timeout=0.3)
        assert not closing.done()
        with pytest.raises(httpx.ConnectError):
            await client.post(url, json=UPDATE, headers=headers)
        shelf.gate.set()
        assert (await calling).status_code == 200
        await closing
    assert shelf.updates == [UPDATE]
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_without_a_webhook_it_takes_no_updates(vitals: Vitals, metrics: Metrics) -> None:
    server = Web(listen=ANYWHERE, health=None, vitals=vitals, metrics=metrics, webhook=None)
    server.bind()
    running = asyncio.create_task(server.run())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.address.port}", trust_env=False) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.post("/telegram", json=UPDATE)).status_code == 404
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await server.close()


async def test_how_it_stands_may_have_an_address_of_its_own_that_the_webhook_cannot_fill(
    vitals: Vitals, metrics: Metrics, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_OF_AN_ADDRESS", 1)
    webhook = Webhook("https://bot.example.go.id/telegram", SecretStr(SECRET))
    server = Web(listen=ANYWHERE, health=ANYWHERE, vitals=vitals, metrics=metrics, webhook=webhook)
    server.take_into(shelf.store)
    server.bind()
    running = asyncio.create_task(server.run())
    calls, health = (f"http://127.0.0.1:{one.port}" for one in (server.address, server.health_address))
    shelf.gate.clear()
    async with httpx.AsyncClient(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}, trust_env=False) as client:
        calling = asyncio.create_task(client.post(f"{calls}/telegram", json=UPDATE))
        await shelf.entered.wait()
        for path in ("/healthz", "/metrics"):
            async with httpx.AsyncClient(trust_env=False) as monitoring:
                assert (await monitoring.get(health + path)).status_code == 200
        shelf.gate.set()
        assert (await calling).status_code == 200
        assert [(await client.get(calls + path)).status_code for path in ("/healthz", "/readyz")] == [404, 404]
    async with httpx.AsyncClient(trust_env=False) as monitoring:
        assert (await monitoring.post(f"{health}/telegram", json=UPDATE)).status_code == 404
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await server.close()


def test_an_address_that_cannot_be_had_is_named(vitals: Vitals, metrics: Metrics) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = Listen("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(CannotListen, match=f"WEB_LISTEN: 127.0.0.1:{listen.port} cannot be used .*another port"):
            Web(listen=listen, health=None, vitals=vitals, metrics=metrics, webhook=None).bind()
    with pytest.raises(CannotListen, match=r"HEALTH_LISTEN: 192\.0\.2\.1:0 cannot be used"):
        Web(listen=None, health=Listen("192.0.2.1", 0), vitals=vitals, metrics=metrics, webhook=None).bind()
