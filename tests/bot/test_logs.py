"""Canaries: a token and a NIP never reach a log, whichever way they try."""

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from telegram import Bot
from telegram.error import InvalidToken

from bot import logs
from bot.clock import MovableClock
from bot.database import Database
from bot.line import Line
from bot.sandbox import Limits, Sandbox
from models.office import Person

TOKEN = "123456789:AAF-canary_canary_canary_canary_1234"
NIP = "197001011995032001"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log of the whole process, as `disposisi run` sets it up; the loggers are put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.configure("DEBUG", secrets=[SecretStr(TOKEN)], stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def test_what_people_write_is_not_told_even_at_debug(log: io.StringIO, clock: MovableClock) -> None:
    sandbox = Sandbox(token=TOKEN, bot_username="x_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address, Line(TOKEN, base_url=address.url) as line:
        sandbox.person(1001, "Budi", started=True).says("Rahasia jabatan")
        await line.send_message(1001, "Rahasia jabatan")
        assert await line.raw_updates(offset=None, kinds=["message"], patience=timedelta())
    assert "Rahasia" not in log.getvalue()


def test_parameters_of_a_failed_statement_are_not_told(log: io.StringIO, database: Database) -> None:
    def twice() -> None:
        with database.transaction() as session:
            for _ in range(2):
                person = Person(name="Budi", nip=NIP, telegram_id=None, registered_at=datetime(2026, 3, 30, tzinfo=UTC))
                session.add(person)
                session.flush()

    with pytest.raises(IntegrityError) as caught:
        twice()
    logging.getLogger("bot").error("failed", exc_info=caught.value)
    assert "Budi" not in log.getvalue()


def test_one_line_per_event(log: io.StringIO) -> None:
    logging.getLogger("bot.intake").info("update %s\nINFO bot.intake: a forged line", 17)
    assert log.getvalue().count("\n") == 1
    assert "INFO bot.intake: update 17 ⏎ INFO" in log.getvalue()


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://proxy/?url={quote(TOKEN, safe='')}",
        f"only its secret half: {TOKEN.partition(':')[2]}",
    ],
)
def test_the_token_is_taken_out_of_messages_and_arguments(log: io.StringIO, said: str) -> None:
    logging.getLogger("anything").warning("said: %s", said)
    logging.getLogger("anything").warning(said)
    assert "AAF-canary" not in log.getvalue()
    assert logs.HIDDEN in log.getvalue()


def test_a_token_nobody_told_of_is_taken_out_by_its_shape(log: io.StringIO) -> None:
    logging.getLogger("anything").warning("bot987654321:BBG-other_other_other_other_5678/getMe")
    assert "BBG-other" not in log.getvalue()


@pytest.mark.parametrize("written", [NIP, "19700101 199503 2 001", "19700101.199503.2.001", f"nip={NIP}&x"])
def test_a_nip_is_taken_out_however_it_is_written(log: io.StringIO, written: str) -> None:
    logging.getLogger("handlers").error("registration of %s", written)
    assert "19700101" not in log.getvalue()


def test_numbers_that_are_no_nip_stay(log: io.StringIO) -> None:
    logging.getLogger("bot").info("chat -1001234567890 message 99 update 123456789 at 2026-03-30T08:30:00")
    assert "chat -1001234567890 message 99 update 123456789 at 2026-03-30T08:30:00" in log.getvalue()


def test_nor_do_they_come_through_a_traceback(log: io.StringIO) -> None:
    def reject() -> None:
        raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")

    def fail() -> None:
        try:
            reject()
        except InvalidToken as error:
            raise ValueError(f"NIP {NIP}") from error

    with pytest.raises(ValueError, match="NIP") as caught:
        fail()
    logging.getLogger("bot").error("failed", exc_info=caught.value)
    assert "Traceback" in log.getvalue()
    assert log.getvalue().count("\n") == 1
    assert "AAF-canary" not in log.getvalue()
    assert NIP not in log.getvalue()


def test_nor_through_the_name_of_the_bot(log: io.StringIO) -> None:
    logging.getLogger("bot").info("%r %s", Bot(TOKEN), Line(TOKEN, base_url="http://127.0.0.1:9"))
    assert "AAF-canary" not in log.getvalue()
    assert TOKEN not in repr(Line(TOKEN, base_url="http://127.0.0.1:9"))


async def test_nor_through_the_libraries_at_their_most_talkative(log: io.StringIO, clock: MovableClock) -> None:
    for name in logs.QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG)
    sandbox = Sandbox(token=TOKEN, bot_username="x_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address:
        line = Line(TOKEN, base_url=address.url)
        async with line:
            sandbox.person(1001, "Budi", started=True)
            await line.send_message(1001, f"NIP Anda {NIP}")
        async with httpx.AsyncClient() as client:
            await client.get(f"{address.base_url}{TOKEN}/getMe")
    said = log.getvalue()
    assert "HTTP Request" in said, "the libraries did speak"
    assert "AAF-canary" not in said
    assert NIP not in said


def test_a_line_that_cannot_be_written_does_not_spill_its_arguments(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "%d is a number", (TOKEN,), None)
    logging.getLogger().handlers[0].handle(record)
    assert "could not be written" in log.getvalue()
    assert "AAF-canary" not in log.getvalue() + capsys.readouterr().err
