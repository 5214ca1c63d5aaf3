"""The document of each case is what its rows say, whatever was done: the index is kept by the same transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, func, select, text

from models.case.case import Case
from models.office.person import Person
from models.proof.verification import verify
from models.repository.indexing import documents_of
from models.repository.records import Records
from models.search.document import SearchDocument, read
from models.search.newest import newest
from models.search.question import Asked
from models.upkeep.erasing import erase_words
from models.upkeep.indexing import index_more
from tests.models.proof.eventful import lives_through_everything

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def kept(bureau: Bureau) -> dict[int, frozenset[str]]:
    found = select(SearchDocument.case_id, SearchDocument.terms)
    return bureau.work(lambda records: {one: read(terms) for one, terms in records.session.execute(found)})


def told_by_rows(bureau: Bureau) -> dict[int, set[str]]:
    def tell(records: Records) -> dict[int, set[str]]:
        case_ids = list(records.session.scalars(select(Case.id)))
        return documents_of(records.session, case_ids, records.rules.office.calendar.zone)

    return bureau.work(tell)


def matches(bureau: Bureau, typed: str) -> list[int]:
    """Return what the database itself finds, without anybody's rights."""
    wanted = Asked.parse(typed).whole({})
    return bureau.work(lambda records: list(newest(records.session, wanted, 1000)))


def unchanged(bureau: Bureau) -> None:
    """Let the index of SQLite check itself against the documents."""
    if bureau.engine.dialect.name == "sqlite":
        check = text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        bureau.work(lambda records: records.session.execute(check))


def test_whatever_was_done_each_document_is_what_the_rows_say(bureau: Bureau) -> None:
    lives_through_everything(bureau)
    assert len(kept(bureau)) > 5
    told = told_by_rows(bureau)
    for case_id, document in kept(bureau).items():
        handed_on = {one for one in document - told[case_id] if one.startswith(("b", "h"))}
        assert document - handed_on == told[case_id]
    assert bureau.work(lambda records: verify(records.session)).first is None
    unchanged(bureau)


def test_words_are_found_where_they_were_said(bureau: Bureau) -> None:
    bureau.lives_through_much()
    assert matches(bureau, "simpeg dibuka") == [1]
    assert matches(bureau, "membeli printer") == [2]
    assert matches(bureau, "kapasitas sesi") == [1], "the Laporan Evaluasi"
    assert matches(bureau, "prioritas") == [3], "a note"
    assert matches(bureau, "0003") == matches(bureau, "3/2026") == matches(bureau, "SW-2026-0003") == [3]
    assert matches(bureau, "november 2026") == [3, 2, 1]
    assert matches(bureau, "desember 2026") == matches(bureau, "november 2025") == []
    assert not Asked.parse("tidak dapat"), "words that say nothing"


