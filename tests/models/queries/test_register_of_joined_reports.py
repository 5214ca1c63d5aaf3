"""What the register says of a case that several people report, and of a report that was merged into another."""

from __future__ import annotations

from models.administration.restricting import restrict
from models.office.person import ERASED_NAME, Person
from models.queries.register import sights
from models.queries.register.reading import Register
from models.queries.register.rows import CaseRow
from models.queries.register.sights import Sights
from models.queries.register.wanted import Wanted
from models.upkeep.forgetting import forget
from tests.models.bureau import Bureau
from tests.models.reports_joined import joins, leaves, merges, parts


def cases(bureau: Bureau, shown: Sights = sights.everything) -> list[CaseRow]:
    found = bureau.work(lambda records: list(Register(records.reader, Wanted(), sights=shown).rows()))
    return [row for row in found if isinstance(row, CaseRow)]


def told(bureau: Bureau) -> list[tuple[list[str], str]]:
    return [(list(row.fellows), row.merged_into) for row in cases(bureau)]


def test_a_case_names_its_other_reporters_in_the_order_in_which_they_came(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    assert told(bureau) == [([], "")]
    for name in ("rina", "andi", "dewi"):
        joins(bureau, name, case_id)
    leaves(bureau, "andi", case_id)
    assert told(bureau) == [(["Rina Mokoginta", "Dewi Kartika"], "")]


def test_a_merged_report_says_of_which_case_it_is_a_part_until_it_is_parted(bureau: Bureau) -> None:
    first, second = bureau.begins("budi", "SIMPEG mati"), bureau.begins("andi", "SIMPEG tidak bisa")
    merges(bureau, "bambang", second, first)
    assert told(bureau) == [(["Andi Pratama"], ""), ([], "SW-2026-0001")]
    parts(bureau, "bambang", first)
    assert told(bureau) == [([], "")] * 2


def test_what_each_reporter_says_of_the_result_stands_there(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    for name in ("rina", "andi", "dewi", "siti"):
        joins(bureau, name, case_id)
    leaves(bureau, "siti", case_id)
    bureau.finishes(case_id)

    def said() -> tuple[bool | None, int, int]:
        (row,) = cases(bureau)
        return row.helped, row.fellows_helped, row.fellows_not_helped

    assert said() == (None, 0, 0)
    for name, helped in (("rina", True), ("andi", True), ("dewi", False)):
        bureau[name].says_whether_it_helped(case_id, helped=helped)
    assert said() == (None, 2, 1), "also where the first reporter says nothing"
    bureau["budi"].says_whether_it_helped(case_id, helped=False)
    assert said() == (False, 2, 1)


def test_who_reported_the_same_twice_is_no_other_reporter(bureau: Bureau) -> None:
    first, again, other = (bureau.begins(name, "SIMPEG mati") for name in ("budi", "budi", "andi"))
    joins(bureau, "andi", first)
    for merged in (again, other):
        merges(bureau, "bambang", merged, first)
    assert told(bureau) == [(["Andi Pratama"], ""), ([], "SW-2026-0001"), ([], "SW-2026-0001")]


def test_a_person_whose_data_were_erased_has_no_name_there(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "andi", case_id)
    bureau.finishes(case_id)
    bureau["andi"].leaves("jft-prakom")
    bureau.work(lambda records: forget(records, records.session.get_one(Person, bureau["andi"].id), because="minta"))
    assert told(bureau) == [([ERASED_NAME], "")]


def test_a_restricted_person_is_named_as_a_first_reporter_is(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "andi", case_id, "Kata-kata Andi")
    bureau.finishes(case_id)
    bureau.work(lambda records: restrict(records, records.session.get_one(Person, bureau["andi"].id), because="minta"))
    (row,) = cases(bureau)
    assert row.fellows == ["Andi Pratama"]
    assert "Kata-kata" not in str(row)
