"""What somebody writes before they are let in is kept, and waits for them in a draft."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.updates.intake import SIDE_BY_SIDE
from models.administration import admission, first_words
from models.office.first_words import FirstWords
from models.office.invitation import ExpectedPerson, InviteKind
from tests.journeys.demo_office import DemoOffice, Employee

LINK = "https://t.me/disposisi_bot?start="
NIP = "19900101 201503 1 001"


async def opens_the_offices_link(office: DemoOffice, person: Employee) -> None:
    code = await office.asks(lambda records: admission.invite(records, InviteKind.OFFICE).renew())
    person.person.follows(LINK + code)
    await office.settle()


async def waits_for_an_admin(office: DemoOffice, person: Employee) -> None:
    await opens_the_offices_link(office, person)
    await person.says(f"{NIP} Tono Contoh")
    await person.taps("Benar, ini saya")
    assert person.sees("Menunggu persetujuan")


async def kept(office: DemoOffice) -> int:
    counted = select(func.count()).select_from(FirstWords)
    return await office.asks(lambda records: records.session.scalar(counted) or 0)


async def test_the_first_message_of_a_stranger_is_a_draft_once_they_are_accepted(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await tono.says("SIMPEG tidak dapat dibuka sejak pagi")
    assert tono.sees("Pesan Anda disimpan paling lama 7 hari")
    await tono.sends_photo()
    await waits_for_an_admin(office, tono)
    await tono.says("Kodenya ORA-00018")
    assert tono.sees("Pesan Anda disimpan: begitu Anda diterima")
    await office.stops()
    await office.starts()

    before = len(tono.person.received)
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    welcome, asked, told, draft = tono.person.received[before:]
    assert welcome.words.startswith("Selamat datang, Tono Contoh!")
    assert asked.words.startswith("🏢 Di unit kerja mana")
    assert told.words == (
        "📝 Pesan yang Anda kirim sebelum terdaftar ada pada draf di bawah. "
        "Draf itu belum terkirim: periksa, lalu ketuk 📨 Kirim."
    )
    assert draft.words == "📝 Draf laporan · 1 foto\n“SIMPEG tidak dapat dibuka sejak pagi\nKodenya ORA-00018”"
    assert await kept(office) == 0
    assert await office.cases() == []
    await tono.taps("Kirim")
    assert (await office.case()).subject == "SIMPEG tidak dapat dibuka sejak pagi"
    await office["Kakanwil"].taps("Lampiran")
    assert [one.media.kind for one in office["Kakanwil"].person.received if one.media] == ["photo"]
    assert await office.verified()


async def test_who_is_expected_finds_the_draft_at_once(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    listed = ExpectedPerson(nip=NIP.replace(" ", ""), name="Tono Contoh", unit="Umum")
    await office.asks(lambda records: records.session.add(listed))
    tono.person.sends_voice(seconds=30)
    await office.settle()
    await opens_the_offices_link(office, tono)
    await tono.says(f"{NIP} Tono Contoh")
    await tono.taps("Benar, ini saya")
    assert "🎤 Rekaman suara, 0.30" in tono.message("Draf laporan").words


async def test_a_draft_of_kept_words_says_after_ten_minutes_that_it_is_not_sent(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await tono.says("SIMPEG tidak dapat dibuka")
    await waits_for_an_admin(office, tono)
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    await office.passes(minutes=9)
    assert not tono.sees("Laporan ini belum terkirim.")
    await office.passes(minutes=2)
    assert "Laporan ini belum terkirim." in tono.message("Draf laporan").words


async def test_an_edit_of_a_kept_message_changes_the_draft(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    written = await tono.says("SIMPEG tidak dapt dibuka")
    await waits_for_an_admin(office, tono)
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    tono.person.edits(written, "SIMPEG tidak dapat dibuka")
    await office.settle()
    assert "“SIMPEG tidak dapat dibuka”" in tono.message("Draf laporan").words


async def test_words_of_a_command_are_kept_as_well(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await tono.says("/lapor Printer macet")
    assert tono.sees("Pesan Anda disimpan paling lama 7 hari")
    await waits_for_an_admin(office, tono)
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    assert "“Printer macet”" in tono.message("Draf laporan").words


async def test_a_problem_told_where_a_nip_was_asked_for_is_kept(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await opens_the_offices_link(office, tono)
    problem = "Sejak pembaruan kemarin SIMPEG menolak kata sandi saya dan seluruh bagian Umum"
    await tono.says(problem)
    assert tono.sees("18 angka")
    await tono.says(f"{NIP} Tono Contoh")
    await tono.taps("Benar, ini saya")
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    assert f"“{problem}”" in tono.message("Draf laporan").words


async def test_a_refused_candidate_leaves_no_word(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await tono.says("SIMPEG tidak dapat dibuka")
    await waits_for_an_admin(office, tono)
    assert await kept(office) == 1
    await office["Kasubbag"].taps("Tolak", office["Kasubbag"].message("Tono Contoh"))
    assert await kept(office) == 0


async def test_who_is_let_in_too_late_begins_with_nothing(office: DemoOffice) -> None:
    tono = office.newcomer("Tono Contoh", 9001)
    await tono.says("SIMPEG tidak dapat dibuka")
    await office.passes(days=6)
    await waits_for_an_admin(office, tono)
    await office["Kasubbag"].taps("Terima", office["Kasubbag"].message("Tono Contoh"))
    assert tono.sees("Selamat datang, Tono Contoh!")
    assert not tono.sees("Draf laporan")


@pytest.mark.parametrize("said", ["/start", "/tugas", "/entah dua", "ok", "👍", "Halo?"])
async def test_what_tells_no_problem_is_not_kept(office: DemoOffice, said: str) -> None:
    await office.newcomer("Orang Asing", 9001).says(said)
    assert await kept(office) == 0


async def test_a_flood_of_strangers_is_kept_to_its_places_and_told_nothing_untrue(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_words, "STRANGERS", 3)
    strangers = [office.newcomer(f"Asing {number}", 9100 + number) for number in range(6)]
    for stranger in strangers:
        for number in range(12):
            stranger.person.says(f"Pesan {number}")
    await office.settle()
    places = await kept(office)
    # On PostgreSQL the words of several strangers are kept at the same instant, and none of them sees the others'.
    dialect = await office.asks(lambda records: records.session.get_bind().dialect.name)
    assert 3 <= places <= 3 + (0 if dialect == "sqlite" else SIDE_BY_SIDE)
    found = await office.asks(lambda records: list(records.session.scalars(select(FirstWords))))
    assert all(len(one.messages) == first_words.MESSAGES for one in found)
    told = [stranger.sees("Pesan Anda disimpan") for stranger in strangers]
    assert told.count(True) == places
    assert not any(stranger.sees("Draf laporan") for stranger in strangers)
