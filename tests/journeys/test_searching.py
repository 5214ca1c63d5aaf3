"""Looking for cases in chat: what each role finds by `/cari`, how it is narrowed, and what nobody may find."""

from __future__ import annotations

import pytest

from bot.sandbox.chats import Message
from tests.journeys.demo_office import DemoOffice, Employee

SECRET = "Sandi SIMPEG bocor"


def last(who: Employee) -> Message:
    return next(one for one in reversed(who.person.received) if one.words.startswith("🔎"))


async def with_three_cases(office: DemoOffice) -> None:
    """Have a case at step 3, a confidential one and one that was declined."""
    await office.report("Budi", "Printer di loket tidak dapat mencetak surat jalan")
    await office.walk(until=3)
    await office["Wati"].says(SECRET)
    await office["Wati"].taps("Rahasia: tidak")
    await office["Wati"].taps("Kirim")
    await office.report("Wati", "Printer SIMPEG macet")
    declining = office["Kakanwil"]
    card = next(one for one in declining.person.received if "Printer SIMPEG macet" in one.words)
    await declining.taps("Tolak", card)
    await declining.taps("Tulis alasan", card)
    await declining.says("Silakan lapor ke bagian umum")


async def test_an_official_finds_by_words_in_their_forms_and_opens_the_case(office: DemoOffice) -> None:
    await with_three_cases(office)
    kabag = office["Kabag"]
    await kabag.says("/cari cetakan printer")
    assert last(kabag).words.splitlines() == [
        "🔎 cetakan printer · 1 laporan",
        "▶️ SW-2026-0001 · 23 Nov · langkah 3, Kabag P2L",
        "Printer di loket tidak dapat mencetak surat jalan",
    ]
    assert "<b>Printer</b>" in last(kabag).text or "Printer" in last(kabag).words
    toast = await kabag.taps("0001", last(kabag))
    assert "SW-2026-0001" in toast
    assert any("SW-2026-0001" in one.words and not one.words.startswith("🔎") for one in kabag.person.received[-1:])


async def test_cari_alone_asks_and_the_next_message_is_looked_for_not_reported(office: DemoOffice) -> None:
    await with_three_cases(office)
    sari = office["Kasubbag"]
    await sari.says("/cari")
    assert last(sari).words.startswith("🔎 Apa yang dicari?")
    await sari.says("printer")
    assert last(sari).words.splitlines()[0] == "🔎 printer · 2 laporan"
    assert [line for line in last(sari).words.splitlines() if "SW-2026" in line] == [
        "⛔ SW-2026-0003 · 23 Nov",
        "▶️ SW-2026-0001 · 23 Nov · langkah 3, Kabag P2L",
    ]
    assert len([one for one in sari.person.received if one.words.startswith("🔎")]) == 1, "the older card has left"
    await sari.taps("Buka dan selesai")
    assert last(sari).words.splitlines()[0] == "🔎 printer · 1 laporan"
    assert "SW-2026-0001" in last(sari).words
    await sari.taps("Buka saja")
    assert "SW-2026-0003" in last(sari).words
    await sari.taps("Selesai saja")
    await sari.taps("Bagian saya")
    assert last(sari).words.startswith("🔎 Tidak ada laporan dengan printer")
    await sari.taps("Bagian saya")
    await sari.taps("Kapan saja")
    assert last(sari).button("Nov 2026") is not None
    await sari.taps("Nov 2026")
    assert last(sari).words.startswith("🔎 Tidak ada"), "October"
    await sari.taps("Cari kata lain")
    await sari.says("0003")
    assert "SW-2026-0003" in last(sari).words


@pytest.mark.parametrize("words", ["bocor", "SW-2026-0002", "0002", "sandi", "wati bocor"])
async def test_a_confidential_case_is_found_by_nobody_who_may_not_read_it(office: DemoOffice, words: str) -> None:
    await with_three_cases(office)
    for name, reads in (
        ("Kakanwil", True),
        ("Wati", True),
        ("Kasubbag", False),
        ("Budi", False),
    ):
        await office[name].says(f"/cari {words}")
        shown = last(office[name]).words
        assert ("▶️ SW-2026-0002" in shown) is reads, name
        assert (SECRET in shown) is reads, name
        assert reads or "SW-2026-0001" not in shown, "no other case is shown in its place"


