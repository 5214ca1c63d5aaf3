"""More time that nobody granted, or that was granted otherwise, is found, and the entry named that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.models.proof.forgery import FIRST, NOT_HELD, Record

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    """Return a record in which more time was refused, then granted, and once more asked for."""
    if not images:
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=5)
        bureau["maria"].denies(bureau["rina"].asks_for_more_time(case_id, "2 hari"), "Belum perlu.")
        bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id, "1 hari"))
        bureau["rina"].asks_for_more_time(case_id, "4 jam")
        images.append(Record.of(bureau.engine))
    return images[0]


def test_an_untouched_record_holds(record: Record) -> None:
    with record.open() as copy:
        assert copy.verify().verifies
        assert copy.one("SELECT count(*) FROM extensions") == 3


@pytest.mark.parametrize(
    ("statement", "action", "found"),
    [
        (
            "UPDATE extensions SET granted = 1 WHERE id = 1",
            "deny-extension",
            "more time told here: its granted",
        ),
        (
            "UPDATE extensions SET note = 'Silakan.' WHERE id = 1",
            "deny-extension",
            "more time told here: its note",
        ),
        (
            "UPDATE extensions SET span = '2 hari' WHERE id = 2",
            "grant-extension",
            "more time told here: its span",
        ),
        ("UPDATE extensions SET decided_by_id = 3 WHERE id = 2", "grant-extension", "its decided_by_id"),
        ("UPDATE extensions SET decided_as = 'plh:kadiv' WHERE id = 2", "grant-extension", "its decided_as"),
        ("UPDATE extensions SET decided_at = asked_at, granted = 1, decided_by_id = 6 WHERE id = 3", "", "its granted"),
        ("UPDATE extensions SET text = 'Lain.' WHERE id = 3", "", "request for more time told here: its text"),
        ("DELETE FROM extensions WHERE id = 3", "", "the request for more time told here is missing"),
        ("UPDATE tasks SET extensions = '[]' WHERE step = 5", "grant-extension", "its extensions is not"),
        (
            "UPDATE tasks SET due_at = '2026-12-01 00:30:00' WHERE step = 5",
            "grant-extension",
            "its due_at is not",
        ),
    ],
)
def test_what_was_changed_is_found(record: Record, statement: str, action: str, found: str) -> None:
    with record.open() as copy:
        told = copy.sequence(FIRST, action) if action else copy.length(FIRST)
        copy.do(statement)
        subject, sequence, reason = copy.finds()
        assert (subject, sequence) == (FIRST, told)
        assert found in reason


def test_an_extension_that_nobody_asked_for_is_found(record: Record) -> None:
    with record.open() as copy:
        copy.do(
            "INSERT INTO extensions (case_id, task_id, by_id, capacity, span, text, asked_at, note)"
            " SELECT case_id, task_id, by_id, capacity, span, text, asked_at, note FROM extensions WHERE id = 3"
        )
        subject, _, reason = copy.finds()
        assert (subject, reason) == (FIRST, "there is a request for more time that the journal does not know")


@pytest.mark.parametrize("forged", ["self", "other-span", "nobody-asked", "other-deadline", "asked-twice"])
def test_a_forged_chain_cannot_grant_what_nobody_above_was_asked_for(record: Record, forged: str) -> None:
    def change(_sequence: int, head: dict[str, Any], words: dict[str, Any]) -> None:
        if head["action"] == "deny-extension" and forged == "asked-twice":
            head["action"] = "note"
        if head["action"] != "grant-extension":
            return
        if forged == "self":
            head["actor_id"] = asker
        elif forged == "other-span":
            words["extension"]["span"] = "2 hari"
        elif forged == "nobody-asked":
            words["round"] = 2
        elif forged == "other-deadline":
            words["due_before"] = words["due"]

    with record.open() as copy:
        asker = copy.one("SELECT by_id FROM extensions WHERE id = 2")
        copy.rewrites(FIRST, change)
        subject, _, reason = copy.finds()
        assert subject == FIRST
        assert reason in {"does not follow from the entries before it", NOT_HELD}
