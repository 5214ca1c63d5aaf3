"""What a JFT Prakom did in a month, for the SKP: in chat, as PDF and as XLSX, and who may not have it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
from pypdf import PdfReader
from sqlalchemy import select

from models.journal.chain import Entry, Payload
from tests.journeys.demo_office import DemoOffice, Employee

if TYPE_CHECKING:
    from bot.sandbox.chats import Message

DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""Tuesday 1 December 2026, 09.00 WITA."""

HOSTILE = '=HYPERLINK("http://evil.example";"klik") 🧯 #panic()'


async def worked(office: DemoOffice) -> None:
    """Let Rina end two cases in November: one is praised; the other, with hostile words, did not help."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await office["Budi"].taps("Sudah teratasi")
    await office["Budi"].taps("Cepat")
    await office["Kasubbag"].taps("👍 Baik")
    await office.report("Wati", HOSTILE)
    await office.walk(until=10)
    await office["Wati"].taps("Masih bermasalah")


def documents(who: Employee) -> list[Message]:
    return [one for one in who.person.received if one.media is not None]


def content(message: Message) -> bytes:
    assert message.media is not None
    return message.media.content


def sheets(message: Message) -> Any:  # noqa: ANN401 - openpyxl is not typed
    return openpyxl.load_workbook(io.BytesIO(content(message)))


async def journalled(office: DemoOffice) -> list[dict[str, Any]]:
    """Return what the office's journal tells of months that were taken."""
    found = (
        select(Payload.body)
        .join(Entry, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence))
        .where(Entry.action == "take-recap")
        .order_by(Entry.sequence)
    )
    return await office.asks(lambda records: [body or {} for body in records.session.scalars(found)])


def printed(message: Message) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content(message))).pages).split())


async def test_a_month_takes_a_word_and_two_taps(office: DemoOffice) -> None:
    """On the first day of the next month: the command, a tap for the PDF, a tap for the XLSX, and no other."""
    await worked(office)
    await office.comes(DECEMBER)
    rina = office["Rina"]
    await rina.says("/rekap")
    card = rina.message("REKAP KINERJA · November 2026")
    assert "2 laporan ditangani · 2 tepat waktu · 0 kali dikoreksi" in card.words
    assert "Pelapor: 1 👍, 1 👎 · Atasan: 1 👍, 0 🔁" in card.words
    assert "SW-2026-0001 · SIMPEG tidak dapat dibuka" in card.words
    assert "Ditugaskan Sari Contoh (Kasubbag Humas)" in card.words
    assert "👍 Pelapor: sudah teratasi. ⚡ Cepat." in card.words
    assert "Atasan: 👍 Baik (Sari Contoh)." in card.words

    assert await rina.taps("PDF") == "📄 rekap-kinerja-2026-11.pdf sedang dibuat dan dikirim ke sini."
    assert await rina.taps("XLSX") == "📊 rekap-kinerja-2026-11.xlsx sedang dibuat dan dikirim ke sini."
    paper, book = documents(rina)
    assert paper.media is not None
    assert book.media is not None
    assert (paper.media.name, book.media.name) == ("rekap-kinerja-2026-11.pdf", "rekap-kinerja-2026-11.xlsx")
    said = printed(paper)
    for words in ("REKAP KINERJA BULANAN", "November 2026", "Rina Contoh", "SW-2026-0001", "teratasi, cepat", "baik"):
        assert words in said
    assert "#panic()" in said, "what people write is shown, and never carried out"
    assert "bukan penetapan angka kredit" in said
    assert (await rina.taps("XLSX")).startswith("rekap-kinerja-2026-11.xlsx baru saja diminta")
    assert [one["form"] for one in await journalled(office)] == ["pdf", "xlsx"], "each file that leaves is an act"
    assert await office.verified()


