"""A reason that nobody gave, or nobody could have given, is found, and the entry named that tells of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from models.administration.calendar import adopt_calendar
from models.case.explaining import TO_EXPLAIN
from models.journal.chain import Entry
from models.proof.account import Account
from models.proof.explanations import explained
from models.proof.renames import Renames
from tests.models.proof.forgery import FIRST, Record

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    """Return a record in which a reason was given twice for a decided step, and once for an open one."""
    if not images:
        bureau.work(adopt_calendar)
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=3)
        bureau.works(90)
        late = bureau.task(case_id).id
        bureau["hendra"].forwards(case_id)
        bureau["hendra"].explains(case_id, "Menunggu izin.", task_id=late)
        bureau["hendra"].explains(case_id, "Menunggu anggaran.", task_id=late)
        bureau.works(3000)
        bureau["maria"].explains(case_id, "Menunggu berkas.")
        images.append(Record.of(bureau.engine))
    return images[0]


def test_an_untouched_record_holds(record: Record) -> None:
    with record.open() as copy:
        assert copy.verify().verifies
        assert copy.one("SELECT count(*) FROM tasks WHERE late_reason != ''") == 2


@pytest.mark.parametrize("column", ["late_reason", "late_reason_as", "late_reason_at", "late_reason_by_id"])
@pytest.mark.parametrize("step", [1, 3, 4])
def test_a_changed_reason_is_found(record: Record, column: str, step: int) -> None:
    other = {"late_reason_at": "2026-11-23 00:30:00.000000", "late_reason_by_id": 1}.get(column, "Lain.")
    with record.open() as copy:
        copy.do(f"UPDATE tasks SET {column} = ? WHERE step = ?", other, step)
        subject, _, reason = copy.finds()
        assert (subject, f"its {column} is not what the journal tells" in reason) == (FIRST, True)


@pytest.mark.parametrize(
    "forged",
    ["another-post", "of-no-task", "in-time", "no-words", "the-reporter", "as-admin", "not-yet-late"],
)
def test_a_forged_chain_gives_no_reason_that_could_not_be_given(record: Record, forged: str) -> None:
    def change(_sequence: int, head: dict[str, Any], words: dict[str, Any]) -> None:
        if head["action"] != "explain":
            return
        if forged == "another-post":
            head["capacity"], head["actor_id"] = "definitive:kadiv", siti
        elif forged == "of-no-task":
            words["round"] = 2
        elif forged == "in-time" and "closed" in words:
            words |= {"step": 2, "closed": in_time}
        elif forged == "no-words":
            del words["text"]
        elif forged == "the-reporter":
            head["capacity"], head["actor_id"] = "reporter", budi
        elif forged == "as-admin":
            head["capacity"], head["actor_id"] = "admin:kabag-p2l", dewi
        elif forged == "not-yet-late" and "closed" in words:
            words |= {"step": 4}
            del words["closed"]

    with record.open() as copy:
        budi, dewi = copy.one("SELECT reporter_id FROM cases"), copy.one("SELECT id FROM people WHERE is_admin")
        siti = copy.one("SELECT person_id FROM tenures WHERE post = 'kadiv'")
        in_time = instant(copy.one("SELECT closed_at FROM tasks WHERE step = 2"))
        copy.rewrites(FIRST, change)
        subject, sequence, reason = copy.finds()
        assert subject == FIRST
        assert sequence == copy.sequence(FIRST, "explain"), reason


def test_a_reason_that_comes_too_late_is_found() -> None:
    closed_at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    columns = {"step": 3, "round": 1, "closed_at": closed_at, "late_by": 60, "post": "kabag-p2l", "raised_from": None}
    body = {"step": 3, "round": 1, "closed": closed_at.isoformat(), "text": "Menunggu izin."}

    def told(at: datetime) -> Account:
        entry = Entry(sequence=9, at=at, actor_id=5, capacity="definitive:kabag-p2l", action="explain")
        return explained([Account(1, dict(columns))], entry, body, Renames(), sop=None)

    assert told(closed_at + TO_EXPLAIN).columns["late_reason"] == "Menunggu izin."
    with pytest.raises(ValueError, match="too late"):
        told(closed_at + TO_EXPLAIN + timedelta(seconds=1))


def instant(kept: str) -> str:
    """Return an instant of the database as an entry tells it."""
    return datetime.fromisoformat(kept).replace(tzinfo=UTC).isoformat()
