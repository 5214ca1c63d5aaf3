"""What was typed and what was said: the names that the tests of the command line share."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from bot.storage import migration
from bot.storage.database import Database
from models.repository.office_lock import locked_office_chain
from models.repository.telling import tell_changes
from tests.parts import database_at

TOKEN = "1234567890:AACommandLineHasNoSecretAtAll-0000000"
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
PACKAGED = Path(__file__).parents[3] / "models/sops/penanganan-masalah-software.toml"
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


def stored(tmp_path: Path) -> Database:
    return database_at(f"sqlite:///{tmp_path}/disposisi.db")


def make_tables(tmp_path: Path) -> None:
    """Put a record with the newest tables and nothing in them into the folder, as `disposisi migrate` leaves it.

    Going through all revisions takes longer than most tests of the command line, so it is done once.
    """
    (tmp_path / "disposisi.db").write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        with stored(Path(folder)) as database:
            migration.upgrade(database.engine)
        return Path(folder, "disposisi.db").read_bytes()


@contextmanager
def told(tmp_path: Path) -> Iterator[Session]:
    """Give one transaction; what it does to people and tenures is told in the office's journal, as the program does."""
    with stored(tmp_path) as database, database.transaction() as session:
        tell_changes(session, locked_office_chain, at=MONDAY)
        yield session
