"""Why a step was late, read as the chats of those who say so, and as the case tells it afterwards."""

from datetime import timedelta

from tests.journeys.demo_office import DemoOffice

NUMBER = "SW-2026-0001"
BUTTON = "Alasan keterlambatan"


async def at_kabag(office: DemoOffice, *, minutes: int = 100) -> None:
    """Let a case lie with the Kabag, whose standard is half an hour, for so many minutes."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.passes(minutes=minutes)


async def test_the_one_who_decided_late_says_why_on_the_settled_card(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office)
    await kabag.taps("Teruskan ke")
    assert kabag.message("Diteruskan oleh").button(BUTTON), "one button, and nobody has to tap it"
    await kabag.taps(BUTTON)
    assert kabag.sees(
        "✍️ Langkah 3 lewat 1 jam 10 menit dari mutu baku 30 menit. Tulis alasannya (paling banyak 500 huruf)"
    )
    await kabag.says("Menunggu izin penyedia.")
    assert kabag.sees(f"📝 Alasan keterlambatan {NUMBER} dicatat.")
    card = kabag.message("Diteruskan oleh")
    assert "📝 Alasan keterlambatan, Bram Contoh (Kabag P2L): “Menunggu izin penyedia.”" in card.words
    assert card.button("Ganti alasan keterlambatan")
    await kabag.taps("Riwayat")
    assert kabag.sees("📝 Bram Contoh (Kabag P2L) memberi alasan keterlambatan")
    assert kabag.sees("“Menunggu izin penyedia.”")
    assert await office.verified()


async def test_what_was_in_time_offers_no_reason(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office, minutes=5)
    await kabag.taps("Lainnya")
    assert not kabag.message("DISPOSISI").button(BUTTON)
    await kabag.taps("Kembali")
    await kabag.taps("Teruskan ke")
    assert not kabag.message("Diteruskan oleh").button(BUTTON)


async def test_the_holder_says_why_before_deciding(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office)
    await kabag.taps("Lainnya", kabag.message("DISPOSISI"))
    await kabag.taps(BUTTON)
    await kabag.says("Menunggu izin penyedia.")
    assert kabag.message("DISPOSISI").button("Teruskan ke"), "the step waits as before"
    assert kabag.sees("📝 Alasan keterlambatan, Bram Contoh (Kabag P2L): “Menunggu izin penyedia.”")
    await kabag.taps("Teruskan ke")
    assert (await office.case()).tasks[2].late_reason == "Menunggu izin penyedia."
    assert await office.verified()


async def test_a_later_reason_takes_the_place_and_the_journal_keeps_both(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office)
    await kabag.taps("Teruskan ke")
    await kabag.taps(BUTTON)
    await kabag.says("Menunggu izin penyedia.")
    await kabag.taps("Ganti alasan keterlambatan")
    assert kabag.sees("Alasan yang lama diganti; jurnal menyimpan keduanya.")
    await kabag.says("Menunggu anggaran.")
    card = kabag.message("Diteruskan oleh").words
    assert "Menunggu anggaran." in card
    assert "Menunggu izin penyedia." not in card
    await kabag.taps("Riwayat")
    assert kabag.sees("Menunggu izin penyedia.")
    assert kabag.sees("“Menunggu anggaran.”")
    assert await office.verified()


async def test_the_reminder_of_a_late_step_offers_to_say_why(office: DemoOffice) -> None:
    kabag, kadiv = office["Kabag"], office["Kadiv"]
    await at_kabag(office, minutes=24)
    assert not kabag.message("jatuh tempo").button(BUTTON), "a warning comes before anything is late"
    await office.passes(minutes=30)
    await office.passes(minutes=7)
    reminder = kabag.message("⚠️ SW-2026-0001 lewat batas waktu")
    assert reminder.button(BUTTON)
    assert not kadiv.message("tertahan di Kabag").button(BUTTON), "a superior does not say it for the holder"
    toast = await kabag.taps(BUTTON, reminder)
    assert toast == "Tulis, lalu kirim."
    below = kabag.person.received[-1]
    assert "DISPOSISI" in below.words, "the card comes to the bottom of the chat, and asks"
    assert "Tulis alasannya (paling banyak 500 huruf)" in below.words
    await kabag.says("Menunggu izin penyedia.")
    assert kabag.sees("📝 Alasan keterlambatan, Bram Contoh (Kabag P2L): “Menunggu izin penyedia.”")
    assert not kabag.message("⚠️ SW-2026-0001 lewat batas waktu").button(BUTTON), "it was said"
    await kabag.taps("Teruskan ke")
    assert (await office.case()).tasks[2].late_reason == "Menunggu izin penyedia."
    assert await office.verified()


async def test_turned_back_the_card_that_a_reminder_brought_is_as_before(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office.passes(days=3)
    await rina.taps(BUTTON, rina.message("lewat batas waktu"))
    await rina.taps("Kembali")
    assert rina.message("PENANGANAN").button("Laporan Evaluasi")
    assert not rina.sees("Tulis alasannya")
    assert (await office.case()).tasks[4].late_reason == ""


async def test_a_plh_gives_the_reason_as_plh(office: DemoOffice) -> None:
    kabag, kasubbag = office["Kabag"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await kabag.says("/cuti hari ini")
    await kabag.taps("Minta Sari Contoh")
    await kasubbag.taps("Bersedia")
    await office.passes(minutes=100)
    await kasubbag.taps("Teruskan ke")
    await kasubbag.taps(BUTTON)
    await kasubbag.says("Berkas baru sampai di meja saya.")
    assert kasubbag.sees("📝 Alasan keterlambatan, Sari Contoh (Plh. Kabag P2L): “Berkas baru sampai di meja saya.”")
    task = (await office.case()).tasks[2]
    assert (task.decided_as, task.late_reason_as) == ("plh:kabag-p2l", "plh:kabag-p2l")
    assert await office.verified()


async def test_hostile_and_long_words(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office)
    await kabag.taps("Teruskan ke")
    await kabag.taps(BUTTON)
    await kabag.says("x" * 501)
    assert kabag.sees("Terlalu panjang: 501 huruf, paling banyak 500.")
    hostile = "<b>#panic()</b> & </blockquote> 😀 \u202eterbalik"
    await kabag.says(hostile)
    assert kabag.sees(f"📝 Alasan keterlambatan {NUMBER} dicatat."), "too long a reason is asked for again"
    assert (await office.case()).tasks[2].late_reason == hostile.replace("\u202e", "")
    assert "<b>#panic()</b> & </blockquote>" in kabag.message("Diteruskan oleh").words
    assert await office.verified()


async def test_turned_back_nothing_is_said_and_the_next_message_is_a_report(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await at_kabag(office)
    await kabag.taps("Teruskan ke")
    await kabag.taps(BUTTON)
    await kabag.taps("Kembali", kabag.message("Tulis alasannya"))
    assert kabag.message("Diteruskan oleh").button(BUTTON)
    await kabag.says("Printer di ruang rapat macet.")
    assert kabag.sees("Draf laporan")
    assert (await office.case()).tasks[2].late_reason == ""


async def test_after_the_case_is_closed_it_may_be_said_for_seven_days(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=9)
    await office.passes(days=3)
    await kakanwil.taps("Diketahui, selesaikan")
    await kakanwil.taps(BUTTON)
    await kakanwil.says("Dinas luar.")
    assert kakanwil.sees(f"📝 Alasan keterlambatan {NUMBER} dicatat.")
    assert (await office.case()).tasks[8].late_reason == "Dinas luar."
    await office.comes(office.clock.now() + timedelta(days=8))
    assert "sudah tetap; dapat diberikan atau diganti sampai" in await kakanwil.taps("Ganti alasan keterlambatan")
    assert not kakanwil.message("Dinas luar.").button("Ganti alasan keterlambatan")
    assert (await office.case()).tasks[8].late_reason == "Dinas luar."
    assert await office.verified()
