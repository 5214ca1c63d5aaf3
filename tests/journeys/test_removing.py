"""One wrong file is taken out before it is sent, and put back where that was the mistake."""

from __future__ import annotations

from sqlalchemy import select

from models.case.archiving import KEPT
from models.case.attachment import Attachment
from models.journal.chain import Entry
from tests.journeys.demo_office import DemoOffice


async def kept(office: DemoOffice) -> list[str]:
    """Return the captions of the files of the newest case."""
    number = (await office.cases())[-1]
    case = await office.case(number)
    found = select(Attachment.caption).where(Attachment.case_id == case.id).order_by(Attachment.id)
    return await office.asks(lambda records: list(records.session.scalars(found)))


async def actions(office: DemoOffice) -> list[str]:
    """Return what the journal tells that people did; the archive tells of each file besides."""
    case = await office.case()
    done = Entry.chain_id == case.chain_id, Entry.action != KEPT
    found = select(Entry.action).where(*done).order_by(Entry.sequence)
    return await office.asks(lambda records: list(records.session.scalars(found)))


async def test_a_wrong_photo_leaves_the_draft_and_the_rest_is_sent(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await budi.sends_album(3, "Layar galat", later=["KTP saya", "Kode galat"])
    await budi.taps("Keluarkan berkas")
    card = budi.message("Ketuk berkas yang tidak jadi")
    labels = [button.text for row in card.buttons for button in row]
    assert labels == ["🗑 1. 📷 Foto “Layar galat”", "🗑 2. 📷 Foto “KTP saya”", "🗑 3. 📷 Foto “Kode galat”", "« Kembali"]

    assert await budi.taps("2. 📷 Foto") == "🗑 📷 Foto dikeluarkan."
    await budi.taps("Kembali", budi.message("Sertakan lagi"))
    assert budi.message("Draf laporan").words.startswith("📝 Draf laporan · 2 foto")
    await budi.taps("Kirim")
    assert await kept(office) == ["Layar galat", "Kode galat"]
    assert await actions(office) == ["report"]
    await kakanwil.taps("Lampiran")
    assert sum(message.media is not None for message in kakanwil.person.received) == 2
    assert await office.verified()


async def test_what_was_taken_out_can_be_put_back_also_after_a_restart(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.sends_photo("Layar galat")
    await budi.taps("Keluarkan berkas")
    await budi.taps("1. 📷 Foto")
    assert budi.sees("Tidak ada berkas lagi di sini.")
    await office.stops()
    await office.starts()
    assert await budi.taps("Sertakan lagi") == "↩️ 📷 Foto disertakan lagi."
    await budi.taps("Kembali", budi.message("Ketuk berkas"))
    await budi.taps("Kirim")
    assert await kept(office) == ["Layar galat"]


async def test_an_edit_of_the_message_does_not_bring_the_file_again(office: DemoOffice) -> None:
    budi = office["Budi"]
    message = await budi.sends_photo("Layar galt")
    await budi.taps("Keluarkan berkas")
    await budi.taps("1. 📷 Foto")
    await budi.taps("Kembali", budi.message("Tidak ada berkas"))
    budi.person.edits(message, "Layar galat")
    await office.settle()
    await budi.taps("Kirim")
    assert await kept(office) == []
    assert (await office.case()).text == "Layar galat"


async def test_a_button_of_an_older_card_takes_nothing_else_out(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.sends_album(2, "Satu", later=["Dua"])
    await budi.taps("Keluarkan berkas")
    card = budi.message("Ketuk berkas")
    first = next(button for row in card.buttons for button in row if button.text.startswith("🗑 1."))
    await budi.taps("1. 📷 Foto")
    again = await budi.toast_of(budi.person.forges(first.data or "", card))
    assert again.startswith("Keadaan sudah berubah")
    await budi.taps("Kembali", budi.message("Ketuk berkas"))
    await budi.taps("Kirim")
    assert await kept(office) == ["Dua"]


async def test_a_file_of_a_note_is_taken_out_before_the_disposition_goes_on(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.sends_photo("Foto pribadi", reply_to=kakanwil.message("DISPOSISI"))
    await kakanwil.sends_photo("Surat edaran", reply_to=kakanwil.message("DISPOSISI"))
    await kakanwil.taps("Instruksi")
    await kakanwil.taps("Keluarkan berkas")
    assert await kakanwil.taps("1. 📷 Foto") == "🗑 📷 Foto dikeluarkan."
    await kakanwil.taps("Kembali", kakanwil.message("Catatan untuk"))
    await kakanwil.taps("Teruskan ke")
    assert await kept(office) == ["Surat edaran"]
    assert await office.verified()


async def test_a_file_of_the_laporan_evaluasi_is_taken_out_and_the_journal_says_so(office: DemoOffice) -> None:
    rina, kasubbag = office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("📎 Lampiran", rina.message("Pratinjau"))
    await rina.sends_album(2, "Log peladen", later=["Slip gaji"])
    await rina.taps("Keluarkan berkas")
    assert await rina.taps("2. 📷 Foto") == "🗑 📷 Foto dikeluarkan."
    assert await kept(office) == ["Log peladen"]
    assert await office.verified()
    await rina.taps("Sertakan lagi")
    assert await kept(office) == ["Log peladen", "Slip gaji"]
    await rina.taps("2. 📷 Foto")
    await rina.taps("Kembali", rina.message("Ketuk berkas"))
    assert rina.sees("📎 1 lampiran")
    assert (await actions(office))[-4:] == ["attach", "detach", "attach", "detach"]
    await rina.taps("Kembali", rina.message("LAPORAN EVALUASI"))
    await office.evaluate("Rina")
    assert await kept(office) == ["Log peladen"]
    assert await office.verified()

    await kasubbag.taps("Lampiran")
    assert sum(message.media is not None for message in kasubbag.person.received) == 1
    await kasubbag.taps("Riwayat")
    assert kasubbag.sees("mengeluarkan berkas yang keliru")


async def test_a_file_that_was_handed_in_can_no_longer_be_taken_out(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("📎 Lampiran", rina.message("Pratinjau"))
    await rina.sends_photo("Log peladen")
    await rina.taps("Keluarkan berkas")
    card = rina.message("Ketuk berkas")
    button = card.button("1. 📷 Foto")
    assert button is not None
    await rina.taps("Kembali", card)
    await rina.taps("Kembali", rina.message("LAPORAN EVALUASI"))
    await office.evaluate("Rina")
    await rina.toast_of(rina.person.forges(button.data or "", card))
    assert await kept(office) == ["Log peladen"]
    assert await office.verified()
