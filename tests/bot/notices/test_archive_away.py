"""A file that only the archive has, while the archive is away: it is tried again, and nothing waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bot.archive.bucket import Bucket
from bot.archive.place import archive_of
from bot.notices.spares import TRIES, Spares
from bot.settings import Settings
from models.case.attachment import Attachment
from models.mail.notice import Notice, NoticeState
from models.rules.media_type import media_type
from models.upkeep import archiving
from tests.bot.archive import s3
from tests.bot.notices.post import note

if TYPE_CHECKING:
    from bot.archive.contents import Archive
    from bot.sandbox.people import Person
    from models.repository.records import Records
    from tests.bot.notices.post import Office, Post

pytestmark = pytest.mark.databases("sqlite")

PHOTO = b"\xff\xd8\xff a photo"
DEAD = "an-identifier-of-another-account"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Server]:
    # boto3 tries again by itself, and sleeps between.
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))
    python = s3.interpreter()
    if python is None:
        pytest.skip(s3.MISSING)
    server = s3.Server(python)
    server.start()
    yield server
    server.stop()


def bucket_at(server: s3.Server) -> Archive:
    archive = archive_of(
        Settings.load(
            None,
            archive="s3://disposisi-files/manado",
            archive_endpoint=server.url,
            archive_key_id="key",
            archive_secret="secret",
        ),
        beside=None,
    )
    fill(archive)
    return archive


def fill(archive: Archive) -> None:
    assert isinstance(archive, Bucket)
    archive._client.create_bucket(Bucket="disposisi-files")
    archive.put(PHOTO)


async def kept_in(archive: Archive, office: Office) -> int:
    """Have a case with one photo that the archive keeps; returns its number."""
    case_id = await office.report("Printer macet")

    def keep(records: Records) -> None:
        photo = {"kind": "photo", "file_id": DEAD, "file_unique_id": "unique", "size": len(PHOTO)}
        proceeding = records.case(case_id)
        proceeding.enclose([photo], by=proceeding.case.reporter)
        records.session.flush()
        attached = records.session.query(Attachment.id).where(Attachment.file_id == DEAD).one()[0]
        archiving.keep(records, attached, digest=archive.put(PHOTO), size=len(PHOTO), media_type=media_type(PHOTO))

    await office.work(keep)
    return case_id


def owed(case_id: int, chat: int) -> Notice:
    one = note(chat=chat, files=[{"kind": "photo", "file_id": DEAD}])
    one.case_id = case_id
    return one


async def test_a_file_comes_once_the_bucket_is_back(
    post: Post, office: Office, budi: Person, server: s3.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = bucket_at(server)
    post.courier.send_out_of(Spares(bot=post.line, database=post.database, archive=archive))
    case_id = await kept_in(archive, office)
    server.stop()
    paused = post.rest
    pauses = list[float]()

    async def comes_back(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            server.start()
            fill(archive)
        await paused(seconds)

    monkeypatch.setattr(post.courier._pauses, "_sleep", comes_back)
    await post.owe(owed(case_id, budi.user_id))
    assert pauses == [1.0, 2.0]
    (sent,) = [one for one in budi.received if one.media is not None]
    assert sent.media is not None
    assert sent.media.content == PHOTO
    assert NoticeState.SENT in await post.outcome()
    assert not any("tidak dapat diambil" in one.words for one in budi.received)


async def test_what_waits_behind_it_does_not_wait_for_ever(
    post: Post, office: Office, budi: Person, server: s3.Server
) -> None:
    archive = bucket_at(server)
    post.courier.send_out_of(Spares(bot=post.line, database=post.database, archive=archive))
    case_id = await kept_in(archive, office)
    server.stop()
    await post.owe(owed(case_id, budi.user_id), note("sesudahnya", chat=budi.user_id))
    assert "sesudahnya" in [one.words for one in budi.received]
    assert len([one for one in post.slept if one >= 1]) == TRIES - 1
