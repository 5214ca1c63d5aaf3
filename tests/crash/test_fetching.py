"""Fetching files in processes that are killed at each call, each commit and each write to the disk."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.archive.folder import Folder
from bot.rules import adopt, load_rules
from bot.sandbox.files import FileKind, StoredFile
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.telegram.download import LARGEST
from models.office.person import Person
from models.repository.records import Records
from models.rules.media_type import media_type
from models.upkeep import archiving
from tests.crash.fetching_deaths import RECORD
from tests.crash.sealing_deaths import NOON
from tests.parts import database_at
from tests.reports import a_report

ROOT = Path(__file__).parents[2]
TOKEN = "123456:a-token-of-thirty-characters-or-more"
FEWEST = 30
ERASED = b"harus dihapus"


def lays(folder: Path, sandbox: Sandbox) -> None:
    """Lay a record into `folder` in which files wait, two of them alike, one too large; one was erased."""
    folder.mkdir()
    archive = Folder(folder / f"{RECORD}.files")
    contents = (b"sama", b"sama", b"lain", ERASED)
    sent = [sandbox.world.files.add(FileKind.DOCUMENT, name="a.pdf", content=one) for one in contents]
    large = sandbox.world.files.add(FileKind.VIDEO, name="a.mp4", content=b"", size=LARGEST + 1)
    with database_at(f"sqlite:///{folder}/{RECORD}") as database:
        migration.upgrade(database.engine)
        with database.transaction() as session:
            records = Records(session, rules=load_rules(Settings.load(None)), at=NOON)
            budi = Person(name="Budi Contoh", nip="198001012005012001", account_id=7, unit="", registered_at=NOON)
            session.add(budi)
            adopt(records)
            session.flush()
            records.log_office("register", budi)
            for files in ([sent[3]], [sent[0], sent[2], large], [sent[1]]):
                report = a_report("SIMPEG mati", files=[_told(one) for one in files])
                begun = records.begin(report, reporter=budi, sop="penanganan-masalah-software")
                session.flush()
                if files == [sent[3]]:
                    (attached,) = session.scalars(begun.case.attachments.select())
                    digest = archive.put(ERASED)
                    archiving.keep(records, attached.id, digest=digest, size=len(ERASED), media_type=media_type(ERASED))
                    session.flush()
                    archiving.erase(records, digest, because="diminta pelapor")


def _told(file: StoredFile) -> dict[str, object]:
    return {"kind": file.kind.value, "file_id": file.file_id, "file_unique_id": file.unique_id, "size": file.size}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=[pytest.mark.crash, pytest.mark.timeout(3000)])])
async def test_a_death_leaves_every_file_kept_once_and_whole(tmp_path: Path, every: int) -> None:
    record, deaths = tmp_path / "record", tmp_path / "deaths"
    deaths.mkdir()
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: NOON)
    lays(record, sandbox)
    async with sandbox.serve() as address:
        order = ["-m", "tests.crash.fetching_deaths", str(record), str(deaths), address.url, TOKEN, str(every)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *order, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        said, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    died = json.loads(said.splitlines()[-1])
    assert len(died) >= FEWEST // every
    if every == 1:
        calls = ("getFile", "commit", "fsync", "replace", "unlink")
        assert {f"{when} {what}" for when in ("before", "after") for what in calls} <= set(died)
    assert sandbox.complaints == []
