"""A record that has lived through much, sealed several times and with files in its archive, to be exported."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, select

from bot.archive.folder import Folder
from bot.export.exporting import Exported, Order, export
from bot.export.period import Period
from bot.storage import migration
from models.case.attachment import Attachment, Keeping
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import hand_over, seal
from models.office.person import Person
from models.repository.records import Records
from models.rules.media_type import media_type
from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from models.upkeep import archiving
from tests.models.bureau import Bureau
from tests.parts import database_at

PACKAGED = Path(__file__).parents[3] / "models"

FIRST = PrivateKey("kantor.example/log", bytes(range(32)))
SECOND = PrivateKey("kantor.example/log", bytes(range(32, 64)))
STRANGER = PrivateKey("lain.example/log", bytes(range(64, 96)))

PHOTO = b"\x89PNG\r\n\x1a\n a picture of a screen"
PAPER = b"%PDF-1.7 a letter"


def rules() -> Rules:
    return Rules(office=load_office(PACKAGED / "offices/sulawesi-utara.toml"), sops=load_sops(PACKAGED / "sops"))


@dataclass
class Played:
    """The record at `url`, its archive, and the office that goes on with it."""

    url: str
    archive: Folder
    bureau: Bureau

    def seals(self, key: PrivateKey = SECOND) -> str:
        """Seal what has moved, and return the note."""
        sealed = self.bureau.work(lambda records: seal(records.session, key, at=records.at))
        assert sealed is not None
        return sealed.row.note

    def exports(
        self,
        target: Path,
        *,
        number: str | None = None,
        period: str | None = None,
        files: bool = True,
        progress: Callable[[int, int], None] = lambda *_: None,
    ) -> Exported:
        order = Order(
            by="Auditor",
            at=self.bureau.at,
            number=number,
            period=None if period is None else Period.parse(period),
            archive=self.archive if files else None,
        )
        with database_at(self.url) as database:
            return export(database, target, order, progress=progress)


def goes_on(played: Played, folder: Path) -> Played:
    """Return the record of a file as it is now, as a copy in `folder` of its own."""
    path = Path(played.url.removeprefix("sqlite:///"))
    shutil.copy(path, folder / "record.db")
    shutil.copytree(played.archive.root, folder / "record.db.files")
    url = f"sqlite:///{folder}/record.db"
    bureau = Bureau(create_engine(url), played.bureau.rules)
    bureau.at = played.bureau.at
    return Played(url, Folder(folder / "record.db.files"), bureau)


def plays(url: str, archive: Path) -> Played:
    """Let an office live through much in the empty database at `url`."""
    engine = create_engine(url)
    migration.upgrade(engine)
    engine.dispose()
    engine = create_engine(url, isolation_level="READ COMMITTED") if "postgresql" in url else create_engine(url)
    Bureau.founds(engine, rules())
    played = Played(url, Folder(archive), Bureau(engine, rules()))
    _lives(played)
    engine.dispose()
    return played


def _lives(played: Played) -> None:
    bureau = played.bureau
    bureau.work(lambda records: records.log_office("digest", capacity="system", day="2026-11-23", late=0))
    bureau.lives_through_much()
    played.seals(FIRST)
    bureau.passes(timedelta(hours=1))
    fourth = bureau.begins("budi", "Layar biru")
    bureau["budi"].adds(fourth, files=(_file("satu"), _file("dua")))
    _keeps(played, PHOTO, PAPER)
    bureau.works(2)
    bureau["bambang"].forwards(fourth)
    bureau["bambang"].recalls(fourth)
    bureau["bambang"].forwards(fourth)
    bureau.works(2)
    asked = bureau["siti"].asks_for_more_time(fourth)
    bureau["bambang"].grants(asked)
    played.seals(FIRST)
    bureau.work(lambda records: hand_over(records.session, FIRST, SECOND, at=records.at))
    bureau.passes(timedelta(hours=1))
    withdrawn = bureau.begins("budi", "Sudah baik kembali")
    bureau["budi"].withdraws(withdrawn)
    large = bureau.begins("budi", "Lampiran besar")
    bureau["budi"].adds(large, files=(_file("besar"),))
    _keeps_nothing(bureau, large)
    bureau.walks(large, until=5)
    bureau["rina"].attaches(large, _file("tiga"), _file("empat"))
    _takes_out(bureau, large, "unik-tiga")
    bureau.passes(timedelta(days=8))
    bureau.begins("budi", "Bulan baru")
    played.seals()


def _takes_out(bureau: Bureau, case: int, name: str) -> None:
    def detach(records: Records) -> None:
        file = records.session.scalars(select(Attachment).where(Attachment.file_unique_id == name)).one()
        proceeding = records.case(case)
        task = proceeding.case.tasks[-1]
        rina = records.session.get_one(Person, bureau["rina"].id)
        records.detach(proceeding, task, file, by=records.tenure(rina, task))

    bureau.work(detach)


def _file(name: str) -> dict[str, object]:
    kept = {"kind": "document", "file_id": f"id-{name}", "file_unique_id": f"unik-{name}", "name": f"{name}.pdf"}
    return {**kept, "size": 20, "caption": f"berkas {name}"}


def _keeps(played: Played, *contents: bytes) -> None:
    def keep(records: Records) -> None:
        waiting = records.session.scalars(select(Attachment.id).where(Attachment.keeping == "waiting")).all()
        for attachment, content in zip(waiting, contents, strict=True):
            digest = played.archive.put(content)
            archiving.keep(records, attachment, digest=digest, size=len(content), media_type=media_type(content))

    played.bureau.work(keep)


def _keeps_nothing(bureau: Bureau, case: int) -> None:
    def pass_over(records: Records) -> None:
        found = records.session.scalars(select(Attachment.id).where(Attachment.case_id == case)).all()
        archiving.pass_over(records, found, Keeping.TOO_LARGE)

    bureau.work(pass_over)
