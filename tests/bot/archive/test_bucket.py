"""The archive in a bucket, against a server on loopback: it does what the folder does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.archive.bucket import Bucket
from bot.archive.contents import Archive, ArchiveFailed, Damaged, Missing, fault_of
from bot.archive.folder import Folder
from bot.archive.place import archive_of
from bot.copying.files import carry
from bot.settings import Settings
from bot.stopped import InvalidSettings
from tests.bot.archive import s3

PHOTO = b"\xff\xd8\xff a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
KEY, SECRET = "key-of-the-tests", "secret-of-the-tests"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3.served() as url:
        if url is None:
            pytest.skip(s3.MISSING)
        yield url


def settings(server: str, place: str = "s3://disposisi-files/manado") -> Settings:
    return Settings.load(None, archive=place, archive_endpoint=server, archive_key_id=KEY, archive_secret=SECRET)


@pytest.fixture
def bucket(server: str) -> Iterator[Archive]:
    archive = archive_of(settings(server), beside=None)
    assert isinstance(archive, Bucket)
    archive._client.create_bucket(Bucket="disposisi-files")
    yield archive
    for digest in list(archive.digests()):
        archive.erase(digest)
    archive._client.delete_bucket(Bucket="disposisi-files")


def client(archive: Archive) -> Any:  # noqa: ANN401 - boto3's
    assert isinstance(archive, Bucket)
    return archive._client


def test_a_content_is_found_by_its_digest_and_equal_ones_are_one_object(bucket: Archive) -> None:
    assert (bucket.put(PHOTO), bucket.put(PHOTO)) == (DIGEST, DIGEST)
    assert bucket.read(DIGEST) == PHOTO
    listed = client(bucket).list_objects_v2(Bucket="disposisi-files")["Contents"]
    assert [one["Key"] for one in listed] == [f"manado/{DIGEST[:2]}/{DIGEST}"]


def test_a_changed_object_is_named_and_mended_by_the_next_put(bucket: Archive) -> None:
    bucket.put(PHOTO)
    client(bucket).put_object(Bucket="disposisi-files", Key=f"manado/{DIGEST[:2]}/{DIGEST}", Body=PHOTO + b"!")
    with pytest.raises(Damaged):
        bucket.read(DIGEST)
    assert fault_of(bucket, DIGEST) == "was changed: its bytes have another digest"
    bucket.put(PHOTO)
    assert bucket.read(DIGEST) == PHOTO


def test_what_is_gone_is_missing(bucket: Archive) -> None:
    bucket.put(PHOTO)
    bucket.erase(DIGEST)
    bucket.erase(DIGEST)
    assert not bucket.holds(DIGEST)
    with pytest.raises(Missing):
        bucket.read(DIGEST)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        bucket.read("../other")


def test_files_go_from_a_folder_to_a_bucket_and_back(bucket: Archive, tmp_path: Path) -> None:
    here, there = Folder(tmp_path / "here"), Folder(tmp_path / "there")
    digests = sorted(here.put(bytes([number])) for number in range(20))
    assert carry(digests, here, bucket).there == 20
    assert list(bucket.digests()) == digests
    assert carry(digests, bucket, there).there == 20
    assert list(there.digests()) == digests


@pytest.mark.parametrize("trouble", ["no such bucket", "no server"])
def test_a_bucket_that_cannot_be_used_says_so_without_a_secret(server: str, trouble: str) -> None:
    place = "s3://not-there" if trouble == "no such bucket" else "s3://disposisi-files"
    archive = archive_of(settings(server if trouble == "no such bucket" else "http://127.0.0.1:1", place), beside=None)
    for act in (lambda: archive.put(PHOTO), lambda: list(archive.digests())):
        with pytest.raises(ArchiveFailed) as failed:
            act()
        assert place in str(failed.value)
        assert SECRET not in repr(failed.value)
        assert failed.value.__cause__ is None


@pytest.mark.parametrize(
    "given",
    [
        {"archive": "s3://"},
        {"archive": "s3://Bucket"},
        {"archive": "https://s3.example.go.id/bucket"},
        {"archive_endpoint": "http://s3.example.go.id"},
        {"archive_endpoint": "https://key:word@s3.example.go.id"},
    ],
)
def test_what_is_no_place_is_refused_at_the_start(given: dict[str, str]) -> None:
    with pytest.raises(InvalidSettings):
        Settings.load(None, **given)


def test_without_boto3_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.archive.bucket.find_spec", lambda _: None)
    with pytest.raises(ArchiveFailed, match=r"disposisi\[s3\]"):
        archive_of(Settings.load(None, archive="s3://disposisi-files"), beside=None)
