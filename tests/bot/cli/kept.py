"""A record with one case whose file the archive keeps, for the commands that read both."""

from pathlib import Path

from bot.archive.folder import Folder
from bot.rules import adopt, load_rules
from bot.settings import Settings
from models.office.person import Person
from models.repository.records import Records
from models.rules.media_type import media_type
from models.upkeep import archiving
from tests.bot.cli.command_line import MONDAY, NIP, make_tables, stored
from tests.reports import a_report

CONTENT = b"\x89PNG\r\n\x1a\n a picture of a screen"


def keep_a_file(tmp_path: Path, content: bytes = CONTENT) -> Path:
    """Report a case with a file that is kept; returns where its bytes lie."""
    folder = Folder(tmp_path / "disposisi.db.files")
    digest = folder.put(content)
    make_tables(tmp_path)
    with stored(tmp_path) as database, database.transaction() as session:
        records = Records(session, rules=load_rules(Settings.load(None)), at=MONDAY)
        budi = Person(name="Budi Contoh", nip=NIP, account_id=7, unit="Kepegawaian", registered_at=MONDAY)
        session.add(budi)
        adopt(records)
        session.flush()
        file = {"kind": "photo", "file_id": "id", "file_unique_id": "unique", "size": len(content)}
        begun = records.begin(a_report("SIMPEG mati", files=[file]), reporter=budi, sop="penanganan-masalah-software")
        session.flush()
        (attached,) = session.scalars(begun.case.attachments.select())
        archiving.keep(records, attached.id, digest=digest, size=len(content), media_type=media_type(content))
    return folder.root / digest[:2] / digest
