"""`disposisi check`: everything that would keep the bot from its work is told before it starts."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.rules import load_rules
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.storage import migration
from models.checkpoint.note import PrivateKey
from models.office.person import Person
from models.office.tenure import Post
from models.repository.records import Records
from tests.bot.cli.command_line import PACKAGED, TOKEN, Disposisi
from tests.parts import database_at
from tests.reports import a_report

KEY = PrivateKey("kantor/log", bytes(range(32)))


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
        assert "Nobody holds the deputy's post Kepala Divisi Administrasi: where nobody can decide" in said

    def test_an_office_without_a_deputy_is_told_who_decides_then(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = Settings.load(None).office_file.read_text()
        (tmp_path / "office.toml").write_text(text.replace('deputy = "kadiv"', ""))
        monkeypatch.setenv("OFFICE_FILE", str(tmp_path / "office.toml"))
        disposisi("migrate")
        assert "The office file names no deputy" in disposisi("check", "--no-telegram")

    def test_an_office_file_that_strands_an_open_case_is_told_before_the_bot_refuses_to_start(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("migrate")
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        settings = Settings.load(None, database_url=f"sqlite:///{tmp_path / 'disposisi.db'}")
        at = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
        with database_at(settings.database_url) as database, database.transaction() as session:
            records = Records(session, rules=load_rules(settings), at=at)
            session.add_all(
                Post(code=post.code, title=post.title, short=post.short) for post in records.rules.office.posts
            )
            budi = Person(name="Budi Contoh", nip="198001012005011001", account_id=7001, registered_at=at)
            session.add(budi)
            session.flush()
            records.begin(a_report("SIMPEG mati"), reporter=budi, sop="penanganan-masalah-software")
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
        assert "Telegram cannot be reached: 127.0.0.1:9 refuses the connection." in disposisi("check")

    @pytest.mark.parametrize(
        ("result", "words"), [(None, "an account without a number"), ({"id": 666}, "a bot without a username")]
    )
    def test_a_server_that_knows_no_bot_is_named(
        self, disposisi: Disposisi, telegram: Sandbox, result: object, words: str
    ) -> None:
        telegram.faults.next("getMe", Fault(Trouble.ODD_ANSWER, alter=lambda _: result))
        said = disposisi("check")
        assert said.code == 1
        assert (
            f"answers with “{words}”, which is not Telegram's answer. Check the network and TELEGRAM_BASE_URL." in said
        )

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

    def test_the_clock_of_the_office_can_be_held_against_one_on_the_wall(self, disposisi: Disposisi) -> None:
        said = disposisi("check", "--no-telegram")
        assert re.search(
            r"Clock +the office has \w+day \d\d-\d\d-\d{4} \d\d\.\d\d WITA now and is (open|closed)", said.out
        )
        assert "its week has 37.5 hours" in said

    def test_an_office_file_of_a_clone_that_is_not_read_is_told(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packaged = Settings.load(None)
        for name, source in (("offices", packaged.office_file), ("sops", next(packaged.sop_dir.glob("*.toml")))):
            (tmp_path / "models" / name).mkdir(parents=True)
            (tmp_path / "models" / name / source.name).write_bytes(source.read_bytes())
        assert "is not the file that is read" not in disposisi("check", "--no-telegram"), "they are the same"

        office = tmp_path / "models/offices/sulawesi-utara.toml"
        text = office.read_text("utf-8").replace('name = "Kantor Wilayah Sulawesi Utara"', 'name = "Kantor Contoh"')
        office.write_text(text, encoding="utf-8")
        (tmp_path / "models/sops/lain.toml").write_text("", encoding="utf-8")
        said = disposisi("check", "--no-telegram")
        assert "OFFICE_FILE=models/offices/sulawesi-utara.toml in .env." in said
        assert "models/sops/lain.toml: not what is read. If it is to count: SOP_DIR=models/sops" in said
        monkeypatch.setenv("OFFICE_FILE", "models/offices/sulawesi-utara.toml")
        said = disposisi("check", "--no-telegram")
        assert "Kantor Contoh, 5 posts" in said
        assert "OFFICE_FILE=" not in said

    def test_a_file_with_secrets_that_others_may_open_is_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("migrate")
        (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n", encoding="utf-8")
        (tmp_path / ".env").chmod(0o644)
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "Every user of this machine may open .env: chmod o= .env" in said.err
        (tmp_path / ".env").chmod(0o640)
        assert disposisi("check", "--no-telegram").code == 0
        (tmp_path / "disposisi.db").chmod(0o604)
        assert "may open disposisi.db" in disposisi("check", "--no-telegram").err

    def test_a_disk_without_room_for_a_copy_is_named(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert re.search(r"Disk +[\d,]+ MB are free in /", disposisi("check", "--no-telegram").out)
        monkeypatch.setattr("bot.cli.checking.SPARE_BYTES", 10**18)
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert re.search(r"Disk .*are needed, so that a copy fits", said.err)

    @pytest.mark.parametrize(
        "url", ["postgresql://bot:canary@db:port/disposisi", "postgresql://bot:canary@[::1/disposisi", "canary"]
    )
    def test_an_address_of_no_database_is_told_without_its_password(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "DATABASE_URL is not an SQLAlchemy URL" in said
        assert "canary" not in said.out + said.err

    def test_the_proxy_is_shown_without_its_password(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TELEGRAM_PROXY", "http://bot:canary@proxy.example.go.id:3128")
        said = disposisi("check", "--no-telegram")
        assert "api.telegram.org is called through proxy.example.go.id:3128, from TELEGRAM_PROXY" in said
        assert "canary" not in said.out + said.err

    @pytest.mark.parametrize("command", [["check"], ["run"]])
    def test_a_proxy_of_the_environment_that_cannot_be_used_is_a_sentence(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, command: list[str]
    ) -> None:
        monkeypatch.delenv("HTTPS_PROXY", raising=False)
        monkeypatch.delenv("https_proxy", raising=False)
        monkeypatch.setenv("ALL_PROXY", "socks4://bot:canary@proxy:1080")
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        said = disposisi(*command)
        assert said.code == 1
        assert "ALL_PROXY: it is not the address of a proxy that can be used" in said
        assert "canary" not in said.out + said.err

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

    @pytest.mark.parametrize(
        ("at", "told", "notes"),
        [
            (datetime(2026, 11, 23, 1, tzinfo=UTC), "cuti bersama and Ramadan are known for the 60 days ahead", []),
            (
                datetime(2027, 1, 25, 1, tzinfo=UTC),
                "not known for the 60 days ahead: 1, named below; the admins are asked in chat",
                [
                    "Not known yet: Ramadan 1448 H, of which 2027-02-08 to 2027-03-09 is an estimate. Correct",
                ],
            ),
            (
                datetime(2027, 12, 20, 1, tzinfo=UTC),
                "not known for the 60 days ahead: 2, named below; the admins are asked in chat",
                [
                    "Not known yet: cuti bersama of 2028. Write its days under [[removed_days]], and then the year",
                    "Not known yet: Ramadan 1449 H, expected from about 2028-01-28. Write its dates under [[seasons]]",
                ],
            ),
        ],
    )
    def test_days_ahead_that_are_not_known_are_named_with_what_to_do(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, at: datetime, told: str, notes: list[str]
    ) -> None:
        monkeypatch.setattr("bot.cli.checking.Clock", lambda: MovableClock(at, frozen=True))
        said = disposisi("check", "--no-telegram")
        assert said.code == 0, "the bot works without them"
        assert told in said
        assert all(note in said for note in notes)
        assert (said.out + said.err).count("Not known yet") == len(notes)


class TestSeals:
    def test_it_is_said_where_checkpoints_go(self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "the first one makes the key disposisi.db.checkpoint-key" in disposisi("check", "--no-telegram")
        monkeypatch.setenv("CHECKPOINT_KEY", KEY.written())
        monkeypatch.setenv("CHECKPOINT_CHAT", "-100123")
        said = disposisi("check", "--no-telegram")
        assert f"signed by {KEY.public.short}; kept in disposisi.db.checkpoints, sent to the archive chat" in said
        assert KEY.written().rpartition("+")[2] not in said.out + said.err

    def test_a_key_that_is_open_to_others_is_wrong(self, disposisi: Disposisi, tmp_path: Path) -> None:
        path = tmp_path / "disposisi.db.checkpoint-key"
        path.write_text(KEY.written(), encoding="utf-8")
        path.chmod(0o644)
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "Close it to them: chmod 600 disposisi.db.checkpoint-key" in said

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("CHECKPOINT_KEY_FILE", "cannot be made: "),
            ("CHECKPOINT_DIR", "The folder of checkpoints office.txt/there cannot be used: "),
            ("ARCHIVE", "office.txt/there cannot be used: "),
        ],
    )
    def test_a_place_that_cannot_be_written_is_wrong_before_the_start(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
    ) -> None:
        (tmp_path / "office.txt").write_text("no folder", encoding="utf-8")
        monkeypatch.setenv(name, "office.txt/there" if name != "CHECKPOINT_KEY_FILE" else "office.txt/there/key")
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert sentence in said
        assert "office.txt is no folder." in said

    def test_a_key_is_not_made_in_a_folder_that_is_not_there(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CHECKPOINT_KEY_FILE", "seals/key")
        said = disposisi("check", "--no-telegram")
        assert said.code == 1
        assert "The key seals/key cannot be made: its folder does not exist. Make it." in said
