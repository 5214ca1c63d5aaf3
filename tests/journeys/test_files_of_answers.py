"""Files of answers, notes and the Laporan Evaluasi: the card says where they belong, and one tap opens them."""

from __future__ import annotations

from tests.journeys.demo_office import DemoOffice, Employee


def opened(person: Employee, before: int) -> list[str]:
    """Return the captions of the messages with files that came since there were so many messages."""
    return [one.words for one in person.person.received[before:] if one.media is not None]


async def answered_with_two_photos(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Seperti apa layarnya?")
    await budi.taps("Jawab")
    await budi.sends_album(2, "Begini layarnya")


async def test_the_photos_of_an_answer_are_opened_from_the_card(office: DemoOffice) -> None:
    rina = office["Rina"]
    await answered_with_two_photos(office)
    card = rina.message("PENANGANAN")
    assert "↳ Begini layarnya · 📎 2" in card.words
    assert card.button("📎 Lampiran (2)") is not None

    before = len(rina.person.received)
    await rina.taps("📎 Lampiran (2)")
    caption, rest = opened(rina, before)
    assert caption.startswith("📎 Lampiran SW-2026-0001 · Budi Contoh menjawab, ")
    assert rest == ""


async def test_files_say_with_what_they_came(office: DemoOffice) -> None:
    budi, kakanwil, rina, kasubbag = office["Budi"], office["Kakanwil"], office["Rina"], office["Kasubbag"]
    await budi.sends_photo("SIMPEG tidak dapat dibuka")
    await budi.taps("Kirim")
    await kakanwil.sends_photo("Lihat surat ini", reply_to=kakanwil.message("DISPOSISI"))
    await office.walk(until=5)
    assert "“Lihat surat ini” · 📎 1" in rina.message("PENANGANAN").words
    await rina.taps("Mulai tangani")
    await rina.sends_photo("Log peladen", reply_to=rina.message("PENANGANAN"))
    assert "“Log peladen” · 📎 1" in rina.message("PENANGANAN").words
    await office.passes(minutes=1)
    await rina.taps("Laporan Evaluasi")
    await rina.taps("📎 Lampiran", rina.message("Pratinjau"))
    await rina.sends_photo()
    await rina.sends_photo()
    await rina.taps("Cukup")
    await rina.taps("Kembali", rina.message("LAPORAN EVALUASI"))
    await office.evaluate("Rina")
    assert "revisi 1 · 📎 2" in kasubbag.message("KOREKSI").words

    before = len(kasubbag.person.received)
    await kasubbag.taps("Lampiran")
    captions = [words.partition(" · ")[2].rpartition(",")[0] for words in opened(kasubbag, before) if words]
    assert captions == [
        "Budi Contoh melaporkan",
        "Karel Contoh meneruskan",
        "Rina Contoh mencatat",
        "Rina Contoh melampirkan",
    ]
    assert await office.verified()
