"""Questions, answers, notes and files that were changed behind the program's back are found, and their entry named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from models.case.evaluation import Part
from models.office.person import Person
from models.repository.records import Records
from tests.models.bureau import SOFTWARE
from tests.models.proof.forgery import FIRST, SECOND, Copy, Record
from tests.reports import a_report

if TYPE_CHECKING:
    from models.case.attachment import FileRecord
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


def file(name: str) -> FileRecord:
    return {
        "kind": "photo",
        "file_id": f"id-{name}",
        "file_unique_id": f"unique-{name}",
        "name": f"{name}.jpg",
        "size": 1000,
        "caption": f"Layar {name}",
    }


def says_much(bureau: Bureau) -> None:
    """Have a case in which everything is asked, answered, noted and attached, and one that has nothing of it."""

    def report(records: Records) -> int:
        budi = records.session.get_one(Person, bureau["budi"].id)
        begun = records.begin(a_report("SIMPEG mati", files=[file("a"), file("b")]), reporter=budi, sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    first = bureau.work(report)
    bureau.walks(first, until=5)
    rina, budi = bureau["rina"], bureau["budi"]
    rina.starts(first)
    questions = [rina.asks(first, text) for text in ("Galat apa?", "Sejak kapan?", "Di ruang mana?")]
    bureau.works(1)
    budi.answers(questions[1], "Sejak pagi.", (file("c"), file("d")))
    bureau.works(1)
    budi.answers(questions[0], "ORA-00018.")
    bureau.work(lambda records: records.case(first).enclose([file("e")], by=budi._person(records)))
    rina.remarks(first, "Server sudah diperiksa.")
    rina.attaches(first, file("f"))
    rina.hands_in(first)
    bureau["maria"].remarks(first, "Lampirkan log.")
    bureau["maria"].gives_back(first)
    rina.attaches(first, file("g"), file("a"))
    rina.writes(first, Part.CAUSE, "Sesi penuh.")
    bureau.begins("siti", "Printer macet")


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    if not images:
        says_much(bureau)
        images.append(Record.of(bureau.engine))
    return images[0]


def forgets(_sequence: int, _head: dict[str, Any], words: dict[str, Any]) -> None:
    """Let an entry say no more than entries did before files and answers were told in full."""
    words.pop("attached", None)
    words.pop("question", None)


def as_before(copy: Copy) -> None:
    for subject in ("office", FIRST, SECOND):
        copy.rewrites(subject, forgets, version=1)


def entry(copy: Copy, action: str, nth: int = 0) -> int:
    """Return the entry of the first case with this action, the `nth` of them."""
    rows = copy.do(
        "SELECT sequence FROM journal_entries WHERE chain_id = ? AND action = ? ORDER BY sequence",
        copy.chain(FIRST),
        action,
    )
    return int(rows[nth][0])


@pytest.mark.parametrize("old", [False, True])
def test_an_untouched_record_holds(record: Record, *, old: bool) -> None:
    with record.open() as copy:
        if old:
            as_before(copy)
        found = copy.verify()
        assert found.verifies, found
        assert copy.one("SELECT count(*) FROM attachments") == 8
        assert copy.one("SELECT count(*) FROM questions") == 3
        assert copy.one("SELECT count(*) FROM remarks") == 2


ALTERED = [
    ("UPDATE questions SET text = 'Apa?' WHERE text = 'Sejak kapan?'", ("ask", 1), "question", "text"),
    ("UPDATE questions SET asked_by_id = 1 WHERE text = 'Galat apa?'", ("ask", 0), "question", "asked_by_id"),
    ("UPDATE questions SET asked_at = '2026-11-01 00:00:00.000000' WHERE id = 3", ("ask", 2), "question", "asked_at"),
    ("UPDATE questions SET task_id = 1 WHERE id = 2", ("ask", 1), "question", "task"),
    ("UPDATE questions SET answer = 'Kemarin.' WHERE id = 2", ("answer", 0), "answer", "answer"),
    (
        "UPDATE questions SET answered_at = '2026-11-01 00:00:00.000000' WHERE id = 1",
        ("answer", 1),
        "answer",
        "answered_at",
    ),
    ("UPDATE remarks SET text = 'Tidak apa.' WHERE id = 1", ("note", 0), "note", "text"),
    ("UPDATE remarks SET by_id = 1 WHERE id = 2", ("note", 1), "note", "by_id"),
    ("UPDATE remarks SET capacity = 'plh:kadiv' WHERE id = 2", ("note", 1), "note", "capacity"),
    ("UPDATE remarks SET at = 'kemarin' WHERE id = 1", ("note", 0), "note", "at"),
    ("UPDATE remarks SET task_id = 1 WHERE id = 1", ("note", 0), "note", "task"),
    ("UPDATE remarks SET to_id = 1 WHERE id = 1", ("note", 0), "note", "to_id"),
    ("UPDATE attachments SET file_unique_id = 'x' WHERE id = 2", ("report", 0), "file", "file_unique_id"),
    ("UPDATE attachments SET added_by_id = 2 WHERE id = 4", ("answer", 0), "file", "added_by_id"),
    (
        "UPDATE attachments SET added_at = '2026-11-01 00:00:00.000000' WHERE id = 5",
        ("attach", 0),
        "file",
        "added_at",
    ),
    ("UPDATE attachments SET revision = 2 WHERE id = 6", ("attach", 1), "file", "revision"),
    ("UPDATE attachments SET revision = 1 WHERE id = 5", ("attach", 0), "file", "revision"),
    ("UPDATE attachments SET task_id = NULL WHERE id = 7", ("attach", 2), "file", "task"),
]


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize(("statement", "where", "what", "column"), ALTERED)
def test_what_was_changed_is_named(
    record: Record, statement: str, where: tuple[str, int], what: str, column: str, *, old: bool
) -> None:
    with record.open() as copy:
        if old:
            as_before(copy)
        copy.do(statement)
        expected = f"the {what} told here: its {column} is not what the journal tells"
        assert copy.finds() == (FIRST, entry(copy, *where), expected)


@pytest.mark.parametrize("column", ["kind", "file_id", "name", "size", "caption"])
def test_another_file_under_the_same_identifier_is_found_where_the_journal_tells_it_whole(
    record: Record, column: str
) -> None:
    with record.open() as copy:
        copy.do(f"UPDATE attachments SET {column} = ? WHERE id = 6", {"kind": "video", "size": 7}.get(column, "lain"))
        expected = "the file told here: its digest is not what the journal tells"
        assert copy.finds() == (FIRST, entry(copy, "attach", 1), expected)
        as_before(copy)
        assert copy.verify().verifies, "an entry from before says no more than the identifier"


def test_answers_in_each_others_place_are_found(record: Record) -> None:
    with record.open() as copy:
        rows = copy.do("SELECT id, answer, answered_at FROM questions WHERE id < 3 ORDER BY id")
        for (number, _, _), (_, answer, at) in zip(rows, reversed(rows), strict=True):
            copy.do("UPDATE questions SET answer = ?, answered_at = ? WHERE id = ?", answer, at, number)
        assert copy.finds()[:2] == (FIRST, entry(copy, "answer", 0))


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("DELETE FROM questions WHERE id = 2", ("ask", 1), "question"),
        ("DELETE FROM questions WHERE id = 3", ("ask", 2), "question"),
        ("UPDATE questions SET answer = NULL, answered_at = NULL WHERE id = 1", ("answer", 1), "answer"),
        ("DELETE FROM remarks WHERE id = 1", ("note", 0), "note"),
        ("DELETE FROM attachments WHERE id = 1", ("report", 0), "file"),
        ("DELETE FROM attachments WHERE id = 3", ("answer", 0), "file"),
        ("DELETE FROM attachments WHERE id = 8", ("attach", 2), "file"),
    ],
)
def test_what_was_removed_is_named(
    record: Record, statement: str, where: tuple[str, int], what: str, *, old: bool
) -> None:
    with record.open() as copy:
        if old:
            as_before(copy)
        copy.do(statement)
        assert copy.finds() == (FIRST, entry(copy, *where), f"the {what} told here is missing")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE questions SET answer = 'Ya.', answered_at = asked_at WHERE id = 3", "answer"),
        (
            (
                "INSERT INTO questions SELECT 90, 1, 1, 1, 'Siapa?', asked_at, NULL, NULL, NULL, NULL"
                " FROM questions LIMIT 1"
            ),
            "question",
        ),
        ("INSERT INTO remarks SELECT -1, 1, task_id, 1, capacity, 'Setuju.', at, NULL FROM remarks LIMIT 1", "note"),
        (
            (
                "INSERT INTO attachments "
                "SELECT 90, 1, 1, 1, kind, '', '', '', 0, '', 1, '', NULL, NULL, 'waiting', NULL, 0, NULL"
                " FROM attachments LIMIT 1"
            ),
            "file",
        ),
    ],
)
def test_what_was_slipped_in_is_named(record: Record, statement: str, what: str) -> None:
    with record.open() as copy:
        copy.do(statement)
        subject, sequence, reason = copy.finds()
        assert (subject, reason) == (FIRST, f"there is a {what} that the journal does not know")
        assert 1 <= sequence <= copy.length(FIRST)


@pytest.mark.parametrize(("table", "what"), [("questions", "question"), ("remarks", "note"), ("attachments", "file")])
def test_what_belongs_to_no_case_or_to_another_is_named(record: Record, table: str, what: str) -> None:
    with record.open() as copy:
        copy.do(f"UPDATE {table} SET case_id = 2 WHERE id = 1")
        found = copy.verify()
        assert [one.subject for one in found.breaches] == [FIRST, SECOND]
        copy.do(f"UPDATE {table} SET case_id = 77 WHERE id = 1")
        assert f"the case of this {what} is missing" in [one.reason for one in copy.verify().breaches]


@pytest.mark.parametrize("action", ["ask", "answer", "note", "attach"])
def test_a_forged_chain_that_tells_nonsense_is_found(record: Record, action: str) -> None:
    def nonsense(_sequence: int, head: dict[str, Any], words: dict[str, Any]) -> None:
        if head["action"] == action:
            words["files"], words["attached"] = ["satu"], []
            words["step"] = words.get("step") and "dua"

    with record.open() as copy:
        copy.rewrites(FIRST, nonsense)
        assert copy.finds() == (FIRST, entry(copy, action), "does not follow from the entries before it")
