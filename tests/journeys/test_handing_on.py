"""A task goes to a colleague, read as the chats of those who give it and of the one who gets it."""

from tests.journeys.demo_office import DemoOffice


async def test_a_prakom_hands_the_case_to_a_colleague(office: DemoOffice) -> None:
    rina, andi = office["Rina"], office["Andi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("Temuan")
    await rina.says("Sesi basis data penuh.")
    # The editor asks for the next part; from there the way back leads to the card.
    await rina.taps("« Kembali")
    await rina.taps("« Kembali")
    due = (await office.task()).due_at

    await rina.taps("Lainnya")
    await rina.taps("Alihkan ke rekan")
    assert rina.sees("Alihkan langkah JFT Prakom ini kepada:")
    await rina.taps("Andi Contoh")
    assert rina.sees("Alihkan kepada Andi Contoh; batas waktu, draf, dan pertanyaan ikut.")
    toast = await rina.taps("Sedang tidak di tempat")

    assert toast == "🔀 SW-2026-0001 dialihkan kepada Andi Contoh; batas waktunya tetap."
    assert rina.sees("Ditangani oleh Andi Contoh")
    assert not rina.sees("Laporan Evaluasi")
    assert andi.sees("🔀 Rina Contoh → Andi Contoh: “Sedang tidak di tempat”")
    assert (await office.task()).due_at == due
    await andi.taps("Laporan Evaluasi")
    assert andi.sees("☑ Temuan")
    await office["Budi"].taps("Riwayat")
    assert office["Budi"].sees("Rina Contoh (JFT Prakom) mengalihkan kepada Andi Contoh")
    assert not office["Budi"].sees("Sedang tidak di tempat")
    assert await office.verified()


async def test_the_superior_pulls_the_case_in_words_of_their_own(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await sari.says("/status SW-2026-0001")
    await sari.taps("Alihkan ke rekan")
    await sari.taps("Andi Contoh")
    await sari.taps("Tulis alasan")
    assert sari.sees("Tulis alasan pengalihan kepada Andi Contoh, lalu kirim.")
    await sari.says("Rina sakit sejak pagi.")

    assert sari.sees("dialihkan kepada Andi Contoh")
    assert office["Andi"].sees("🔀 Sari Contoh → Andi Contoh: “Rina sakit sejak pagi.”")
    assert not office["Rina"].sees("Mulai tangani")
    await sari.says("Ini laporan saya sendiri.")
    assert sari.sees("Draf laporan"), "the next message is a report again"
    assert await office.verified()


async def test_two_who_hand_it_on_at_once_hand_it_on_once(office: DemoOffice) -> None:
    rina, sari = office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await sari.says("/status SW-2026-0001")
    for one in (sari, rina):
        if one is rina:
            await one.taps("Lainnya", one.message("PENANGANAN"))
        await one.taps("Alihkan ke rekan")
        await one.taps("Andi Contoh")
    presses = [rina.person.taps("Beban tugas"), sari.person.taps("Beban tugas")]
    await office.settle()
    toasts = [await press.answered() for press in presses]

    assert sum("dialihkan kepada Andi" in toast for toast in toasts) == 1
    assert (await office.task()).assignee is not None
    assert await office.verified()


async def test_who_works_alone_is_offered_no_colleague(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Lainnya")
    assert office["Kakanwil"].sees("Minta pendapat")
    assert not office["Kakanwil"].sees("Alihkan ke rekan")
