"""What the archive keeps of the files of cases: told once in the journal, proved, and erased by an act."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import joinedload

from models.case.attachment import Attachment, Keeping
from models.case.content import Content
from models.journal.chain import Entry
from models.mail.notice import Notice
from models.office.person import Person
from models.proof.contents import Contents
from models.proof.verification import verify
from models.rules.media_type import MediaType, media_type
from models.upkeep import archiving
from tests.models.bureau import MONDAY, SOFTWARE
from tests.models.proof.test_testimony import file
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

JPEG = MediaType("image/jpeg", "jpg")
ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def reported(bureau: Bureau) -> Bureau:
    """Budi has reported with three files, of which two are the same; another case has one of them too."""
    for names in (("a", "b", "b"), ("a",)):

        def begin(records: Records, names: tuple[str, ...] = names) -> None:
            budi = records.session.get_one(Person, bureau["budi"].id)
            files = [file(name) for name in names]
            records.begin(a_report("SIMPEG mati", files=files), reporter=budi, sop=SOFTWARE)

        bureau.work(begin)
    return bureau


def keeps(bureau: Bureau, attachment_id: int, digest: str = ONE) -> bool:
    return bureau.work(lambda records: archiving.keep(records, attachment_id, digest=digest, size=9, media_type=JPEG))


def entries(bureau: Bureau, action: str) -> list[dict[str, Any]]:
    def read(records: Records) -> list[dict[str, Any]]:
        found = select(Entry).where(Entry.action == action).options(joinedload(Entry.payload))
        told = records.session.scalars(found.order_by(Entry.chain_id, Entry.sequence))
        return [dict(one.payload.body or {}) for one in told if one.payload is not None]

    return bureau.work(read)


def waits(bureau: Bureau) -> list[int]:
    return [
        one.attachment_id for one in bureau.work(lambda records: archiving.wanted(records.session, bureau.at, limit=9))
    ]


def breach(bureau: Bureau) -> str:
    found = bureau.work(lambda records: verify(records.session)).first
    return f"{found.subject}: {found.reason}" if found is not None else ""


def test_every_file_waits_the_newest_first(reported: Bureau) -> None:
    assert waits(reported) == [4, 3, 2, 1]


def test_a_file_is_kept_once_and_the_journal_tells_its_content(reported: Bureau) -> None:
    assert keeps(reported, 1)
    assert not keeps(reported, 1), "killed after the commit, it is tried again"
    assert waits(reported) == [4, 3, 2]
    added = reported.at.isoformat()
    assert entries(reported, "keep-file") == [
        {"file": "unique-a", "added": added, "content": ONE, "size": 9, "type": "image/jpeg"}
    ]
    assert breach(reported) == ""


def test_equal_files_are_one_content_and_the_same_file_twice_in_a_message_is_kept_with_it(reported: Bureau) -> None:
    keeps(reported, 3)
    assert waits(reported) == [4, 1]
    keeps(reported, 4)
    keeps(reported, 1)
    assert len(entries(reported, "keep-file")) == 4
    assert reported.work(lambda records: records.session.scalars(select(Content.digest)).all()) == [ONE]
    assert reported.work(lambda records: archiving.kept_bytes(records.session)) == 9
    assert breach(reported) == ""


def test_a_file_that_left_meanwhile_is_not_kept(reported: Bureau) -> None:
    assert not keeps(reported, 99)
    assert entries(reported, "keep-file") == []


@pytest.mark.parametrize("why", [Keeping.TOO_LARGE, Keeping.GONE])
def test_what_cannot_be_kept_is_named_to_its_sender_and_in_the_journal(reported: Bureau, why: Keeping) -> None:
    count = reported.work(lambda records: archiving.pass_over(records, [1, 2], why))
    assert count == 2
    assert waits(reported) == [4, 3]
    assert [one["because"] for one in entries(reported, "pass-over-file")] == [why.value] * 2
    said = reported.work(
        lambda records: records.session.scalars(select(Notice).where(Notice.person_id == reported["budi"].id)).all()
    )
    (told,) = [one for one in said if one.body.get("code") == f"file-{why.value}"]
    names = [one["name"] for one in told.body["data"]["unkept"]]
    assert names == [file("a")["name"], file("b")["name"]]
    assert breach(reported) == ""
    assert reported.work(lambda records: archiving.pass_over(records, [1, 2], why)) == 0


def test_what_is_put_off_waits_until_its_time(reported: Bureau) -> None:
    until = reported.at + timedelta(minutes=5)
    reported.work(lambda records: archiving.put_off(records, 4, until=until, refused=True))
    assert waits(reported) == [3, 2, 1]
    assert reported.work(lambda records: archiving.tries(records.session, 4)) == 1
    reported.passes(timedelta(minutes=5))
    assert waits(reported) == [4, 3, 2, 1]


def test_an_erasure_is_told_in_every_case_that_had_the_content(reported: Bureau) -> None:
    keeps(reported, 1)
    keeps(reported, 4)
    assert reported.work(lambda records: archiving.erase(records, ONE, because="permintaan pemilik")) == 2
    assert [one["because"] for one in entries(reported, "erase-file")] == ["permintaan pemilik"] * 2
    assert reported.work(lambda records: archiving.leaving(records.session)) == [ONE]
    reported.work(lambda records: archiving.removed(records.session, ONE, at=reported.at))
    assert reported.work(lambda records: archiving.leaving(records.session)) == []
    assert breach(reported) == ""
    assert reported.work(lambda records: archiving.erase(records, ONE, because="lagi")) == 0


def test_a_content_that_no_case_has_any_more_is_erased_in_the_offices_journal(reported: Bureau) -> None:
    reported.walks(1, until=5)
    reported["rina"].starts(1)
    reported["rina"].attaches(1, file("c"))
    keeps(reported, 5, TWO)

    def take_out(records: Records) -> None:
        found = records.session.get_one(Attachment, 5)
        proceeding = records.case(1)
        task = proceeding.case.open_task
        assert task is not None
        rina = records.session.get_one(Person, reported["rina"].id)
        records.detach(proceeding, task, found, by=records.tenure(rina, task))

    reported.work(take_out)
    assert breach(reported) == ""
    assert reported.work(lambda records: archiving.erase(records, TWO, because="dikeluarkan")) == 0
    assert entries(reported, "erase-file") == [{"content": TWO, "because": "dikeluarkan"}]
    assert breach(reported) == ""


def test_an_erased_content_that_comes_again_is_kept_again(reported: Bureau) -> None:
    keeps(reported, 1)
    reported.work(lambda records: archiving.erase(records, ONE, because="x"))
    keeps(reported, 4)
    assert reported.work(lambda records: archiving.leaving(records.session)) == []
    assert breach(reported) == ""


FORGERIES = [
    (f"UPDATE attachments SET content = '{TWO}' WHERE id = 1", "its content is not what the journal tells"),
    ("UPDATE attachments SET keeping = 'gone' WHERE id = 1", "its keeping is not what the journal tells"),
    ("UPDATE attachments SET keeping = 'kept' WHERE id = 2", "its keeping is not what the journal tells"),
    (f"UPDATE contents SET size = 8 WHERE digest = '{ONE}'", f"content {ONE}: its size is not what the journal tells"),
    (f"UPDATE contents SET media_type = 'text/plain' WHERE digest = '{ONE}'", "its media_type is not"),
    (f"UPDATE contents SET erased_at = kept_at WHERE digest = '{ONE}'", "it was erased, and no entry tells of it"),
    (
        f"INSERT INTO contents (digest, size, media_type, kept_at) VALUES ('{'3' * 64}', 9, 'a/b', '2026-11-23')",
        f"content {'3' * 64}: the journal does not know it",
    ),
]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(("statement", "reason"), FORGERIES, ids=[reason for _, reason in FORGERIES])
def test_what_is_changed_behind_the_programs_back_is_found(reported: Bureau, statement: str, reason: str) -> None:
    keeps(reported, 1)
    keeps(reported, 4, TWO)
    assert breach(reported) == ""
    reported.work(lambda records: records.session.execute(text(statement)))
    assert reason in breach(reported)


def test_a_content_whose_row_is_gone_or_that_is_told_in_two_ways_is_named() -> None:
    told = Contents()
    for size in (9, 10):
        told.add({"content": ONE, "size": size, "type": "image/jpeg"}, at=MONDAY)
    found = list(told.mismatches([]))
    assert found == [(ONE, "the journal tells of it in two ways"), (ONE, "its row is missing")]


def test_the_type_is_that_of_the_bytes(reported: Bureau) -> None:
    found = media_type(b"%PDF-1.7 whatever it was called")
    reported.work(lambda records: archiving.keep(records, 1, digest=ONE, size=9, media_type=found))
    assert [one["type"] for one in entries(reported, "keep-file")] == ["application/pdf"]


def test_the_admins_hear_once_a_day_that_the_archive_has_stopped(reported: Bureau) -> None:
    for _ in range(3):
        reported.work(lambda records: archiving.alert_stopped(records, reason="penuh."))
    told = select(Notice).where(Notice.once.is_not(None))
    first = reported.work(lambda records: list(records.session.scalars(told)))
    assert [one.body["data"] for one in first if "archive" in one.body["code"]] == [{"reason": "penuh."}]
    reported.passes(timedelta(days=1))
    reported.work(lambda records: archiving.alert_stopped(records, reason="penuh."))
    after = reported.work(lambda records: list(records.session.scalars(told)))
    assert len(after) == len(first) + 1


def test_a_record_from_before_waits_to_be_fetched(reported: Bureau) -> None:
    reported.work(lambda records: records.session.execute(update(Attachment).values(fetch_at=None, tries=0)))
    assert waits(reported) == [4, 3, 2, 1]
