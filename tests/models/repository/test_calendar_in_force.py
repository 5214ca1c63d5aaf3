"""The calendar in force: in every session from the commit that brings it, and at no statement of its own."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

import models
from models.administration.calendar import adopt_calendar, bring_into_force
from models.rules.office_calendar import CalendarEntry, EntryKind
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.rivals import meet
from tests.reports import a_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.repository.records import Records

CODE = Path(models.__file__).parents[1]
TUESDAY = datetime(2026, 11, 24, 7, 45, tzinfo=UTC)
"""15.45 WITA."""


def day_off(records: Records) -> object:
    entry = CalendarEntry(0, EntryKind.DAY_OFF, date(2026, 11, 25), date(2026, 11, 25), "SK 1", by=2, at=records.at)
    return bring_into_force(records, lambda calendar: calendar.entered(entry))


def reports(bureau: Bureau) -> int:
    return bureau.begins("budi")


@contextmanager
def statements(bureau: Bureau) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)


def test_a_decision_asks_for_the_calendar_in_the_statement_that_reads_the_tenures(bureau: Bureau) -> None:
    bureau.work(adopt_calendar)
    bureau.begins("budi")
    bureau["bambang"].forwards(bureau.only_case())
    with statements(bureau) as found:
        bureau["siti"].forwards(bureau.only_case())
    asking = [one for one in found if "calendar_versions" in one]
    assert len(asking) == 1
    assert "FROM tenures" in asking[0]


def test_a_version_is_in_force_in_the_work_that_brings_it(bureau: Bureau) -> None:
    bureau.work(adopt_calendar)

    def work(records: Records) -> tuple[bool, bool, bool]:
        day_off(records)
        day = date(2026, 11, 25)
        return (
            records.calendar.is_working_day(day),
            records.lock_office().file.calendar.is_working_day(day),
            records.reader.office().file.calendar.is_working_day(day),
        )

    assert bureau.work(work) == (False, False, False)


@pytest.mark.databases("postgresql")
def test_a_report_that_waits_for_a_change_is_due_by_the_new_calendar(bureau: Bureau) -> None:
    bureau.work(adopt_calendar)
    bureau.at = TUESDAY

    def report(records: Records) -> int:
        budi = records.person_by_id(bureau["budi"].id)
        assert budi is not None
        begun = records.begin(a_report("SIMPEG mati"), reporter=budi, sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    _, reported = meet(bureau, day_off, report)
    assert reported.result is not None
    assert bureau.task(reported.result).due_at == datetime(2026, 11, 25, 23, 45, tzinfo=UTC), "Thursday 07.45 WITA"


@pytest.mark.databases("postgresql")
def test_a_change_that_waits_for_a_report_moves_its_deadline(bureau: Bureau) -> None:
    bureau.work(adopt_calendar)
    bureau.at = TUESDAY

    def report(records: Records) -> int:
        budi = records.person_by_id(bureau["budi"].id)
        assert budi is not None
        begun = records.begin(a_report("SIMPEG mati"), reporter=budi, sop=SOFTWARE)
        records.session.flush()
        return begun.case.id

    case_id, _ = meet(bureau, report, day_off)
    assert bureau.task(case_id).due_at == datetime(2026, 11, 25, 23, 45, tzinfo=UTC)


def test_nothing_decides_by_the_calendar_of_the_office_file_alone() -> None:
    """The file's part is asked by its reading, by what brings it into force, and for the zone of texts."""
    allowed = {
        "bot/assembly.py",
        "bot/cli/checking.py",
        "bot/cli/register.py",
        "bot/cli/rekap.py",
        "bot/demonstration/premises.py",
        "bot/demonstration/stage.py",
        "bot/health.py",
        "bot/updates/rivals.py",
        "handlers/routes.py",
        "models/administration/calendar.py",
        "models/queries/register/reading.py",
        "models/repository/catching_up.py",
        "models/repository/finder.py",
        "models/repository/office_lock.py",
        "models/repository/reader.py",
    }
    asking = {
        str(path.relative_to(CODE))
        for floor in ("bot", "handlers", "models")
        for path in (CODE / floor).rglob("*.py")
        if "rules.office.calendar" in path.read_text()
    }
    assert asking <= allowed, "ask `records.calendar`, `reader.calendar` or `office.file.calendar`"
