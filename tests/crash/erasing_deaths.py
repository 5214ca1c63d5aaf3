"""Erasing a person in processes that are killed: `python -m tests.crash.erasing_deaths RECORD FOLDER EVERY`.

RECORD is a folder with a record and its archive. For each boundary, or one of EVERY, a process erases a person of a
copy of it and is killed there (SIGKILL). What it leaves must be proved as it lies; then the next command finishes it.
Prints the boundaries as JSON; ends with 1 where a promise was broken.
"""

import json
import shutil
import sys
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

import typer

from bot.archive.contents import fault_of
from bot.archive.folder import Folder
from bot.cli import surroundings
from bot.metrics import Metrics
from bot.rules import load_rules
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.proof import prove
from models.office.person import ERASED_NAME, Person
from models.rules.rules import Rules
from models.upkeep import forgetting
from tests.crash.deaths import DIED, boundaries_of, live_once, try_each

NIP = "198001012005012001"
WORDS = ("SIMPEG mati", "Budi Contoh", NIP, "Kepegawaian")
_RECORD = "disposisi.db"
_CALLS = ("unlink", "remove")


@cache
def _rules() -> Rules:
    from bot.cli import personal

    rules = load_rules(Settings.load(None))
    for module in (surroundings, personal):
        patch.object(module, "load_rules", lambda _: rules).start()
    return rules


def opened() -> Database:
    """Return the record of the folder at hand."""
    return Database(f"sqlite:///{_RECORD}", metrics=Metrics())


def erases() -> None:
    """Erase the person as the command line does; a person who is gone already is nobody with this NIP."""
    from bot.cli import personal

    with patch.object(surroundings, "settings", lambda *_: Settings.load(None, database_url=f"sqlite:///{_RECORD}")):
        try:
            personal.erase(NIP, because="permintaan pemilik data", agreed=True)
        except typer.Exit:
            with closing(opened()) as database, database.transaction() as session:
                assert session.get_one(Person, 1).name == ERASED_NAME


def holds(status: tuple[int, ...]) -> None:
    """Prove the record as it lies, and its files."""
    with closing(opened()) as database:
        found = prove(database, fault_of=partial(fault_of, Folder(Path(f"{_RECORD}.files"))))
    assert found.status in status, found


def _dies(number: int) -> None:
    boundaries = boundaries_of(_CALLS, fatal=number)
    made = surroundings.database

    def watched(given: Settings) -> Database:
        database = made(given)
        boundaries.watch_commits(database.engine)
        return database

    # One case a transaction, so that a death may lie between any two.
    with (
        patch.object(surroundings, "database", watched),
        patch.object(forgetting.go_on, "__kwdefaults__", {"limit": 1}),
    ):
        erases()


def _lives() -> None:
    erases()
    holds((3,))


def _goes_on() -> None:
    holds((0, 1, 3) if Path(DIED).read_text(encoding="utf-8").endswith(_CALLS) else (0, 3))
    erases()
    holds((3,))
    for path in Path().rglob("*"):
        if path.is_file() and path.name != DIED:
            content = path.read_bytes()
            assert not any(words.encode() in content for words in WORDS), path
    assert not [path for path in Path(f"{_RECORD}.files").rglob("*") if path.is_file()], "the bytes of a file stayed"


def main(record: Path, folder: Path, every: int) -> None:
    """Try every boundary, or one of so many."""
    # What each process would read for itself is there before the first is forked.
    _rules()
    begins = partial(shutil.copytree, record, dirs_exist_ok=True)
    live_once(folder, begins=begins, lives=_lives)
    sys.stdout.write(json.dumps(try_each(folder, begins=begins, dies=_dies, goes_on=_goes_on, every=every)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute(), int(sys.argv[3]))
