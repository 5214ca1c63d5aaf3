"""`/statistik` in chat: the figures of the office, of the posts below, and one's own; every number opens its cases."""

from __future__ import annotations

from datetime import UTC, datetime

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


async def test_an_employee_without_a_post_has_no_figures_to_see(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/statistik")
    assert shown(budi) == "Statistik hanya untuk pegawai yang memegang jabatan."
    head = office["Kakanwil"]
    await head.says("/statistik entah")
    assert "“entah” tidak dikenal" in shown(head)
