"""The record is lost and put back from a copy: phones show what the copy does not know, and converge all the same."""

import asyncio
from pathlib import Path

from bot.copying.backup import back_up, restore
from bot.sandbox.faults import Fault, Trouble
from models.case.case import CaseState
from tests.journeys.demo_office import DemoOffice
from tests.parts import database_at


async def _go_back(office: DemoOffice, copy: Path) -> None:
    """Put the copy where the record is, as after a disaster, while the program is stopped."""

    def work() -> None:
        database = database_at(office.program.settings.database_url)
        try:
            done = restore(copy, database, replace=True, at=office.clock.now())
        finally:
            database.close()
        assert done.verification.verifies
        assert done.kept

    await office.stops()
    await asyncio.to_thread(work)
    await office.starts()


async def test_what_was_decided_after_the_copy_is_asked_again_and_the_case_goes_on(
    office: DemoOffice, tmp_path: Path
) -> None:
    kakanwil, kadiv = office["Kakanwil"], office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke")
    await asyncio.to_thread(back_up, office.program.database, tmp_path / "copy")
    await kadiv.taps("Teruskan ke")
    assert not kadiv.sees("Teruskan ke"), "the card shows that it was decided"
    kabags = office["Kabag"].message("DISPOSISI SW-2026-0001")
    await office.report("Wati", "SAKTI mati")
    watis = office["Wati"].message("SW-2026-0002")

    await _go_back(office, tmp_path / "copy")

    assert await office.cases() == ["SW-2026-0001"]
    assert kadiv.sees("Teruskan ke"), "the buttons are back"
    toast = await office["Kabag"].taps("Teruskan ke", kabags)
    assert toast, "a card from the lost time is answered"
    assert (await office.task()).step == 2, "but moves nothing"
    assert await office["Wati"].taps("Riwayat", watis)

    await kadiv.taps("Teruskan ke")
    await office.walk(until=10)
    assert (await office.case()).state is CaseState.CLOSED
    assert await office.verified()


async def test_what_was_owed_when_the_copy_was_taken_arrives_at_most_once_more(
    office: DemoOffice, tmp_path: Path
) -> None:
    kadiv = office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    office.sandbox.faults.sometimes("sendMessage", Fault(Trouble.BAD_GATEWAY), rate=1.0)
    press = office["Kakanwil"].person.taps("Teruskan ke")
    await press.answered()
    await asyncio.to_thread(back_up, office.program.database, tmp_path / "copy")
    office.sandbox.faults.clear()
    await office.settle()
    first = kadiv.message("DISPOSISI SW-2026-0001")

    await _go_back(office, tmp_path / "copy")

    second = kadiv.message("DISPOSISI SW-2026-0001")
    assert len([one for one in kadiv.person.received if "DISPOSISI SW-2026-0001" in one.words]) == 2
    # The copy may know the buttons of the first one: they are kept before they leave.
    for shown in (first, second):
        if shown.button("Teruskan ke"):
            await kadiv.taps("Teruskan ke", shown)
    assert (await office.task()).step == 3, "decided once, whichever was tapped"
    assert await office.verified()


async def test_rungs_climbed_after_the_copy_are_climbed_again_and_told_once(office: DemoOffice, tmp_path: Path) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await asyncio.to_thread(back_up, office.program.database, tmp_path / "copy")
    await office.passes(minutes=31)
    before = len(kakanwil.person.received)
    assert kakanwil.sees("lewat batas waktu")

    await _go_back(office, tmp_path / "copy")

    # On PostgreSQL a process that has just started chases once it leads.
    await office.sandbox.until(lambda: len(kakanwil.person.received) > before, within=30)
    await office.settle()
    assert len(kakanwil.person.received) == before + 1, kakanwil.chat
    assert (await office.task()).rung == 2
    assert await office.verified()
