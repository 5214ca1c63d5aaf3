"""What a row lets a piece of work tell that was forged just before: the office's journal does not make it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from models.administration.calendar import adopt_calendar
from models.administration.files_in_force import tell_files
from models.proof.verification import verify
from tests.models.administration import leave
from tests.models.proof.scenes import SCENES

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

STANDS_IN = "somebody stands in, or does not, otherwise than follows from who is away"
ENDS = "an entry begins or ends a tenure otherwise than it is told"
ASKED = "a request to stand in is left otherwise than the entries say"
LEFT = "an absence is left otherwise than the entries say"
STAYS = "its task stays at a desk, although it belongs at another since the office has changed"
HOLDS = "somebody holds a post still that was given to another, or taken from them"
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
        ("relieve", "tasks.closed_at", None, CASE, STAYS),
        ("relieve", "tasks.post", "kabag-p2l", CASE, STAYS),
        ("undo-relieve", "tasks.closed_at", None, CASE, STAYS),
        ("undo-relieve", "plh.stands_for_id", 5, OFFICE, LEFT),
        ("release-plh", "absences.person_id", 5, CASE, STAYS),
        ("relieve-plh", "absence.plh_whole", True, OFFICE, "somebody who is relieved stands in still"),
        ("submit", "reviewer.person_id", 6, CASE, "a task is opened at another post than its role's"),
        ("appoint", "tenures.ends_at", None, OFFICE, HOLDS),
        ("appoint", "holder.post", "kabag-p2l", OFFICE, HOLDS),
        ("appoint-in-place", "prakom.ends_at", None, OFFICE, HOLDS),
        (
            "transfer",
            "colleague.name",
            "Andi Pratama",
            CASE,
            "a task is handed to somebody under a name that they did not have",
        ),
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
    "tasks.post": "kakanwil",
    "plh.stands_for_id": 1,
    "absences.person_id": 1,
    "holder.post": "kadiv",
    "prakom.ends_at": "2026-11-23 01:00:00.000000",
    "reviewer.person_id": 1,
    "absence.plh_whole": False,
    "colleague.name": "Orang Lain",
}
"""What the forger writes into a column meanwhile."""

_WHICH = {
    "tenures": "post = 'kabag-p2l'",
    "plh": "capacity = 'plh'",
    "reviewer": "post = 'kasubbag-humas'",
    "holder": "person_id = 5 AND stands_for_id IS NULL",
    "prakom": "post = 'jft-prakom' AND person_id = 7",
    "people": "id = 4",
    "colleague": "id = 8",
    "tasks": "id = (SELECT CASE :column WHEN 'step' THEN min(id) ELSE max(id) END FROM tasks)",
}
"""Which row is forged: the Kabag's or the Plh.'s, the Kadiv or the colleague, the open task or that of the copies."""

_TABLES = {
    "plh": "tenures",
    "reviewer": "tenures",
    "holder": "tenures",
    "prakom": "tenures",
    "colleague": "people",
    "absence": "absences",
}
"""The tables of rows that have a name of their own."""


def _writes(bureau: Bureau, table: str, column: str, value: object) -> None:
    """Write a value into a column behind the program's back."""
    which = _WHICH.get(table, "rowid = 1")
    statement = text(
        f"UPDATE {_TABLES.get(table, table)} SET {column} = :value WHERE {which.replace(':column', repr(column))}"
    )

    def write(records: Records) -> None:
        records.session.execute(text("PRAGMA foreign_keys = OFF"))
        records.session.execute(statement, {"value": value})

    bureau.work(write)


OFFICE_WORK = {
    name: scene
    for name, scene in SCENES.items()
    if any(word in name for word in ("absence", "plh", "relieve", "appoint", "transfer", "submit", "pass", "return"))
}


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
