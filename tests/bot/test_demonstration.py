"""The bot without a token: an invented office that answers, and a played case whose record is proved."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demonstration.leaps import NEXT_HOURS, ONE_HOUR, TEN_MINUTES, TOMORROW
from bot.demonstration.office import ForeignDatabase
from bot.demonstration.play import Played, outcome, packaged
from bot.demonstration.stage import NOT_FOR_A_PLAY, Stage, open_stage, starting_instant
from bot.demonstration.story import MONDAY
from bot.demonstration.summary import LINES, Summary
from bot.demonstration.telling import Teller
from bot.sandbox.script import Line, LineKind
from bot.settings import Settings
from bot.storage import migration
from models.administration.calendar import bring_into_force
from models.case.attachment import Attachment, Keeping
from models.office.invitation import ExpectedPerson
from models.office.person import Person
from models.office.tenure import Post, Tenure
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import Period
from tests.parts import database_at

ROOT = Path(__file__).parents[2]
MORNING = (Period(time(7, 30), time(12)),)


def disposisi(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Type `disposisi` in a process of its own, with nothing but the code and a folder."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


class TestPlay:
    def test_a_whole_case_is_played_and_its_record_proved(self, tmp_path: Path) -> None:
        played = disposisi("demo", "--play", "--database", "sqlite:///demo.db", folder=tmp_path)
        assert played.returncode == 0, played.stdout[-2000:] + played.stderr
        *told, last = played.stdout.splitlines()
        assert re.fullmatch(r"SW-2026-0001 · 9/9 · (\d+) catatan jurnal · terverifikasi", last)
        assert 20 < len(told) < LINES
        assert "08.30   Budi (Pelapor): “📷 photo-1.png SIMPEG" in played.stdout
        assert "08.58   Dina (Kadiv) menerima: ⏰ SW-2026-0001 jatuh tempo" in played.stdout
        assert "tertahan di Kadiv" in played.stdout
        assert "[↩️ Kembalikan dengan koreksi]" in played.stdout
        assert "\x1b" not in played.stdout, "no colours into a pipe"
        assert played.stderr == ""

        proved = disposisi("verify", "--database", "sqlite:///demo.db", folder=tmp_path)
        assert proved.returncode == 0
        assert "1 case," in proved.stdout

    async def test_what_did_not_come_to_pass_is_named(self) -> None:
        async with open_stage(settings=packaged, at=MONDAY, paced=False) as stage, stage.program:
            stage.people["Budi"].says("SIMPEG tidak dapat dibuka")
            await stage.settle()
            stage.people["Budi"].taps("Kirim")
            await stage.settle()
            found = await stage.program.database.read(outcome)
        assert (found.number, found.done, found.steps) == ("SW-2026-0001", 0, 9)
        assert len(found.lacking) == 5
        assert str(found).startswith("SW-2026-0001 · 0/9 · 1 catatan jurnal · tidak lengkap: laporan belum selesai;")

    def test_a_complete_case_reads_as_one_line(self) -> None:
        assert str(Played("SW-2026-0001", 9, 9, 27, ())) == "SW-2026-0001 · 9/9 · 27 catatan jurnal · terverifikasi"


class TestStage:
    async def test_every_post_is_held_and_everyone_may_be_written_to(self) -> None:
        async with open_stage(settings=packaged, at=MONDAY, paced=False) as stage, stage.program:
            rules = stage.program.rules

            def held(session: Session) -> list[str]:
                return sorted(session.scalars(select(Tenure.post)))

            assert await stage.program.database.read(held) == sorted(
                [post.code for post in rules.office.posts] + ["jft-prakom"]
            )
            assert all(person.account.language_code == "id" for person in stage.people.values())
            await stage.settle()
            assert not any(person.received for person in stage.people.values()), "nobody is disturbed by the setting up"

    async def test_nothing_is_left_behind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        async with open_stage(settings=packaged, at=MONDAY, paced=False):
            assert inside(tmp_path)
        assert not inside(tmp_path)

    async def test_nothing_comes_into_the_archive_and_the_seals_of_a_real_office(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As somebody tries the demonstration in the folder where the bot runs, with its .env."""
        real = tmp_path / "real"
        monkeypatch.setenv("ARCHIVE", str(real))
        monkeypatch.setenv("CHECKPOINT_DIR", str(real))
        monkeypatch.setenv("CHECKPOINT_KEY_FILE", str(real / "key"))
        async with open_stage(settings=packaged, at=MONDAY, paced=False) as stage, stage.program:
            stage.people["Budi"].sends_photo(caption="SIMPEG tidak dapat dibuka")
            await stage.settle()
            stage.people["Budi"].taps("Kirim")
            await stage.settle()
            kept = select(Attachment.keeping)
            found = await stage.program.database.read(lambda session: list(session.scalars(kept)))
        assert found == [Keeping.KEPT]
        assert not real.exists()

    def test_no_setting_of_a_real_office_comes_through_but_what_its_people_see(self) -> None:
        of_the_office = {"office_file", "sop_dir", "paper_templates", "log_level", "log_format"}
        of_the_stand_in = {"telegram_bot_token", "telegram_base_url", "database_url"}
        assert set(Settings.model_fields) == of_the_office | of_the_stand_in | set(NOT_FOR_A_PLAY)

    async def test_a_kept_record_is_taken_up_again_after_its_last_entry(self, tmp_path: Path) -> None:
        kept: dict[str, Any] = {
            "settings": packaged,
            "at": MONDAY,
            "paced": False,
            "database_url": f"sqlite:///{tmp_path}/demo.db",
        }
        async with open_stage(**kept) as stage:
            first = stage.clock.now()
        async with open_stage(**kept) as stage:
            assert stage.clock.now() > first
            assert stage.calendar.is_open(stage.clock.now())
            with database_at(stage.database_url) as database, database.transaction() as session:
                assert len(session.scalars(select(Person)).all()) == len(stage.actors)

    async def test_a_kept_record_hears_its_people_again(self, tmp_path: Path) -> None:
        numbers = []
        for report in ("SIMPEG tidak dapat dibuka", "Printer tidak mencetak"):
            async with (
                open_stage(
                    settings=packaged, at=MONDAY, paced=False, database_url=f"sqlite:///{tmp_path}/demo.db"
                ) as stage,
                stage.program,
            ):
                stage.people["Budi"].says(report)
                await stage.settle()
                stage.people["Budi"].taps("Kirim")
                await stage.settle()
                numbers.append((await stage.program.database.read(outcome)).number)
        assert numbers == ["SW-2026-0001", "SW-2026-0002"]

    async def test_a_real_offices_database_is_refused_untouched(self, database_url: str) -> None:
        with database_at(database_url) as database:
            migration.upgrade(database.engine)
            with database.transaction() as session:
                session.add(Person(name="Sungguhan", nip="197001011995032002", account_id=5, registered_at=MONDAY))
            with pytest.raises(ForeignDatabase):
                async with open_stage(settings=packaged, database_url=database_url):
                    pass
            with database.transaction() as session:
                assert session.scalars(select(ExpectedPerson)).all() == []
                assert session.scalars(select(Post)).all() == []

    async def test_an_older_database_is_refused_before_it_is_changed(self, database_url: str) -> None:
        with database_at(database_url) as database:
            migration.upgrade(database.engine, "0001")
            with pytest.raises(ForeignDatabase):
                async with open_stage(settings=packaged, database_url=database_url):
                    pass
            assert migration.state(database.engine).found == "0001"

    async def test_where_a_real_bot_listens_is_not_taken_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            monkeypatch.setenv("WEB_LISTEN", f"127.0.0.1:{taken.getsockname()[1]}")
            monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.go.id/telegram")
            async with open_stage(at=MONDAY, paced=False) as stage, stage.program:
                stage.people["Budi"].says("SIMPEG tidak dapat dibuka")
                await stage.settle()
                assert "Draf laporan" in stage.people["Budi"].received[-1].text

    async def test_a_taken_port_gives_way_to_a_free_one(self) -> None:
        async with (
            open_stage(settings=packaged, at=MONDAY) as first,
            open_stage(settings=packaged, at=MONDAY, port=first.address.port) as second,
        ):
            assert second.address.port != first.address.port


