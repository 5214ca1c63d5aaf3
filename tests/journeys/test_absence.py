"""An official goes on leave: the cards move by themselves and come back, in the chats and across a restart."""

from datetime import datetime, time, timedelta

from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice

NUMBER = "SW-2026-0001"


async def midnight(office: DemoOffice, *, days: int) -> None:
    """Let it be half a minute after a midnight of the office."""
    zone = office.program.rules.office.calendar.zone
    day = office.clock.now().astimezone(zone).date() + timedelta(days=days)
    await office.comes(datetime.combine(day, time(0, 0, 30), zone))


async def test_kadiv_goes_on_leave_and_comes_back(office: DemoOffice) -> None:
    kadiv, kabag, kakanwil = office["Kadiv"], office["Kabag"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kadiv.says("/cuti")
    assert kadiv.sees("Cuti atau tidak di tempat")
    await kadiv.says("24/11 sampai 25/11")
    assert kadiv.sees("Sel 24 Nov 2026 – Rab 25 Nov 2026")
    assert "diminta" in await kadiv.taps("Minta Bram Contoh")
    assert kabag.sees("meminta Anda menjadi Plh. Kadiv")
    assert "Anda Plh." in await kabag.taps("Bersedia")
    await kakanwil.taps("Teruskan ke")
    assert kadiv.sees(f"DISPOSISI {NUMBER}")

    await midnight(office, days=1)
    assert kadiv.sees("kartu ini pada Plh. Bram Contoh")
    card = kabag.message(f"DISPOSISI {NUMBER}")
    assert "Anda memutuskannya sebagai Plh. Kadiv." in card.words
    await office.comes(office.clock.now() + timedelta(hours=9))
    assert not kadiv.message(f"DISPOSISI {NUMBER}").button("Teruskan ke")
    await kabag.says("Mohon didahulukan.", card)
    await kabag.taps("Teruskan ke Kabag P2L")
    assert (await office.case()).tasks[1].decided_as == "plh:kadiv"
    assert kabag.sees("Bram Contoh (Plh. Kadiv)")
    assert "Anda memutuskannya" not in kabag.message("langkah 3 dari 9").words, "the next step is the Kabag's own"

    await office.report("Wati", "Printer tidak mencetak")
    await kakanwil.taps("Teruskan ke")
    assert kabag.sees("DISPOSISI SW-2026-0002")
    assert not kadiv.sees("DISPOSISI SW-2026-0002")
    await midnight(office, days=2)
    assert kadiv.sees("Selamat datang kembali")
    assert kadiv.message("DISPOSISI SW-2026-0002").button("Teruskan ke")
    assert not kabag.message("DISPOSISI SW-2026-0002").button("Teruskan ke")
    assert await office.verified()


async def test_an_absence_begins_though_the_program_was_down_at_midnight(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    await office["Kadiv"].says("/cuti besok")
    await office["Kadiv"].taps("Minta Karel Contoh")
    await office["Kakanwil"].taps("Bersedia")

    await office.stops()
    office.clock.jump_to(office.clock.now() + timedelta(days=1))
    await office.starts()
    assert office["Kakanwil"].message(f"DISPOSISI {NUMBER}").button("Teruskan ke")
    assert not office["Kadiv"].message(f"DISPOSISI {NUMBER}").button("Teruskan ke")

    await office.stops()
    office.clock.jump_to(office.clock.now() + timedelta(days=1))
    await office.starts()
    assert office["Kadiv"].message(f"DISPOSISI {NUMBER}").button("Teruskan ke")
    assert await office.verified()


async def test_superior_and_admins_hear_in_time_that_nobody_stands_in(office: DemoOffice) -> None:
    await office["Kadiv"].says("/cuti 25/11 - 26/11")
    await office["Kadiv"].taps("Minta Bram Contoh")
    await office.passes(days=1)
    for name in ("Kakanwil", "Kasubbag", "Kadiv"):
        assert office[name].sees("belum ada Plh. Kadiv"), name
    assert office["Kabag"].sees("menunggu jawaban Anda")
    await midnight(office, days=1)
    assert office["Kadiv"].sees("tanpa Plh.")


async def test_an_admin_sends_somebody_on_leave_by_decree_from_the_chat(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    nips = {name: await _nip(office, name) for name in ("Kadiv", "Kabag")}
    await office["Kasubbag"].says(f"/kelola plh {nips['Kadiv']} {nips['Kabag']} hari ini; W.25-KP-7; 20/11/2026")
    assert office["Kabag"].sees("Anda ditunjuk sebagai Plh. Kadiv")
    assert office["Kabag"].message(f"DISPOSISI {NUMBER}").button("Teruskan ke")
    await office["Kabag"].taps("Teruskan ke Kabag P2L")
    assert (await office.case()).tasks[1].decided_as == "plh:kadiv"


async def _nip(office: DemoOffice, name: str) -> str:
    account = office[name].person.account.account_id

    def find(records: Records) -> str:
        return records.known(account).nip

    return await office.asks(find)
