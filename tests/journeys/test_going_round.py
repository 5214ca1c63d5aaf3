"""A disposition goes up and down: its card counts, and the superior hears of it once, read in the chats."""

from datetime import UTC, datetime

from tests.journeys.demo_office import DemoOffice

FRIDAY = datetime(2026, 11, 27, 0, 0, tzinfo=UTC)
"""Friday 08.00 WITA: the standards of all steps are over since Thursday noon."""


async def test_a_card_counts_and_the_superior_hears_once_that_the_case_takes_too_long(office: DemoOffice) -> None:
    kadiv, kabag, kasubbag = office["Kadiv"], office["Kabag"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    await office.comes(FRIDAY)
    assert not kabag.sees("Kali ke-")

    await kasubbag.taps("Kembalikan", kasubbag.message("langkah 4 dari 9"))
    await kasubbag.taps("Disposisi kurang jelas")
    assert kabag.sees("🔁 Kali ke-2 di meja ini.")
    await office.passes(minutes=2)
    told = kadiv.message("sudah 2 kali di meja itu")
    assert "pada Kabag P2L sejak" in told.words, "the desk itself is not late"
    assert not office["Kakanwil"].sees("di meja itu")
    ((said),) = await office.journal("overrun")
    assert said["visits"] == 2

    await kabag.taps("Teruskan ke")
    assert kasubbag.sees("🔁 Kali ke-2 di meja ini.")
    await kasubbag.taps("Kembalikan", kasubbag.message("Kali ke-2"))
    await kasubbag.taps("Data kurang lengkap")
    assert kabag.sees("🔁 Kali ke-3 di meja ini.")
    await office.passes(minutes=2)
    assert len(await office.journal("overrun")) == 1
    await kabag.taps("Riwayat")
    assert kabag.sees("melewati jumlah mutu baku seluruh langkah: diberitahukan kepada atasan")
    assert await office.verified()
