"""A file that was taken out of a Laporan Evaluasi is in the journal, and the record verifies with it and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from models.case.attachment import Attachment
from models.case.evaluation import Evaluation
from models.office.person import Person
from models.proof.verification import verify
from models.refusals.work import CardOutOfDate
from tests.models.proof.test_testimony import file

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


@pytest.fixture
def handled(bureau: Bureau) -> Bureau:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    for name in ("a", "b", "a"):
        bureau["rina"].attaches(case_id, file(name))
        bureau.works(1)
    return bureau


def detaches(bureau: Bureau, name: str) -> None:
    """Take the newest file of this name out of what Rina writes."""

    def detach(records: Records) -> None:
        newest = select(Attachment).where(Attachment.file_unique_id == f"unique-{name}").order_by(Attachment.id.desc())
        found = records.session.scalars(newest).first()
        assert found is not None
        proceeding = records.case(found.case_id)
        task = proceeding.case.open_task
        assert task is not None
        rina = records.session.get_one(Person, bureau["rina"].id)
        records.detach(proceeding, task, found, by=records.tenure(rina, task))

    bureau.work(detach)


def breach(bureau: Bureau) -> str:
    found = bureau.work(lambda records: verify(records.session)).first
    return found.reason if found is not None else ""


def test_of_two_files_alike_the_newest_leaves(handled: Bureau) -> None:
    detaches(handled, "a")
    left = handled.work(lambda records: list(records.session.scalars(select(Attachment.id).order_by(Attachment.id))))
    assert left == [1, 2]
    assert breach(handled) == ""
    detaches(handled, "a")
    detaches(handled, "b")
    assert breach(handled) == ""


def test_what_was_taken_out_can_be_attached_again_and_handed_in(handled: Bureau) -> None:
    detaches(handled, "b")
    handled["rina"].attaches(1, file("b"))
    handled["rina"].hands_in(1)
    assert breach(handled) == ""


def test_a_file_that_somebody_puts_back_by_hand_is_found(handled: Bureau) -> None:
    copied = "INSERT INTO attachments SELECT * FROM kept"
    with handled.engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT * FROM attachments WHERE id = 2"))
    detaches(handled, "b")
    with handled.engine.begin() as connection:
        connection.execute(text(copied))
        connection.execute(text("DROP TABLE kept"))
    assert breach(handled) == "there is a file that the journal does not know"


def test_a_file_that_somebody_takes_out_by_hand_is_found(handled: Bureau) -> None:
    detaches(handled, "a")
    with handled.engine.begin() as connection:
        connection.execute(text("DELETE FROM attachments WHERE id = 1"))
    assert breach(handled) == "the file told here is missing"


def test_a_file_that_was_handed_in_stays(handled: Bureau) -> None:
    handled["rina"].hands_in(1)
    handled["maria"].gives_back(1)
    with pytest.raises(CardOutOfDate):
        detaches(handled, "a")


def test_what_was_taken_out_is_kept_with_the_draft_alone(handled: Bureau) -> None:
    detaches(handled, "b")
    aside = handled.work(lambda records: records.session.scalars(select(Evaluation.taken_out)).one())
    assert [one["file_unique_id"] for one in aside or ()] == ["unique-b"]