async def test_why_a_step_was_late_is_in_chat_on_the_paper_and_in_the_spreadsheet(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office.passes(days=3)
    await office.evaluate()
    await rina.taps("Alasan keterlambatan")
    await rina.says('=1+1 <b>Menunggu</b> "penyedia"')
    await rina.says("/rekap 2026-11")
    reason = '=1+1 <b>Menunggu</b> "penyedia"'
    assert f"📝 Alasan keterlambatan: “{reason}”" in rina.message("REKAP KINERJA").words
    await rina.taps("PDF")
    await rina.taps("XLSX")
    paper, book = documents(rina)
    assert f"Alasan keterlambatan: “{reason}”" in printed(paper)
    page = sheets(book)["Laporan Evaluasi"]
    heads = {cell.value: place for place, cell in enumerate(page[1])}
    (row,) = page.iter_rows(min_row=2)
    cell = row[heads["Alasan keterlambatan"]]
    assert (cell.data_type, cell.value) == ("s", reason)


async def test_no_text_becomes_a_formula(office: DemoOffice) -> None:
    await worked(office)
    await office["Rina"].says("/rekap 2026-11")
    await office["Rina"].taps("XLSX")
    (book,) = documents(office["Rina"])
    page = sheets(book)["Laporan Evaluasi"]
    heads = {cell.value: place for place, cell in enumerate(page[1])}
    rows = list(page.iter_rows(min_row=2))
    assert [row[heads["Nomor laporan"]].value for row in rows] == ["SW-2026-0001", "SW-2026-0002"]
    hostile = rows[1][heads["Masalah"]]
    assert hostile.data_type == "s"
    assert hostile.value.startswith("=HYPERLINK")
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    assert rows[0][heads["Tanggapan pelapor"]].value == "teratasi, cepat"
    assert rows[0][heads["Umpan balik atasan"]].value == "baik"
    assert rows[1][heads["Tanggapan pelapor"]].value == "masih bermasalah"


async def test_months_by_buttons_and_an_empty_one_says_so(office: DemoOffice) -> None:
    await worked(office)
    rina = office["Rina"]
    await rina.says("/rekap")
    await rina.taps("‹ Okt 2026")
    empty = rina.message("REKAP KINERJA · Oktober 2026")
    assert "Tidak ada Laporan Evaluasi yang diajukan pada bulan ini." in empty.words
    assert not any(button.text == "📄 PDF" for row in empty.buttons for button in row)
    await rina.taps("🗓 Bulan")
    months = [button.text for row in rina.message("Bulan yang mana?").buttons for button in row]
    assert (months[0], months[11], months[12]) == ("Nov 2026", "Des 2025", "« Kembali")
    await rina.taps("Nov 2026")
    assert rina.sees("SW-2026-0001 · SIMPEG")
    assert len([one for one in rina.person.received if "REKAP KINERJA" in one.words]) == 1, "one message is turned"
    await rina.says("/rekap kemarin dulu")
    assert rina.sees("bukan sebuah bulan. Contoh: /rekap 2026-11")


async def test_pages_and_what_a_superior_does_from_the_list(office: DemoOffice) -> None:
    for _ in range(4):
        await office.report("Budi", "Surel tidak terkirim")
        await office.walk(until=10)
    kasubbag = office["Kasubbag"]
    await kasubbag.says("/rekap")
    assert kasubbag.sees("Rekap kinerja siapa?")
    await kasubbag.taps("Rina Contoh")
    assert kasubbag.sees("Halaman 1 dari 2")
    await kasubbag.taps("Berikutnya ›")
    assert kasubbag.sees("SW-2026-0004")
    toast = await kasubbag.taps("SW-2026-0004: 🔁 Perlu perbaikan")
    assert toast == "🔁 Umpan balik untuk SW-2026-0004 dicatat: perlu perbaikan."
    assert (await office.case("SW-2026-0004")).well is False
    assert kasubbag.sees("Atasan: 🔁 Perlu perbaikan (Sari Contoh).")
    await kasubbag.taps("Orang lain")
    await kasubbag.taps("Andi Contoh")
    assert kasubbag.sees("Tidak ada Laporan Evaluasi yang diajukan pada bulan ini.")
    assert await office.verified()


async def test_a_colleague_s_month_is_nobody_s_and_one_lost_with_the_post(office: DemoOffice) -> None:
    await worked(office)
    budi, kasubbag = office["Budi"], office["Kasubbag"]
    await budi.says("/rekap")
    assert budi.sees("Tidak ada Laporan Evaluasi yang diajukan pada bulan ini."), "only one's own"
    await kasubbag.says("/rekap")
    await kasubbag.taps("Rina Contoh")
    await office.relieves("Kasubbag", "kasubbag-humas")
    assert await kasubbag.taps("PDF") == "Rekap kinerja hanya untuk orangnya sendiri dan atasannya."
    assert documents(kasubbag) == []
    assert kasubbag.sees("Rekap kinerja hanya untuk orangnya sendiri dan atasannya.")


async def test_the_calculator_says_that_it_is_none_of_the_office(office: DemoOffice) -> None:
    rina = office["Rina"]
    await rina.says("/rekap")
    await rina.taps("Angka kredit")
    card = rina.message("Perkiraan angka kredit, bukan angka resmi")
    assert "Baik 100 % × Ahli pertama 12,5 × 12/12 = 12,50" in card.words
    await rina.taps("Sangat baik")
    assert rina.sees("Sangat baik 150 % × Ahli pertama 12,5 × 12/12 = 18,75")
    await rina.taps("Ahli muda")
    await rina.taps("3", rina.message("Perkiraan angka kredit"))
    assert rina.sees("Sangat baik 150 % × Ahli muda 25 × 3/12 = 9,38")
    await rina.taps("Kembali")
    assert rina.sees("REKAP KINERJA")


async def test_a_confidential_case_leaves_its_words_out_of_every_form(office: DemoOffice) -> None:
    await office["Budi"].says("Sandi SIMPEG bocor")
    await office["Budi"].taps("Rahasia: tidak")
    await office["Budi"].taps("Kirim")
    await office.walk(until=10)
    rina = office["Rina"]
    await rina.says("/rekap")
    assert "Sandi" not in rina.message("REKAP KINERJA").words
    assert rina.sees("🔒 Rahasia: isinya tidak dimuat.")
    await rina.taps("PDF")
    await rina.taps("XLSX")
    paper, book = documents(rina)
    cells = [cell.value for row in sheets(book)["Laporan Evaluasi"].iter_rows() for cell in row]
    assert "SW-2026-0001" in cells
    for text in (printed(paper), " ".join(str(cell) for cell in cells)):
        assert "Sandi" not in text
        assert "SIMPEG dapat dibuka kembali." not in text
