"""What a row lets a piece of work tell that was forged just before: the office's journal does not make it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from models.administration.calendar import adopt_calendar
from models.administration.files_in_force import tell_files
from models.proof.verification import verify
from tests.models.administration import leave
from tests.models.proof.scenes import OFFICE_SCENES, SCENES

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

STANDS_IN = "somebody stands in, or does not, otherwise than follows from who is away"
ENDS = "an entry begins or ends a tenure otherwise than it is told"
ASKED = "a request to stand in is left otherwise than the entries say"
LEFT = "an absence is left otherwise than the entries say"
UNFOLLOWED = "its deadline does not follow the newest calendar"

OFFICE, CASE, MERGED = "office", "case:SW-2026-0001", "case:SW-2026-0002"
KEPT = f"content {'1' * 64}"


def finds(bureau: Bureau) -> set[tuple[str, str]]:
    found = bureau.work(lambda records: verify(records.session))
    return {(one.subject, one.reason) for one in found.breaches}


def prepares(bureau: Bureau) -> None:
    bureau.work(adopt_calendar)
    bureau.work(tell_files)


@pytest.mark.parametrize(
    ("scene", "forged", "before", "subject", "why"),
    [
        ("absence-begins", "absences.begun_at", None, OFFICE, STANDS_IN),
        ("absence-begins", "absences.plh_whole", False, OFFICE, LEFT),
        ("absence-begins", "tenures.stands_for_id", None, OFFICE, ENDS),
        ("absence-ends", "plh_requests.answer", "accepted", OFFICE, ASKED),
        ("absence-begins", "tenures.ends_at", None, CASE, "a task goes up because of a post that was not vacant"),
        ("relieve", "people.unreachable_since", None, CASE, "a task goes to another desk than the next authority's"),
        ("erase-file", "attachments.keeping", "kept", KEPT, "it was erased, and a case keeps a file with it"),
        ("merge", "cases.number", "SW-2026-0001", MERGED, "it names another case by a number that is not that case's"),
        ("read-copy", "tasks.step", 1, CASE, "does not follow from the entries before it"),
        ("calendar", "tasks.closed_at", None, CASE, UNFOLLOWED),
    ],
)
def test_what_a_forged_row_lets_the_office_tell_is_found(
    bureau: Bureau, scene: str, forged: str, before: object, subject: str, why: str
) -> None:
    prepares(bureau)
    table, column = forged.split(".")
    case_id = SCENES[scene].bring(bureau)
    _writes(bureau, table, column, FORGED[forged])
    SCENES[scene].act(bureau, case_id)
    _writes(bureau, table, column, before)
    assert (subject, why) in finds(bureau)


FORGED = {
    "absences.begun_at": "2026-11-23 01:00:00.000000",
    "absences.plh_whole": True,
    "tenures.stands_for_id": 1,
    "plh_requests.answer": "awaited",
    "tenures.ends_at": "2026-11-23 01:00:00.000000",
    "people.unreachable_since": "2026-11-23 01:00:00.000000",
    "attachments.keeping": "waiting",
    "cases.number": "SW-2026-0007",
    "tasks.step": 5,
    "tasks.closed_at": "2026-11-23 01:00:00.000000",
}
"""What the forger writes into a column meanwhile."""

_WHICH = {
    "tenures": "post = 'kabag-p2l'",
    "people": "id = 4",
    "tasks": "id = (SELECT CASE :column WHEN 'closed_at' THEN max(id) ELSE min(id) END FROM tasks)",
}
"""Which row of a table is forged: the Kabag, the Kadiv, the open task or that of which copies went out."""


def _writes(bureau: Bureau, table: str, column: str, value: object) -> None:
    """Write a value into a column behind the program's back."""
    which = _WHICH.get(table, "rowid = 1")
    statement = text(f"UPDATE {table} SET {column} = :value WHERE {which.replace(':column', repr(column))}")

    def write(records: Records) -> None:
        records.session.execute(text("PRAGMA foreign_keys = OFF"))
        records.session.execute(statement, {"value": value})

    bureau.work(write)


OFFICE_WORK = {**OFFICE_SCENES, **{name: scene for name, scene in SCENES.items() if "absence" in name or "plh" in name}}


@pytest.mark.parametrize("scene", OFFICE_WORK)
def test_what_the_office_has_done_holds(bureau: Bureau, scene: str) -> None:
    prepares(bureau)
    case_id = OFFICE_WORK[scene].bring(bureau)
    OFFICE_WORK[scene].act(bureau, case_id)
    assert finds(bureau) == set()


def test_an_office_whose_people_come_and_go_holds(bureau: Bureau) -> None:
    prepares(bureau)
    bureau.begins("budi")
    absence_id = leave.leaves_to(bureau, "hendra", "maria", leave.THU, leave.FRI)
    leave.comes(bureau, leave.THU)
    leave.gives_back(bureau, absence_id, "maria")
    leave.is_named(bureau, absence_id, "siti", by="dewi")
    leave.comes(bureau, leave.FRI)
    leave.ends(bureau, absence_id, "hendra")
    assert finds(bureau) == set()
