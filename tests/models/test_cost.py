"""What regular work has to look up: with thousands of tasks, one statement more for each is a minute more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

from models.administration import reachability
from models.case.case import CaseState
from models.chase.sweep import chase_due
from models.office.person import Person
from models.upkeep.auditing import audit
from tests.benchmarks.decisions import STEPS, through_the_door
from tests.models.bureau import SOFTWARE
from tests.models.upkeep.test_auditing import all_is_sent
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


@contextmanager
def lookups(bureau: Bureau) -> Iterator[list[str]]:
    """Collect the statements that look for rows."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)


def cost(bureau: Bureau, work: Callable[[Records], object]) -> int:
    with lookups(bureau) as found:
        bureau.work(work)
    return len(found)


def assigned(bureau: Bureau) -> None:
    """Let one more case wait for Rina alone, although Andi holds the same post."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")


def test_the_audit_of_what_is_in_order_costs_the_same_for_any_number_of_tasks(bureau: Bureau) -> None:
    assigned(bureau)
    bureau.work(all_is_sent)
    for_one = cost(bureau, audit)
    for _ in range(4):
        assigned(bureau)
    bureau.work(all_is_sent)

    assert cost(bureau, audit) == for_one


def test_the_audit_of_cards_that_never_arrived_costs_the_same_for_any_number_of_them(bureau: Bureau) -> None:
    assigned(bureau)
    for_one = cost(bureau, audit)
    for _ in range(4):
        assigned(bureau)

    assert cost(bureau, audit) == for_one


def returns(records: Records) -> None:
    """Give Budi his account again, and show him what became of his reports."""
    budi = records.session.scalars(select(Person).where(Person.account_id.is_(None))).one()
    budi.account_id = 1001
    records.session.flush()
    reachability.returned(records, budi)


def test_a_reporter_with_an_account_again_is_shown_many_reports_at_the_cost_of_one(bureau: Bureau) -> None:
    costs = []
    for reports in (1, 5):
        for _ in range(reports):
            case_id = bureau.begins("budi")
            bureau.walks(case_id, until=5)
            bureau["rina"].asks(case_id)
        bureau["budi"].is_unbound()
        costs.append(cost(bureau, returns))
    assert costs[0] == costs[1]


def test_a_sweep_loads_all_cases_that_are_due_at_once(bureau: Bureau) -> None:
    for _ in range(2):
        bureau.begins("budi")
    bureau.works(24)
    for_two = cost(bureau, chase_due)
    for _ in range(10):
        bureau.begins("budi")
    bureau.works(24)

    assert cost(bureau, lambda records: chase_due(records, batch=10)) <= for_two + 2


@pytest.mark.parametrize("people", [("bambang",), ("bambang", "siti", "hendra", "maria")])
def test_reminding_costs_the_same_for_any_number_of_tasks_and_people(bureau: Bureau, people: tuple[str, ...]) -> None:
    """Each of the people holds tasks that are late, and is reminded of all of them in place of the reminder before."""
    costs = []
    for tasks in (2, 8):
        for place in range(len(people)):
            for _ in range(tasks):
                bureau.walks(bureau.begins("budi"), until=1 + place)
        bureau.works(24)
        bureau.sweeps()
        bureau.works(60 * 8)
        costs.append(cost(bureau, lambda records: chase_due(records, batch=500)))
    assert costs[1] <= costs[0] + 2, "the few statements more read many rows at once in several parts"
    assert costs[0] < 40


def test_a_decision_takes_few_statements(bureau: Bureau) -> None:
    """On average over the nine steps of a case: to find it, to decide it, to keep and owe what follows."""
    case_id = bureau.begins("budi")
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    def decide(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        through_the_door(records, proceeding, task)

    event.listen(bureau.engine, "before_cursor_execute", note)
    for _ in range(STEPS):
        bureau.work(decide)
    event.remove(bureau.engine, "before_cursor_execute", note)
    assert bureau.case(case_id).state is CaseState.CLOSED
    # PostgreSQL locks the office and the case before it reads them, and where two hold a post it deals their cards by a
    # statement of its own.
    most = {"sqlite": 8 * STEPS, "postgresql": 9 * STEPS + 1}
    assert len(found) <= most[bureau.engine.dialect.name]


def test_a_report_with_files_writes_nothing_for_the_archive_beside_their_rows(bureau: Bureau) -> None:
    """What is fetched is fetched later: a tap pays no statement for it."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    def begin(files: int, records: Records) -> None:
        budi = records.session.get_one(Person, bureau["budi"].id)
        sent = [{"kind": "photo", "file_id": f"F{one}", "file_unique_id": f"U{one}"} for one in range(files)]
        records.begin(a_report("SIMPEG mati", files=sent), reporter=budi, sop=SOFTWARE)

    counts = []
    for files in (0, 0, 1):
        found.clear()
        event.listen(bureau.engine, "before_cursor_execute", note)
        bureau.work(partial(begin, files))
        event.remove(bureau.engine, "before_cursor_execute", note)
        assert not any("contents" in statement or "content_copies" in statement for statement in found)
        counts.append(len(found))
    assert counts[2] == counts[1] + 1, "the row of the file; the first report of all brings the SOP in"
