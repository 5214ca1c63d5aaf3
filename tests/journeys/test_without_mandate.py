"""A step that no Plh. may do, read in the chats: it goes up or waits for its holder, and everybody reads why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.journeys.demo_office import DemoOffice, demo_office

NUMBER = "SW-2026-0001"
CARD = f"DISPOSISI {NUMBER}"
BY_KAKANWIL, BY_KADIV = 1, 2
"""Steps of the packaged SOP."""


def without_mandate(folder: Path, *steps: int) -> Path:
    """Write the packaged SOPs, in which no Plh. may do these steps."""
    folder.mkdir()
    for file in Settings.load(None).sop_dir.glob("*.toml"):
        parts = file.read_text("utf-8").split("[[steps]]")
        for step in steps:
            parts[step] = f"{parts[step].rstrip()}\nmandate = false\n\n"
        (folder / file.name).write_text("[[steps]]".join(parts), encoding="utf-8")
    return folder


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    sops = without_mandate(tmp_path / "sops", BY_KAKANWIL, BY_KADIV)
    async with demo_office(tmp_path, database_url=migrated_url, sop_dir=sops) as place:
        yield place


async def morning(office: DemoOffice, *, days: int) -> None:
    """Let it be 08.00 of a coming day, past the midnight before it."""
    zone = office.program.rules.office.calendar.zone
    day = office.clock.now().astimezone(zone).date() + timedelta(days=days)
    await office.comes(datetime.combine(day, time(0, 0, 30), zone))
    await office.comes(datetime.combine(day, time(8), zone))


async def test_what_no_plh_may_do_goes_up_and_is_decided_there(office: DemoOffice) -> None:
    kadiv, kabag, kakanwil = office["Kadiv"], office["Kabag"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke")
    await kadiv.says("/cuti besok")
    await kadiv.taps("Minta Bram Contoh")
    assert kabag.sees("Langkah yang menurut SOP bukan untuk Plh. tidak ikut."), "it is known before one accepts"
    assert kadiv.sees("naik ke atasan yang di tempat; bila tidak ada, menunggu pemegangnya kembali")
    await kabag.taps("Bersedia")

    await morning(office, days=1)
    assert kadiv.sees("Kartu Kadiv kini pada Plh. Bram Contoh, kecuali langkah yang menurut SOP bukan untuk Plh.")
    assert kabag.sees("Langkah yang menurut SOP bukan untuk Plh. tidak datang kepada Anda.")
    assert kadiv.sees("Kartu ini tidak berlaku lagi bagi Anda. Kini pada Kakanwil.")
    assert not kabag.sees(CARD)
    await kabag.says("/tugas")
    assert kabag.sees("Tidak ada yang menunggu Anda saat ini.")
    card = kakanwil.message(f"{CARD} · langkah 2 dari 9")
    because = "pemegang jabatan Kadiv tidak di tempat dan langkah ini bukan untuk Plh."
    assert f"🪑 Naik ke meja ini karena {because}" in card.words

    await kakanwil.taps("Teruskan ke", card)
    assert (await office.case()).tasks[1].decided_as == "definitive:kakanwil"
    assert kakanwil.sees(f"Diteruskan oleh Karel Contoh (Kakanwil, karena {because})")
    assert f"Karel Contoh (Kakanwil, karena {because})" in kabag.message(f"{CARD} · langkah 3").words
    await kakanwil.taps("Riwayat", card)
    assert kakanwil.sees(f"Berpindah ke Kakanwil, karena {because}")
    assert kakanwil.sees(f"Karel Contoh (Kakanwil, karena {because}) meneruskan ke Kabag P2L")
    (moved,) = await office.journal("rehome")
    assert moved["raised"] == {"from": "kadiv", "because": "mandate"}
    assert await office.verified()


async def test_what_went_up_comes_back_when_its_holder_does(office: DemoOffice) -> None:
    kadiv, kakanwil = office["Kadiv"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke")
    await kadiv.says("/cuti besok")
    await kadiv.taps("Minta Bram Contoh")
    await office["Kabag"].taps("Bersedia")
    await morning(office, days=1)
    assert kakanwil.message(f"{CARD} · langkah 2").button("Teruskan ke")

    await morning(office, days=1)
    assert not kakanwil.message(f"{CARD} · langkah 2").button("Teruskan ke")
    card = kadiv.message(f"{CARD} · langkah 2")
    assert "bukan untuk Plh." not in card.words
    await kadiv.taps("Teruskan ke", card)
    assert (await office.case()).tasks[1].decided_as == "definitive:kadiv"
    assert kadiv.sees("Diteruskan oleh Dina Contoh (Kadiv), 08.00 WITA.")
    assert await office.verified()


async def test_where_nobody_is_above_it_waits_for_its_holder_and_everybody_reads_why(office: DemoOffice) -> None:
    kadiv, kakanwil, budi = office["Kadiv"], office["Kakanwil"], office["Budi"]
    await kakanwil.says("/cuti besok")
    await kakanwil.taps("Minta Dina Contoh")
    await kadiv.taps("Bersedia")
    await morning(office, days=1)
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    card = kakanwil.message(CARD)
    assert "🏖 Anda tidak di tempat, dan langkah ini bukan untuk Plh.: menunggu Anda." in card.words
    assert not kadiv.sees(CARD)
    await office.passes(minutes=90)
    assert office["Kasubbag"].sees(f"{NUMBER} tertahan di Kakanwil"), "the lateness is told to those who see to it"
    for reader in (budi, kadiv, office["Kasubbag"]):
        await reader.says("/status 0001")
        waits = "🏖 Pemegangnya tidak di tempat, dan langkah ini bukan untuk Plh.: menunggu sampai kembali."
        assert waits in reader.message("1/9").words

    await morning(office, days=1)
    assert "tidak di tempat" not in kakanwil.message(CARD).words
    assert "tidak di tempat" not in budi.message("1/9").words
    await kakanwil.taps("Teruskan ke", kakanwil.message(CARD))
    assert (await office.case()).tasks[0].decided_as == "definitive:kakanwil"
    assert kakanwil.sees("Diteruskan oleh Karel Contoh (Kakanwil), 08.00 WITA. Kini pada Kadiv.")
    assert await office.journal("rehome") == [], "it never left its desk"
    assert await office.verified()


async def test_who_is_away_may_decide_what_waits_for_them(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await kakanwil.says("/cuti hari ini")
    await kakanwil.taps("Minta Dina Contoh")
    await office["Kadiv"].taps("Bersedia")
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke", kakanwil.message(CARD))
    assert (await office.case()).tasks[0].decided_as == "definitive:kakanwil"
    assert await office.verified()


async def test_an_office_whose_sops_keep_nothing_from_a_plh_reads_nothing_of_it(
    tmp_path: Path, migrated_url: str
) -> None:
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        await place["Kadiv"].says("/cuti hari ini")
        await place["Kadiv"].taps("Minta Bram Contoh")
        await place["Kabag"].taps("Bersedia")
        assert place["Kabag"].sees("Yang Anda putuskan tercatat sebagai Plh.")
        assert not any(place[name].sees("bukan untuk Plh.") for name in ("Kadiv", "Kabag"))
