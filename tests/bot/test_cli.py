"""What the command line says, and the code it ends with: 0 well, 1 something is wrong, 2 asked the wrong way."""

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.orm import Session

from bot import logs
from bot.cli import main
from bot.rules import load_rules
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.storage.database import Database
from models.appointment import appoint
from models.invitation import ExpectedPerson, Invite, code_digest
from models.journal import Chain
from models.office import Capacity, Person, Post, Tenure
from models.proceeding import Report
from models.records import Records
from models.verification import Verification, verify

TOKEN = "1234567890:AACommandLineHasNoSecretAtAll-0000000"
PACKAGED = Path(__file__).parents[2] / "models/sops/penanganan-masalah-software.toml"
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NIP = "198001012005012001"
ADMIN_NIP = "198001012005012003"


class Said:
    """What one command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in err

    def __contains__(self, words: str) -> bool:
        return words in " ".join((self.out + self.err).replace("│", " ").split())


Disposisi = Callable[..., Said]

PERSONAL = ("person import", "person unbind", "person end-tenure", "person dismiss-admin")
COMMANDS = ("run", "demo", "check", "invite", "verify", "migrate", "backup", "restore")


@pytest.fixture
def disposisi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Disposisi:
    """Type `disposisi` with arguments, in an empty folder; the log of this process stays as it is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "configure", lambda *_, **__: None)

    def command(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as ending:
            main(arguments)
        said = capsys.readouterr()
        assert isinstance(ending.value.code, int)
        return Said(ending.value.code, said.out, said.err)

    return command


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stand-in for Telegram on a thread of its own, and the settings that lead there."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    found: list[str] = []

    async def serve() -> None:
        sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: MONDAY)
        async with sandbox.serve() as address:
            found.append(address.url)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_BASE_URL", found[0])
    yield
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


class TestHelp:
    def test_without_a_command_it_teaches(self, disposisi: Disposisi) -> None:
        said = disposisi()
        assert "disposisi demo" in said
        for command in (*COMMANDS, "person", "sop"):
            assert command in said

    @pytest.mark.parametrize("command", [*COMMANDS, *PERSONAL, "sop check", "sop show"])
    def test_every_command_shows_an_example(self, disposisi: Disposisi, command: str) -> None:
        said = disposisi(*command.split(), "--help")
        assert said.code == 0
        assert re.search(rf"Examples?: *disposisi {command}", " ".join(said.out.split()))

    def test_the_version(self, disposisi: Disposisi) -> None:
        said = disposisi("--version")
        assert said.code == 0
        assert said.out.startswith("disposisi")

    def test_a_mistyped_command_is_a_usage_error(self, disposisi: Disposisi) -> None:
        said = disposisi("verfy")
        assert said.code == 2
        assert "verify" in said


class TestSop:
    def test_the_packaged_sop_is_well(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "check", str(PACKAGED), str(PACKAGED.parent))
        assert said.code == 0
        assert said.out.count("9 steps") == 2

    def test_a_broken_sop_is_refused_by_file_row_and_reason(self, disposisi: Disposisi, tmp_path: Path) -> None:
        broken = tmp_path / "broken.toml"
        broken.write_text(PACKAGED.read_text(encoding="utf-8").replace('"2 hari"', '"dua hari"'), encoding="utf-8")
        said = disposisi("sop", "check", str(broken), str(PACKAGED))
        assert said.code == 1
        assert "broken.toml: step 5: “standard” is 'dua hari'" in said
        assert "9 steps" in said.out, "the good file is reported as well"

    def test_a_missing_file_and_an_empty_folder_are_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        assert "nowhere.toml: file: The file cannot be read" in disposisi("sop", "check", "nowhere.toml")
        (tmp_path / "empty").mkdir()
        assert disposisi("sop", "check", "empty").code == 2

    @pytest.mark.parametrize("columns", ["80", "200"])
    def test_the_table_is_that_of_the_document(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, columns: str
    ) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        said = disposisi("sop", "show")
        assert said.code == 0
        assert "W.25-OT.02.02-1472" in said
        assert "2 hari" in said
        assert "MULAI" in said
        assert "Di Simpan sebagai data elektronik" in said

    def test_an_unknown_sop_gets_the_nearest(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "show", "penanganan-masalah-sofware")
        assert said.code == 2
        assert "Did you mean “penanganan-masalah-software”?" in said