class TestClock:
    @staticmethod
    async def pressed(stage: Stage, label: str) -> datetime:
        (control,) = (one for one in stage.sandbox.clock_controls if one.label == label)
        await control.press()
        return stage.clock.now()

    async def test_the_buttons_move_it_by_minutes_and_to_the_offices_next_hours(self) -> None:
        """Friday's break is from 11.30 to 13.00 in this office; on Saturday and Sunday it is closed."""
        friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
        pressed = (TEN_MINUTES, NEXT_HOURS, ONE_HOUR, NEXT_HOURS, TOMORROW, TOMORROW)
        async with open_stage(settings=packaged, at=friday) as stage:
            zone = stage.calendar.zone
            times = [await self.pressed(stage, label) for label in pressed]
        told = [f"{at.astimezone(zone):%a %H.%M}" for at in times]
        assert told == ["Fri 11.10", "Fri 13.00", "Fri 14.00", "Mon 07.30", "Tue 08.00", "Wed 08.00"]

    async def test_the_buttons_count_by_the_calendar_that_an_admin_has_changed(self, tmp_path: Path) -> None:
        """Monday is a day off by an entry, and in the week of the start the office closes at noon on Friday."""
        url = f"sqlite:///{tmp_path / 'demo.db'}"
        friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
        async with open_stage(settings=packaged, database_url=url, at=friday) as stage:
            zone = stage.calendar.zone
            with database_at(url) as database, database.transaction() as session:
                records = Records(session, rules=stage.program.rules, at=friday)
                admin = session.scalars(select(Person).where(Person.is_admin)).first()
                assert admin is not None
                days = (EntryKind.DAY_OFF, date(2026, 11, 30), ()), (EntryKind.WORKING_DAY, date(2026, 11, 27), MORNING)
                entered = [
                    CalendarEntry(0, kind, day, day, "SE 12/2026", by=admin.id, at=friday, periods=periods)
                    for kind, day, periods in days
                ]
                bring_into_force(records, lambda calendar: calendar.entered(*entered), by=admin)
            times = [await self.pressed(stage, label) for label in (TEN_MINUTES, NEXT_HOURS)]
            assert (await stage.calendar_in_force()).is_open(times[-1])
        assert [f"{at.astimezone(zone):%a %H.%M}" for at in times] == ["Fri 11.10", "Tue 07.30"]

    async def test_a_closed_office_is_shown_at_its_next_hours(self) -> None:
        async with open_stage(settings=packaged, at=MONDAY) as stage:
            calendar = stage.calendar
        night = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
        assert f"{starting_instant(calendar, night).astimezone(calendar.zone):%a %H.%M}" == "Wed 08.30"
        assert starting_instant(calendar, MONDAY) == MONDAY


