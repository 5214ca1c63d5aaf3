"""Erasing a person, in processes that are killed at each commit and each removal of a file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.archive.folder import Folder
from bot.rules import adopt, load_rules
from bot.settings import Settings
from bot.storage import migration
from models.office.person import Person
from models.repository.records import Records
from models.rules.media_type import media_type
from models.upkeep import archiving
from tests.crash.erasing_deaths import NIP
from tests.crash.sealing_deaths import NOON
from tests.parts import database_at
from tests.reports import a_report

ROOT = Path(__file__).parents[2]
CASES = 2
FEWEST = 20
SLOW = pytest.mark.timeout(3000)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Have some cases of one reporter, each with a file, all withdrawn."""
    folder = tmp_path / "record"
    folder.mkdir()
    archive = Folder(folder / "disposisi.db.files")
    with database_at(f"sqlite:///{folder}/disposisi.db") as database:
        migration.upgrade(database.engine)
        with database.transaction() as session:
            records = Records(session, rules=load_rules(Settings.load(None)), at=NOON)
            budi = Person(name="Budi Contoh", nip=NIP, account_id=7, unit="Kepegawaian", registered_at=NOON)
            session.add(budi)
            adopt(records)
            session.flush()
            records.log_office("register", budi)
            for number in range(CASES):
                content = f"berkas {number}".encode()
                file = {"kind": "photo", "file_id": f"id{number}", "file_unique_id": f"unique{number}", "size": 8}
                begun = records.begin(
                    a_report(f"SIMPEG mati {number}", files=[file]), reporter=budi, sop="penanganan-masalah-software"
                )
                session.flush()
                (attached,) = session.scalars(begun.case.attachments.select())
                digest = archive.put(content)
                archiving.keep(records, attached.id, digest=digest, size=8, media_type=media_type(content))
                records.case(begun.case.id).withdraw(by=budi)
    return folder


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("step", "crossed"),
    [
        pytest.param(13, {"before commit"}, marks=[SLOW]),
        pytest.param(
            1, {"before commit", "after commit", "before unlink", "after unlink"}, marks=[pytest.mark.crash, SLOW]
        ),
    ],
)
def test_a_death_leaves_a_record_that_is_proved_and_an_erasure_that_is_finished(
    record: Path, tmp_path: Path, step: int, crossed: set[str]
) -> None:
    (tmp_path / "deaths").mkdir()
    order = [sys.executable, "-m", "tests.crash.erasing_deaths", str(record), str(tmp_path / "deaths"), str(step)]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    died = json.loads(done.stdout.splitlines()[-1])
    assert crossed <= set(died)
    assert len(died) >= FEWEST // step
