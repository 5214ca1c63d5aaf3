"""Who finds what: a word leads only to those who may read it, and a confidential case to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration.restricting import restrict
from models.case.case import Case
from models.case.evaluation import Part
from models.case.sight import Sight
from models.office.person import Person
from models.queries import lists
from models.queries.consultations import sight_in
from models.queries.finding import NOT_NARROWED, Narrowed, Search, search, shown
from models.queries.joined_words import MOST as MOST_JOINED
from models.repository.records import Records
from models.search.document import SearchDocument, read
from models.search.question import Asked
from tests.models.proof.eventful import lives_through_everything
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

EVERYBODY = ("budi", "dewi", "bambang", "siti", "hendra", "maria", "rina", "andi")


def found(
    bureau: Bureau, name: str, typed: str, narrowed: Narrowed = NOT_NARROWED, *, unfinished: bool = False
) -> Search:
    def look(records: Records) -> Search:
        person = records.session.get_one(Person, bureau[name].id)
        return search(records.reader, person, Asked.parse(typed, unfinished=unfinished), narrowed)

    return bureau.work(look)


def ids(bureau: Bureau, name: str, typed: str, narrowed: Narrowed = NOT_NARROWED) -> list[int]:
    return list(found(bureau, name, typed, narrowed).case_ids)


def test_nobody_finds_a_case_by_words_that_they_may_not_read(bureau: Bureau) -> None:
    """Held against `sight_in`, for each person, each case and each of its words that stands in no other case."""
    lives_through_everything(bureau)

    def look(records: Records) -> int:
        reader, looked = records.reader, 0
        documents = dict(records.session.execute(select(SearchDocument.case_id, SearchDocument.terms)).all())
        for person in records.session.scalars(select(Person)).all():
            for case_id, kept in documents.items():
                sight = sight_in(reader, reader.case(case_id), person)
                assert (sight is Sight.WHOLE) == (case_id in lists.seen_whole(reader, person, {case_id}))
                own = reader.case(case_id).case.reporter_id == person.id
                terms = read(kept)
                for word in sorted({one[1:] for one in terms if one[0] in "wn" and one[1:].isalpha()}):
                    asked = Asked((word,))
                    hit = case_id in search(reader, person, asked).case_ids
                    as_reader = sight is Sight.WHOLE and asked.whole({}).met_by(terms)
                    may = as_reader or (own and asked.shared().met_by(terms))
                    assert hit == may, (person.name, case_id, word, sight)
                    looked += 1
        return looked

    assert bureau.work(look) > 500


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_confidential_case_is_found_by_its_reporter_and_its_officials_alone(bureau: Bureau, name: str) -> None:
    case_id = bureau.begins("budi", "Sandi server bocor", confidential=True)
    number = bureau.case(case_id).number
    entitled = name in {"budi", "bambang"}
    for typed in ("bocor", "sandi server", number, number[-4:], "budi", "november 2026"):
        result = found(bureau, name, typed)
        expected = [case_id] if entitled and not (typed == "budi" and name == "budi") else []
        assert list(result.case_ids) == expected, typed
        assert not result.more
        assert not result.partly


def test_officials_find_by_reporter_handler_period_sop_and_number(bureau: Bureau) -> None:
    first = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
    second = bureau.begins("siti", "Printer macet")
    bureau.walks(first, until=6)
    assert ids(bureau, "maria", "budi") == [first]
    assert ids(bureau, "maria", "Rahmawati") == [second, first], "she reported one, and decided the other"
    assert ids(bureau, "maria", "rina") == [first]
    assert ids(bureau, "maria", "sw") == [second, first]
    assert ids(bureau, "maria", "hw") == []
    assert ids(bureau, "maria", "printer november 2026") == [second]
    for typed in ("0002", "2", "0002/2026", "SW-2026-0002", "sw 2", "sw-2026-2"):
        assert ids(bureau, "maria", typed) == [second], typed


def test_a_search_is_narrowed(bureau: Bureau) -> None:
    first = bureau.begins("budi", "Printer macet")
    bureau["bambang"].declines(first)
    second = bureau.begins("siti", "Printer rusak")
    assert ids(bureau, "dewi", "printer") == [second, first]
    assert ids(bureau, "dewi", "printer", Narrowed(is_open=True)) == [second]
    assert ids(bureau, "dewi", "printer", Narrowed(is_open=False)) == [first]
    assert ids(bureau, "dewi", "printer", Narrowed(month=202611)) == [second, first]
    assert ids(bureau, "dewi", "printer", Narrowed(month=202610)) == []
    assert ids(bureau, "dewi", "printer", Narrowed(sop="HW")) == []
    assert ids(bureau, "dewi", "printer", Narrowed(mine=True)) == []
    assert ids(bureau, "siti", "printer", Narrowed(mine=True)) == [second]
    assert ids(bureau, "bambang", "printer", Narrowed(mine=True)) == [second, first]


def test_where_no_case_has_all_words_those_with_most_come_first(bureau: Bureau) -> None:
    first = bureau.begins("budi", "Printer di loket macet")
    second = bureau.begins("budi", "Printer rusak")
    result = found(bureau, "dewi", "printer loket meledak")
    assert result.partly
    assert list(result.case_ids) == [first, second]
    assert not found(bureau, "dewi", "printer loket").partly


def test_a_word_that_is_still_typed_finds_what_begins_so(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "Printer macet")
    assert list(found(bureau, "dewi", "prin", unfinished=True).case_ids) == [case_id]
    assert list(found(bureau, "dewi", "prin ", unfinished=True).case_ids) == []
    assert list(found(bureau, "dewi", "pr", unfinished=True).case_ids) == []


HOSTILE = (
    *('"', "*", "NEAR(", "a", "'; DROP TABLE cases; --", "printer* OR", "AND", "NOT", "NEAR(a b, 3)", "{x}: y", "^a"),
    *(
        "🖨️",
        "😀" * 500,
        "\u202eretnirp",
        "طابعة",
        "x" * 4096,
        "kata " * 800,
        "a:b",
        "-printer",
        "(printer",
        "\\",
        "|",
        "!",
    ),
    *("\x00printer", "0", "999999999999999999999", "½", "w1 & z", "' | 'x"),
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_reaches_the_language_of_the_search(bureau: Bureau, typed: str) -> None:
    case_id = bureau.begins("budi", "Printer macet")
    for unfinished in (False, True):
        assert set(found(bureau, "dewi", typed, unfinished=unfinished).case_ids) <= {case_id}


def test_what_is_shown_are_the_words_that_were_looked_for(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    bureau["rina"].writes(case_id, Part.CAUSE, "Kapasitas sesi basis data penuh sejak pembaruan.")
    bureau.finishes(case_id)

    def look(name: str, typed: str) -> list[str]:
        def read_it(records: Records) -> list[str]:
            person, asked = records.session.get_one(Person, bureau[name].id), Asked.parse(typed)
            result = search(records.reader, person, asked)
            lines = shown(records.reader, person, asked, result)
            return ["".join(f"[{said}]" if wanted else said for said, wanted in one.said.pieces) for one in lines]

        return bureau.work(read_it)

    assert look("dewi", "membuka simpeg") == ["[SIMPEG] tidak dapat [dibuka]"]
    assert look("dewi", "pembaruan") == ["Kapasitas sesi basis data penuh sejak [pembaruan]."]
    assert look("dewi", "0001") == ["SIMPEG tidak dapat dibuka"]
    assert look("budi", "pembaruan") == []
    assert look("budi", "simpeg") == ["[SIMPEG] tidak dapat dibuka"]

    bureau.work(lambda records: restrict(records, records.session.get_one(Person, bureau["rina"].id), because="minta"))
    assert look("dewi", "pembaruan") == ["SIMPEG tidak dapat dibuka"]
    assert look("rina", "pembaruan") == ["Kapasitas sesi basis data penuh sejak [pembaruan]."]


def test_what_is_shown_of_a_case_that_was_found_by_why_it_was_late_are_those_words(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
    bureau.walks(case_id, until=5)
    bureau.works(60_000)
    bureau["rina"].explains(case_id, "Suku cadang tertahan di pelabuhan.")

    def look(name: str) -> list[str]:
        def read_it(records: Records) -> list[str]:
            person, asked = records.session.get_one(Person, bureau[name].id), Asked.parse("pelabuhan")
            lines = shown(records.reader, person, asked, search(records.reader, person, asked))
            return ["".join(f"[{said}]" if wanted else said for said, wanted in one.said.pieces) for one in lines]

        return bureau.work(read_it)

    assert look("dewi") == look("rina") == ["Suku cadang tertahan di [pelabuhan]."]
    assert look("budi") == []
    bureau.finishes(case_id)
    bureau.work(lambda records: restrict(records, records.session.get_one(Person, bureau["rina"].id), because="minta"))
    assert look("dewi") == ["SIMPEG tidak dapat dibuka"]
    assert look("rina") == ["Suku cadang tertahan di [pelabuhan]."]


def test_both_databases_find_the_same(bureau: Bureau) -> None:
    lives_through_everything(bureau)
    results = {
        (name, typed): ids(bureau, name, typed)
        for name in EVERYBODY
        for typed in ("simpeg", "email", "printer", "dibuka", "dicoba ulang", "0003", "rina", "budi", "pembaruan")
    }
    cases = bureau.work(lambda records: set(records.session.scalars(select(Case.id))))
    assert all(set(some) <= cases for some in results.values())
    assert any(results.values())


class TestWhatAPersonJoined:
    """One who says “saya juga” finds the case by its number and by their own words, and by nobody else's."""

    SAID = "Loket dua juga macet"

    @pytest.fixture(autouse=True)
    def colleagues(self, bureau: Bureau) -> None:
        for name in ("eko", "gita"):
            bureau.hires(name, f"{name.capitalize()} Lumban")

    @pytest.mark.parametrize("confidential", [False, True])
    def test_is_found_by_their_own_words_and_its_number(self, bureau: Bureau, *, confidential: bool) -> None:
        case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
        joins(bureau, "eko", case_id, self.SAID)
        if confidential:
            bureau.work(lambda records: setattr(records.session.get_one(Case, case_id), "confidential", True))
        number = bureau.case(case_id).number
        for typed in ("macet", "loket macet", number, number[-4:], f"{number[-4:]} loket", "november 2026"):
            assert ids(bureau, "eko", typed) == [case_id], typed
            assert ids(bureau, "gita", typed) == [], typed
        for typed in ("simpeg", "dibuka", "budi", "simpeg loket printer"):
            result = found(bureau, "eko", typed)
            assert not [one for one in result.case_ids if not result.partly], typed

    def test_shows_what_they_wrote(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
        joins(bureau, "eko", case_id, self.SAID)

        def look(records: Records) -> list[str]:
            person, asked = records.session.get_one(Person, bureau["eko"].id), Asked.parse(bureau.case(case_id).number)
            seen = shown(records.reader, person, asked, search(records.reader, person, asked))
            return ["".join(piece for piece, _ in one.said.pieces) for one in seen if one.own]

        assert bureau.work(look) == [self.SAID]

    def test_is_narrowed_like_their_own(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
        joins(bureau, "eko", case_id, self.SAID)
        for narrowed in (Narrowed(is_open=True), Narrowed(mine=True), Narrowed(month=202611)):
            assert ids(bureau, "eko", "macet", narrowed) == [case_id]
        for narrowed in (Narrowed(is_open=False), Narrowed(month=202610)):
            assert ids(bureau, "eko", "macet", narrowed) == []

    def test_is_looked_through_up_to_a_number_and_the_search_says_so(self, bureau: Bureau) -> None:
        first, *others = (bureau.begins("budi", "SIMPEG tidak dapat dibuka") for _ in range(MOST_JOINED + 1))
        joins(bureau, "eko", first, "Loket tiga macet")
        for case_id in others[1:]:
            joins(bureau, "eko", case_id, self.SAID)
        assert not found(bureau, "eko", "tiga").joined_more
        assert ids(bureau, "eko", "tiga") == [first]
        joins(bureau, "eko", others[0], self.SAID)
        result = found(bureau, "eko", "tiga")
        assert (result.case_ids, result.joined_more) == ([], True)

    def test_is_found_no_more_once_they_have_left(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi", "SIMPEG tidak dapat dibuka")
        joins(bureau, "eko", case_id, self.SAID)
        leaves(bureau, "eko", case_id)
        assert ids(bureau, "eko", "macet") == ids(bureau, "eko", bureau.case(case_id).number) == []