def test_of_a_changed_message_only_what_is_new_is_told() -> None:
    teller = Teller({"Dina": "Kadiv"})
    card = "DISPOSISI SW-2026-0001\nTenggat: 09.04\nPelapor: Budi"
    seen = teller.tell(Line(LineKind.SEES, "Dina", card, MONDAY, (("Teruskan",),)))
    assert "Pelapor: Budi" in seen.plain
    assert "[Teruskan]" in seen.plain
    changed = card.replace("Tenggat: 09.04", "Terlambat")
    again = teller.tell(Line(LineKind.SEES_CHANGED, "Dina", changed, MONDAY, (("Teruskan",),)))
    assert [row.strip(" │") for row in again.plain.split("\n")[1:]] == ["DISPOSISI SW-2026-0001", "Terlambat"]
    decided = teller.tell(Line(LineKind.SEES_CHANGED, "Dina", f"{changed}\nDiteruskan", MONDAY))
    assert decided.plain.endswith("Diteruskan")


def test_of_a_changed_message_without_anything_new_it_is_told_what_went() -> None:
    teller = Teller({"Budi": "Pelapor"})
    card = "Laporan SW-2026-0001 diterima.\nSedang ditangani.\n❓ Menunggu jawaban Anda."
    teller.tell(Line(LineKind.SEES, "Budi", card, MONDAY, (("Status",),)))
    shorter = card.removesuffix("\n❓ Menunggu jawaban Anda.")
    told = teller.tell(Line(LineKind.SEES_CHANGED, "Budi", shorter, MONDAY, (("Status",),)))
    rows = [row.strip(" │") for row in told.plain.split("\n")[1:]]
    assert rows == ["Laporan SW-2026-0001 diterima.", "− ❓ Menunggu jawaban Anda."]


def test_a_message_that_left_the_chat_is_told_in_quotation_marks_by_what_it_is_known_by() -> None:
    teller = Teller({"Rina": "JFT Prakom"})
    editor = "SIMPEG tidak dapat dibuka\n☑ Temuan\n✍️ Penyebab untuk SW-2026-0001: tulis lalu kirim."
    told = teller.tell(Line(LineKind.SEES_REMOVED, "Rina", editor, MONDAY))
    assert told.plain.endswith("tidak lagi melihat “✍️ Penyebab untuk SW-2026-0001: tulis lalu kirim.”")
    assert teller.tell(Line(LineKind.SEES_REMOVED, "Rina", "Halo\nRina", MONDAY)).plain.endswith("melihat “Halo”")


def test_a_play_of_any_length_is_summed_up_in_forty_lines() -> None:
    summary = Summary({"Dina": "Kadiv"})
    for chapter in range(30):
        summary.take(Line(LineKind.NARRATION, "", f"Bagian {chapter}", MONDAY))
        summary.take(Line(LineKind.SEES, "Dina", "Kartu yang dibuka sendiri", MONDAY))
        summary.take(Line(LineKind.TAPS, "Dina", "[Teruskan]", MONDAY))
        summary.take(Line(LineKind.CLOCK, "+1 jam", "", MONDAY))
        summary.take(Line(LineKind.SEES, "Dina", f"⏰ Pengingat\n{'panjang ' * 40}", MONDAY + timedelta(hours=1)))
    rows = [row.plain for row in summary.rows()]
    assert rows[:3] == [
        "── Bagian 0 ──",
        "00.30   Dina (Kadiv): [Teruskan]",
        "01.30   Dina (Kadiv) menerima: ⏰ Pengingat",
    ]
    assert len(rows) == LINES - 2
    assert rows[-1] == "…"


def test_the_page_is_served_until_told_to_stop(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as served:
        assert served.stdout
        told: list[str] = []
        while "Open http://127.0.0.1:" not in (line := served.stdout.readline()):
            assert line, "\n".join(told)
            told.append(line)
        served.terminate()
        rest = served.stdout.read()
        assert served.wait(30) == 0
    assert any("Karel Contoh" in line for line in told)
    assert rest.strip() == "Closed; nothing is left behind."
    assert inside(tmp_path) == []
