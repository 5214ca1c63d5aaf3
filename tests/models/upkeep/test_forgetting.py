"""What a person is still needed for, before their data can be erased."""

from models.office.person import Person
from models.upkeep.forgetting import Bound, Tie, forget, ties
from tests.models.bureau import Bureau
from tests.models.reports_joined import merges


def bound(bureau: Bureau, name: str) -> list[Bound]:
    return bureau.work(lambda records: ties(records, records.session.get_one(Person, bureau[name].id)))


def test_a_person_is_needed_until_the_case_has_ended_that_their_report_was_merged_into(bureau: Bureau) -> None:
    first, theirs = bureau.begins("siti", "SIMPEG mati"), bureau.begins("budi", "SIMPEG tidak bisa dibuka")
    merges(bureau, "bambang", theirs, first)
    assert bound(bureau, "budi") == [Bound(Tie.CASE, "SW-2026-0001")]

    bureau.finishes(first)
    assert bound(bureau, "budi") == []
    bureau.work(lambda records: forget(records, records.session.get_one(Person, bureau["budi"].id), because="minta"))
