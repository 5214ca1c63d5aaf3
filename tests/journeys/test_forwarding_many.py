"""An official forwards several cards from the list of their tasks with one instruction, read as their chats."""

from collections.abc import Sequence

from bot.sandbox.chats import Message
from models.case.selection import LASTS
from tests.journeys.demo_office import DemoOffice, Employee

REPORTS = ("SIMPEG tidak dapat dibuka", "Surel dinas tidak terkirim", "Cetak SK gagal")


async def _reported(office: DemoOffice, reports: Sequence[str] = REPORTS) -> Employee:
    """Let Budi report, and the Kadiv have all of it; returns the Kadiv with the list of what waits."""
    for text in reports:
        await office.report("Budi", text)
        await office.walk(until=2)
    await office["Kadiv"].says("/tugas")
    return office["Kadiv"]


def _list(who: Employee) -> Message:
    return who.message("« Kembali")


async def test_kadiv_forwards_two_of_three_with_one_instruction(office: DemoOffice) -> None:
    kadiv, kabag = await _reported(office), office["Kabag"]

    assert await kadiv.taps("Teruskan beberapa") == "Pilih kartunya."
    assert "0 dari 3 → Kabag P2L\n☐ SW-2026-0001 · SIMPEG tidak dapat dibuka" in _list(kadiv).words
    assert await kadiv.taps("☐ 0001") == "1 dipilih."
    await kadiv.taps("☐ 0003")
    await kadiv.taps("Instruksi")
    assert "Tulis satu instruksi untuk 2 kartu ini" in _list(kadiv).words
    await kadiv.says("Mohon diselesaikan pekan ini.")
    assert "☑️ SW-2026-0003" in _list(kadiv).words
    assert "Instruksi: “Mohon diselesaikan pekan ini.”" in _list(kadiv).words

    toast = await kadiv.taps("Teruskan 2")

    assert toast == "✅ 2 diteruskan."
    assert kadiv.sees("✅ 2 diteruskan ke Kabag P2L: SW-2026-0001, SW-2026-0003")
    assert "1 menunggu Anda" in kadiv.message("Cuti").words
    assert not kadiv.sees("Teruskan beberapa")
    for number in ("SW-2026-0001", "SW-2026-0003"):
        task = await office.task(number)
        assert (task.step, (await office.case(number)).tasks[-2].note) == (3, "Mohon diselesaikan pekan ini.")
        assert len(await office.journal("forward", number)) == 2
    assert (await office.task("SW-2026-0002")).step == 2
    assert "Mohon diselesaikan pekan ini." in kabag.message("Teruskan ke Kasubbag").words
    assert await office.verified()


async def test_all_are_chosen_with_one_tap_and_what_was_prepared_on_a_card_goes_along(office: DemoOffice) -> None:
    kadiv = await _reported(office)
    await kadiv.taps("0002 · Surel")
    await kadiv.taps("Instruksi & catatan")
    await kadiv.taps("Tindak lanjuti")
    await kadiv.taps("Tulis catatan")
    await kadiv.says("Periksa kuota dahulu.")
    await kadiv.says("/tugas")
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (3)")
    await kadiv.taps("Instruksi")
    await kadiv.says("Laporkan Jumat.")

    await kadiv.taps("Teruskan 3")

    assert kadiv.sees("✅ 3 diteruskan ke Kabag P2L")
    sent = (await office.case("SW-2026-0002")).tasks[-2]
    assert (sent.instructions, sent.note) == (["Tindak lanjuti"], "Periksa kuota dahulu.\nLaporkan Jumat.")
    assert (await office.case("SW-2026-0001")).tasks[-2].note == "Laporkan Jumat."
    assert await office.verified()


async def test_what_moved_meanwhile_stays_where_it_is_and_the_summary_says_why(office: DemoOffice) -> None:
    kadiv = await _reported(office)
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (3)")
    chosen = _list(kadiv)
    await kadiv.says("/tugas")
    await kadiv.taps("0001 · SIMPEG")
    await kadiv.taps("Teruskan ke Kabag")
    receipt = office["Budi"].message("Laporan SW-2026-0003 diterima")
    await office["Budi"].says("Hanya di lantai dua.", receipt)
    assert chosen.deleted

    # The older list left the chat, and with it its choice.
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (2)")
    await office["Budi"].says("Sejak pagi.", receipt)
    toast = await kadiv.taps("Teruskan 2")

    assert toast == "✅ 1 diteruskan, 1 tidak; sebabnya ada di bawah."
    assert kadiv.sees("✅ 1 diteruskan ke Kabag P2L: SW-2026-0002")
    assert kadiv.sees("⛔ SW-2026-0003 tidak diteruskan. Ada yang baru sejak dipilih; buka kartunya dahulu.")
    assert await office.verified()


async def test_a_second_tap_changes_nothing(office: DemoOffice) -> None:
    kadiv = await _reported(office)
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (3)")
    presses = [kadiv.person.taps("Teruskan 3"), kadiv.person.taps("Teruskan 3")]
    await office.settle()

    assert await presses[0].answered() == "✅ 3 diteruskan."
    assert "Pilihan ini sudah tidak berlaku" in await presses[1].answered()
    for text in range(1, 4):
        assert len(await office.journal("forward", f"SW-2026-000{text}")) == 2
    assert await office.verified()


async def test_a_choice_that_is_left_or_not_finished_forwards_nothing(office: DemoOffice) -> None:
    kadiv = await _reported(office)
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (3)")
    await kadiv.taps("Lepas semua (3)")
    assert not kadiv.sees("Teruskan 3")
    await kadiv.taps("☐ 0002")
    assert await kadiv.taps("« Kembali") == "Kembali ke daftar."
    assert kadiv.sees("Teruskan beberapa")

    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("☐ 0002")
    await kadiv.taps("Instruksi")
    await office.comes(office.clock.now() + LASTS)
    await kadiv.says("Mohon segera.")
    assert kadiv.sees("Pilihan ini sudah tidak berlaku; belum ada yang diteruskan.")
    assert (await office.task("SW-2026-0002")).step == 2
    assert await office.verified()


async def test_telegram_is_asked_for_one_drawing_a_card_and_one_summary(office: DemoOffice) -> None:
    kadiv = await _reported(office)
    await kadiv.taps("Teruskan beberapa")
    await kadiv.taps("Pilih semua (3)")
    before = len(office.sandbox.calls)

    await kadiv.taps("Teruskan 3")

    account = str(kadiv.person.account.account_id)
    own = [call.method for call in office.sandbox.calls[before:] if str(call.params.get("chat_id")) == account]
    assert sorted(own) == ["editMessageText"] * 4 + ["sendMessage"]


async def test_the_list_on_which_cards_are_chosen_stands_on_a_phone(office: DemoOffice) -> None:
    reports = [f"Aplikasi nomor {number} tidak dapat dibuka sejak pembaruan terakhir" for number in range(1, 10)]
    kadiv = await _reported(office, reports)
    await kadiv.taps("Beberapa")
    await kadiv.taps("Pilih semua (9)")
    await kadiv.taps("Hal. ›")
    assert "☑️ SW-2026-0009" in _list(kadiv).words
    await kadiv.taps("‹ Hal.")
