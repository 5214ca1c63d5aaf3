"""`/statistik` in chat: the figures of the office, of the posts below, and one's own; every number opens its cases."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
from sqlalchemy import select

from models.checkpoint import sealing
from models.checkpoint.note import PrivateKey
from models.journal.chain import Chain, Entry, Payload
from models.office.person import Person
from models.queries.register.sealed import newest_checkpoint
from models.repository.records import Records
from tests.bot.papers.reading import joined, words_of
from tests.journeys.demo_office import DemoOffice, Employee

DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""Tuesday 1 December 2026, 09.00 WITA."""


async def worked(office: DemoOffice) -> None:
    """Let one case be late at the head's desk and come to step 5, another wait, in November."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.passes(minutes=95)
    await office.walk(until=5)
    await office.report("Wati", "Printer mati")


def shown(who: Employee) -> str:
    return who.person.received[-1].words


async def test_the_head_of_the_office_sees_its_figures_and_opens_a_number(office: DemoOffice) -> None:
    await worked(office)
    head = office["Kakanwil"]
    await head.says("/statistik")
    lines = shown(head).splitlines()
    assert lines[:2] == ["📊 Statistik · November 2026", "Seluruh kantor"]
    assert "Laporan masuk 2, selesai 0" in lines
    assert "Tepat waktu 3 dari 4 langkah" in lines
    assert "Kini terbuka 2, lewat batas 0" in lines
    assert any(line.startswith("Lewat batas di tangan: pemegang jabatan 1 (1 jam 5 menit)") for line in lines)

    await head.taps("🔎 Buka angka")
    await head.taps("Terlambat 1")
    assert "Terlambat: 1" in shown(head)
    assert "SW-2026-0001" in shown(head)
    assert "langkah 1 · +1 jam 5 menit" in shown(head)
    await head.taps("0001")
    assert "SW-2026-0001" in head.person.received[-1].words


async def test_the_figures_of_a_step_a_post_and_a_person(office: DemoOffice) -> None:
    await worked(office)
    keeper = office["Kasubbag"]
    await keeper.says("/statistik")
    await keeper.taps("Langkah")
    assert "1. Menugaskan Kadiv: 0 dari 1" in shown(keeper)
    await keeper.taps("1. Menugaskan Kadiv")
    assert "Mutu baku: 30 menit" in shown(keeper)
    await keeper.taps("↩️ Semua")
    await keeper.taps("Orang")
    assert "dipegang 1, lewat batas 1 (1 jam 5 menit), diputus 1" in shown(keeper)
    await keeper.taps("Kembali")
    await keeper.taps("📅 Masa")
    await keeper.taps("2026")
    assert shown(keeper).splitlines()[0] == "📊 Statistik · 2026"


async def test_an_official_sees_their_own_and_a_superior_the_posts_below(office: DemoOffice) -> None:
    await worked(office)
    siti = office["Kadiv"]
    await siti.says("/statistik")
    assert shown(siti).splitlines()[1] == "Jabatan di bawah Anda"
    assert "Langkah dibuka 3, selesai 2" in shown(siti)
    await siti.taps("🙋 Saya")
    assert "Dipegang 1, lewat batas di tangannya 0" in shown(siti)
    prakom = office["Andi"]
    await prakom.says("/statistik")
    await prakom.taps("🙋 Saya")
    assert "Dipegang 0" in shown(prakom)
    assert "Kini terbuka 0" in shown(prakom)


async def test_an_admin_sees_the_figures_of_the_whole_office(office: DemoOffice) -> None:
    """One who holds no post."""
    await worked(office)
    admin = office["Budi"]
    account_id = admin.person.account.account_id
    await office.asks(lambda records: setattr(records.known(account_id), "is_admin", True))
    await admin.says("/statistik")
    assert shown(admin).splitlines()[:2] == ["📊 Statistik · November 2026", "Seluruh kantor"]
    assert "Tepat waktu 3 dari 4 langkah" in shown(admin)
    await admin.taps("🔎 Buka angka")
    await admin.taps("Terlambat 1")
    assert "langkah 1 · +1 jam 5 menit" in shown(admin)


async def test_on_monday_the_head_gets_the_figures_of_the_week_and_opens_a_number(office: DemoOffice) -> None:
    await worked(office)
    await office.comes(datetime(2026, 11, 30, 1, tzinfo=UTC))
    head = office["Kakanwil"]
    (digest,) = [one for one in head.person.received if one.words.startswith("📊 Statistik")]
    assert digest.silent
    assert digest.words.splitlines()[:2] == ["📊 Statistik · 23–29 Nov 2026", "Seluruh kantor"]
    await head.taps("🔎 Buka angka", digest)
    await head.taps("Terlambat 1", digest)
    await head.taps("0001", digest)
    assert "SIMPEG tidak dapat dibuka" in shown(head)


async def test_who_has_left_the_post_reads_no_figures_behind_an_old_button(office: DemoOffice) -> None:
    await worked(office)
    siti = office["Kadiv"]
    await siti.says("/statistik")
    card = siti.person.received[-1]
    await office.relieves("Kadiv", "kadiv")
    assert await siti.taps("🔎 Buka angka", card) == "Statistik hanya untuk pegawai yang memegang jabatan."
    assert "0001" not in card.words
    await siti.says("/statistik")
    assert shown(siti) == "Statistik hanya untuk pegawai yang memegang jabatan."


async def test_the_picture_and_the_page_are_sent_with_the_same_in_words(office: DemoOffice) -> None:
    await worked(office)
    head = office["Kakanwil"]
    await head.says("/statistik")
    assert await head.taps("🖼 Gambar") == "Dikirim di bawah."
    picture = head.person.received[-1]
    assert picture.media is not None
    assert "Tepat waktu 3 dari 4 langkah" in picture.words
    await head.taps("🖨 PDF")
    page = head.person.received[-1]
    assert page.media is not None
    assert page.media.content.startswith(b"%PDF")
    said = joined(words_of(page.media.content))
    letterhead = office.program.rules.office
    assert all(joined(line.upper()) in said for line in letterhead.lines)
    for words in (letterhead.address, "1 November 2026 – 30 November 2026", "Seluruh kantor", "Belum ada segel."):
        assert joined(words) in said
    assert joined("Dibuat oleh Karel Contoh (Kakanwil)").replace(":", "") in said.replace(":", "")
    made = office.clock.now().astimezone(letterhead.calendar.zone)
    assert joined(f"{made.day} November 2026, {made:%H.%M} WITA") in said
    assert joined("– di bawah target") in said, "no step had passes enough for a verdict"
    before = [one.method for one in office.sandbox.calls].count("sendPhoto")
    await head.taps("🖼 Gambar")
    assert [one.method for one in office.sandbox.calls].count("sendPhoto") == before + 1
    # The same figures go out by the identifier that Telegram gave.
    assert head.person.received[-1].media == picture.media


async def test_the_page_names_the_newest_checkpoint(office: DemoOffice) -> None:
    await worked(office)
    key = PrivateKey("kantor.example/log", bytes(32))
    sealed = await office.asks(lambda records: sealing.seal(records.session, key, at=office.clock.now()))
    assert sealed is not None
    head = office["Kakanwil"]
    await head.says("/statistik")
    await head.taps("🖨 PDF")
    page = head.person.received[-1]
    assert page.media is not None
    checkpoint = await office.asks(lambda records: newest_checkpoint(records.session))
    assert checkpoint is not None
    said = joined(words_of(page.media.content))
    assert joined(f"Nomor {checkpoint.number}, ") in said
    assert joined(f"{checkpoint.size} daun, akar {checkpoint.root}.") in said


async def test_the_spreadsheet_has_the_figures_and_is_journalled(office: DemoOffice) -> None:
    await worked(office)
    head = office["Kakanwil"]
    await head.says("/statistik")
    await head.taps("📗 XLSX")
    sent = head.person.received[-1]
    assert sent.media is not None
    assert sent.media.name == "statistik-2026-11.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(sent.media.content))
    assert book.sheetnames == ["Ringkasan", "SOP", "Langkah", "Jabatan", "Orang"]
    people = {row[0]: row[1:7] for row in book["Orang"].iter_rows(min_row=2, values_only=True)}
    assert people["Karel Contoh"] == ("Kakanwil", 1, 1, None, timedelta(minutes=65), 1)
    steps = [row[:3] for row in book["Langkah"].iter_rows(min_row=2, values_only=True)]
    assert steps[0] == ("1. Menugaskan Kadiv", 1, 0)
    assert await taken(office) == [("xlsx", "definitive:kakanwil", "Karel Contoh")]
    siti = office["Kadiv"]
    await siti.says("/statistik")
    assert not siti.person.received[-1].button("📗 XLSX")


async def test_the_page_that_is_printed_is_journalled_as_the_spreadsheet_is(office: DemoOffice) -> None:
    await worked(office)
    head, siti = office["Kakanwil"], office["Kadiv"]
    for who in (head, siti):
        await who.says("/statistik")
        await who.taps("🖼 Gambar")
        await who.taps("🖨 PDF")
    await head.taps("📗 XLSX")
    assert await taken(office) == [
        ("pdf", "definitive:kakanwil", "Karel Contoh"),
        ("pdf", "person", "Dina Contoh"),
        ("xlsx", "definitive:kakanwil", "Karel Contoh"),
    ]
    assert await office.verified()


async def taken(office: DemoOffice) -> list[tuple[str, str, str]]:
    """Return the figures that were taken out, as the office's journal tells: in which form, as what, by whom."""

    def told(records: Records) -> list[tuple[str, str, str]]:
        found = (
            select(Payload.body, Entry.capacity, Person.name)
            .join(Entry, (Payload.chain_id == Entry.chain_id) & (Payload.sequence == Entry.sequence))
            .join(Chain, Chain.id == Entry.chain_id)
            .join(Person, Person.id == Entry.actor_id)
            .where(Chain.subject == "office", Entry.action == "take-register")
            .order_by(Entry.sequence)
        )
        taken = list(records.session.execute(found))
        assert all(body["figures"].startswith("2026-11-01..2026-11-30") for body, _, _ in taken)
        return [(body["form"], capacity, name) for body, capacity, name in taken]

    return await office.asks(told)


