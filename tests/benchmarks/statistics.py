"""What figures cost in a large record: to count the tasks of years, to read a month, a year, a span, and a list."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bot.rules import load_rules
from bot.settings import Settings
from bot.storage import migration
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period
from models.rules.rules import Rules
from models.statistics.cells import Key
from models.statistics.counting import count_some
from models.statistics.figures import by_person, total
from models.statistics.listing import Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted
from tests.benchmarks.databases import Databases
from tests.benchmarks.figures import Figure, Findings
from tests.models.bureau import Bureau
from tests.models.statistics.rows import BEGINS, Writer

_A_YEAR = 100_000
"""Cases that an office has in a year."""

_MOST = 200
"""Milliseconds that any page may take."""

_TIMES = 5

_MAIN = frozenset({"minutes", "how", "outcome"})

_YEAR, _MONTH = Period(date(2027, 1, 1), date(2027, 12, 31)), Period(date(2027, 1, 1), date(2027, 1, 31))
_SPAN = Period(date(2026, 12, 17), date(2027, 2, 9))


def statistics(databases: Databases, findings: Findings, *, cases: int, seed: int) -> None:
    """Fill a record with so many cases, count them, then read figures of them."""
    url = databases.make("statistics")
    engine = create_engine(url)
    migration.upgrade(engine)
    rules = load_rules(Settings.load(None))
    Bureau.founds(engine, rules)
    days = max(60, 365 * cases // _A_YEAR)
    with Session(engine) as session, session.begin():
        Writer(session, rules, seed, days=days).writes(cases)
    at, began, counted = BEGINS + timedelta(days=days + 30), time.perf_counter(), 0
    while True:
        with Session(engine) as session, session.begin():
            some = count_some(Records(session, rules=rules, at=at))
        if not some:
            break
        counted += some
    took = time.perf_counter() - began
    findings.add(
        Figure("statistics", "tasks counted", counted, "", f"{cases:,} cases, {databases.size(url):.2f} GB"),
        Figure("statistics", "counting one task", 1e3 * took / counted, "ms", "by the leading process, between taps"),
    )
    with Session(engine) as session:
        _read(session, rules, at, findings)
    engine.dispose()


def _read(session: Session, rules: Rules, at: datetime, findings: Findings) -> None:
    reader = Reader(session, rules=rules, at=at)
    for name, period in (("a month", _MONTH), ("a year", _YEAR), ("a span with edges", _SPAN)):
        wanted = Wanted(period)
        _time(findings, f"the page of {name}", partial(_page, reader, wanted))
    people = Wanted(_YEAR)
    _time(findings, "the people of a year", lambda: by_person(Statistics(reader).cells(people, frozenset(Key._fields))))
    _time(
        findings,
        "a page of late cases of a year",
        lambda: cases_of(Statistics(reader), reader, Number.LATE, people, offset=60, limit=6),
    )


def _page(reader: Reader, wanted: Wanted) -> object:
    found = Statistics(reader)
    return total(found.cells(wanted, _MAIN)), found.came(wanted), found.open_now(wanted), found.verdicts(wanted)


def _time(findings: Findings, name: str, work: Callable[[], object]) -> None:
    spent = []
    for _ in range(_TIMES):
        began = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - began))
    said = f"of the processor, median of {_TIMES}"
    findings.add(Figure("statistics", name, sorted(spent)[_TIMES // 2], "ms", said, most=_MOST))
