"""Files of a record that belong to somebody else: they are named with their owner, and root gives away what it made."""

import os
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from bot.stopped import DatabaseUnusable
from bot.storage import ownership
from bot.storage.process_lock import ProcessLock
from tests.parts import database_at

SOMEBODY = 4_000_001
"""The number of a user that no machine knows by a name."""


@pytest.fixture
def _as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be a user who may read and write no file of the one that runs the tests."""
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY)
    monkeypatch.setattr(os, "access", lambda *_: False)


@pytest.mark.usefixtures("_as_somebody")
@pytest.mark.parametrize("reason", ["unable to open database file", "attempt to write a readonly database"])
@pytest.mark.parametrize("which", ["record.db", "record.db-wal"])
def test_a_record_of_another_users_is_named_with_its_owner(tmp_path: Path, reason: str, which: str) -> None:
    (tmp_path / which).touch()
    database = database_at(f"sqlite:///{tmp_path}/record.db")
    said = str(database.store.explained(DatabaseError("SELECT", None, Exception(reason))))
    database.close()
    assert f"{tmp_path}/{which} belongs to {ownership.owner(tmp_path)}; user {SOMEBODY}, who runs this, may not" in said


@pytest.mark.usefixtures("_as_somebody")
def test_a_lock_of_another_users_is_named_with_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "record.db.lock").touch()
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DatabaseUnusable, match=r"record\.db\.lock belongs to"):
        ProcessLock(tmp_path / "record.db").acquire()


class TestHandingOver:
    @pytest.fixture
    def given(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
        """To whom which file was given, where this process is root."""
        found: dict[str, tuple[int, int]] = {}

        def note(path: Path, user: int, group: int, *, follow_symlinks: bool) -> None:
            assert not follow_symlinks
            found[path.name] = (user, group)

        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(os, "chown", note)
        return found

    @pytest.mark.parametrize("there", [True, False])
    def test_root_gives_a_file_to_the_owner_of_the_one_it_replaces_or_of_the_folder(
        self, tmp_path: Path, given: dict[str, tuple[int, int]], *, there: bool
    ) -> None:
        if there:
            (tmp_path / "record.db").touch()
        ownership.hand_over(tmp_path / "made", like=tmp_path / "record.db")
        found = tmp_path.stat()
        assert given == {"made": (found.st_uid, found.st_gid)}

    def test_others_give_nothing_away(
        self, tmp_path: Path, given: dict[str, tuple[int, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY)
        ownership.hand_over(tmp_path / "made", like=tmp_path / "record.db")
        assert given == {}