async def test_an_employee_without_a_post_has_no_figures_to_see(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/statistik")
    assert shown(budi) == "Statistik hanya untuk pegawai yang memegang jabatan."
    head = office["Kakanwil"]
    await head.says("/statistik entah")
    assert "“entah” tidak dikenal" in shown(head)


async def test_a_confidential_case_counts_and_shows_nothing_of_itself_to_who_may_not_read_it(
    office: DemoOffice,
) -> None:
    """The head decides its first step too late. Who keeps the SOP has nothing to do with it; the second step waits."""
    secret, reporter = "Sandi SIMPEG bocor", "Wati Contoh"
    await office["Wati"].says(secret)
    await office["Wati"].taps("Rahasia: tidak")
    await office["Wati"].taps("Kirim")
    await office.passes(minutes=95)
    await office.walk(until=2)
    for name, reads in (("Kasubbag", False), ("Kakanwil", True)):
        who = office[name]
        before = len(who.person.received)
        await who.says("/statistik")
        assert "Tepat waktu 0 dari 1 langkah" in shown(who), "a number says nothing of what is in it"
        await who.taps("🔎 Buka angka")
        await who.taps("Terlambat 1")
        assert "SW-2026-0001" in shown(who)
        await who.taps("0001")
        said = "\n".join(one.words for one in who.person.received[before:])
        assert (secret in said) is reads
        assert reads or reporter not in said

    keeper = office["Kasubbag"]
    await keeper.says("/statistik")
    await keeper.taps("📗 XLSX")
    (sent,) = [one for one in keeper.person.received if one.media is not None]
    assert sent.media is not None
    book = openpyxl.load_workbook(io.BytesIO(sent.media.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [one for one in cells if secret in one or reporter in one]