class TestCheck:
    def test_a_fresh_folder_needs_only_a_token(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("check")
        assert said.code == 1
        assert said.err.count("✗") == 1
        assert "TELEGRAM_BOT_TOKEN is not set" in said.err
        assert not (tmp_path / "disposisi.db").exists(), "looking changes nothing"
        said = disposisi("check", "--no-telegram")
        assert said.code == 0
        assert "without TELEGRAM_BOT_TOKEN, which `disposisi run` needs" in said.out

    @pytest.mark.usefixtures("telegram")
    def test_everything_well(self, disposisi: Disposisi) -> None:
        disposisi("migrate")
        said = disposisi("check")
        assert said.code == 0
        assert "the token is that of @disposisi_bot" in said
        assert f"revision {migration.head()}" in said
        assert "There is no admin yet: disposisi invite --admin" in said
        assert "Nobody holds the post Kepala Divisi Administrasi: disposisi invite kadiv" in said

    def test_an_office_file_that_strands_an_open_case_is_told_before_the_bot_refuses_to_start(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("migrate")
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        settings = Settings.load(None, database_url=f"sqlite:///{tmp_path / 'disposisi.db'}")
        at = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
        with Database(settings.database_url) as database, database.transaction() as session:
            records = Records(session, rules=load_rules(settings), at=at)
            session.add_all(
                Post(code=post.code, title=post.title, short=post.short) for post in records.rules.office.posts
            )
            budi = Person(name="Budi Contoh", nip="198001012005011001", telegram_id=7001, registered_at=at)
            session.add(budi)
            session.flush()
            records.begin(Report("SIMPEG mati"), reporter=budi, sop="penanganan-masalah-software")
        assert "every open case can go on" in disposisi("check", "--no-telegram")

        other = tmp_path / "office.toml"
        text = settings.office_file.read_text(encoding="utf-8")
        other.write_text(text.replace('"kakanwil"\n', '"kepala"\n'), encoding="utf-8")
        monkeypatch.setenv("OFFICE_FILE", str(other))
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "SW-2026-0001 waits there" in said.err

    @pytest.mark.usefixtures("telegram")
    def test_a_wrong_token_is_told_without_showing_it(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = TOKEN.replace("1234", "4321")
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", other)
        said = disposisi("check")
        assert said.code == 1
        assert "Telegram does not know the token" in said.err
        assert other not in said.err + said.out

    def test_a_telegram_that_does_not_answer(self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("TELEGRAM_BASE_URL", "http://127.0.0.1:9")
        assert "http://127.0.0.1:9 does not answer" in disposisi("check")

    def test_broken_files_are_named_each_on_its_line(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "office.toml").write_text("code = ", encoding="utf-8")
        monkeypatch.setenv("OFFICE_FILE", "office.toml")
        monkeypatch.setenv("SOP_DIR", "nowhere")
        monkeypatch.setenv("DATABASE_URL", "sqlite:///no/such/folder/x.db")
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "office.toml: line 1" in said
        assert "There is no SOP file here" in said
        assert "Make it, or name another file in DATABASE_URL" in said

    def test_a_broken_env_file_is_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("LOG_LEVEL=LOUD\n", encoding="utf-8")
        said = disposisi("check")
        assert said.code == 1
        assert "LOG_LEVEL" in said.err

    def test_an_office_that_does_not_fit_its_sop(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        office = PACKAGED.parents[1] / "offices/sulawesi-utara.toml"
        text = office.read_text(encoding="utf-8").replace('roles = ["kadiv"]', "roles = []")
        (tmp_path / "office.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("OFFICE_FILE", "office.toml")
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert re.search(r"Fit .*kadiv", said.err)


def stored(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/disposisi.db")


class TestInvite:
    @pytest.mark.usefixtures("telegram")
    def test_a_post_gets_a_link_and_the_code_as_text(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("invite", "kadiv")
        assert said.code == 0
        code = re.search(r"https://t\.me/disposisi_bot\?start=(\S+)", said.out)
        assert code
        assert f"/start {code[1]}" in said
        with stored(tmp_path) as database, database.transaction() as session:
            (invite,) = session.query(Invite).all()
            assert (invite.post, invite.digest) == ("kadiv", code_digest(code[1]))
        assert disposisi("verify").code == 0

    def test_without_a_token_the_code_alone_is_told(self, disposisi: Disposisi) -> None:
        said = disposisi("invite", "--admin")
        assert said.code == 0
        assert re.search(r"/start [\w-]{22}\n", said.out)
        assert "https://t.me" not in said
        assert "TELEGRAM_BOT_TOKEN is not set" in said

    @pytest.mark.parametrize("name", ["kabag-p2l", "Kabag P2L", "KABAG-P2L"])
    def test_a_post_is_known_by_code_role_and_name(self, disposisi: Disposisi, name: str) -> None:
        assert "Invite for Kabag P2L" in disposisi("invite", name)

    def test_an_unknown_post_gets_the_nearest_and_all(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("invite", "kabag")
        assert said.code == 2
        assert "Did you mean “kabag-p2l”?" in said
        assert "kasubbag-humas" in said
        assert not (tmp_path / "disposisi.db").exists()

    @pytest.mark.parametrize("arguments", [[], ["kadiv", "--admin"], ["--admin", "--office"]])
    def test_exactly_one_thing_is_asked_for(self, disposisi: Disposisi, arguments: list[str]) -> None:
        assert disposisi("invite", *arguments).code == 2


class TestPerson:
    def test_a_list_is_imported_and_may_be_imported_again(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text(f"nip;nama;unit kerja\n{NIP};Ani;Umum\n", encoding="utf-8")
        assert disposisi("person", "import", "p.csv").code == 0
        (tmp_path / "p.csv").write_text(f"nip;nama;unit kerja\n{NIP};Ani Lestari;Keuangan\n", encoding="utf-8")
        assert disposisi("person", "import", "p.csv").code == 0
        with stored(tmp_path) as database, database.transaction() as session:
            (person,) = session.query(ExpectedPerson).all()
            assert (person.name, person.unit) == ("Ani Lestari", "Keuangan")
        assert "0 people are registered, 1 more expected" in disposisi("person", "list")

    def test_one_bad_row_stops_all_unless_told_otherwise(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text(f"nip,name\n{NIP},Ani\n12,Budi\n", encoding="utf-8")
        said = disposisi("person", "import", "p.csv")
        assert said.code == 1
        assert "p.csv: Row 3:" in said.err
        assert not (tmp_path / "disposisi.db").exists()
        assert disposisi("person", "import", "p.csv", "--partial").code == 1
        assert "1 more expected" in disposisi("person", "list")

    def test_an_empty_list_is_said_to_be_empty(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text("nip,name\n", encoding="utf-8")
        assert "there is nobody on this list" in disposisi("person", "import", "p.csv")

    def test_a_lost_phone_is_unbound(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ani", nip=NIP, telegram_id=7, registered_at=MONDAY))
            session.add(Person(name="Ayu", nip=ADMIN_NIP, telegram_id=8, registered_at=MONDAY, is_admin=True))
        said = disposisi("person", "unbind", f"{NIP[:8]} {NIP[8:]}")
        assert said.code == 0
        assert "disposisi invite POST, or --office" in said.out
        assert "not bound" in disposisi("person", "list")
        assert "disposisi invite --admin" in disposisi("person", "unbind", ADMIN_NIP).out
        assert disposisi("person", "unbind", NIP).code == 1
        assert disposisi("person", "unbind", "12").code == 2
        assert disposisi("verify").code == 0

    def test_an_admin_is_dismissed_but_not_the_last(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ani", nip=NIP, telegram_id=7, is_admin=True, registered_at=MONDAY))
        said = disposisi("person", "dismiss-admin", NIP)
        assert said.code == 1
        assert "First: disposisi invite --admin" in said
        with stored(tmp_path) as database, database.transaction() as session:
            other = Person(name="Eko", nip=f"{NIP[:-1]}2", telegram_id=8, is_admin=True, registered_at=MONDAY)
            session.add(other)
        assert disposisi("person", "dismiss-admin", f"{NIP[:8]} {NIP[8:]}").code == 0
        said = disposisi("person", "dismiss-admin", NIP)
        assert said.code == 1
        assert "No admin has this NIP" in said
        assert disposisi("person", "dismiss-admin", "12").code == 2
        assert disposisi("verify").code == 0

    def test_a_tenure_ends_and_what_waits_is_said_to_wait(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        self._appoints(tmp_path, reports=2)
        said = disposisi("person", "end-tenure", f"{NIP[:8]} {NIP[8:]}", "kakanwil")
        assert said.code == 0
        assert "Ani no longer holds Kakanwil. Their 2 open cards have no force any more." in said
        assert "What waits there waits for the next holder; nobody who can mend it will be told in chat." in said
        assert "disposisi invite kakanwil" in said
        assert "kakanwil" not in disposisi("person", "list").out.lower()
        assert disposisi("verify").code == 0

    def test_a_deputys_cards_are_said_to_be_the_holders(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        self._appoints(tmp_path, reports=1, deputy="Eko")
        said = disposisi("person", "end-tenure", NIP, "Kepala Kantor Wilayah")
        assert said.code == 0
        assert "Their 1 open card is now with Eko." in said
        assert "vacant" not in said
        assert disposisi("verify").code == 0

    def test_how_many_learn_of_a_vacancy_is_said(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        self._appoints(tmp_path, reports=1)
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ayu", nip=ADMIN_NIP, telegram_id=9, registered_at=MONDAY, is_admin=True))
        assert "1 person who can mend it will be told in chat" in disposisi("person", "end-tenure", NIP, "kakanwil")

    def test_where_nothing_waits_a_vacant_post_is_still_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        self._appoints(tmp_path)
        said = disposisi("person", "end-tenure", NIP, "kakanwil")
        assert "No open card was theirs." in said
        assert "Nobody who can be reached holds Kakanwil" in said

    def test_a_tenure_that_is_none_is_not_ended(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        self._appoints(tmp_path)
        said = disposisi("person", "end-tenure", ADMIN_NIP, "kakanwil")
        assert (said.code, "Nobody with this NIP is registered" in said) == (1, True)
        said = disposisi("person", "end-tenure", NIP, "kadiv")
        assert (said.code, "Ani does not hold Kadiv, but: Kakanwil (definitive)" in said) == (1, True)
        said = disposisi("person", "end-tenure", NIP, "kabag")
        assert (said.code, "Did you mean “kabag-p2l”?" in said) == (2, True)
        assert disposisi("person", "end-tenure", "12", "kadiv").code == 2
        assert disposisi("person", "end-tenure", NIP).code == 2
        assert disposisi("person", "end-tenure", NIP, "kakanwil").code == 0
        said = disposisi("person", "end-tenure", NIP, "kakanwil")
        assert said.code == 1
        assert re.search(r"Ani held Kakanwil until \d\d-\d\d-\d{4} \d\d\.\d\d WITA; that is over already\.", said.err)

    @staticmethod
    def _appoints(folder: Path, *, reports: int = 0, deputy: str = "") -> None:
        """Let Ani be Kakanwil, with so many reports waiting, and a colleague beside her if one is named."""
        rules = load_rules(Settings.load(None, telegram_bot_token=TOKEN))
        with stored(folder) as database, database.transaction() as session:
            records = Records(session, rules=rules, at=MONDAY)
            session.add_all([Post(code=one.code, title=one.title, short=one.short) for one in rules.office.posts])
            ani = Person(name="Ani", nip=NIP, telegram_id=7, registered_at=MONDAY)
            session.add(ani)
            session.flush()
            appoint(records, ani, "kakanwil")
            if deputy:
                other = Person(name=deputy, nip=f"{NIP[:-1]}2", telegram_id=8, registered_at=MONDAY)
                session.add(other)
                session.add(Tenure.begin(other, "kakanwil", capacity=Capacity.PLH, at=MONDAY))
                session.flush()
            records.forget_office()
            for _ in range(reports):
                records.begin(Report("SIMPEG tidak dapat dibuka"), reporter=ani, sop="penanganan-masalah-software")
                session.flush()


class TestRecord:
    def test_tables_are_made_once(self, disposisi: Disposisi) -> None:
        assert f"went from revision none to {migration.head()}" in disposisi("migrate")
        assert "are those of this version" in disposisi("migrate")

    def test_an_untouched_record_holds(self, disposisi: Disposisi) -> None:
        disposisi("invite", "--office")
        said = disposisi("verify")
        assert said.code == 0
        assert "0 cases, 1 journal entry: the record holds." in said

    def test_a_copy_is_verified_without_office_and_token(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("invite", "--office")
        monkeypatch.setenv("OFFICE_FILE", "gone.toml")
        (tmp_path / "copies").mkdir()
        (tmp_path / "copies/copy.db").write_bytes((tmp_path / "disposisi.db").read_bytes())
        assert disposisi("verify", "--database", "sqlite:///copies/copy.db").code == 0
        monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)
        assert disposisi("verify", "--database", "sqlite:///copies/copy.db").code == 0

    def test_a_changed_record_names_the_first_bad_entry(self, disposisi: Disposisi, tmp_path: Path) -> None:
        for _ in range(3):
            disposisi("invite", "--office")
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute("UPDATE journal_entries SET capacity = 'admin' WHERE sequence >= 2")
            connection.commit()
        said = disposisi("verify")
        assert said.code == 1
        assert "The first bad entry is office, entry 2: changed" in said

    @pytest.mark.parametrize("url", ["sqlite:///nowhere.db", "sqlite://", "nonsense", "sqlite:///text.db"])
    def test_what_is_no_record_is_said_to_be_none(self, disposisi: Disposisi, tmp_path: Path, url: str) -> None:
        (tmp_path / "text.db").write_text("no database at all " * 99, encoding="utf-8")
        said = disposisi("verify", "--database", url)
        assert said.code == 1
        assert not (tmp_path / "nowhere.db").exists()

    def test_another_programs_database_is_left_alone(self, disposisi: Disposisi, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        assert "holds no record of disposisi" in disposisi("verify")
        assert "tables that are not disposisi's" in disposisi("migrate")
        assert "tables that are not disposisi's" in disposisi("invite", "--admin")

    def test_older_tables_are_not_written_by_a_command_beside_the_bot(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        with stored(tmp_path) as database:
            migration.upgrade(database.engine, "0001")
        assert "run `disposisi migrate`" in disposisi("invite", "--admin")
        assert "run `disposisi migrate` on a copy" in disposisi("verify")
        assert disposisi("check", "--no-telegram").code == 0
        assert "went from revision 0001" in disposisi("migrate")

    def test_a_bot_that_goes_on_writing_does_not_look_like_a_forger(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("invite", "--office")

        def interrupted(session: Session) -> Verification:
            assert session.scalars(select(Chain.length)).all() == [1]
            with closing(sqlite3.connect(tmp_path / "disposisi.db")) as bot:
                bot.execute("UPDATE journal_chains SET length = 7")
                bot.commit()
            return verify(session)

        monkeypatch.setattr("bot.cli.record.verify_record", interrupted)
        assert disposisi("verify").code == 0, "it proves what stood there when it began"
        monkeypatch.undo()
        monkeypatch.chdir(tmp_path)
        assert disposisi("verify").code == 1

    def test_a_database_that_cannot_be_written_is_named(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/none.db")
        said = disposisi("invite", "--admin")
        assert said.code == 1
        assert "/proc/none.db" in said.err


class TestCopies:
    def test_a_copy_is_made_and_put_back(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("invite", "--office")
        said = disposisi("backup", "monday.db")
        assert said.code == 0
        assert re.search(
            rf"monday\.db: 0 cases, revision {migration.head()}, 0\.\d MB; copied from disposisi\.db", said.out
        )
        assert "monday.db exists already" in disposisi("backup", "monday.db").err

        disposisi("invite", "--office")
        assert "say --replace" in disposisi("restore", "monday.db").err
        said = disposisi("restore", "monday.db", "--replace")
        assert said.code == 0
        assert "kept in disposisi.db.kept-" in said
        assert re.search(r"The record ends at \d\d-\d\d-\d{4} \d\d\.\d\d\.\d\d UTC", said.out)
        assert "2 journal entries: the record holds" in said, "the invite of the copy, and that it was put back"
        (kept,) = (one for one in tmp_path.glob("disposisi.db.kept-*") if one.name[-1] == "Z")
        assert disposisi("verify", "--database", f"sqlite:///{kept}").code == 0

    def test_a_copy_of_a_record_that_was_tampered_with_is_put_back_and_called_so(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        disposisi("invite", "--office")
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            connection.execute("UPDATE journal_chains SET length = 7")
            connection.commit()
        assert disposisi("backup", "monday.db").code == 0
        said = disposisi("restore", "monday.db", "--database", "sqlite:///other.db")
        assert said.code == 1
        assert "the record does not hold" in said.err
        assert (tmp_path / "other.db").exists()

    def test_where_there_is_no_record_there_is_nothing_to_copy(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("backup", "monday.db")
        assert said.code == 1
        assert "There is nothing to copy yet" in said.err
        assert not list(tmp_path.iterdir())


class TestOnPostgresql:
    def test_every_command_for_the_record_serves_a_server_too(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        with request.getfixturevalue("postgresql").empty() as url:
            name = make_url(url).database
            monkeypatch.setenv("DATABASE_URL", url)
            assert f"{name} on" in disposisi("verify").err, "there is no record yet"
            assert f"went from revision none to {migration.head()}" in disposisi("migrate")
            assert "are those of this version" in disposisi("migrate")
            assert f"revision {migration.head()}" in disposisi("check", "--no-telegram")
            assert disposisi("invite", "kadiv").code == 0
            assert "0 people are registered" in disposisi("person", "list")
            assert "0 cases, 1 journal entry: the record holds." in disposisi("verify")
            assert f"copied from {name} on" in disposisi("backup", "monday.copy")
            assert "kept in the schema kept_" in disposisi("restore", "monday.copy", "--replace")
            assert disposisi("verify").code == 0

    def test_a_large_record_has_the_time_it_needs(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        given: list[str | None] = []

        def verifying(session: Session) -> Verification:
            given.append(session.scalar(text("SHOW statement_timeout")))
            return verify(session)

        monkeypatch.setattr("bot.cli.record.verify_record", verifying)
        with request.getfixturevalue("postgresql").empty() as url:
            monkeypatch.setenv("DATABASE_URL", url)
            assert disposisi("migrate").code == disposisi("verify").code == 0
        assert given == ["0"]

    def test_tables_that_somebody_has_locked_are_named(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        with request.getfixturevalue("postgresql").empty() as url:
            monkeypatch.setenv("DATABASE_URL", f"{url}&options=-c%20lock_timeout%3D100ms")
            assert disposisi("migrate").code == 0
            with closing(psycopg.connect(url.replace("+psycopg", ""))) as other:
                other.execute("LOCK TABLE alembic_version")
                assert "locked by another program" in disposisi("migrate").err

    def test_a_password_is_never_shown(self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://ani:rahasia-sekali@127.0.0.1:9/disposisi")
        for command in (["verify"], ["migrate"], ["check", "--no-telegram"], ["backup", "x"], ["person", "list"]):
            said = disposisi(*command)
            assert said.code == 1, command
            assert "disposisi on 127.0.0.1" in said.err, command
            assert "rahasia-sekali" not in said.err + said.out


class TestRun:
    @pytest.mark.usefixtures("telegram")
    def test_it_serves_until_told_to_end_and_refuses_a_second_one(self, tmp_path: Path) -> None:
        root = str(Path(__file__).parents[2])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "error"}
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as bot:
            assert bot.stderr
            log: list[str] = []
            while "@disposisi_bot serves" not in (line := bot.stderr.readline()):
                assert line, "".join(log)
                log.append(line)
            second = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=30, check=False
            )
            assert second.returncode == 1
            assert "is already served by process" in second.stderr
            assert "Traceback" not in second.stderr
            bot.terminate()
            assert bot.wait(30) == 0
            log += bot.stderr.readlines()
        assert TOKEN not in "".join(log)

    def test_without_a_token_it_says_where_to_get_one(self, disposisi: Disposisi) -> None:
        said = disposisi("run")
        assert said.code == 1
        assert "@BotFather" in said.err

    def test_a_collector_of_logs_reads_nothing_but_lines_of_the_log(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        assert "Starting with" in disposisi("run", "--no-migrate").out
        monkeypatch.setenv("LOG_FORMAT", "json")
        assert disposisi("run", "--no-migrate").out == ""
