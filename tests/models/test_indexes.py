"""The statements that run all day find their rows by an index, however large the record has grown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, func, select, update
from sqlalchemy.engine.interfaces import DBAPICursor

from models.administration import absence
from models.administration.absences_due import absences_due, earliest_absence
from models.case.copy import Copy
from models.case.joined_report import JoinedReport
from models.case.sight import sight_of
from models.case.task import Chase, Task
from models.chase import asking, late_ones, opinions, unsent
from models.chase.daily_round import daily_round
from models.chase.sweep import chase_due, next_wake
from models.checkpoint.note import PrivateKey
from models.checkpoint.sealing import seal, waiting
from models.mail.card import Button, Card, CardKind, Face
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from models.office.overseeing import scope_of
from models.office.person import Person
from models.queries import alike
from models.queries.asked import awaited
from models.queries.backlog import (
    Outside,
    oldest_kept_back,
    oldest_owed_notice,
    oldest_unkept_file,
    oldest_unsealed_chain,
    oldest_waiting_update,
)
from models.queries.belongings import brought, of_revision
from models.queries.board import reading
from models.queries.cards import shown_cards
from models.queries.finding import search
from models.queries.lists import active_counts, at_hand, next_for, numbers_like, queue, visible
from models.queries.offered import offered_evaluation, offered_evaluations
from models.queries.timeline import refused_lately, timeline
from models.queries.verdicts import By, counted
from models.queries.versions import earlier_version
from models.repository.presses import card_shown
from models.repository.records import Records
from models.rules.board_filters import Wanted
from models.rules.ladder import RungKind
from models.rules.media_type import MediaType
from models.rules.period import Period
from models.rules.rules import Rules
from models.search.question import Asked
from models.tables import METADATA
from models.upkeep import archiving
from models.upkeep.auditing import audit
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.growth import GROWING, multiply
from tests.postgresql.databases import Databases
from tests.reports import a_report

SMALL = (
    "ix_attachments_waiting",
    "ix_contents_leaving",
    "ix_cards_live_task",  # read up to the last card of a task; those of no task come after it
    "ix_cards_undelivered",
    "ix_cases_open",
    "ix_copies_case_id",  # read up to the limit, where everybody got a copy of everything
    "ix_joined_reports_case_id",  # read up to the limit, where everybody reported the same
    "ix_journal_chains_moved",
    "ix_questions_remind_at",
    "ix_consultations_remind_at",
    "ix_report_drafts_unsent_at",
    "ix_inbox_lane",
    "ix_inbox_waiting",
    "ix_outbox_owed",
    "ix_outbox_reminders",  # read whole where PostgreSQL knows that it is next to empty, as in the old office
    "ix_remarks_of_fellows",  # read whole where PostgreSQL knows that it is next to empty, as in the old office
    "ix_tasks_case_id",  # read from its newest end until enough are found, where PostgreSQL knows that to be soon
    "pk_search_documents",  # read from its newest end until enough are found, where PostgreSQL knows that to be soon
    "ix_tasks_chase_at",
    "ix_tasks_open",
    "ix_tasks_due",
    "ix_tasks_uncounted",
)
"""The indexes that hold only what is under way: going through all of one is going through the work at hand."""


@dataclass(frozen=True)
class Walk:
    """One way in which a statement goes through a table; `bounded` when an index leads it to the rows it wants."""

    table: str
    index: str | None
    bounded: bool
    statement: str


@contextmanager
def plans(bureau: Bureau) -> Iterator[list[Walk]]:
    """Collect how the database carries out each statement, by its own telling."""
    found: list[Walk] = []
    walks = _walks_of_sqlite if bureau.engine.dialect.name == "sqlite" else _walks_of_postgresql

    def explain(
        connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,  # noqa: ANN401 - a tuple, or a list of them
        _context: object,
        many: bool,  # noqa: FBT001 - the event hands it over so
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            with closing(connection.connection.cursor()) as raw:
                found.extend(walks(raw, statement, parameters[0] if many else parameters))

    event.listen(bureau.engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(bureau.engine, "before_cursor_execute", explain)


def _walks_of_sqlite(raw: DBAPICursor, statement: str, parameters: Any) -> Iterator[Walk]:  # noqa: ANN401 - as above
    raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    words = re.compile(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
    for row in raw.fetchall():
        if match := words.match(row[-1]):
            # A search by nothing, as for a smallest value, and one from a row to the end go through the table too.
            bounded = match[1] == "SEARCH" and " USING " in row[-1] and "(rowid>?)" not in row[-1]
            yield Walk(match[2], match[3], bounded, statement)


def _walks_of_postgresql(raw: DBAPICursor, statement: str, parameters: Any) -> Iterator[Walk]:  # noqa: ANN401 - as above
    raw.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    (([whole],),) = raw.fetchall()
    nodes = [whole["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes.extend(node.get("Plans", ()))
        index, bounded = node.get("Index Name"), "Index Cond" in node
        if node["Node Type"] == "Bitmap Index Scan":
            # It names no table; the name of each of our indexes does.
            table = next(
                name
                for name in sorted(METADATA.tables, reverse=True)
                if index.startswith((f"ix_{name}", f"uq_{name}", f"pk_{name}"))
            )
            yield Walk(table, index, bounded, statement)
        elif node["Node Type"] in {"Seq Scan", "Index Scan", "Index Only Scan"}:
            yield Walk(node["Relation Name"], index, bounded, statement)


def scans(found: list[Walk]) -> list[Walk]:
    """Return the walks through a growing table from end to end."""
    return [walk for walk in found if walk.table in GROWING and not walk.bounded and walk.index not in SMALL]


def _goes_on_leave_and_comes_back(records: Records) -> None:
    """Let an official be away with a Plh., and be back, with a look at the timers between."""
    siti, hendra = (records.known(account) for account in (1004, 1005))
    today = records.at.astimezone(records.calendar.zone).date()
    lasting = absence.file(records, siti, today, None, by=siti)
    absence.ask(records, lasting, hendra, by=siti)
    absence.answer(records, lasting, by=hendra, accepts=True)
    lasting.wake_at = records.at
    records.flush()
    absences_due(records)
    next_for(records.reader, hendra)
    visible(records.reader, hendra, limit=20)
    absence.end(records, lasting, by=siti)


def _seal(records: Records) -> None:
    seal(records.session, PrivateKey("office", bytes(32)), at=records.at)


def _looks_at_the_board(records: Records, account: int, *, narrowing: bool = False) -> None:
    person = records.known(account)
    scope = scope_of(records.reader.office(), person)
    assert scope is not None
    if narrowing:
        reading.choices(records.reader, person, scope, Wanted())
    else:
        reading.board(records.reader, person, scope, Wanted(), page=0, size=5)


def _has_all_reminded(records: Records) -> None:
    """Let the head have all reminded who are late, after a look at how many that would be."""
    person = records.known(1003)
    scope = scope_of(records.reader.office(), person)
    assert scope is not None
    late = reading.late_tasks(records.reader, person, scope, Wanted())
    assert late, "something is late"
    # Of a thousand rows PostgreSQL reads all where it wants many of them.
    some = late[:5]
    late_ones.audience_of(records.reader, person, some)
    late_ones.remind_of(records, person, some)


def _is_offered_what_is_alike(records: Records) -> None:
    """Let an official write a draft beside an open report of the same, to which a third person was joined."""
    reporter, fellow, writer = (records.known(account) for account in (1001, 1005, 1004))
    begun = records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=reporter, sop=SOFTWARE)
    records.flush()
    newest = begun.case.id
    records.case(newest).join(by=fellow, text="Simpeg mati")
    draft = records.begin_draft(writer, sop=SOFTWARE, previous_case_id=None)
    draft.text = "simpeg tidak bisa dibuka"
    records.flush()
    assert [one.case_id for one in alike.offers(records.reader, draft, sop=SOFTWARE)] == [newest]
    assert alike.had_part(records.reader, newest, fellow.id)


def _looks_at_what_was_written_before(records: Records) -> None:
    """Let a watcher read, for a new report, what was written for the first case."""
    begun = records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=records.known(1001), sop=SOFTWARE)
    records.flush()
    offered_evaluation(records.reader, begun.case, records.known(1006), 1)


WORK: dict[str, Callable[[Records], object]] = {
    "the next wake-up": next_wake,
    "a sweep": chase_due,
    "the next timer of an absence": lambda records: earliest_absence(records.session),
    "absences that begin and end": _goes_on_leave_and_comes_back,
    "the next reminder of a question": asking.next_wake,
    "reminding reporters": asking.remind_due,
    "the next draft that lies": unsent.next_wake,
    "the next reminder of an opinion": opinions.next_wake,
    "reminding of opinions": opinions.remind_due,
    "the copies of a person": lambda records: sight_of(records.reader.case(1), records.known(1006)),
    "telling of drafts that lie": unsent.tell_due,
    "what a reporter is asked": lambda records: awaited(records.reader, 1),
    "the daily round": daily_round,
    "an audit": audit,
    "the verdicts of a month": lambda records: [
        counted(records.reader, Period.month(records.at.date()), by=by) for by in (None, *By)
    ],
    "a case by its row": lambda records: records.case(1),
    "a case by its number": lambda records: records.case_numbered("SW-2026-0001"),
    "a task with its case": lambda records: records.task(1),
    "what an official may see": lambda records: visible(records.reader, records.known(1003), limit=20),
    "what a watcher may see": lambda records: visible(records.reader, records.known(1006), limit=20),
    "the case that somebody means": lambda records: numbers_like(records.reader, "17"),
    "a reporter looks for words": lambda records: search(records.reader, records.known(1001), Asked.parse("simpeg")),
    "a copy is read": lambda records: records.task(1)[1].copies,
    "a person's queue": lambda records: queue(records.reader, records.known(1003)),
    "the cards of which a draft may become a note": lambda records: at_hand(
        records.reader, records.known(1003), limit=3
    ),
    "the open reports that are like a draft": _is_offered_what_is_alike,
    "the Laporan Evaluasi of a case that is over": _looks_at_what_was_written_before,
    "how many files came with what": lambda records: brought(records.reader, 1),
    "the files of one revision": lambda records: of_revision(records.reader, 1, 1),
    "how busy the holders are": lambda records: active_counts(records.reader, "jft-prakom"),
    "the timeline": lambda records: timeline(records.reader, records.case(1).case),
    "what was refused a moment ago": lambda records: refused_lately(
        records.reader, records.case(1).case, refusal="not-your-task", action="forward", by=records.known(1003)
    ),
    "the card that a reply points at": lambda records: card_shown(records, 1003, 5),
    "the button that was tapped": lambda records: records.session.get(Button, "token"),
    "how much came in and waits": lambda records: oldest_waiting_update(records.session),
    "how much is owed": lambda records: oldest_owed_notice(records.session),
    "which files are not kept": lambda records: oldest_unkept_file(records.session),
    "what is not sealed": lambda records: oldest_unsealed_chain(records.session),
    "what has not come outside": lambda records: oldest_kept_back(records.session, Outside(-1009, address=True)),
    "files that wait": lambda records: archiving.wanted(records.session, records.at, limit=20),
    "files that were erased": lambda records: archiving.leaving(records.session),
    "a file that is kept": lambda records: archiving.keep(
        records, 1, digest="0" * 64, size=1, media_type=MediaType("image/jpeg", "jpg")
    ),
    "a content that is erased": lambda records: archiving.erase(records, "0" * 64, because="-"),
    "updates that wait": lambda records: records.session.execute(
        select(InboxUpdate.update_id, InboxUpdate.lane)
        .where(InboxUpdate.state == InboxState.WAITING)
        .order_by(InboxUpdate.received_at, InboxUpdate.update_id)
    ).all(),
    "what a message said before its edit": lambda records: earlier_version(records.reader, 1003, 7, update_id=3),
    "chats that are owed something": lambda records: records.session.execute(
        select(Notice.chat_id, func.min(Notice.priority))
        .where(Notice.state == NoticeState.OWED)
        .group_by(Notice.chat_id)
    ).all(),
    "the next notices of a chat": lambda records: records.session.scalars(
        select(Notice).where(Notice.chat_id == 1003, Notice.state == NoticeState.OWED).order_by(Notice.id).limit(20)
    ).all(),
    "what waits to be sealed": lambda records: waiting(records.session),
    "a checkpoint": _seal,
    "the board of an official": lambda records: _looks_at_the_board(records, 1004),
    "the board of the head": lambda records: _looks_at_the_board(records, 1003),
    "what the board may be narrowed to": lambda records: _looks_at_the_board(records, 1006, narrowing=True),
    "reminding all who are late": _has_all_reminded,
    "a new report": lambda records: records.next_number("SW"),
}
"""What runs with every tap, every sweep and every message."""


@pytest.fixture(scope="module")
def old_office(postgresql: Databases, packaged_rules: Rules) -> Iterator[Bureau]:
    """An office with two thousand cases that are over, on PostgreSQL. In each an opinion and more time are open."""

    def fill(engine: Engine) -> None:
        Bureau.founds(engine, packaged_rules)
        bureau = Bureau(engine, packaged_rules)
        case_id = bureau.begins("budi")
        bureau.walks(case_id, until=5)
        bureau["rina"].remarks(case_id)
        bureau["rina"].attaches(case_id, {"kind": "photo", "file_id": "F", "file_unique_id": "U"})
        bureau["budi"].answers(bureau["rina"].asks(case_id))
        bureau["hendra"].advises(bureau["rina"].consults(case_id, post="kabag-p2l"))
        bureau["rina"].consults(case_id, post="kadiv")
        bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))
        bureau["rina"].asks_for_more_time(case_id)
        bureau.finishes(case_id)
        bureau.work(_leave_fellows)
        bureau.work(_leave_rungs)
        bureau.work(_leave_copies)
        bureau.work(_leave_mail)
        bureau.work(_seal)
        with engine.begin() as connection:
            multiply(connection, 2000)

    with postgresql.filled("old office", fill) as url:
        engine = create_engine(url, isolation_level="READ COMMITTED")
        yield Bureau(engine, packaged_rules)
        engine.dispose()


def _leave_fellows(records: Records) -> None:
    """Let everybody have reported the same, and an open case wait that took two more reports."""
    people = records.session.scalars(select(Person).order_by(Person.id)).all()
    case = records.case(1).case
    for person in people:
        joined = JoinedReport(case_id=case.id, person_id=person.id, joined_at=records.at)
        records.session.add(joined)
    case.joined = len(people)


def _leave_rungs(records: Records) -> None:
    """Let every task have been late once."""
    for task in records.session.scalars(select(Task)):
        records.session.add(
            Chase(task_id=task.id, ordinal=0, kind=RungKind.WARN, due_at=task.due_at, fired_at=task.due_at)
        )


def _leave_copies(records: Records) -> None:
    """Let everybody have got a copy of every decision."""
    people = records.session.scalars(select(Person.id)).all()
    for task in records.session.scalars(select(Task)):
        for person_id in people:
            copy = Copy(case_id=task.case_id, task_id=task.id, post=task.post, person_id=person_id, sent_at=records.at)
            records.session.add(copy)


def _leave_mail(records: Records) -> None:
    """Let what was owed be delivered, with buttons, and the updates be handled that led to it."""
    records.session.execute(update(Notice).values(state=NoticeState.SENT))
    for card_id in records.session.scalars(select(Card.id)):
        for action in ("forward", "note", "send-back", "decline"):
            records.session.add(Button(token=f"{action}-{card_id}", card_id=card_id, action=action, version=1))
    for number in range(10):
        done = InboxUpdate(
            update_id=number,
            lane=1003,
            body={},
            received_at=records.at,
            state=InboxState.DONE,
            attempts=1,
            message_id=number,
        )
        records.session.add(done)


@pytest.fixture
def office(database_kind: str, request: pytest.FixtureRequest) -> Bureau:
    """PostgreSQL reads a small table whole, whatever its indexes, so there it needs an old office."""
    found: Bureau = request.getfixturevalue("bureau" if database_kind == "sqlite" else "old_office")
    return found


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("account", [1002, 1003])
def test_those_who_see_much_look_for_words_by_an_index(office: Bureau, account: int) -> None:
    """On PostgreSQL the planner may go through all where nearly every case has the word, as here: they are copies."""
    office.walks(office.begins("budi"), until=5)
    with plans(office) as found:
        office.work(lambda records: search(records.reader, records.known(account), Asked.parse("simpeg")))
    assert "search_index" in {walk.table for walk in found}
    assert scans(found) == []


@pytest.mark.databases("sqlite")
def test_alike_cases_that_are_over_are_found_by_an_index(office: Bureau) -> None:
    """On PostgreSQL as with the words that people look for: these are the same statement."""
    office.finishes(office.begins("budi"))
    case_id = office.begins("budi")
    office.walks(case_id, until=5)
    with plans(office) as found:
        offered = office.work(
            lambda records: offered_evaluations(records.reader, records.case(case_id).case, records.known(1006))
        )
    assert len(offered) == 1
    assert "search_index" in {walk.table for walk in found}
    assert scans(found) == []


@pytest.mark.parametrize("name", WORK)
def test_no_statement_goes_through_a_growing_table(office: Bureau, name: str) -> None:
    case_id = office.begins("budi")
    office.walks(case_id, until=5)
    office.works(60 * 40)
    with plans(office) as found:
        office.work(WORK[name])
    assert found, "nothing was asked"
    assert scans(found) == []


def test_the_lists_shown_in_a_chat_are_found_among_years_of_cards(office: Bureau) -> None:
    office.begins("budi")
    with plans(office) as found:
        office.work(lambda records: shown_cards(records.reader, 1003, CardKind.QUEUE, face=Face.TASKS))
    assert [(walk.table, walk.index) for walk in found] == [("cards", "ix_cards_live_chat")]


def test_open_reports_are_found_among_years_of_own_ones(office: Bureau) -> None:
    office.begins("budi")
    budi = office["budi"].id
    with plans(office) as found:
        office.work(lambda records: visible(records.reader, records.session.get_one(Person, budi), limit=64))
    own_and_open = re.compile(r"WHERE cases.reporter_id \+ .* AND cases.state = ")
    used = {walk.index for walk in found if own_and_open.search(walk.statement)}
    assert used == {"ix_cases_open"}


def test_a_decision_goes_through_no_growing_table(office: Bureau) -> None:
    case_id = office.begins("budi")
    office.walks(case_id, until=5)
    with plans(office) as found:
        question = office["rina"].asks(case_id)
        office["budi"].answers(question)
        office["hendra"].advises(office["rina"].consults(case_id, post="kabag-p2l"))
        office["maria"].grants(office["rina"].asks_for_more_time(case_id))
        office["rina"].hands_in(case_id)
        office["maria"].gives_back(case_id)
        office.finishes(case_id)
        office["budi"].says_whether_it_helped(case_id, helped=False)
    assert scans(found) == []


def test_a_scan_would_be_seen(office: Bureau) -> None:
    office.begins("budi")
    with plans(office) as found:
        office.work(lambda records: records.session.scalars(select(Notice).where(Notice.attempts > 3)).all())
    assert len(scans(found)) == 1
