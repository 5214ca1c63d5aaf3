"""Canaries: a token and a NIP never reach a log, whichever way they try."""

import ast
import io
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bot import logs
from bot.clock import MovableClock
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.stopped import DatabaseUnusable
from bot.storage.database import Database
from models.office.person import Person
from tests.parts import line_to

TOKEN = "123456789:AAF-canary_canary_canary_canary_1234"
NIP = "197001011995032001"

E = TypeVar("E", bound=Exception)


BOTH = pytest.mark.parametrize("log", ["text", "json"], indirect=True)


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """The log of the whole process, as `disposisi run` sets it up; the loggers are put back afterwards."""
    form: logs.Form = getattr(request, "param", "text")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.configure("DEBUG", form=form, secrets=[SecretStr(TOKEN)], stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@BOTH
async def test_what_people_write_is_not_told_even_at_debug(log: io.StringIO, clock: MovableClock) -> None:
    sandbox = Sandbox(token=TOKEN, bot_username="x_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address, line_to(address.url, token=TOKEN) as line:
        sandbox.person(1001, "Budi", started=True).says("Rahasia jabatan")
        await line.send_message(1001, "Rahasia jabatan")
        assert await line.raw_updates(offset=None, kinds=["message"], patience=timedelta())
    assert "Rahasia" not in log.getvalue()


@BOTH
def test_parameters_of_a_failed_statement_are_not_told(log: io.StringIO, database: Database) -> None:
    def twice() -> None:
        with database.transaction() as session:
            for _ in range(2):
                person = Person(name="Budi", nip=NIP, account_id=None, registered_at=datetime(2026, 3, 30, tzinfo=UTC))
                session.add(person)
                session.flush()

    with pytest.raises(IntegrityError) as caught:
        twice()
    logging.getLogger("bot").error("failed", exc_info=caught.value)
    assert "Budi" not in log.getvalue()


def test_one_line_per_event(log: io.StringIO) -> None:
    forged = "x\nINFO bot.updates.intake: a forged line"
    logging.getLogger("bot.updates.intake").info("refused: %s", forged, extra={"case": forged})
    assert log.getvalue().count("\n") == 1
    assert "INFO bot.updates.intake: refused: x ⏎ INFO" in log.getvalue()
    assert "[case x ⏎ INFO" in log.getvalue()


@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_one_json_line_per_event(log: io.StringIO) -> None:
    forged = 'x"}\n{"level": "CRITICAL"}'
    logging.getLogger("bot.updates.intake").info("refused: %s", forged, extra={"case": forged})
    (line,) = lines(log)
    assert (line["level"], line["message"], line["case"]) == ("INFO", f"refused: {forged}", forged)


def test_a_line_of_text_names_its_ids_after_the_message(log: io.StringIO) -> None:
    logging.getLogger("bot").info("refused: %s", "stale", extra={"update": 17, "case": "SW-2026-0001"})
    logging.getLogger("bot").info("this process leads", extra={"presence": 3})
    first, second = log.getvalue().splitlines()
    assert first.endswith("INFO bot: refused: stale [update 17, case SW-2026-0001]")
    assert second.endswith("INFO bot: this process leads [process 3]")


@BOTH
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
    assert logs.HIDDEN in log.getvalue() or json.dumps(logs.HIDDEN)[1:-1] in log.getvalue()


@BOTH
def test_a_token_nobody_told_of_is_taken_out_by_its_shape(log: io.StringIO) -> None:
    logging.getLogger("anything").warning("bot987654321:BBG-other_other_other_other_5678/getMe")
    assert "BBG-other" not in log.getvalue()


@BOTH
@pytest.mark.parametrize("written", [NIP, "19700101 199503 2 001", "19700101.199503.2.001", f"nip={NIP}&x"])
def test_a_nip_is_taken_out_however_it_is_written(log: io.StringIO, written: str) -> None:
    logging.getLogger("handlers").error("registration of %s", written)
    assert "19700101" not in log.getvalue()


def test_numbers_that_are_no_nip_stay(log: io.StringIO) -> None:
    logging.getLogger("bot").info("chat -1001234567890 message 99 update 123456789 at 2026-03-30T08:30:00")
    assert "chat -1001234567890 message 99 update 123456789 at 2026-03-30T08:30:00" in log.getvalue()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_a_json_line_has_its_ids_and_where_it_went_wrong(log: io.StringIO) -> None:
    def fail() -> None:
        raise KeyError(17)

    with pytest.raises(KeyError) as caught:
        fail()
    logging.getLogger("bot.updates.intake").info(
        "%d %% done\nin two lines", 50, extra={"update": 17, "case": "SW-2026-0001", "presence": 3}
    )
    logging.getLogger("bot.notices.courier").error("failed", exc_info=caught.value, extra={"notice": 99})
    first, second = lines(log)
    assert first["time"].endswith("+00:00")
    assert {**first, "time": ""} == {
        "time": "",
        "level": "INFO",
        "logger": "bot.updates.intake",
        "message": "50 % done\nin two lines",
        "update": 17,
        "case": "SW-2026-0001",
        "process": 3,
    }
    assert (second["notice"], second["error"]) == (99, "KeyError")
    assert second["place"].startswith("fail:")
    assert second["trace"].endswith("KeyError")


@BOTH
def test_the_number_of_a_private_chat_has_an_alias_and_that_of_a_group_stays(log: io.StringIO) -> None:
    logging.getLogger("bot").info("chat %s waits", 7001)
    logging.getLogger("asyncio").error("Task was destroyed: <Task name='chat 7001'>\nand more")
    logging.getLogger("bot").info("chat %s waits", -1001234567890)
    first, second, third = log.getvalue().splitlines()
    alias = re.search(r"chat (#[0-9a-f]{8})", first)
    assert alias is not None
    assert alias[1] in second
    assert "7001" not in log.getvalue()
    assert "chat -1001234567890" in third


@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_the_alias_is_a_field_too(log: io.StringIO) -> None:
    logging.getLogger("bot").info("chat %s waits", 7001, extra={"chat": 7001})
    logging.getLogger("bot").info("a chat waits", extra={"chat": -1001234567890})
    private, group = lines(log)
    assert private["message"] == f"chat {private['chat']} waits"
    assert group["chat"] == -1001234567890


@BOTH
def test_no_secret_comes_through_a_field(log: io.StringIO) -> None:
    logging.getLogger("bot").info("refused", extra={"case": f"{TOKEN} {NIP}", "chat": 7001})
    assert "refused" in log.getvalue()
    assert not any(secret in log.getvalue() for secret in ("AAF-canary", NIP, "7001"))


@BOTH
def test_what_a_library_adds_to_a_record_stands_in_no_line(log: io.StringIO) -> None:
    logging.getLogger("library").warning("heard", extra={"said": "Rahasia jabatan", "color_message": "Rahasia"})
    assert "heard" in log.getvalue()
    assert "Rahasia" not in log.getvalue()


def test_every_id_that_a_call_names_is_known_to_the_log() -> None:
    """Otherwise it would stand in no line, and nobody would miss it."""
    root = Path(logs.__file__).parents[1]
    files = [path for floor in ("bot", "handlers", "models") for path in (root / floor).rglob("*.py")]
    named = {name for path in files for name in ids_named_in(path.read_text(encoding="utf-8"))}
    assert {"update", "notice", "task"} <= named <= logs.IDS.keys()


def ids_named_in(source: str) -> set[str]:
    """Return the names in the `extra` of every call, as the code has them."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    given = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "extra"]
    return {ast.literal_eval(key) for one in given if isinstance(one, ast.Dict) for key in one.keys if key is not None}


def raised(error: E) -> E:
    """Return `error` with a traceback, as it comes out of the program."""

    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        fail()
    return error


@BOTH
def test_what_people_wrote_does_not_come_out_with_an_error(log: io.StringIO) -> None:
    written = "Rahasia " + "jabatan"
    cause = ValueError(written)
    error = KeyError(written)
    error.__cause__ = raised(cause)
    group = ExceptionGroup(written, [raised(RuntimeError(written))])
    for one in (raised(error), raised(group), raised(UnicodeEncodeError("utf-8", written, 0, 1, written))):
        logging.getLogger("bot").error("failed", exc_info=one)
    said = log.getvalue()
    assert written not in said
    assert all(name in said for name in ("KeyError", "ValueError", "ExceptionGroup", "RuntimeError"))
    assert said.count("\n") == 3


@BOTH
def test_a_task_that_nobody_waited_for_is_told_without_its_words(log: io.StringIO) -> None:
    written = "Rahasia " + "jabatan"
    message = f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{written}')>"
    logging.getLogger("asyncio").error(message, exc_info=raised(ValueError(written)))
    assert written not in log.getvalue()
    assert "never retrieved" in log.getvalue()


class _Server(Exception):
    """An error as PostgreSQL's driver gives it: a state, and details with values of rows."""

    sqlstate = "23505"
    diag = SimpleNamespace(constraint_name="uq_people_nip")


@BOTH
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IntegrityError("INSERT", {}, _Server("Key (name)=(Budi) already exists.")), "23505 uq_people_nip"),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed: people.nip")), "people.nip"),
        (PermissionError(13, "Permission denied", "/home/budi"), "Permission denied"),
        (DatabaseUnusable("The disk is full."), "The disk is full."),
        (BadRequest("chat not found"), "chat not found"),
        (AttributeError("'NoneType' object has no attribute 'step'"), "has no attribute 'step'"),
    ],
)
def test_what_an_error_says_of_the_program_is_told(log: io.StringIO, error: Exception, told: str) -> None:
    logging.getLogger("bot").error("failed", exc_info=raised(error))
    assert told in log.getvalue()
    assert "Budi" not in log.getvalue()
    assert "/home" not in log.getvalue()


