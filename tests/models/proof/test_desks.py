"""A task goes to another desk, and is chased, as what was told before lets it: anything else is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from models.administration.calendar import adopt_calendar
from models.proof.verification import verify
from models.tables import METADATA
from tests.models.chase.test_escalation import blocks

if TYPE_CHECKING:
    from models.case.proceeding import Proceeding
    from models.case.task import Task
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

CASE = "case:SW-2026-0001"
WRONG = "does not follow from the entries before it"
DAY = 8 * 60
"""Minutes of an office's day."""


def late(bureau: Bureau) -> int:
    bureau.work(adopt_calendar)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    bureau.works(26)
    bureau.sweeps()
    bureau.works(60)
    return case_id


def tells(bureau: Bureau, case_id: int, action: str, **said: Any) -> None:
    """Let an entry be told of the open task that nothing led to."""

    def tell(records: Records) -> None:
        proceeding: Proceeding = records.case(case_id)
        task: Task | None = proceeding.case.open_task
        assert task is not None
        proceeding._log(action, task=task, **said)

    bureau.work(tell)


def finds(bureau: Bureau) -> tuple[str, str] | None:
    first = bureau.work(lambda records: verify(records.session)).first
    return (first.subject, first.reason) if first is not None else None


def test_what_is_told_as_it_is_holds(bureau: Bureau) -> None:
    blocks(bureau, "siti")
    late(bureau)
    bureau.sweeps()
    told = [(entry.action, (entry.payload and entry.payload.body) or {}) for entry in bureau.entries(1)]
    assert [body["post"] for action, body in told if action == "chase"]
    assert [body["raised"]["because"] for action, body in told if action == "rehome"] == ["unreachable"]
    assert finds(bureau) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"post": "kakanwil"}, WRONG),
        ({"post": "kadiv"}, WRONG),
        ({"post": "kakanwil", "raised": {"from": "kabag-p2l", "because": "vacant"}}, WRONG),
        (
            {"post": "kakanwil", "raised": {"from": "kadiv", "because": "unreachable"}},
            "a task goes up because of people who could be reached",
        ),
        (
            {"post": "kakanwil", "raised": {"from": "kadiv", "because": "vacant"}},
            "a task goes up because of a post that was not vacant",
        ),
    ],
    ids=[
        "to-another-post",
        "to-where-it-was",
        "from-another-post",
        "from-people-who-could-be-reached",
        "from-a-post-that-was-held",
    ],
)
def test_a_task_that_goes_where_nothing_leads_is_found(bureau: Bureau, said: dict[str, Any], why: str) -> None:
    case_id = late(bureau)
    tells(bureau, case_id, "rehome", **said)
    bureau.work(lambda records: _moves(records, case_id, said))
    assert finds(bureau) == (CASE, why)


def given(bureau: Bureau) -> int:
    """Let Rina have begun a step that her colleagues could do as well."""
    bureau.work(adopt_calendar)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    return case_id


def test_who_cannot_be_reached_loses_a_late_task_to_their_colleagues(bureau: Bureau) -> None:
    case_id = given(bureau)
    blocks(bureau, "rina")
    bureau.works(12 * DAY)
    bureau.sweeps()
    (told,) = [entry for entry in bureau.entries(case_id) if entry.action == "rehome"]
    assert told.payload is not None
    assert told.payload.body is not None
    assert told.payload.body.items() >= {"post": "jft-prakom", "step": 5, "round": 1}.items()
    assert told.payload.body.keys() == {"post", "step", "round", "office"}
    assert finds(bureau) is None


@pytest.mark.parametrize("minutes", [1, 12 * DAY], ids=["in-time", "late"])
@pytest.mark.parametrize("assignee", [None, "andi"], ids=["to-all", "to-another"])
def test_a_task_that_is_taken_from_somebody_who_could_do_it_is_found(
    bureau: Bureau, minutes: int, assignee: str | None
) -> None:
    case_id = given(bureau)
    bureau.works(minutes)
    person_id = bureau[assignee].id if assignee is not None else None
    tells(bureau, case_id, "rehome", post="jft-prakom", assignee=person_id)
    tasks = METADATA.tables["tasks"]
    open_one = tasks.update().where(tasks.c.case_id == case_id, tasks.c.closed_at.is_(None))
    bureau.work(lambda records: records.session.execute(open_one.values(assignee_id=person_id)))
    assert finds(bureau) == (CASE, WRONG if person_id else "a task is taken from somebody who could do it")


