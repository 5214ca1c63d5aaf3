"""Absences and rights that cannot be: each is written or tapped as it comes, and answered with a clear sentence."""

from __future__ import annotations

from sqlalchemy import func, select

from models.office.absence import Absence
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice


async def absences(office: DemoOffice) -> int:
    return await office.asks(lambda records: records.session.scalar(select(func.count(Absence.id))) or 0)


async def nip(office: DemoOffice, name: str) -> str:
    account = office[name].person.account.account_id
    return await office.asks(lambda records: records.known(account).nip)


async def test_impossible_days_are_refused_with_the_reason(office: DemoOffice) -> None:
    kadiv = office["Kadiv"]
    for words, sentence in (
        ("30/2 - 31/2", "Tanggal itu tidak ada pada kalender."),
        ("32/13/2026", "Tanggal itu tidak ada pada kalender."),
        ("1/11/2026 - 2/11/2026", "Hari pertama sudah lewat."),
        ("5/12/2026 - 1/12/2026", "Hari terakhir mendahului hari pertama."),
        ("1/1/2099 - 2/1/2099", "Terlalu jauh"),
        ("kapan-kapan", "Tanggalnya tidak terbaca."),
        ("1/12 - 5/12 " * 300, "Tanggalnya tidak terbaca."),
    ):
        await kadiv.says(f"/cuti {words}")
        assert sentence in kadiv.person.received[-1].words, words
    assert await absences(office) == 0
    assert await office.verified()


async def test_days_that_overlap_and_a_plh_for_oneself_are_refused(office: DemoOffice) -> None:
    kadiv, sari = office["Kadiv"], office["Kasubbag"]
    await kadiv.says("/cuti 1/12 - 5/12")
    await kadiv.says("/cuti 4/12 - 8/12")
    assert kadiv.sees("sudah tercatat tidak di tempat sejak")
    number = await nip(office, "Kadiv")
    await sari.says(f"/kelola plh {number} {number} 10/12 - 12/12; W.25-KP-7; 20/11/2026")
    assert sari.sees("Tidak ada yang menjadi Plh. bagi dirinya sendiri.")
    await sari.says(f"/kelola plh {number} {await nip(office, 'Kabag')} 31/2 - 1/3; W.25-KP-7; 20/11/2026")
    assert sari.sees("Tanggal itu tidak ada pada kalender.")
    await sari.says(f"/kelola plh {number} {await nip(office, 'Kabag')} 10/12 - 12/12; W.25-KP-7; 31/2/2026")
    assert "Tanggal SK “31/2/2026” tidak ada pada kalender." in sari.person.received[-1].words
    assert await absences(office) == 1
    assert await office.verified()


async def test_of_two_who_accept_at_once_one_stands_in_and_the_other_reads_who(office: DemoOffice) -> None:
    kadiv, asked = office["Kadiv"], (office["Kabag"], office["Kakanwil"])
    await kadiv.says("/cuti hari ini")
    await kadiv.taps("Minta Bram Contoh")
    await kadiv.taps("Minta Karel Contoh")
    taps = [one.person.taps("Bersedia", one.message("meminta Anda menjadi Plh.")) for one in asked]
    await office.settle()
    said = [await one.answered() for one in taps]
    assert sum("Anda Plh. menggantikan Dina Contoh" in one for one in said) == 1, said
    assert sum("Sudah ada Plh.: " in one for one in said) == 1, said
    assert await office.verified()


async def test_the_last_admin_cannot_go(office: DemoOffice) -> None:
    """Two who give it up at once: the second stays, and reads why."""
    sari, bram = office["Kasubbag"], office["Kabag"]

    def two(records: Records) -> None:
        records.known(bram.person.account.account_id).is_admin = True

    await office.asks(two)
    for admin in (sari, bram):
        await admin.says("/kelola")
        await admin.taps("Admin")
        await admin.taps("Sari" if admin is sari else "Bram")
    taps = [one.person.taps("Berhenti sebagai admin", one.message("👤")) for one in (sari, bram)]
    await office.settle()
    said = sorted([await one.answered() for one in taps])
    assert said[0] == "Admin terakhir tidak dapat diberhentikan. Undang admin lain lebih dahulu."
    assert said[1] == "🛡 Anda bukan lagi admin."

    def admins(records: Records) -> int:
        return len(records.lock_office().admins)

    assert await office.asks(admins) == 1


async def test_half_a_command_of_an_admin_is_answered_with_how_it_is_written(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    for words in ("plt", "plh", "plh 1 2", "plh ; ;", "plt kadiv; ; 1/1/2026"):
        await sari.says(f"/kelola {words}")
        assert sari.person.received[-1].words.startswith("Tulis tiga bagian yang dipisahkan titik koma"), words
    await sari.says("/kelola kadiv 12")
    assert "pesan Anda memuat 2 angka" in sari.person.received[-1].words
    assert await absences(office) == 0
