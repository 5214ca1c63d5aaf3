"""What the calendar does not know of the time ahead: the admins read it in chat, in time and once."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import models
from tests.journeys.demo_office import DemoOffice, demo_office

SHIPPED = Path(models.__file__).parent / "offices/sulawesi-utara.toml"
WITA = ZoneInfo("Asia/Makassar")
ADMIN = "Kasubbag"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    """The shipped office in the autumn of 2027: no decree for 2028 and no Ramadan 1449 H yet."""
    async with demo_office(tmp_path, at=datetime(2027, 11, 1, 7, 45, tzinfo=WITA)) as place:
        yield place


def asked(office: DemoOffice, name: str = ADMIN) -> list[str]:
    signs = ("📅", "🌙")
    return [one.words for one in office[name].person.received if one.words.startswith(signs)]


async def comes(office: DemoOffice, month: int, day: int, clock: str = "08.05", *, year: int = 2027) -> None:
    hour, minute = clock.split(".")
    await office.comes(datetime(year, month, day, int(hour), int(minute), tzinfo=WITA))


async def test_the_admins_are_asked_at_60_days_and_at_14(office: DemoOffice) -> None:
    await comes(office, 11, 1)
    assert asked(office) == []
    await comes(office, 11, 2, "07.45")
    assert asked(office) == [], "not before the hour of the digest"
    await comes(office, 11, 2)
    (year,) = asked(office)
    assert year.startswith("📅 Cuti bersama 2028 belum ada pada kalender kantor; tahunnya mulai 60 hari lagi.")
    assert "/libur" in year
    assert "[[removed_days]]" in year
    assert "confirmed_years" in year
    await comes(office, 11, 3)
    await comes(office, 11, 15)
    assert asked(office) == [year]

    await comes(office, 11, 29)
    (_, ramadan) = asked(office)
    assert ramadan.startswith("🌙 Tanggal Ramadan 1449 H belum ada pada kalender kantor.")
    assert "Perkiraannya 28 Januari 2028 sampai 26 Februari 2028, dapat bergeser sehari; 60 hari lagi." in ramadan
    assert "[[seasons]]" in ramadan

    await comes(office, 12, 20)
    await comes(office, 12, 21)
    assert "tahunnya mulai 12 hari lagi" in asked(office)[-1]
    await comes(office, 1, 14, year=2028)
    await comes(office, 1, 17, year=2028)
    assert "dapat bergeser sehari; 14 hari lagi." in asked(office)[-1]
    assert len(asked(office)) == 4
    assert asked(office, "Budi") == [], "only the admins can mend it"


async def test_the_shipped_estimate_is_to_be_confirmed(tmp_path: Path) -> None:
    async with demo_office(tmp_path, at=datetime(2027, 1, 22, 8, 5, tzinfo=WITA)) as office:
        assert asked(office) == []
        await comes(office, 1, 25, year=2027)
        await comes(office, 1, 26, year=2027)
        (estimate,) = asked(office)
        assert estimate.startswith(
            "🌙 Ramadan 1448 H pada kalender kantor masih perkiraan: 8 Februari 2027 sampai 9 Maret 2027."
        )
        assert "sidang isbat" in estimate


async def test_a_step_of_the_shipped_ramadan_is_due_the_next_morning_and_chased_while_the_office_is_open(
    tmp_path: Path,
) -> None:
    async with demo_office(tmp_path, at=datetime(2027, 2, 15, 14, 50, tzinfo=WITA)) as office:
        await office.report("Budi", "SIMPEG tidak dapat dibuka.")
        assert "Batas waktu: Sel 16 Feb 08.20 WITA" in office["Kakanwil"].message("DISPOSISI").words
        for clock in ("15.00", "15.20", "15.50", "18.00"):
            await comes(office, 2, 15, clock)
        assert not office["Kakanwil"].sees("jatuh tempo")
        assert not office["Kasubbag"].sees("tertahan")
        await comes(office, 2, 16, "08.51")
        assert office["Kasubbag"].sees("tertahan")


async def test_nothing_is_asked_that_the_office_file_has(tmp_path: Path) -> None:
    known = tmp_path / "office.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace("digest_time =", "confirmed_years = [2028]\ndigest_time =")
    season = 'name = "Ramadan 1449 H"\nhours = "ramadan"\nfirst = 2028-01-28\nlast = 2028-02-26\n'
    known.write_text(f"{text}\n[[seasons]]\n{season}", encoding="utf-8")
    start = datetime(2027, 11, 1, 8, 5, tzinfo=WITA)
    async with demo_office(tmp_path, at=start, office_file=known) as office:
        for month, day in ((11, 2), (11, 29), (12, 20)):
            await comes(office, month, day)
        assert asked(office) == []
