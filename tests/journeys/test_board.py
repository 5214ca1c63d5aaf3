"""The board, from the phone of each who looks over others: what is open, who has it, how late it is, and what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox.chats import Message
from models.administration import appointment
from models.office.person import Obstacle
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee

REMIND = "🔔 Ingatkan semua yang terlambat"


def on_the_board(who: Employee) -> Message:
    return who.message("PAPAN")


async def asked(who: Employee, command: str = "/papan") -> str:
    await who.says(command)
    return on_the_board(who).words


async def test_the_head_opens_the_worst_case_and_has_its_holder_reminded(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    await office.passes(minutes=20)
    await office.report("Wati", "Printer tidak mencetak")
    await office.passes(minutes=22)
    kakanwil = office["Kakanwil"]
    words = await asked(kakanwil)
    assert words.splitlines() == [
        "📊 PAPAN KANTOR · 2 berjalan, 1 terlambat",
        "⚠️ SW-2026-0001 · SIMPEG tidak dapat dibuka",
        "2/9 Kadiv: Dina Contoh · terlambat 12 menit · umur 42 menit",
        "⏳ SW-2026-0002 · Printer tidak mencetak",
        "1/9 Kakanwil: Karel Contoh · batas 09.20 · umur 22 menit",
        "per 09.12, Sen 23 Nov",
    ]
    await kakanwil.taps("0001", on_the_board(kakanwil))
    assert "Kadiv" in kakanwil.person.received[-1].words
    assert "SW-2026-0001" in kakanwil.person.received[-1].words

    board = on_the_board(kakanwil)
    await kakanwil.taps(REMIND, board)
    assert "Saat ini tidak ada yang dapat diingatkan." in on_the_board_again(kakanwil), "the ladder has just told her"
    await kakanwil.taps("Kembali", board)
    await office.passes(minutes=31)
    await office.passes(minutes=31)
    await kakanwil.taps(REMIND, board)
    before = office["Kadiv"].person.last.message_id
    toast = await kakanwil.taps("Ingatkan 1 orang", board)
    assert toast == "🔔 1 orang diingatkan tentang 1 langkah; 0 orang tidak sekarang."
    reminder = office["Kadiv"].person.last
    assert reminder.message_id > before
    assert "SW-2026-0001 lewat batas waktu" in reminder.words
    (entry,) = await office.journal("remind-late")
    assert entry["step"] == 2
    await kakanwil.taps("0001", board)
    await kakanwil.taps("Riwayat")
    assert "mengingatkan Kadiv" in kakanwil.person.received[-1].words
    assert await office.verified()


def on_the_board_again(who: Employee) -> str:
    """Return what stands on the message of the board, on any of its faces."""
    return who.message("Ingatkan").words


@pytest.mark.parametrize("name", ["Kasubbag", "Rina"])
async def test_keepers_of_the_sop_and_admins_see_the_whole_office_at_status_too(office: DemoOffice, name: str) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    for command in ("/papan", "/status"):
        assert "1/9 Kakanwil: Karel Contoh" in await asked(office[name], command)


async def test_a_kadiv_sees_what_lies_below_and_not_what_lies_above(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.report("Wati", "Printer tidak mencetak")
    words = await asked(office["Kadiv"])
    assert words.splitlines()[:3] == [
        "📊 PAPAN BAWAHAN · 1 berjalan, 0 terlambat",
        "⏳ SW-2026-0001 · SIMPEG tidak dapat dibuka",
        "3/9 Kabag P2L: Bram Contoh · batas 09.00 · umur kurang dari semenit",
    ]
    await office["Kadiv"].taps("0001", on_the_board(office["Kadiv"]))
    assert "SIMPEG tidak dapat dibuka" in office["Kadiv"].person.received[-1].words


async def test_an_employee_reads_for_whom_it_is_and_has_status_as_before(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Budi"].says("/papan")
    assert office["Budi"].sees("Papan kantor hanya untuk pimpinan, pengelola SOP, admin, dan atasan")
    await office["Budi"].says("/status")
    assert "SW-2026-0001" in office["Budi"].person.received[-1].words
    assert "PAPAN" not in office["Budi"].person.received[-1].words


async def test_vacant_plh_and_unreachable(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.relieves("Kabag", "kabag-p2l")
    rina = office["Rina"]
    assert "3/9 Kadiv: Dina Contoh (karena jabatan Kabag P2L lowong)" in await asked(rina)

    account = office["Wati"].person.account.account_id
    nip = await office.asks(lambda records: records.known(account).nip)
    kadiv = await office.asks(lambda records: records.known(office["Kadiv"].person.account.account_id).nip)
    await office["Kasubbag"].says(f"/kelola plh {kadiv} {nip} hari ini; W.25-KP-7; 20/11/2026")
    assert "3/9 Plh. Kadiv: Wati Contoh (karena" in await asked(rina)

    def is_lost(records: Records) -> None:
        wati = records.known(account)
        wati.unreachable_since, wati.unreachable_because = records.at, Obstacle.BLOCKED

    await office.asks(is_lost)
    assert "Kadiv: 📵 Wati Contoh" in await asked(rina)


def sent(office: DemoOffice, who: Employee) -> int:
    """Return how many messages were sent to somebody until now, those that have left the chat among them."""
    chat = str(who.person.account.account_id)
    return sum(one.method == "sendMessage" and str(one.params["chat_id"]) == chat for one in office.sandbox.calls)


async def test_who_asks_for_the_reminder_twice_at_once_has_it_sent_once(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    for minutes in (32, 31, 31):
        await office.passes(minutes=minutes)
    rina = office["Rina"]
    await asked(rina)
    board = on_the_board(rina)
    await rina.taps(REMIND, board)
    before = sent(office, office["Kakanwil"])
    first, second = rina.person.taps("Ingatkan 1 orang", board), rina.person.taps("Ingatkan 1 orang", board)
    await office.settle()
    answers = [await first.answered(), await second.answered()]
    assert sum(one.startswith("🔔 1 orang") for one in answers) == 1
    assert sent(office, office["Kakanwil"]) == before + 1
    assert len(await office.journal("remind-late")) == 1


async def test_the_board_stands_after_a_restart_with_its_filters(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    rina = office["Rina"]
    await asked(rina)
    await rina.taps("Terlambat", on_the_board(rina))
    assert "Tidak ada yang cocok" in on_the_board(rina).words
    await office.stops()
    office.clock.jump_to(office.clock.now() + timedelta(minutes=32))
    await office.starts()
    await rina.taps("Perbarui", on_the_board(rina))
    assert "🔎 terlambat" in on_the_board(rina).words
    assert "SW-2026-0001" in on_the_board(rina).words


async def test_a_relieved_head_has_no_board_in_the_menu_nor_behind_an_old_button(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kadiv = office["Kadiv"]
    await asked(kadiv)
    board = on_the_board(kadiv)
    await office.asks(
        lambda records: appointment.relieve(records, records.known(kadiv.person.account.account_id), "kadiv")
    )
    await office.settle()
    assert (await kadiv.taps("Perbarui", board)).startswith("Papan kantor hanya untuk")
    assert "SIMPEG" not in board.words
