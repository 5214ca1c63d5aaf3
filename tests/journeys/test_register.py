"""The register in chat: who was late last month, two taps away, and everything else that `/register` offers."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from bot.notices import registers
from bot.sandbox.chats import Message
from bot.sandbox.faults import Fault, Trouble
from models.journal.chain import Chain, Entry, Payload
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee

DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""Tuesday 1 December 2026, 09.00 WITA."""

SECRET = "Sandi SIMPEG bocor"
LATE = "Yang terlambat bulan lalu (Nov 2026)"


async def late_in_november(office: DemoOffice) -> None:
    """Let a case be late at the head's desk in November, and a confidential one wait there; then it is December."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.passes(minutes=95)
    await office.walk(until=2)
    await office["Wati"].says(SECRET)
    await office["Wati"].taps("Rahasia: tidak")
    await office["Wati"].taps("Kirim")
    await office.comes(DECEMBER)


def documents(who: Employee) -> list[Message]:
    return [one for one in who.person.received if one.media is not None]


def sheets(message: Message) -> Any:  # noqa: ANN401 - openpyxl is not typed
    assert message.media is not None
    return openpyxl.load_workbook(io.BytesIO(message.media.content))


def told(message: Message) -> dict[str, str]:
    page = sheets(message)["Keterangan"]
    return {row[0].value: row[1].value for row in page.iter_rows()}


async def taken(office: DemoOffice) -> list[dict[str, Any]]:
    """Return what the office's journal tells of registers, each with who took it and as what."""

    def read(records: Records) -> list[dict[str, Any]]:
        found = (
            select(Entry.actor_id, Entry.capacity, Payload.body)
            .join(Payload, (Payload.chain_id == Entry.chain_id) & (Payload.sequence == Entry.sequence))
            .join(Chain, Chain.id == Entry.chain_id)
            .where(Chain.subject == "office", Entry.action == "take-register")
            .order_by(Entry.sequence)
        )
        return [{**body, "by": by, "as": capacity} for by, capacity, body in records.session.execute(found)]

    return await office.asks(read)


async def test_who_was_late_last_month_is_two_taps_away(office: DemoOffice) -> None:
    await late_in_november(office)
    kasubbag = office["Kasubbag"]
    await kasubbag.says("/register")
    toast = await kasubbag.taps(LATE)
    assert toast == "📒 register-2026-11-terlambat.xlsx sedang dibuat dan dikirim ke sini."

    (sent,) = documents(kasubbag)
    assert sent.media is not None
    assert sent.media.name == "register-2026-11-terlambat.xlsx"
    assert sent.words.splitlines()[:2] == [
        "📒 Buku register · November 2026 · yang terlambat",
        "2 laporan, 3 langkah, 3 terlambat",
    ]
    assert "⏰ Kakanwil, " in sent.words
    assert "2×, " in sent.words
    assert told(sent)["Dibuat oleh"].endswith("(Kasubbag Humas)")
    (entry,) = await taken(office)
    assert (entry["period"], entry["late"], entry["as"]) == (
        ["2026-11-01", "2026-11-30"],
        True,
        "definitive:kasubbag-humas",
    )
    assert await office.verified()


async def test_a_confidential_case_stands_there_by_its_number_except_to_who_reads_it(office: DemoOffice) -> None:
    await late_in_november(office)
    for name, reads in (("Kasubbag", False), ("Kakanwil", True)):
        await office[name].says("/register 2026-11")
        cases = sheets(documents(office[name])[-1])["Laporan"]
        words = [cell.value for row in cases.iter_rows() for cell in row]
        assert "SW-2026-0002" in words
        assert (SECRET in words) is reads
        assert ("Wati Contoh" in words) is reads


async def test_any_of_the_last_twelve_months_and_the_way_back(office: DemoOffice) -> None:
    await office.comes(DECEMBER)
    rina = office["Rina"]
    await rina.says("/register")
    await rina.taps("Pilih bulan")
    months = [button.text for row in rina.message("Bulan yang mana?").buttons for button in row]
    assert (months[0], months[1], months[11]) == ("Des 2026", "Nov 2026", "Jan 2026")
    await rina.taps("Nov 2026")
    assert told(documents(rina)[-1])["Periode"] == "November 2026"
    await rina.taps("Kembali")
    await rina.taps("Tahun ini")
    assert told(documents(rina)[-1])["Periode"] == "2026"
    assert len([one for one in rina.person.received if "BUKU REGISTER" in one.words]) == 1


async def test_words_name_a_period_a_post_and_a_format(office: DemoOffice) -> None:
    await late_in_november(office)
    kakanwil = office["Kakanwil"]
    await kakanwil.says("/register bulan-lalu kakanwil json terlambat")
    (sent,) = documents(kakanwil)
    assert sent.media is not None
    assert sent.media.name == "register-2026-11-kakanwil-terlambat.jsonl"
    lines = [json.loads(line) for line in sent.media.content.decode().splitlines()]
    assert {line["post"] for line in lines if line["row"] == "step"} == {"Kakanwil"}
    await kakanwil.says("/register kemarin dulu")
    assert kakanwil.sees("“kemarin dulu” tidak dikenal.")


@pytest.mark.parametrize("name", ["Kadiv", "Budi"])
async def test_others_read_for_whom_it_is(office: DemoOffice, name: str) -> None:
    await office[name].says("/register")
    assert office[name].sees("Buku register hanya untuk pimpinan kantor, pengelola SOP, dan admin.")
    assert await taken(office) == []


async def test_the_same_is_made_once_within_a_minute(office: DemoOffice) -> None:
    rina = office["Rina"]
    await rina.says("/register")
    await rina.taps("Bulan ini")
    assert "baru saja diminta" in await rina.taps("Bulan ini")
    assert len(documents(rina)) == 1
    assert len(await taken(office)) == 1


async def test_who_has_left_their_post_meanwhile_gets_none(office: DemoOffice) -> None:
    office.sandbox.faults.sometimes("sendDocument", Fault(Trouble.SERVER_ERROR), rate=1.0)
    rina = office["Rina"]
    await rina.says("/register")
    card = rina.message("BUKU REGISTER")
    rina.person.taps("Bulan ini", card)
    await office.sandbox.world.until(
        lambda: any(one.method == "sendDocument" for one in office.sandbox.calls), within=10, why="nothing is sent"
    )
    await office.stops()
    office.sandbox.faults.clear()
    await office.starts()
    assert len(documents(rina)) == 1
    await office.relieves("Rina", "jft-prakom")
    assert await rina.taps("Bulan lalu", card) == "Buku register hanya untuk pimpinan kantor, pengelola SOP, dan admin."
    assert len(documents(rina)) == 1


@pytest.mark.parametrize("trouble", [Trouble.RESET, Trouble.RESET_AFTER_ACTING])
async def test_a_send_of_unknown_fate_is_made_again_at_most_once(office: DemoOffice, trouble: Trouble) -> None:
    rina = office["Rina"]
    office.sandbox.faults.next("sendDocument", Fault(trouble))
    await rina.says("/register 2026-11")
    assert len(documents(rina)) == (2 if trouble is Trouble.RESET_AFTER_ACTING else 1)
    assert len(await taken(office)) == 1


async def test_what_telegram_does_not_take_is_said(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "LARGEST", 1000)
    rina = office["Rina"]
    await rina.says("/register 2026-11")
    assert documents(rina) == []
    assert rina.sees("Pilih periode yang lebih pendek atau satu jabatan")
    await rina.says("/register 2026-10")
    assert len([one for one in rina.person.received if "Telegram hanya menerima" in one.words]) == 2