def test_a_task_that_is_taken_before_it_is_late_is_found(bureau: Bureau) -> None:
    case_id = given(bureau)
    blocks(bureau, "rina")
    tells(bureau, case_id, "rehome", post="jft-prakom")
    tasks = METADATA.tables["tasks"]
    open_one = tasks.update().where(tasks.c.case_id == case_id, tasks.c.closed_at.is_(None))
    bureau.work(lambda records: records.session.execute(open_one.values(assignee_id=None)))
    assert finds(bureau) == (CASE, "a task is taken from somebody who could do it")


def _moves(records: Records, case_id: int, said: dict[str, Any]) -> None:
    """Let the row be as the entry says, so that nothing else is wrong."""
    tasks, raised = METADATA.tables["tasks"], said.get("raised", {})
    moved = tasks.update().where(tasks.c.case_id == case_id, tasks.c.closed_at.is_(None))
    told = {"post": said["post"], "raised_from": raised.get("from"), "raised_because": raised.get("because")}
    records.session.execute(moved.values(**told))


@pytest.mark.parametrize(
    "said",
    [{"post": "kakanwil"}, {"due": timedelta(days=1)}, {"due": -timedelta(seconds=60)}],
    ids=["at-another-desk", "before-it-is-due", "due-at-another-time"],
)
def test_a_chase_that_is_told_otherwise_than_the_deadline_has_it_is_found(bureau: Bureau, said: dict[str, Any]) -> None:
    case_id, said = late(bureau), dict(said)

    def due(records: Records) -> datetime:
        task = records.case(case_id).case.open_task
        assert task is not None
        return records.calendar.opening(records.calendar.add(task.due_at, 1)).astimezone(UTC)

    instant = bureau.work(due) + said.pop("due", timedelta())
    told: dict[str, Any] = {"post": "kadiv", "rung": 1, "kind": "late", "due": instant.isoformat()} | said

    def chase(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        proceeding._log("chase", task=task, **told)
        rows = METADATA.tables["chases"]
        kept = {"task_id": task.id, "ordinal": 1, "kind": "late", "due_at": instant, "fired_at": records.at}
        task.rung = 2
        records.session.flush()
        records.session.execute(rows.insert().values(**kept))

    bureau.work(chase)
    assert finds(bureau) == (CASE, WRONG)


@pytest.mark.parametrize(("column", "put_off"), [("opened_at", 10), ("due_at", 3)])
def test_a_chase_that_comes_from_a_forged_time_is_found(bureau: Bureau, column: str, put_off: int) -> None:
    bureau.work(adopt_calendar)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    _shifts(bureau, case_id, column, timedelta(minutes=put_off))
    bureau.works(28)
    bureau.sweeps()
    _shifts(bureau, case_id, column, -timedelta(minutes=put_off))
    assert [entry.action for entry in bureau.entries(case_id)].count("chase") == 1
    assert finds(bureau) == (CASE, WRONG)


@pytest.mark.parametrize(
    ("column", "value"), [("rung", 1000), ("paused_at", "2026-11-25 01:00:00.000000")], ids=["climbed", "paused"]
)
def test_more_time_that_comes_from_a_forged_clock_is_found(bureau: Bureau, column: str, value: object) -> None:
    case_id = given(bureau)
    request_id = bureau["rina"].asks_for_more_time(case_id)

    def write(records: Records, value: object) -> object:
        """Write into the open task; returns what stood there."""
        here = "FROM tasks WHERE closed_at IS NULL"
        before = records.session.scalar(text(f"SELECT {column} {here}"))
        forged = text(f"UPDATE tasks SET {column} = :value WHERE closed_at IS NULL")
        records.session.execute(forged, {"value": value})
        return before

    before = bureau.work(lambda records: write(records, value))
    bureau["maria"].grants(request_id)
    bureau.work(lambda records: write(records, before))
    assert finds(bureau) == (CASE, WRONG)


def _shifts(bureau: Bureau, case_id: int, column: str, span: timedelta) -> None:
    """Write another time into the row of the open task."""
    tasks = METADATA.tables["tasks"]
    open_one = tasks.c.case_id == case_id, tasks.c.closed_at.is_(None)

    def shift(records: Records) -> None:
        known = records.session.execute(select(tasks.c[column]).where(*open_one)).scalar_one()
        records.session.execute(tasks.update().where(*open_one).values({column: known + span}))

    bureau.work(shift)
