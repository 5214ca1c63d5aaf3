"""A day changes: the cards of open steps move with it and say why, and nobody is late because of a day off."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.people import calendar_file
from models.administration import following_tasks
from models.administration.calendar import present
from tests.journeys.demo_office import DemoOffice

PACKAGED = Path(__file__).parents[2] / "models" / "offices" / "sulawesi-utara.toml"


def wita(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour - 8, minute, tzinfo=UTC)


async def test_a_day_off_announced_on_the_26th_reads_so_in_every_chat(office: DemoOffice) -> None:
    kasubbag, rina, budi, kabag = office["Kasubbag"], office["Rina"], office["Budi"], office["Kabag"]
    await office.comes(wita(24, 10))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    await office.comes(wita(24, 13))
    await office.walk(until=5)
    card = rina.message("SIMPEG tidak dapat dibuka")
    assert "Kam 26 Nov 13.00 WITA" in card.words

    await office.comes(wita(26, 9))
    assert rina.sees("jatuh tempo Kam 26 Nov 13.00 WITA"), "80 % of the way to Thursday, 13.00"
    await kasubbag.says("/libur")
    await kasubbag.taps("Hari libur")
    await kasubbag.says("26-11-2026 Keputusan Gubernur 12/2026")
    asked = kasubbag.message("Liburkan Kam 26 Nov 2026?")
    assert "1 batas waktu berubah" in asked.words
    assert "SW-2026-0001: 13.00 WITA → Jum 27 Nov 13.00 WITA" in asked.words
    toast = await kasubbag.taps("Ya, berlakukan")
    assert toast == "✅ Berlaku. 1 batas waktu berubah. Dapat dibatalkan dalam 10 menit."

    assert "Jum 27 Nov 13.00 WITA" in card.words
    assert "📅 Batas waktu berubah: 26 Nov diliburkan" in card.words
    assert budi.sees("📅 Batas waktu berubah: 26 Nov diliburkan")
    assert rina.sees("jatuh tempo Jum 27 Nov 13.00 WITA"), "the reminder says how things stand now"
    await office.comes(wita(27, 8, 35))
    assert (await office.task()).rung == 0, "the warning was taken back, and comes again in its time"
    await office.comes(wita(27, 8, 36))
    assert (await office.task()).rung == 1
    await office.comes(wita(27, 12, 59))
    assert not rina.sees("terlambat")
    assert not kabag.sees("terlambat")

    await rina.taps("Riwayat")
    assert rina.sees("📅 Batas waktu JFT Prakom berubah: 26 Nov diliburkan. Kini Jum 27 Nov 13.00 WITA")
    await office.walk(until=10)
    assert await office.verified()


async def test_many_open_steps_follow_in_portions_and_the_admin_hears_of_it(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_tasks, "PORTION", 1)
    kasubbag, kakanwil = office["Kasubbag"], office["Kakanwil"]
    await office.comes(wita(24, 8))
    for words in ("SIMPEG tidak dapat dibuka", "Surel dinas tidak terkirim", "Printer rapat tidak menyala"):
        await office.report("Budi", words)
    await kasubbag.says("/libur")
    await kasubbag.taps("Hari libur")
    await kasubbag.says("24-11-2026 Keputusan Gubernur 12/2026")
    toast = await kasubbag.taps("Ya, berlakukan")
    assert toast == "✅ Berlaku. 1 batas waktu berubah; 2 langkah lain menyusul. Anda diberi tahu bila selesai."
    assert kasubbag.sees("📅 Batas waktu semua langkah yang berjalan kini menurut kalender kantor yang baru.")
    for words in ("SIMPEG", "Surel", "Printer"):
        assert "Rab 25 Nov 08.00 WITA" in kakanwil.message(words).words
    assert await office.verified()


async def test_everybody_may_look_and_only_admins_change(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/libur")
    shown = budi.message("Kalender kantor")
    assert "Hari ini, Sen 23 Nov 2026: 07.30–12.00, 13.00–16.00" in shown.words
    assert shown.button("Hari libur") is None


async def test_a_calendar_file_is_fetched_and_its_days_are_confirmed(office: DemoOffice) -> None:
    kasubbag = office["Kasubbag"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Contoh//ID", "BEGIN:VEVENT", "UID:1"]
    lines += ["DTSTART;VALUE=DATE:20261126", "SUMMARY:Pilkada", "END:VEVENT", "END:VCALENDAR", ""]
    kasubbag.person.sends_document(
        "libur.ics", "text/calendar", content="\r\n".join(lines).encode(), caption="Keputusan KPU 3/2026"
    )
    await office.settle()
    await kasubbag.taps("Ya, berlakukan")

    (entry,) = await office.asks(lambda records: present(records).entries)
    assert (entry.first.isoformat(), entry.reason) == ("2026-11-26", "Pilkada (Keputusan KPU 3/2026)")


async def test_nobody_waits_while_a_calendar_file_is_read(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, read, served = asyncio.get_running_loop(), calendar_file.read, list[bool]()

    def reads(*told: Any, **how: Any) -> calendar_file.Found:
        beside = asyncio.run_coroutine_threadsafe(office.asks(lambda records: records.lock_office().admins), loop)
        try:
            served.append(bool(beside.result(timeout=5)))
        except TimeoutError:
            served.append(False)
        return read(*told, **how)

    monkeypatch.setattr(calendar_file, "read", reads)
    content = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261126\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    office["Kasubbag"].person.sends_document("libur.ics", "text/calendar", content=content.encode())
    await office.settle()
    assert served == [True]
    assert office["Kasubbag"].sees("Liburkan Kam 26 Nov 2026?")


async def test_a_calendar_file_of_an_employee_or_of_no_use_changes_nothing(office: DemoOffice) -> None:
    kasubbag, budi = office["Kasubbag"], office["Budi"]
    budi.person.sends_document("libur.ics", "text/calendar", content=b"BEGIN:VCALENDAR")
    kasubbag.person.sends_document("libur.ics", "text/calendar", content=b"\x89PNG\r\n")
    await office.settle()
    assert budi.sees("Berkas jenis .ics tidak diterima")
    assert kasubbag.sees("bukan kalender (.ics)")
    kasubbag.person.sends_document("besar.ics", "text/calendar", size=900_000)
    await office.settle()
    assert kasubbag.sees("lebih besar dari 256 KB")
    assert await office.asks(lambda records: present(records).entries) == ()


async def test_a_zone_that_is_corrected_in_the_office_file_moves_the_deadline_at_the_next_start(
    office: DemoOffice, tmp_path: Path
) -> None:
    await office.comes(wita(23, 15, 45))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.stops()
    corrected = tmp_path / "kantor.toml"
    corrected.write_text(PACKAGED.read_text().replace('zone = "Asia/Makassar"', 'zone = "Asia/Jakarta"'))
    office.edits_office_file(corrected)

    await office.starts()

    assert (await office.task()).due_at == wita(23, 16, 15)
    assert office["Kakanwil"].sees("📅 Batas waktu berubah: jam kantor kini menurut zona Asia/Jakarta")
    assert await office.verified()


async def test_what_was_said_of_a_delay_on_a_day_that_was_off_is_taken_back(office: DemoOffice) -> None:
    kakanwil, kadiv, kasubbag = office["Kakanwil"], office["Kadiv"], office["Kasubbag"]
    await office.comes(wita(25, 15, 45))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    # The digest comes before the escalation: what a reminder says to a watcher that morning it leaves out.
    await office.comes(wita(26, 8, 5))
    await office.comes(wita(26, 10))
    assert kadiv.sees("SW-2026-0001 lewat batas waktu Kam 26 Nov 07.45 WITA")
    assert kakanwil.sees("tertahan di Kadiv")
    assert kasubbag.sees("Ringkasan hari ini: 1 langkah terlambat")
    assert office["Budi"].sees("sudah lewat: Kam 26 Nov 07.45 WITA")

    await kasubbag.says("/libur 26-11-2026 Keputusan Gubernur 12/2026")
    await kasubbag.taps("Ya, berlakukan")

    assert "lewat batas waktu" not in kadiv.chat.lower()
    assert kakanwil.sees("SW-2026-0001 ternyata belum terlambat. Pemberitahuan keterlambatannya ditarik kembali.")
    assert kasubbag.sees("✅ Tidak ada langkah yang terlambat.")
    assert not office["Budi"].sees("sudah lewat")
    await office["Budi"].taps("Riwayat")
    assert office["Budi"].sees("Keterlambatan Kadiv"), "the record keeps what was said"
    assert await office.verified()
