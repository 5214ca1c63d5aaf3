"""What an employee reports keeps all its parts: as a draft, as a case, in the journal, and when the case is moved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.attachment import Attachment
from models.case.draft import ReportDraft
from models.case.report import Report, Reported, columns_of_payload
from models.office.person import Person
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"
HARDWARE = "penanganan-masalah-hardware"
PHOTO = {"kind": "photo", "file_id": "F", "file_unique_id": "U", "name": "layar.png", "size": 5, "caption": "galat"}
FULL = Report(
    text="SIMPEG tidak dapat dibuka",
    urgency=Urgency.URGENT,
    confidential=True,
    previous_case_id=1,
    files=[PHOTO],
    origin={"messages": [7, 8]},
)
"""A report of which no part is as it would be if nobody had said anything about it."""


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    """Return the case that came of `FULL`, after an earlier one."""
    bureau.begins("budi")

    def report(records: Records) -> int:
        budi = records.session.get_one(Person, bureau["budi"].id)
        begun = records.begin(FULL, reporter=budi, sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    return bureau.work(report)


def kept(bureau: Bureau, case_id: int) -> Report:
    """Return the report that a case keeps, with its files."""

    def read(records: Records) -> Report:
        files = records.session.scalars(select(Attachment).where(Attachment.case_id == case_id))
        return records.case(case_id).case.report([file.record for file in files])

    return bureau.work(read)


def test_the_full_report_leaves_nothing_out() -> None:
    empty = a_report("")
    assert [field.name for field in fields(Report) if getattr(FULL, field.name) == getattr(empty, field.name)] == []


def test_all_that_is_no_file_and_no_origin_is_a_column_of_draft_and_case() -> None:
    assert set(Reported.__annotations__) == {field.name for field in fields(Report)} - {"files", "origin"}


def test_a_draft_becomes_the_report_it_shows() -> None:
    draft = ReportDraft(**FULL.columns, files=[PHOTO], messages=[{"message_id": 7}, {"message_id": 8}])
    assert draft.report == FULL


def test_a_case_keeps_all_that_was_reported(bureau: Bureau, case_id: int) -> None:
    assert kept(bureau, case_id) == FULL


def test_a_moved_case_takes_all_that_was_reported_with_it(bureau: Bureau, case_id: int) -> None:
    moved_id = bureau["bambang"].moves(case_id, to=HARDWARE)
    assert kept(bureau, moved_id) == replace(FULL, previous_case_id=case_id)


@pytest.mark.parametrize(
    ("word", "urgency", "confidential"),
    [
        ("biasa", Urgency.ORDINARY, False),
        ("segera", Urgency.URGENT, False),
        ("sangat-segera", Urgency.VERY_URGENT, False),
        ("rahasia", Urgency.ORDINARY, True),
    ],
)
def test_an_entry_from_before_the_two_fields_says_both(word: str, urgency: Urgency, *, confidential: bool) -> None:
    said = columns_of_payload({"text": "SIMPEG", "classification": word})
    assert (said["urgency"], said["confidential"]) == (urgency, confidential)


@pytest.mark.parametrize("missing", ["urgency", "confidential"])
def test_an_entry_without_one_of_the_two_fields_cannot_be_read(missing: str) -> None:
    payload = {key: value for key, value in FULL.payload.items() if key != missing}
    with pytest.raises(KeyError, match=missing):
        columns_of_payload(payload)


def test_the_journal_tells_every_column_of_a_report(bureau: Bureau, case_id: int) -> None:
    (entry, *_) = bureau.entries(case_id)
    assert entry.payload is not None
    assert entry.payload.body is not None
    assert columns_of_payload(entry.payload.body) == FULL.columns
