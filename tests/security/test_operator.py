"""What reaches the operator's screen and disk: no steering of the terminal, no rights for others, no secrets."""

from __future__ import annotations

import io
import logging
import os
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.table import Table

from bot import logs
from bot.cli import console
from bot.loop.pauses import Pauses
from bot.roster import read_roster
from bot.sandbox.faults import Fault, Trouble
from bot.settings import Settings
from bot.storage.process_lock import ProcessLock
from tests.journeys.demo_office import TOKEN, DemoOffice, demo_office
from tests.parts import database_at

SECRET_HALF = TOKEN.partition(":")[2]
STEERING = "Budi\x1b]0;judul\x07\x1b[2J\r\x9b31m\u202eatad"


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log of the whole process at its most talkative."""
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


@pytest.fixture
async def office(
    tmp_path: Path, open_umask: None, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DemoOffice]:
    del open_umask, log
    wait = Pauses.wait

    async def briefly(pauses: Pauses, seconds: float) -> None:
        await wait(pauses, min(seconds, 0.02))

    monkeypatch.setattr(Pauses, "wait", briefly)
    # The program makes this record itself, under a umask that would let everybody read it.
    async with demo_office(tmp_path, database_url=f"sqlite:///{tmp_path}/journey.db") as place:
        yield place
        place.sandbox.faults.clear()


def rights(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}


def content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


@pytest.mark.parametrize("print_it", [console.say, console.succeed, console.note])
def test_nothing_that_is_printed_steers_the_terminal(capsys: pytest.CaptureFixture[str], print_it: object) -> None:
    assert callable(print_it)
    print_it(f"{STEERING} [bold]tebal[/bold] [/]")
    shown = capsys.readouterr().out
    assert not set("\x1b\x07\r\x9b\u202e") & set(shown)
    assert "[bold]tebal[/bold] [/]" in shown


def test_a_name_in_square_brackets_breaks_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("Name")
    table.add_row("Budi [/b] [link=http://contoh.invalid]S.Kom.[/link]")
    console.show(table)
    assert "Budi [/b] [link=http://contoh.invalid]S.Kom.[/link]" in capsys.readouterr().out


def test_a_list_of_people_brings_in_no_steering(tmp_path: Path) -> None:
    file, steering = tmp_path / "pegawai.csv", STEERING.replace("\r", "")
    rows = [
        f"197001011995032001;{steering};Unit",
        f"197001011995032002;Budi;{steering}",
        '197001011995032003;"=HYPERLINK(""http://contoh.invalid"")";Unit',
    ]
    file.write_text("nip;nama;unit\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = read_roster(file)
    assert [one.row for one in found.bad] == [2, 3]
    assert [one.name for one in found.people] == ['=HYPERLINK("http://contoh.invalid")'], (
        "words, until they are exported"
    )


async def test_the_record_is_for_its_owner_alone(office: DemoOffice, tmp_path: Path) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    made = rights(tmp_path)
    assert set(made) == {"journey.db", "journey.db-wal", "journey.db-shm", "journey.db.lock"}
    assert set(made.values()) == {0o600}


def test_rights_that_an_owner_gave_stay(tmp_path: Path, open_umask: None) -> None:
    del open_umask
    path = tmp_path / "record.db"
    path.touch(mode=0o640)
    with database_at(f"sqlite:///{path}"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    lock = ProcessLock(path)
    lock.acquire()
    lock.release()
    assert stat.S_IMODE(lock.path.stat().st_mode) == 0o600


async def test_the_token_is_told_nowhere_while_everything_goes_wrong(
    office: DemoOffice, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    faults = office.sandbox.faults
    for method in ("sendMessage", "editMessageText", "getUpdates"):
        for trouble in (Trouble.SERVER_ERROR, Trouble.BAD_GATEWAY, Trouble.RESET, Trouble.GARBAGE_AFTER_ACTING):
            faults.next(method, Fault(trouble))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Budi"].says(f"Token bot adalah {TOKEN}")
    logging.getLogger("bot").error("%r %s", office.program.line, office.program.settings)
    await office.stops()
    said = log.getvalue() + "".join(capfd.readouterr()) + repr(office.program) + repr(office.program.settings)
    await office.starts()

    assert "trying again" in said or "failed" in said or "NetworkError" in said, "the trouble was met"
    assert SECRET_HALF not in said


async def test_the_database_never_holds_the_token(office: DemoOffice, tmp_path: Path) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.stops()
    kept = content(tmp_path)
    await office.starts()
    assert b"SIMPEG" in kept
    assert SECRET_HALF.encode() not in kept


def test_settings_tell_no_secret() -> None:
    settings = Settings.load(
        None,
        telegram_bot_token=TOKEN,
        database_url="postgresql://bot:kata-sandi@db.invalid/disposisi",
        webhook_secret="rahasia-webhook-yang-panjang",
        webhook_url="https://bot.invalid/masuk",
    )
    said = repr(settings) + str(settings) + repr(settings.model_dump())
    assert SECRET_HALF not in said
    assert "rahasia-webhook" not in said
    assert "kata-sandi" not in database_at(settings.database_url).name
