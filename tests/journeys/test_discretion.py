"""The log of a bad day, in either form, holds no word of anybody, no name, no NIP, no secret and no account."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Update
from telegram.ext import Application

from bot import logs
from bot.loop.pauses import Pauses
from bot.sandbox.faults import Fault, Trouble
from models.office.person import Person
from tests.journeys.demo_office import TOKEN, DemoOffice, demo_office

WORDS = "Rahasia jabatan yang tertulis"


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """The log of the whole process at its most talkative."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.configure("DEBUG", form=request.param, stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
async def office(
    log: io.StringIO, tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DemoOffice]:
    """An office whose log is kept from the start, and that does not wait long after a failure."""
    wait = Pauses.wait

    async def briefly(pauses: Pauses, seconds: float) -> None:
        await wait(pauses, min(seconds, 0.02))

    monkeypatch.setattr(Pauses, "wait", briefly)
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place
    assert log.getvalue()


@pytest.mark.parametrize("log", ["text", "json"], indirect=True)
async def test_nothing_that_people_are_or_write_is_in_the_log(
    office: DemoOffice, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = Application.process_update

    async def stumble(self: Application[Any, Any, Any, Any, Any, Any], update: object) -> None:
        if isinstance(update, Update) and update.message and update.message.text == WORDS:
            raise ValueError(f"cannot handle {update.message.text} of {update.message.from_user}")
        await handle(self, update)

    monkeypatch.setattr(Application, "process_update", stumble)
    for trouble in (Trouble.BAD_GATEWAY, Trouble.RESET, Trouble.GARBAGE_AFTER_ACTING, Trouble.SERVER_ERROR):
        office.sandbox.faults.next("sendMessage", Fault(trouble))
    await office["Budi"].says(WORDS)
    await office.report("Wati", f"{WORDS}, dan banyak lagi")
    office["Kadiv"].person.blocks_bot()
    await office["Kakanwil"].taps("Teruskan ke")
    await office.stops()
    await office.starts()

    people = await office.asks(lambda records: records.session.scalars(select(Person)).all())
    said = log.getvalue()
    assert "set aside" in said, "it was a bad day"
    assert "ValueError" in said
    for line in said.splitlines():
        text = json.dumps(json.loads(line), ensure_ascii=False) if line.startswith("{") else line
        told = [word for word in ("Rahasia", "jabatan yang", TOKEN, TOKEN.partition(":")[2]) if word in text]
        told += [
            word
            for person in people
            for word in (person.name, person.nip, f"chat {person.account_id}", f"id={person.account_id}")
            if word in text
        ]
        assert not told, text
