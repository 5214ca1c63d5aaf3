"""A deadline on a half day, as the official and the reporter read it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import models
from tests.journeys.demo_office import demo_office

SHIPPED = Path(models.__file__).parent / "offices/sulawesi-utara.toml"
WITA = ZoneInfo("Asia/Makassar")
SATURDAY = """
[[added_days]]
day = 2026-12-05
reason = "Pengganti cuti bersama"
periods = ["08.00-12.00"]
"""


async def test_one_day_that_ends_on_a_half_day_is_told_by_the_next_opening(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(SHIPPED.read_text(encoding="utf-8") + SATURDAY, encoding="utf-8")
    async with demo_office(tmp_path, at=datetime(2026, 12, 3, 8, 30, tzinfo=WITA), office_file=file) as office:
        await office.report("Budi", "SIMPEG tidak dapat dibuka.")
        await office.walk(5)
        await office.comes(datetime(2026, 12, 4, 13, 5, tzinfo=WITA))
        await office.walk(6)
        task = await office.task()
        assert task.due_at == datetime(2026, 12, 5, 12, 0, tzinfo=WITA), "the rules' own instant stays"

        kasubbag, budi = office["Kasubbag"], office["Budi"]
        assert "Batas waktu: Sen 7 Des 07.30 WITA" in kasubbag.message("KOREKSI").words
        assert "Batas waktu SOP di meja ini 1 hari: Sen 7 Des 07.30 WITA." in budi.message("diterima").words

        await office.comes(datetime(2026, 12, 5, 12, 30, tzinfo=WITA))
        assert not kasubbag.sees("ewat batas waktu")
        await office.comes(datetime(2026, 12, 7, 7, 31, tzinfo=WITA))
        assert kasubbag.sees("SW-2026-0001 lewat batas waktu Sen 7 Des 07.30 WITA")
        assert "⚠️ Lewat batas waktu: Sen 7 Des 07.30 WITA" in kasubbag.message("KOREKSI").words
        assert await office.verified()


async def test_a_day_that_changes_is_told_with_the_deadlines_that_the_card_tells(tmp_path: Path) -> None:
    """On Friday the office closes half an hour later: "2 hari" from 16.15 end at a closing, before and after."""
    async with demo_office(tmp_path, at=datetime(2026, 11, 27, 16, 15, tzinfo=WITA)) as office:
        await office.report("Budi", "SIMPEG tidak dapat dibuka.")
        await office.walk(5)
        rina, kasubbag = office["Rina"], office["Kasubbag"]
        assert "Batas waktu: Rab 2 Des 07.30 WITA" in rina.message("PENANGANAN").words

        await kasubbag.says("/libur 30-11-2026 Keputusan Gubernur 12/2026")
        assert kasubbag.sees("SW-2026-0001: Rab 2 Des 07.30 WITA → Kam 3 Des 07.30 WITA")
        await kasubbag.taps("Ya, berlakukan")

        assert (await office.task()).due_at == datetime(2026, 12, 2, 16, 0, tzinfo=WITA)
        assert "Batas waktu: Kam 3 Des 07.30 WITA" in rina.message("PENANGANAN").words
        await rina.taps("Riwayat", rina.message("PENANGANAN"))
        assert rina.sees("Kini Kam 3 Des 07.30 WITA")
        assert await office.verified()
