"""A checkpoint reaches the archive chat as a message that can be copied and held against the record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.sealing import kept_copy
from bot.sealing.places import Places
from bot.sealing.sealer import Sealer
from models.checkpoint.note import Note

if TYPE_CHECKING:
    from tests.journeys.demo_office import DemoOffice

ARCHIVE = -100200300


@pytest.fixture
def places(office: DemoOffice) -> Places:
    given = office._settings.model_copy(update={"checkpoint_chat": ARCHIVE})
    return Places.of(given, record=None)


async def test_a_case_that_is_closed_is_sealed_and_the_archive_has_it(
    office: DemoOffice, places: Places, tmp_path: Path
) -> None:
    archive = office.sandbox.group(ARCHIVE, "Arsip", [office["Kasubbag"].person])
    sealer = Sealer(database=office.program.database, rules=office.program.rules, clock=office.clock, places=places)
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await sealer.look()
    await office.settle()

    (message,) = (one for one in archive.chat if one.from_bot)
    assert message.words.startswith("🔏 Segel nomor 1 atas seluruh catatan, ")
    copied = re.search(r"^disposisi/.*", message.words, re.DOTALL | re.MULTILINE)
    assert copied is not None
    (tmp_path / "copied.txt").write_text(copied[0], encoding="utf-8")
    kept = kept_copy.read(tmp_path / "copied.txt", None, places)
    note = Note.parse(kept.written)
    assert note.written() == (places.folder.path / "latest.txt").read_text(encoding="utf-8")
    held = await office.asks(lambda records: kept.hold(records.session))
    assert held.faults == ()
    assert held.sealed_at == office.clock.now()
    assert await office.verified()

    await sealer.look()
    await office.settle()
    assert len([one for one in archive.chat if one.from_bot]) == 1
