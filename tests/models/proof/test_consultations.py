"""An opinion that nobody gave, or that was given otherwise, is found, and the entry named that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.models.proof.forgery import FIRST, NOT_HELD, Record

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    """Return a record in which two were asked and one has answered."""
    if not images:
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=5)
        first = bureau["rina"].consults(case_id, post="kabag-p2l")
        bureau["rina"].consults(case_id, post="kadiv", text="Siapa yang membayar?")
        bureau["hendra"].advises(first)
        images.append(Record.of(bureau.engine))
    return images[0]


def test_an_untouched_record_holds(record: Record) -> None:
    with record.open() as copy:
        assert copy.verify().verifies
        assert copy.one("SELECT count(*) FROM consultations") == 2


@pytest.mark.parametrize(
    ("statement", "action", "found"),
    [
        ("UPDATE consultations SET answer = 'Tidak.' WHERE id = 1", "advise", "given opinion told here: its answer"),
        ("UPDATE consultations SET answered_by_id = 3 WHERE id = 1", "advise", "its answered_by_id"),
        ("UPDATE consultations SET answered_as = 'plh:kadiv' WHERE id = 1", "advise", "its answered_as"),
        ("UPDATE consultations SET answered_at = NULL WHERE id = 1", "advise", "its answered_at"),
        ("UPDATE consultations SET text = 'Lain?' WHERE id = 1", "consult", "consultation told here: its text"),
        ("UPDATE consultations SET post = 'kakanwil' WHERE id = 1", "consult", "its post"),
        ("UPDATE consultations SET to_id = 2 WHERE id = 1", "consult", "its to_id"),
        ("UPDATE consultations SET by_id = 2 WHERE id = 1", "consult", "its by_id"),
        ("UPDATE consultations SET standard = '9 hari' WHERE id = 1", "consult", "its standard"),
        ("DELETE FROM consultations WHERE id = 1", "", "is missing"),
        (
            "UPDATE consultations SET answer = 'Saya.' WHERE id = 2",
            "",
            "a given opinion that the journal",
        ),
    ],
)
def test_what_was_changed_is_found(record: Record, statement: str, action: str, found: str) -> None:
    with record.open() as copy:
        told = copy.sequence(FIRST, action) if action else None
        copy.do("PRAGMA foreign_keys = OFF")
        copy.do(statement)
        subject, sequence, reason = copy.finds()
        assert subject == FIRST
        assert told is None or sequence == told
        assert found in reason


@pytest.mark.parametrize("forged", ["self", "twice", "nobody-asked"])
def test_a_forged_chain_cannot_tell_an_opinion_that_nobody_else_asked_for(record: Record, forged: str) -> None:
    def change(_sequence: int, head: dict[str, Any], words: dict[str, Any]) -> None:
        if forged == "self" and head["action"] == "advise":
            head["actor_id"] = asker
        elif forged == "nobody-asked" and head["action"] == "consult":
            head["action"] = "note"
        elif forged == "twice" and words.get("post") == "kadiv" and head["action"] == "consult":
            head["action"] = "advise"
            words |= {"consultation": 1}

    with record.open() as copy:
        asker = copy.one("SELECT by_id FROM consultations WHERE id = 1")
        copy.rewrites(FIRST, change)
        subject, _, reason = copy.finds()
        assert subject == FIRST
        assert reason in {"does not follow from the entries before it", NOT_HELD}
