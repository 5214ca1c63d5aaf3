"""Fetching in processes that are killed: `python -m tests.crash.fetching_deaths RECORD FOLDER TELEGRAM TOKEN EVERY`.

RECORD is a folder with a record whose files wait, and its archive; TELEGRAM is where a stand-in hands them out. For
each boundary, or one of EVERY, a process fetches them and is killed there (SIGKILL). What it leaves must be proved as
it lies; then another one goes on. Prints the boundaries as JSON; ends with 1 where a promise was broken.
"""

import asyncio
import json
import shutil
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from sqlalchemy import func, select

from bot.archive.contents import fault_of
from bot.archive.folder import Folder
from bot.clock import MovableClock
from bot.fetcher import Fetcher
from bot.loop.activity import Activity
from bot.rules import load_rules
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.proof import prove
from models.case.attachment import Attachment, Keeping
from models.case.content import Content
from models.journal.chain import Entry
from models.mail.notice import Notice
from models.rules.rules import Rules
from tests.crash.deaths import boundaries_of, live_once, try_each
from tests.crash.sealing_deaths import NOON
from tests.parts import database_at, line_to

RECORD = "disposisi.db"
_CALLS = ("fsync", "replace", "unlink")
_LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
_TOLD_BY = {Keeping.KEPT: "keep-file", Keeping.TOO_LARGE: "pass-over-file", Keeping.ERASED: "erase-file"}


@cache
def _rules() -> Rules:
    return load_rules(Settings.load(None))


def _archive() -> Folder:
    return Folder(Path(f"{RECORD}.files"))


async def _fetch(database: Database, telegram: str, token: str) -> None:
    """Fetch what waits, until there is nothing left to do."""
    activity = Activity()
    async with line_to(telegram, token=token) as line:
        fetcher = Fetcher(
            line=line,
            database=database,
            archive=_archive(),
            rules=_rules(),
            clock=MovableClock(NOON, frozen=True),
            activity=activity,
        )
        task = asyncio.create_task(fetcher.run())
        await asyncio.sleep(0)
        await activity.still()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _dies(telegram: str, token: str, number: int) -> None:
    boundaries = boundaries_of(_CALLS, fatal=number)
    boundaries.watch_calls()
    with closing(database_at(f"sqlite:///{RECORD}")) as database:
        boundaries.watch_commits(database.engine)
        asyncio.run(_fetch(database, telegram, token))


def _goes_on(telegram: str, token: str) -> None:
    with closing(database_at(f"sqlite:///{RECORD}")) as database:
        _holds(database)
        asyncio.run(_fetch(database, telegram, token))
        _holds(database)
        _is_done(database)


def _holds(database: Database) -> None:
    """Prove the record as it lies, and its files; each that does not wait is told once."""
    found = prove(database, fault_of=partial(fault_of, _archive()))
    assert found.status == 0, found
    with database.transaction() as session:
        states = Counter(session.scalars(select(Attachment.keeping)))
        told = Counter(session.scalars(select(Entry.action).where(Entry.action.in_(_TOLD_BY.values()))))
        said = session.scalar(select(func.count()).where(Notice.body["code"].as_string() == "file-too-large"))
    # What was erased had been kept.
    states[Keeping.KEPT] += states[Keeping.ERASED]
    assert told == Counter({action: states[state] for state, action in _TOLD_BY.items() if states[state]}), told
    assert said == states[Keeping.TOO_LARGE], "the sender was not told once"


def _is_done(database: Database) -> None:
    """Hold that nothing waits, and that the archive has the contents that are kept, nothing else and no part."""
    with database.transaction() as session:
        assert not session.scalar(select(func.count()).where(Attachment.keeping == Keeping.WAITING)), "a file waits"
        erased, kept = Content.erased_at.is_not(None), Content.erased_at.is_(None)
        assert not session.scalar(select(func.count()).where(erased, Content.removed_at.is_(None))), "bytes wait"
        digests = sorted(session.scalars(select(Content.digest).where(kept)))
    _archive().tidy(at=_LONG_AFTER)
    assert [path.name for path in sorted(_archive().root.rglob("*")) if path.is_file()] == digests


def main(record: Path, folder: Path, telegram: str, token: str, *, every: int) -> None:
    """Try every boundary, or one of so many."""
    _rules()
    begins = partial(shutil.copytree, record, dirs_exist_ok=True)
    dies, goes_on = partial(_dies, telegram, token), partial(_goes_on, telegram, token)
    live_once(folder, begins=begins, lives=goes_on)
    sys.stdout.write(json.dumps(try_each(folder, begins=begins, dies=dies, goes_on=goes_on, every=every)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute(), sys.argv[3], sys.argv[4], every=int(sys.argv[5]))
