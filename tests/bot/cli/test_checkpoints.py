"""The commands for checkpoints, and the record held against one, as an operator and an auditor type them."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import Clock, MovableClock
from bot.rules import load_rules
from bot.sealing.places import Places
from bot.sealing.sealer import Sealer
from bot.settings import Settings
from models.checkpoint.note import PrivateKey
from models.journal.chain import Chain
from tests.bot.cli.command_line import Disposisi, make_tables, stored

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def seals(folder: Path, at: datetime = NOON) -> str:
    """Seal the record as the bot does, and return the checkpoint."""
    settings = Settings.load(None, database_url=f"sqlite:///{folder}/disposisi.db")

    async def seal() -> None:
        with stored(folder) as database:
            places = Places.of(settings, record=database.path)
            sealer = Sealer(
                database=database, rules=load_rules(settings), clock=MovableClock(at, frozen=True), places=places
            )
            await sealer.seal()
            await sealer.look()

    asyncio.run(seal())
    return latest(folder).read_text(encoding="utf-8")


def latest(folder: Path) -> Path:
    return folder / "disposisi.db.checkpoints" / "latest.txt"


def journals(folder: Path, *actions: str) -> None:
    """Let something happen in the office."""
    with stored(folder) as database, database.transaction() as session:
        chain = session.query(Chain).one_or_none() or Chain.begin("office")
        session.add(chain)
        session.flush()
        for action in actions:
            chain.append(action, actor_id=None, capacity="system", payload={}, at=NOON)


@pytest.fixture
def sealed(disposisi: Disposisi, tmp_path: Path) -> str:
    """A record that was sealed once, and the checkpoint, which an auditor has kept."""
    make_tables(tmp_path)
    journals(tmp_path, "one", "two")
    note = seals(tmp_path)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/note.txt").write_text(note, encoding="utf-8")
    (tmp_path / "kept/key.txt").write_text(disposisi("checkpoint", "key").out, encoding="utf-8")
    return note


AGAINST = ("verify", "--against", "kept/note.txt", "--key", "kept/key.txt")


class TestShowing:
    def test_before_the_first_it_is_said_when_there_will_be_one(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        for command in ("show", "key"):
            said = disposisi("checkpoint", command)
            assert said.code == 1
            assert "Nothing was sealed yet. The bot seals a minute after its start" in said
        assert disposisi("checkpoint", "list").code == 0

    def test_one_is_printed_as_it_is_kept(self, disposisi: Disposisi, sealed: str, tmp_path: Path) -> None:
        assert disposisi("checkpoint", "show").out == sealed
        journals(tmp_path, "three")
        assert seals(tmp_path) != sealed
        assert disposisi("checkpoint", "show", "1").out == sealed
        assert disposisi("checkpoint", "show", "3").code == 1

    def test_they_are_listed_with_where_they_went(self, disposisi: Disposisi, sealed: str) -> None:
        said = disposisi("checkpoint", "list")
        assert "2026-11-23 04:00:00" in said
        assert "disposisi.db.checkpoints" in said
        assert sealed.split("\n")[1] == "2"

    def test_the_secret_is_printed_by_no_command(self, disposisi: Disposisi, sealed: str, tmp_path: Path) -> None:
        secret = (tmp_path / "disposisi.db.checkpoint-key").read_text(encoding="utf-8").strip().split("+", 4)[4]
        assert sealed
        for command in ("show", "list", "key", "rotate"):
            said = disposisi("checkpoint", command)
            assert secret not in said.out + said.err


@pytest.mark.usefixtures("sealed")
class TestVerifying:
    def test_a_sound_record_follows_from_its_checkpoint(self, disposisi: Disposisi, tmp_path: Path) -> None:
        journals(tmp_path, "three")
        for arguments in (AGAINST, AGAINST[:3]):
            said = disposisi(*arguments)
            assert said.code == 0
            assert "the record holds." in said
            expected = "checkpoint of 2 leaves, made on 2026-11-23 04:00:00 UTC: the record follows from it, 1 chain."
            assert expected in said

    def test_what_a_mail_does_to_a_note_does_no_harm(self, disposisi: Disposisi, tmp_path: Path) -> None:
        path = tmp_path / "kept/note.txt"
        path.write_bytes(b"\r\n" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
        assert disposisi(*AGAINST).code == 0

    def test_an_end_that_was_cut_off_is_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("DELETE FROM journal_payloads WHERE sequence = 2")
            connection.execute("DELETE FROM journal_entries WHERE sequence = 2")
            connection.execute("UPDATE journal_chains SET length = 1, head = (SELECT hash FROM journal_entries)")
            for _, statement in triggers:
                connection.execute(statement)
            connection.commit()
        said = disposisi(*AGAINST)
        assert said.code == 1
        assert "the record holds." in said
        assert "office: cut off: 2 entries were sealed on 2026-11-23 04:00:00 UTC, and entry 2 is missing" in said
        assert "the record does not follow from it." in said

    def test_a_key_of_somebody_else_is_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "kept/key.txt").write_text(f"{PrivateKey.make('thief').public}\n", encoding="utf-8")
        said = disposisi(*AGAINST)
        assert said.code == 1
        assert "no hand-over leads there from the key that is trusted, thief+" in said

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("--against", "gone.txt"), "gone.txt cannot be read: No such file or directory."),
            (("--against", "kept/note.txt", "--key", "kept/note.txt"), "holds no public key"),
            (("--against", "kept/key.txt"), "this is no checkpoint"),
            (("--against", "disposisi.db"), "is no text in UTF-8."),
        ],
    )
    def test_what_cannot_be_used_is_said(self, disposisi: Disposisi, arguments: tuple[str, ...], sentence: str) -> None:
        said = disposisi("verify", *arguments)
        assert said.code == 1
        assert sentence in said

    def test_a_key_alone_is_a_mistake(self, disposisi: Disposisi) -> None:
        assert disposisi("verify", "--key", "kept/key.txt").code == 2

    def test_elsewhere_the_key_must_be_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "disposisi.db.checkpoint-key").unlink()
        said = disposisi(*AGAINST[:3])
        assert said.code == 1
        assert "--key FILE" in said
        assert disposisi(*AGAINST).code == 0


class TestKeys:
    @pytest.mark.parametrize("lags", [False, True])
    def test_a_restore_says_when_a_new_log_is_needed(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path, *, lags: bool
    ) -> None:
        assert disposisi("backup", "monday.copy").code == 0
        if lags:
            journals(tmp_path, "three")
            assert seals(tmp_path) != sealed
        said = disposisi("restore", "monday.copy", "--replace")
        assert said.code == 0, said.out + said.err
        assert ("holds later checkpoints. The bot seals nothing until a new log is begun" in said) is lags

    @pytest.mark.parametrize(
        ("carried", "sentence"),
        [
            ((), "which is not in disposisi.db.checkpoint-key. No copy of a record holds it."),
            (("disposisi.db.checkpoint-key",), "holds no checkpoint of the record, so it is not known here"),
            (("disposisi.db.checkpoint-key", "disposisi.db.checkpoints"), None),
        ],
        ids=["the copy alone", "with the key", "with key and folder"],
    )
    def test_on_another_machine_a_restore_says_what_sealing_needs(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path, carried: tuple[str, ...], sentence: str | None
    ) -> None:
        assert disposisi("backup", "monday.copy").code == 0
        there = tmp_path / "there"
        there.mkdir()
        for path in tmp_path.glob("disposisi.db*"):
            path.rename(there / path.name)
        for name in carried:
            (there / name).rename(tmp_path / name)
        said = disposisi("restore", "monday.copy")
        assert said.code == 0, said.out + said.err
        if sentence is not None:
            assert sentence in said
            assert "disposisi checkpoint restart" in said
        else:
            assert "checkpoint" not in said.out + said.err
        assert sealed

    def test_a_rotation_leaves_both_keys_good_and_one_file(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path
    ) -> None:
        said = disposisi("checkpoint", "rotate")
        assert said.code == 0
        assert "the former is gone" in said
        journals(tmp_path, "three")
        (tmp_path / "kept/new.txt").write_text(seals(tmp_path, Clock().now()), encoding="utf-8")
        assert disposisi(*AGAINST).code == 0
        assert disposisi("verify", "--against", "kept/new.txt", "--key", "kept/key.txt").code == 0
        assert disposisi("verify", "--against", "kept/note.txt").code == 0
        assert len(disposisi("checkpoint", "key").out.splitlines()) == 2
        assert [path.name for path in tmp_path.glob("*key*")] == ["disposisi.db.checkpoint-key"]
        assert (tmp_path / "disposisi.db.checkpoint-key").stat().st_mode & 0o777 == 0o600
        assert sealed

    def test_after_a_rotation_that_was_broken_off_the_new_key_is_not_lost(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "disposisi.db.checkpoint-key"
        old = path.read_bytes()
        disposisi("checkpoint", "rotate")
        path.rename(path.with_name(f"{path.name}.next"))
        path.write_bytes(old)
        path.chmod(0o600)
        assert disposisi("checkpoint", "rotate").code == 0
        assert len(disposisi("checkpoint", "key").out.splitlines()) == 3
        journals(tmp_path, "three")
        (tmp_path / "kept/new.txt").write_text(seals(tmp_path, Clock().now()), encoding="utf-8")
        assert disposisi("verify", "--against", "kept/new.txt", "--key", "kept/key.txt").code == 0
        assert sealed

    def test_without_the_key_in_use_nothing_is_rotated(self, disposisi: Disposisi, sealed: str, tmp_path: Path) -> None:
        path = tmp_path / "disposisi.db.checkpoint-key"
        path.unlink()
        assert "does not exist, so it cannot hand over" in disposisi("checkpoint", "rotate")
        path.write_text(PrivateKey.make(sealed.partition("\n")[0]).written(), encoding="utf-8")
        path.chmod(0o600)
        said = disposisi("checkpoint", "rotate")
        assert said.code == 1
        assert "cannot hand over: the record is sealed with" in said

    def test_a_key_of_the_environment_stays(
        self, disposisi: Disposisi, sealed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CHECKPOINT_KEY", PrivateKey.make("office").written())
        assert "is in the environment" in disposisi("checkpoint", "rotate")
        assert "is in the environment" in disposisi("checkpoint", "restart", "--reason", "x")
        assert sealed

    def test_where_nothing_was_sealed_yet_no_former_key_is_spoken_of(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        make_tables(tmp_path)
        said = disposisi("checkpoint", "restart", "--reason", "a log of its own")
        assert said.code == 0
        assert "Log 1 begins." in said
        assert "former" not in said
        assert "logs before it" not in said

    def test_a_restored_record_is_sealed_again_in_a_new_log(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path
    ) -> None:
        copy = (tmp_path / "disposisi.db").read_bytes()
        journals(tmp_path, "three")
        (tmp_path / "kept/later.txt").write_text(seals(tmp_path), encoding="utf-8")
        (tmp_path / "disposisi.db").write_bytes(copy)
        journals(tmp_path, "another")
        with pytest.raises(Exception, match="an older copy of the record"):
            seals(tmp_path)
        assert "Log 2 begins" in disposisi("checkpoint", "restart", "--reason", "restored from Monday")
        (tmp_path / "kept/second.txt").write_text(seals(tmp_path, Clock().now()), encoding="utf-8")
        assert disposisi("verify", "--against", "kept/second.txt").code == 0
        assert disposisi(*AGAINST).code == 0
        said = disposisi("verify", "--against", "kept/later.txt", "--key", "kept/key.txt")
        assert said.code == 1
        assert "an older copy was put in its place" in said
        assert sealed

    def test_a_new_log_overwrites_nothing_that_the_folder_has(
        self, disposisi: Disposisi, sealed: str, tmp_path: Path
    ) -> None:
        """As an operator restores the same copy twice: both times something was sealed in between."""
        copy, folder = (tmp_path / "disposisi.db").read_bytes(), latest(tmp_path).parent
        journals(tmp_path, "three")
        seals(tmp_path)
        for reason in ("first", "second"):
            before = {path.name: path.read_bytes() for path in folder.glob("*-*")}
            (tmp_path / "disposisi.db").write_bytes(copy)
            assert disposisi("checkpoint", "restart", "--reason", reason).code == 0
            (tmp_path / "kept/new.txt").write_text(seals(tmp_path, Clock().now()), encoding="utf-8")
            assert {name: (folder / name).read_bytes() for name in before} == before
            assert disposisi("verify", "--against", "kept/new.txt").code == 0
            leaves = max(folder.glob("leaves-*.jsonl")).read_text(encoding="utf-8").splitlines()
            assert len(leaves) == int((tmp_path / "kept/new.txt").read_text(encoding="utf-8").splitlines()[1])
        assert sealed
