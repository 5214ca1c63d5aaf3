"""A chair in which nobody sits: the card goes up, is decided there, and comes back, read in the chats."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.journeys.demo_office import DemoOffice, demo_office

NUMBER = "SW-2026-0001"
WITHOUT_DEPUTY, NO_MANDATE = 'deputy = "kadiv"\n', "mandate = false\n"


def live(office: DemoOffice, name: str, button: str = "Teruskan ke", *, text: str = f"DISPOSISI {NUMBER}") -> bool:
    """Whether the newest card of the case in a chat can be decided."""
    return office[name].message(text).button(button) is not None


@pytest.fixture
async def without_deputy(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    """Open an office whose file names no deputy."""
    file = tmp_path / "office.toml"
    text = Settings.load(None).office_file.read_text()
    assert WITHOUT_DEPUTY in text
    file.write_text(text.replace(WITHOUT_DEPUTY, ""))
    async with demo_office(tmp_path, database_url=migrated_url, office_file=file) as place:
        yield place


async def test_kabag_retires_while_a_card_lies_there(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    assert live(office, "Kabag")

    await office.relieves("Kabag", "kabag-p2l")
    assert not live(office, "Kabag")
    assert kadiv.sees("🪑 Naik ke meja ini karena jabatan Kabag P2L lowong.")
    alert = office["Kasubbag"].message("tidak lagi memegang jabatan").words
    assert "tidak ada pemegang lain yang dapat dihubungi. Kartunya (SW-2026-0001) kini pada Dina Contoh." in alert
    await kadiv.taps("Teruskan ke")
    assert (await office.case()).tasks[2].decided_as == "definitive:kadiv"
    assert kadiv.sees("Diteruskan oleh Dina Contoh (Kadiv, karena jabatan Kabag P2L lowong)")
    assert office["Kasubbag"].sees("Dina Contoh (Kadiv, karena jabatan Kabag P2L lowong)"), "the next card tells it"
    await kadiv.taps("Riwayat")
    assert kadiv.sees("Berpindah ke Kadiv, karena jabatan Kabag P2L lowong")
    assert kadiv.sees("Dina Contoh (Kadiv, karena jabatan Kabag P2L lowong) meneruskan ke")
    assert await office.verified()

    await office.walk(until=7)
    assert live(office, "Kadiv", "Benar, teruskan", text=f"KOREKSI {NUMBER}")
    assert kadiv.sees("karena jabatan Kabag P2L lowong")
    await kadiv.says("Mohon periksa lagi.", kadiv.message(f"KOREKSI {NUMBER}"))
    await office.appoints("Kabag", "kabag-p2l")
    assert live(office, "Kabag", "Benar, teruskan", text=f"KOREKSI {NUMBER}")
    noted = "Dina Contoh (Kadiv, karena jabatan Kabag P2L lowong): “Mohon periksa lagi.”"
    assert noted in kabag.message(f"KOREKSI {NUMBER}").words
    assert not live(office, "Kadiv", "Benar, teruskan", text=f"KOREKSI {NUMBER}")
    assert "tidak berlaku lagi bagi Anda. Kini pada Kabag P2L" in kadiv.message(f"KOREKSI {NUMBER}").words
    await kabag.taps("Benar, teruskan")
    assert (await office.case()).tasks[6].decided_as == "definitive:kabag-p2l"
    assert await office.verified()


async def test_buttons_name_who_really_gets_it(office: DemoOffice) -> None:
    kadiv = office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    assert kadiv.message(NUMBER).button("✅ Teruskan ke Kabag P2L")
    await office.relieves("Kabag", "kabag-p2l")
    await kadiv.says("/tugas")
    await kadiv.taps("0001")
    assert kadiv.message(f"DISPOSISI {NUMBER}").button("✅ Teruskan ke Kadiv"), (
        "the post is vacant: it goes up to Kadiv"
    )
    assert "Diteruskan ke Kadiv" in await kadiv.taps("✅ Teruskan ke Kadiv")
    await kadiv.taps("✅ Teruskan ke Kasubbag")
    kasubbag = office["Kasubbag"]
    await kasubbag.taps("Kembalikan", kasubbag.message(f"DISPOSISI {NUMBER}"))
    assert "Kembalikan ke Kadiv" in kasubbag.message(f"DISPOSISI {NUMBER}").words


async def test_kabag_blocks_the_bot_and_lets_it_in_again(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    kabag.person.blocks_bot()
    await office.settle()
    await office.passes(minutes=29)
    assert not kadiv.sees("Naik ke meja ini")

    await office.passes(minutes=2)
    assert kadiv.sees("batas waktunya lewat dan pemegang jabatan Kabag P2L tidak dapat dihubungi")
    assert kadiv.message("Naik ke meja ini").button("Teruskan ke")
    kabag.person.unblocks()
    await office.settle()
    assert live(office, "Kabag")
    assert not live(office, "Kadiv")
    await kabag.taps("Teruskan ke")
    assert (await office.case()).tasks[2].decided_as == "definitive:kabag-p2l"
    assert await office.verified()


async def test_it_goes_past_two_vacant_posts_and_comes_down_as_they_are_filled(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await office.relieves("Kadiv", "kadiv")
    await office.relieves("Kabag", "kabag-p2l")
    kakanwil = office["Kakanwil"]
    assert kakanwil.message("karena jabatan Kabag P2L lowong").button("Teruskan ke")
    await office.appoints("Kadiv", "kadiv")
    assert office["Kadiv"].message("karena jabatan Kabag P2L lowong").button("Teruskan ke")
    assert not kakanwil.message("karena jabatan Kabag P2L lowong").button("Teruskan ke")
    await office["Kadiv"].taps("Teruskan ke")
    assert await office.verified()


async def test_the_deputy_decides_in_the_place_of_a_vacant_head(office: DemoOffice) -> None:
    await office.relieves("Kakanwil", "kakanwil")
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kadiv = office["Kadiv"]
    assert kadiv.message("karena jabatan Kakanwil lowong").button("Teruskan ke")
    assert office["Kasubbag"].sees("Jabatan Kepala Kantor Wilayah lowong: SW-2026-0001, langkah 1, kini pada Kadiv.")
    await kadiv.taps("Teruskan ke")
    assert office["Kadiv"].sees("langkah 2 dari 9")
    assert kadiv.sees("Dina Contoh (Kadiv, karena jabatan Kakanwil lowong)")
    assert await office.verified()


async def test_without_a_deputy_the_admins_decide(without_deputy: DemoOffice) -> None:
    """Also one who holds no post: the card stands in their chat and on their list."""
    office = without_deputy
    await office.relieves("Kasubbag", "kasubbag-humas")
    await office.relieves("Kakanwil", "kakanwil")
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    admin = office["Kasubbag"]
    card = admin.message("karena jabatan Kakanwil lowong")
    assert "yang memutuskan admin" in card.words
    assert not office["Kadiv"].sees(NUMBER)
    await admin.says("/tugas")
    assert admin.sees("0001")
    await admin.taps("Teruskan ke", card)
    assert (await office.case()).tasks[0].decided_as == "admin:kakanwil"
    assert office["Kadiv"].sees("Sari Contoh (Admin, karena jabatan Kakanwil lowong)")
    assert await office.verified()


async def test_a_step_that_no_plh_may_do_goes_up(tmp_path: Path, migrated_url: str) -> None:
    folder = tmp_path / "sops"
    folder.mkdir()
    for file in Settings.load(None).sop_dir.glob("*.toml"):
        parts = file.read_text().split("[[steps]]")
        parts[2] = f"{parts[2].rstrip()}\n{NO_MANDATE}\n"
        (folder / file.name).write_text("[[steps]]".join(parts))
    async with demo_office(tmp_path, database_url=migrated_url, sop_dir=folder) as office:
        await office["Kadiv"].says("/cuti hari ini")
        await office["Kadiv"].taps("Minta Bram Contoh")
        await office["Kabag"].taps("Bersedia")
        await office.report("Budi", "SIMPEG tidak dapat dibuka")
        await office["Kakanwil"].taps("Teruskan ke")
        card = office["Kakanwil"].message("langkah ini bukan untuk Plh.")
        assert card.button("Teruskan ke")
        assert not office["Kabag"].sees(f"DISPOSISI {NUMBER}")
        await office["Kakanwil"].taps("Teruskan ke", card)
        assert (await office.case()).tasks[1].decided_as == "definitive:kakanwil"
        assert live(office, "Kabag"), "at the next step the Plh. is not asked"
        assert await office.verified()