@pytest.mark.parametrize("recent", [1, 2, 100])
def test_the_newest_come_first_be_they_recent_or_not(
    bureau: Bureau, recent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.search.newest.RECENT", recent)
    for subject in ("Printer macet", "Monitor retak", "Printer rusak", "Printer mati", "Monitor mati"):
        bureau.begins("budi", subject)

    def shown(typed: str, most: int) -> list[int]:
        wanted = Asked.parse(typed).whole({})
        return bureau.work(lambda records: list(newest(records.session, wanted, most)))

    expected = {"printer": [4, 3, 1], "mati": [5, 4], "retak": [2], "printer mati": [4], "keran": []}
    for typed, found in expected.items():
        for most in range(1, 5):
            assert shown(typed, most) == found[:most], (typed, most)


def test_what_is_undone_is_not_indexed(bureau: Bureau) -> None:
    bureau.begins("budi", "Monitor retak")

    def write(records: Records) -> None:
        records.case(1).case.text = "Proyektor"
        records.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        bureau.work(write)
    assert matches(bureau, "proyektor") == []
    assert matches(bureau, "monitor") == [1]


def test_an_erasure_takes_the_words_out_of_the_index_and_of_its_file(bureau: Bureau) -> None:
    bureau.begins("budi", "Zirkonium bocor")
    bureau["bambang"].declines(1)
    bureau.begins("budi", "Keran bocor")
    assert matches(bureau, "zirkonium") == [1]

    def erase(records: Records) -> None:
        erase_words(records, 1, bureau["budi"].id, because="retention", always=True)

    bureau.work(erase)
    assert matches(bureau, "zirkonium") == []
    assert matches(bureau, "bocor") == [2]
    assert kept(bureau) == told_by_rows(bureau)
    assert matches(bureau, "0001") == [1], "that there was a case stays"
    unchanged(bureau)
    database = bureau.engine.url.database
    if bureau.engine.dialect.name == "sqlite" and database is not None:
        with bureau.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        assert b"zirkonium" not in Path(database).read_bytes().lower(), "nor do the tables of FTS5 keep it"


def test_older_cases_are_indexed_from_the_newest_backwards(bureau: Bureau) -> None:
    bureau.lives_through_much()
    before = kept(bureau)
    bureau.work(lambda records: records.session.execute(delete(SearchDocument)))
    assert matches(bureau, "simpeg") == []
    fourth = bureau.begins("budi", "SIMPEG lagi")
    assert matches(bureau, "simpeg") == [fourth]
    assert bureau.work(lambda records: index_more(records, batch=1))
    bureau["bambang"].forwards(fourth, note="Router")
    assert bureau.work(lambda records: index_more(records, batch=1))
    assert bureau.work(lambda records: index_more(records, batch=1))
    assert not bureau.work(lambda records: index_more(records, batch=1))
    assert kept(bureau) == told_by_rows(bureau)
    assert {one: terms for one, terms in kept(bureau).items() if one < 3} == {one: before[one] for one in (1, 2)}


def test_a_case_that_no_document_has_yet_is_not_begun_by_a_note(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(lambda records: records.session.execute(delete(SearchDocument)))
    bureau["bambang"].forwards(case_id, note="Router")
    assert kept(bureau) == {}, "the document would mark all cases after it as indexed"
    bureau.work(index_more)
    assert kept(bureau) == told_by_rows(bureau)


@pytest.mark.parametrize("forged", ["terms = terms", "terms = 'wpalsu'", "deleted"])
def test_a_document_that_says_something_else_is_found(bureau: Bureau, forged: str) -> None:
    bureau.lives_through_much()
    changes = {"deleted": "DELETE FROM search_documents WHERE case_id = 2"}
    change = changes.get(forged, f"UPDATE search_documents SET {forged} WHERE case_id = 2")
    bureau.work(lambda records: records.session.execute(text(change)))
    breach = bureau.work(lambda records: verify(records.session)).first
    if forged == "terms = terms":
        assert breach is None
    else:
        assert breach is not None
        assert breach.subject == "case:SW-2026-0002"
        assert "index" in breach.reason


def test_a_tap_pays_one_statement_for_the_index_and_only_where_it_says_something(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "search_documents" in statement:
            found.append(statement)

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        bureau.begins("budi", "Satu laporan lagi")
        assert len(found) == 1
        found.clear()
        bureau["bambang"].forwards(case_id, note="Mohon dicek")
        assert len(found) == 1
        found.clear()
        bureau.work(lambda records: records.note_act(records.session.get_one(Person, bureau["budi"].id)))
        bureau.sweeps()
        assert found == []
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)


def test_a_part_in_a_case_is_written_once_however_often_the_case_comes_back(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=6)
    before = kept(bureau)[case_id]
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "search_documents" in statement:
            found.append(statement)

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        bureau["maria"].passes_on(case_id)
        bureau["hendra"].passes_on(case_id)
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)
    assert found == []
    assert kept(bureau)[case_id] == before == told_by_rows(bureau)[case_id]


def test_a_document_does_not_grow_without_end(bureau: Bureau) -> None:
    """PostgreSQL refuses a `tsvector` of a megabyte, and with it the tap that would make one."""
    case_id = bureau.begins("budi")
    words = iter(range(10**6, 10**7))
    for _ in range(40):
        bureau["budi"].adds(case_id, " ".join(f"kata{next(words)}" for _ in range(400)))
    size = bureau.work(lambda records: records.session.scalar(select(func.max(SearchDocument.size))))
    assert size is not None
    assert len(kept(bureau)[case_id]) < 11_000
    assert matches(bureau, f"kata{10**6}") == [case_id]


def test_a_document_of_too_many_words_keeps_what_decides_who_finds_the_case(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word begins with n or w: cut in the order of letters, the person who reports and the case's end go first."""
    monkeypatch.setattr("models.repository.indexing.MOST", 30)
    case_id = bureau.begins("budi", " ".join(f"abc{number}" for number in range(100)), confidential=True)
    document = kept(bureau)[case_id]
    assert len(document) == 30
    assert {"c1", "psw", "m202611", f"r{bureau['budi'].id}", "x"} <= document
    assert any(term.startswith("w") for term in document)


def test_a_full_document_still_takes_that_the_case_is_over_and_who_had_a_part_in_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    words = iter(range(10**6, 10**7))
    for _ in range(26):
        bureau["budi"].adds(case_id, " ".join(f"kata{next(words)}" for _ in range(400)))
    assert {"z"}.isdisjoint(kept(bureau)[case_id])
    bureau["bambang"].declines(case_id)
    assert {"z", f"b{bureau['bambang'].id}"} <= kept(bureau)[case_id]
    assert bureau.work(lambda records: verify(records.session)).first is None
    unchanged(bureau)
