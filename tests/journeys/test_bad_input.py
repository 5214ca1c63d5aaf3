"""What people do wrong, and what they should not be able to do: a clear sentence, and nothing half done."""

import pytest

from tests.journeys.demo_office import PARTS, DemoOffice

pytestmark = pytest.mark.databases("sqlite")


async def test_an_unknown_command_is_answered_with_what_one_may_do(office: DemoOffice) -> None:
    await office["Budi"].says("/terbang")
    assert office["Budi"].sees("tidak dikenal")


async def test_a_forged_button_and_somebody_elses_button_do_nothing(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    card = office["Kakanwil"].message("DISPOSISI")
    button = card.button("Teruskan ke")
    assert button is not None
    assert button.data is not None

    forged = await office["Kakanwil"].toast_of(office["Kakanwil"].person.forges("x" * 64))
    stolen = await office["Budi"].toast_of(office["Budi"].person.forges(button.data))

    assert "tidak berlaku" in forged
    assert "tidak berlaku" in stolen
    assert (await office.task()).step == 1


async def test_a_button_of_an_earlier_state_does_nothing_but_says_so(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    card = office["Kakanwil"].message("DISPOSISI")
    button = card.button("Teruskan ke")
    assert button is not None
    assert button.data is not None
    await office["Kakanwil"].taps("Teruskan ke")

    toast = await office["Kakanwil"].toast_of(office["Kakanwil"].person.forges(button.data, card))

    assert "Sudah diputuskan (diteruskan) oleh Karel Contoh" in toast
    assert (await office.task()).step == 2


@pytest.mark.parametrize("text", ["<b>tebal</b> & <script>alert(1)</script>", "<i", "&lt;", "</blockquote>", "{ $x }"])
async def test_html_in_a_report_is_shown_as_it_was_written(office: DemoOffice, text: str) -> None:
    await office.report("Budi", text)
    assert office["Kakanwil"].sees(text)
    await office["Kakanwil"].taps("Tolak")
    await office["Kakanwil"].taps("Tulis alasan")
    await office["Kakanwil"].says(text)
    assert office["Budi"].sees(text)


async def test_a_text_of_4096_characters_is_kept_whole(office: DemoOffice) -> None:
    text = ("Aplikasi menolak. " * 300)[:4096]
    await office.report("Budi", text)
    assert (await office.case()).text == text.strip()
    assert office["Kakanwil"].sees("DISPOSISI")
    await office["Kakanwil"].taps("Lampiran")
    shown = " ".join(one.words for one in office["Kakanwil"].person.received)
    assert text.strip()[-200:].strip() in shown.replace("\n", " ")


async def test_a_note_that_is_too_long_is_refused_and_stays_expected(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tulis catatan")
    await kakanwil.says("a" * 4096)
    assert kakanwil.sees("Terlalu panjang")
    await kakanwil.says("Mohon segera.")
    await kakanwil.taps("Teruskan ke")
    assert office["Kadiv"].sees("Mohon segera.")


async def test_a_hundred_photos_are_kept_up_to_the_limit_and_it_is_said_once(office: DemoOffice) -> None:
    budi = office["Budi"]
    for _ in range(10):
        await budi.sends_album(10, "SIMPEG tidak dapat dibuka")
    limit = office.program.rules.office.limits.attachments_per_report
    assert budi.sees(f"{limit} foto")
    told = [one for one in budi.person.received if f"Paling banyak {limit}" in one.words]
    assert 1 <= len(told) <= 10
    await budi.taps("Kirim")
    assert await office.cases() == ["SW-2026-0001"]


async def test_a_blocked_bot_is_noticed_and_the_card_comes_back_when_unblocked(office: DemoOffice) -> None:
    kadiv, kakanwil, kasubbag = office["Kadiv"], office["Kakanwil"], office["Kasubbag"]
    kadiv.person.blocks_bot()
    await office.settle()
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Teruskan ke")

    assert kasubbag.sees("Dina Contoh tidak dapat dihubungi")
    assert kakanwil.sees("Dina Contoh tidak dapat dihubungi"), "the next rung of authority knows"

    kadiv.person.unblocks()
    await office.settle()
    assert kadiv.sees("Teruskan ke"), kadiv.chat
    assert await office.verified()


async def test_a_deleted_card_comes_back_with_the_next_change(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    rina = office["Rina"]
    rina.person.deletes(rina.message("Mulai tangani"))
    await rina.says("/tugas")
    await rina.taps("0001")
    await rina.taps("Mulai tangani")
    assert (await office.task()).started_at is not None


async def test_what_a_forgotten_tap_could_have_done_is_still_reachable(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kakanwil = office["Kakanwil"]
    await office.stops()
    press = kakanwil.person.taps("Teruskan ke")
    office.stopwatch.skip(200)
    await office.starts()
    assert press.answer is None, "Telegram keeps a press for 150 seconds only"
    assert (await office.task()).step == 1

    await kakanwil.says("/tugas")
    await kakanwil.taps("0001")
    await kakanwil.taps("Teruskan ke")
    assert (await office.task()).step == 2


WIDE = "𝐒𝐈𝐌𝐏𝐄𝐆 😀 "
"""Letters that are two UTF-16 code units each."""


async def test_letters_outside_the_basic_plane_fit_into_every_message(office: DemoOffice) -> None:
    report, part = (WIDE * 600)[:4000].strip(), (WIDE * 600)[:3900].strip()
    rina, budi = office["Rina"], office["Budi"]
    await office.report("Budi", report)
    await office["Kakanwil"].taps("Instruksi & catatan")
    await office["Kakanwil"].taps("Tulis catatan")
    await office["Kakanwil"].says((WIDE * 600)[:1100].strip())
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya")
    await rina.says((WIDE * 600)[:440].strip())
    await budi.says((WIDE * 600)[:1100].strip(), budi.message("Pertanyaan tentang"))
    await rina.taps("Laporan Evaluasi")
    for name in PARTS:
        await rina.taps(name)
        await rina.says(part)
    await rina.taps("Pratinjau")
    await rina.taps("Ajukan")
    await office["Kasubbag"].taps("Lampiran")

    assert (await office.task()).step == 6
    refused = [call for call in office.sandbox.calls if call.error and "too long" in call.error.lower()]
    assert refused == []
    assert not office["Kasubbag"].sees("disisihkan")
