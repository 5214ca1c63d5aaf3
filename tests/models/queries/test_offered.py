"""Whose Laporan Evaluasi is offered as a start: three alike ones of closed cases, to those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration.restricting import restrict
from models.case.evaluation import Offered, Part
from models.office.person import Person
from models.queries import lists
from models.queries.offered import offered_evaluation, offered_evaluations
from models.repository.records import Records
from tests.models.proof.eventful import lives_through_everything
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

AGAIN = "Simpeg tidak bisa dibuka lagi"


def closed(bureau: Bureau, name: str = "budi", text: str = "SIMPEG tidak dapat dibuka") -> int:
    case_id = bureau.begins(name, text)
    bureau.finishes(case_id)
    return case_id


def offered(bureau: Bureau, case_id: int, name: str = "rina") -> list[Offered]:
    def look(records: Records) -> list[Offered]:
        person = records.session.get_one(Person, bureau[name].id)
        return offered_evaluations(records.reader, records.reader.case(case_id).case, person)

    return bureau.work(look)


def by_id(bureau: Bureau, case_id: int, wanted: int, name: str = "rina") -> Offered | None:
    def look(records: Records) -> Offered | None:
        person = records.session.get_one(Person, bureau[name].id)
        return offered_evaluation(records.reader, records.reader.case(case_id).case, person, wanted)

    return bureau.work(look)


def test_the_three_likest_are_offered_and_of_equal_ones_the_newest(bureau: Bureau) -> None:
    text = "SIMPEG tidak bisa dibuka di loket"
    first, exact = closed(bureau), closed(bureau, text=text)
    third, fourth = closed(bureau), closed(bureau)
    closed(bureau, text="Printer loket dua macet")
    case_id = bureau.begins("budi", text)
    assert [one.case_id for one in offered(bureau, case_id)] == [exact, fourth, third]
    assert first not in {one.case_id for one in offered(bureau, case_id)}


def test_a_word_that_all_alike_cases_have_still_tells_something(bureau: Bureau) -> None:
    numbers = [closed(bureau) for _ in range(12)]
    case_id = bureau.begins("budi", "SIMPEG mati")
    assert [one.case_id for one in offered(bureau, case_id)] == numbers[:-4:-1]


def test_the_last_revision_is_offered(bureau: Bureau) -> None:
    before = bureau.begins("budi")
    bureau.walks(before, until=6)
    bureau["maria"].gives_back(before)
    bureau["rina"].writes(before, Part.CAUSE, "Sesi penuh.")
    bureau.finishes(before)
    (one,) = offered(bureau, bureau.begins("budi", AGAIN))
    assert (one.case_id, one.number) == (before, "SW-2026-0001")
    assert (one.parts[Part.CAUSE], one.parts[Part.RESULT]) == ("Sesi penuh.", "Isi result.")
    assert one.closed_at == bureau.case(before).closed_at


@pytest.mark.parametrize(("name", "may"), [("rina", True), ("andi", True), ("siti", True), ("budi", False)])
def test_only_those_who_may_read_a_case_are_offered_it(bureau: Bureau, name: str, may: bool) -> None:  # noqa: FBT001
    before = closed(bureau, "dewi")
    case_id = bureau.begins("dewi", AGAIN)
    assert [one.case_id for one in offered(bureau, case_id, name)] == ([before] if may else [])
    assert (by_id(bureau, case_id, before, name) is not None) == may


def test_what_a_person_reported_themselves_is_not_offered_to_them(bureau: Bureau) -> None:
    before = closed(bureau, "andi")
    case_id = bureau.begins("budi", AGAIN)
    assert offered(bureau, case_id, "andi") == []
    assert by_id(bureau, case_id, before, "andi") is None
    assert [one.case_id for one in offered(bureau, case_id, "rina")] == [before]


def test_nor_is_what_they_joined_and_after_they_left_it_is(bureau: Bureau) -> None:
    joined, left = bureau.begins("dewi", "SIMPEG tidak dapat dibuka"), bureau.begins("dewi", "SIMPEG error lagi")
    for case_id in (joined, left):
        joins(bureau, "andi", case_id)
    leaves(bureau, "andi", left)
    for case_id in (joined, left):
        bureau.finishes(case_id)
    case_id = bureau.begins("budi", AGAIN)
    assert [one.case_id for one in offered(bureau, case_id, "andi")] == [left]
    assert by_id(bureau, case_id, joined, "andi") is None
    assert {one.case_id for one in offered(bureau, case_id, "rina")} == {joined, left}


def test_confidential_open_declined_and_erased_cases_are_not_offered(bureau: Bureau) -> None:
    secret = bureau.begins("budi", confidential=True)
    bureau.finishes(secret)
    under_way = bureau.begins("budi")
    bureau.walks(under_way, until=7)
    declined = bureau.begins("budi")
    bureau["bambang"].declines(declined)
    erased = closed(bureau)

    def erase(records: Records) -> None:
        records.case(erased).case.erased_in = 1

    bureau.work(erase)
    case_id = bureau.begins("budi", AGAIN)
    assert offered(bureau, case_id) == []
    for wanted in (secret, under_way, declined, erased, case_id):
        assert by_id(bureau, case_id, wanted) is None


def test_nobody_is_offered_what_they_do_not_see_whole(bureau: Bureau) -> None:
    """Held against `seen_whole`, for each person and each pair of cases of an office to which everything happened."""
    lives_through_everything(bureau)
    closed(bureau)
    case_id = bureau.begins("budi", AGAIN)
    some = 0
    for name in ("dewi", "bambang", "siti", "hendra", "maria", "rina", "andi", "budi"):
        found = {one.case_id for one in offered(bureau, case_id, name)}

        def seen(records: Records, name: str = name, found: set[int] = found) -> set[int]:
            person = records.session.scalars(select(Person).where(Person.id == bureau[name].id)).one()
            return lists.seen_whole(records.reader, person, found)

        assert bureau.work(seen) == found, name
        some += len(found)
    assert some


def test_what_was_written_stays_and_what_is_empty_is_filled(bureau: Bureau) -> None:
    before = closed(bureau)
    case_id = bureau.begins("budi", AGAIN)
    bureau.walks(case_id, until=5)
    bureau["rina"].writes(case_id, Part.CAUSE, "Sertifikat kedaluwarsa.")
    one = by_id(bureau, case_id, before)
    assert one is not None
    version = bureau.task(case_id).version
    filled = bureau["rina"].does(case_id, lambda proceeding, task, by: proceeding.begin_with(task, one.parts, by=by))
    assert list(filled) == [Part.FINDINGS, Part.ACTION, Part.RESULT, Part.RECOMMENDATION]
    draft = bureau.case(case_id).evaluation_draft
    assert draft is not None
    assert (draft.cause, draft.result) == ("Sertifikat kedaluwarsa.", "Isi result.")
    assert draft.submitted_at is None
    assert bureau.task(case_id).version == version + 1
    assert bureau.breach(case_id) is None


def test_restricted_words_are_offered_to_nobody_but_their_writer(bureau: Bureau) -> None:
    before = closed(bureau)
    case_id = bureau.begins("budi", AGAIN)
    bureau.work(lambda records: restrict(records, records.session.get_one(Person, bureau["rina"].id), because="minta"))
    assert [one.case_id for one in offered(bureau, case_id, "andi")] == []
    assert by_id(bureau, case_id, before, "andi") is None
    assert [one.case_id for one in offered(bureau, case_id, "rina")] == [before]