def test_what_another_handler_made_of_an_error_is_not_taken_over(log: io.StringIO) -> None:
    error = raised(ValueError("Rahasia " + "jabatan"))
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "failed", (), (type(error), error, None))
    assert "Rahasia jabatan" in logging.Formatter().format(record)
    logging.getLogger().handlers[0].handle(record)
    assert "Rahasia jabatan" not in log.getvalue()
    assert "ValueError" in log.getvalue()


@BOTH
def test_a_line_carries_no_orders_for_the_terminal(log: io.StringIO) -> None:
    said = "\x1b[2J\x9b31m\u2028\ud800 ok"
    # Not through the logger: what the test's own report takes along, its reader could not print.
    record = logging.LogRecord("bot", logging.WARNING, __file__, 1, "an answer: %s", (said,), None)
    logging.getLogger().handlers[0].handle(record)
    assert log.getvalue().isascii() or "\x1b" not in log.getvalue()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\ud800-\udfff]", log.getvalue())
    assert "ok" in log.getvalue()


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


@BOTH
def test_nor_through_the_name_of_the_bot(log: io.StringIO) -> None:
    logging.getLogger("bot").info("%r %s", Bot(TOKEN), line_to("http://127.0.0.1:9", token=TOKEN))
    assert "AAF-canary" not in log.getvalue()
    assert TOKEN not in repr(line_to("http://127.0.0.1:9", token=TOKEN))


@BOTH
async def test_nor_through_the_libraries_at_their_most_talkative(log: io.StringIO, clock: MovableClock) -> None:
    for name in logs.QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG)
    sandbox = Sandbox(token=TOKEN, bot_username="x_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address:
        line = line_to(address.url, token=TOKEN)
        async with line:
            sandbox.person(1001, "Budi", started=True)
            await line.send_message(1001, f"NIP Anda {NIP}")
        async with httpx.AsyncClient() as client:
            await client.get(f"{address.base_url}{TOKEN}/getMe")
    said = log.getvalue()
    assert "HTTP Request" in said, "the libraries did speak"
    assert "AAF-canary" not in said
    assert NIP not in said


@BOTH
def test_a_line_that_cannot_be_written_does_not_spill_its_arguments(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "%d is a number", (TOKEN,), None)
    logging.getLogger().handlers[0].handle(record)
    assert "could not be written" in log.getvalue()
    assert "AAF-canary" not in log.getvalue() + capsys.readouterr().err


@BOTH
def test_a_log_that_nobody_reads_any_more_costs_its_lines_and_nothing_else(log: io.StringIO) -> None:
    log.close()
    logging.getLogger("bot").warning("the work goes on")
