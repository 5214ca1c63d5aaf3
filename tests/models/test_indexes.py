"""The statements that run all day find their rows by an index, however large the record has grown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, event, func, select

from models.auditing import audit
from models.chasing import daily_round, next_wake, sweep
from models.mailbox import Button, InboxState, InboxUpdate, Notice, NoticeState
from models.queries import active_counts, queue, timeline
from models.records import Records

if TYPE_CHECKING:
    from tests.models.conftest import Bureau

GROWING = (
    "attachments",
    "buttons",
    "cards",
    "cases",
    "chases",
    "evaluations",
    "inbox",
    "journal_chains",
    "journal_entries",
    "journal_payloads",
    "outbox",
    "questions",
    "remarks",
    "tasks",
)
"""The tables that grow with every report."""

SMALL = ("ix_cases_open", "ix_inbox_waiting", "ix_outbox_owed", "ix_tasks_chase_at", "ix_tasks_open", "ix_tasks_due")
"""The indexes that hold only what is under way: going through all of one is going through the work at hand."""


@contextmanager
def plans(bureau: Bureau) -> Iterator[list[str]]:
    """Collect how SQLite carries out each statement, in its own words."""
    found: list[str] = []

    def explain(
        connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,  # noqa: ANN401 - a tuple, or a list of them
        _context: object,
        many: bool,  # noqa: FBT001 - the event hands it over so
    ) -> None:
        if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        raw = connection.connection.cursor()
        raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
        found.extend(f"{row[-1]}    <- {statement}" for row in raw.fetchall())
        raw.close()

    event.listen(bureau.engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(bureau.engine, "before_cursor_execute", explain)


def scans(found: list[str]) -> list[str]:
    """Return the plans that go through a growing table from end to end."""
    words = re.compile(rf"SCAN ({'|'.join(GROWING)})\b(?! USING (?:COVERING )?INDEX (?:{'|'.join(SMALL)})\b)")
    return [plan for plan in found if words.match(plan)]


WORK: dict[str, Callable[[Records], object]] = {
    "the next wake-up": next_wake,
    "a sweep": sweep,
    "the daily round": daily_round,
    "an audit": audit,
    "a case by its row": lambda records: records.case(1),
    "a case by its number": lambda records: records.case_numbered("SW-2026-0001"),
    "a task with its case": lambda records: records.task(1),
    "a person's queue": lambda records: queue(records, records.known(1003)),
    "how busy the holders are": lambda records: active_counts(records, "jft-prakom"),
    "the timeline": lambda records: timeline(records, records.case(1).case),
    "the card that a reply points at": lambda records: records.card_shown(1003, 5),
    "the button that was tapped": lambda records: records.session.get(Button, "token"),
    "updates that wait": lambda records: records.session.execute(
        select(InboxUpdate.update_id, InboxUpdate.lane)
        .where(InboxUpdate.state == InboxState.WAITING)
        .order_by(InboxUpdate.received_at, InboxUpdate.update_id)
    ).all(),
    "chats that are owed something": lambda records: records.session.execute(
        select(Notice.chat_id, func.min(Notice.priority))
        .where(Notice.state == NoticeState.OWED)
        .group_by(Notice.chat_id)
    ).all(),
    "the next notices of a chat": lambda records: records.session.scalars(
        select(Notice).where(Notice.chat_id == 1003, Notice.state == NoticeState.OWED).order_by(Notice.id).limit(20)
    ).all(),
    "a new report": lambda records: records.next_number("SW"),
}
"""What runs with every tap, every sweep and every message."""


@pytest.mark.parametrize("name", WORK)
def test_no_statement_goes_through_a_growing_table(bureau: Bureau, name: str) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau.works(60 * 40)
    with plans(bureau) as found:
        bureau.work(WORK[name])
    assert found, "nothing was asked"
    assert scans(found) == []


def test_a_decision_goes_through_no_growing_table(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    with plans(bureau) as found:
        question = bureau["rina"].asks(case_id)
        bureau["budi"].answers(question)
        bureau["rina"].hands_in(case_id)
        bureau["maria"].gives_back(case_id)
        bureau.finishes(case_id)
        bureau["budi"].says_whether_it_helped(case_id, helped=False)
    assert scans(found) == []


def test_a_scan_would_be_seen(bureau: Bureau) -> None:
    bureau.begins("budi")
    with plans(bureau) as found:
        bureau.work(lambda records: records.session.scalars(select(Notice).where(Notice.attempts > 3)).all())
    assert len(scans(found)) == 1