@pytest.mark.parametrize(
    ("name", "is_admin", "reads"), [("Wati", True, True), ("Kadiv", False, True), ("Wati", False, False)]
)
async def test_an_admin_and_the_superior_of_the_post_find_what_lies_there_and_nothing_confidential(
    office: DemoOffice, name: str, *, is_admin: bool, reads: bool
) -> None:
    """The case lies with the Kabag; Wati holds no post."""
    await office.report("Budi", "Printer di loket tidak dapat mencetak")
    await office.walk(until=3)
    await office["Budi"].says(SECRET)
    await office["Budi"].taps("Rahasia: tidak")
    await office["Budi"].taps("Kirim")
    who = office[name]
    account_id = who.person.account.account_id
    await office.asks(lambda records: setattr(records.known(account_id), "is_admin", is_admin))
    await who.says("/cari mencetak")
    assert ("SW-2026-0001" in last(who).words) is reads
    await who.says("/cari bocor")
    assert SECRET not in last(who).words
    assert "SW-2026-0002" not in last(who).words


async def test_one_who_decided_a_confidential_case_finds_nothing_of_it_after_they_left_the_post(
    office: DemoOffice,
) -> None:
    await with_three_cases(office)
    head = office["Kakanwil"]
    await head.taps("Teruskan ke", next(one for one in head.person.received if SECRET in one.words))
    await head.says("/cari bocor")
    assert SECRET in last(head).words
    await office.relieves("Kakanwil", "kakanwil")
    for words in ("bocor", "sandi bocor", "SW-2026-0002", "0002"):
        await head.says(f"/cari {words}")
        assert SECRET not in last(head).words, words
        assert "Wati" not in last(head).words, words


async def test_a_reporter_finds_their_own_words_and_no_note_of_an_official(office: DemoOffice) -> None:
    await with_three_cases(office)
    budi = office["Budi"]
    await budi.says("/cari printer")
    assert "🔎 printer · 1 laporan" in last(budi).words
    await office["Wati"].says("/cari bagian umum")
    assert last(office["Wati"]).words.startswith("🔎 Tidak ada laporan")


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a", "NEAR(", "'; DROP TABLE cases; --", "🖨️", "yang dan di", "\u202eretnirp", "<b>printer", "x" * 4000],
)
async def test_what_cannot_be_looked_for_is_said_so(office: DemoOffice, typed: str) -> None:
    await office.report("Budi", "Layar mati")
    sari = office["Kasubbag"]
    await sari.says(f"/cari {typed}")
    shown = last(sari).words
    assert "tidak dapat dicari" in shown or "Tidak ada laporan" in shown
    assert "SW-2026-0001" not in shown
    await sari.says("/cari")
    await sari.says(typed)
    assert last(sari).words == shown


async def test_an_account_that_is_nobodys_finds_nothing(office: DemoOffice) -> None:
    await office.report("Budi", "Printer macet")
    stranger = office.newcomer("Tamu", 777)
    await stranger.says("/cari printer")
    assert not stranger.sees("SW-2026")
    assert not stranger.sees("macet")


async def test_pages_are_turned_and_stay_true(office: DemoOffice) -> None:
    for number in range(8):
        await office.report("Budi", f"Printer nomor {number} macet")
    dewi = office["Kasubbag"]
    await dewi.says("/cari printer")
    assert last(dewi).words.count("SW-2026") == 6
    await dewi.taps("Berikutnya")
    assert [line[3:15] for line in last(dewi).words.splitlines() if "SW-2026" in line] == [
        "SW-2026-0002",
        "SW-2026-0001",
    ]
    await dewi.taps("Sebelumnya")
    assert "SW-2026-0008" in last(dewi).words
