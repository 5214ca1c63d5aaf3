"""The register against a second count of the same record, made case by case and minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from models.administration.restricting import restrict
from models.case.case import Case, CaseState
from models.case.task import Task
from models.office.person import Person
from models.office.seating import Because
from models.office.tenure import Capacity
from models.queries.register import reading, sights
from models.queries.register.reading import Register
from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow
from models.queries.register.sights import Sights
from models.queries.register.wanted import Wanted, right_to_take
from models.repository.records import Records
from models.rules.actions import Outcome
from models.rules.ladder import RungKind
from models.rules.period import Period
from models.rules.sop_file import parse_sop
from models.rules.work_calendar import WorkCalendar
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.conftest import OpenBureauAt
from tests.models.test_indexes import plans, scans

MINUTE = timedelta(minutes=1)
ALL = Wanted()
NOVEMBER, DECEMBER = Period(date(2026, 11, 1), date(2026, 11, 30)), Period(date(2026, 12, 1), date(2026, 12, 31))


def pausing(bureau: Bureau) -> None:
    """Let the clock stand still from now on while the reporter of a case is asked."""
    text = bureau.rules.sops[SOFTWARE].text.replace('kind = "handle"', 'kind = "handle"\npauses = true', 1)
    bureau.knows(parse_sop(text, source="pausing.toml"))


def plays(bureau: Bureau) -> None:
    """Let a record come about over the end of a month, with what makes its times hard to count."""
    bureau.lives_through_much()
    pausing(bureau)
    secret = bureau.begins("budi", "Rahasia: sandi SIMPEG bocor", confidential=True)
    bureau.works(47)
    bureau.sweeps()
    bureau["bambang"].forwards(secret, note="Hanya untuk Siti.")
    late = bureau.begins("budi", "Printer lantai 2 rusak")
    bureau.walks(late, until=5)
    bureau["rina"].starts(late)
    bureau.works(90)
    question = bureau["rina"].asks(late)
    bureau.works(200)
    bureau["budi"].answers(question)
    request = bureau["rina"].asks_for_more_time(late, "4 jam")
    bureau["maria"].grants(request)
    bureau.works(2600)
    bureau.sweeps()
    bureau["rina"].hands_in(late)
    taken_back = bureau.begins("budi", "Email tidak terkirim")
    bureau.works(10)
    bureau["bambang"].forwards(taken_back)
    bureau.works(5)
    bureau["bambang"].recalls(taken_back)
    bureau.works(300)
    bureau["bambang"].forwards(taken_back)
    withdrawn = bureau.begins("budi", "Sudah pulih sendiri")
    bureau.works(45)
    bureau["budi"].withdraws(withdrawn)
    bureau["hendra"].leaves("kabag-p2l")
    bureau.deals("kabag-p2l")
    asked = bureau.begins("siti", "Menunggu jawaban")
    bureau.walks(asked, until=5)
    bureau["rina"].starts(asked)
    bureau["rina"].asks(asked)
    bureau.works(120)


@pytest.fixture
def played(open_bureau_at: OpenBureauAt) -> Bureau:
    opened = open_bureau_at("register", plays)
    pausing(opened)
    return opened


def rows(bureau: Bureau, wanted: Wanted = ALL, shown: Sights = sights.everything) -> list[Row]:
    return bureau.work(lambda records: list(Register(records.reader, wanted, sights=shown).rows()))


def steps(bureau: Bureau, wanted: Wanted = ALL) -> list[StepRow]:
    return [row for row in rows(bureau, wanted) if isinstance(row, StepRow)]


def minutes(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[datetime]:
    """Go through the minutes of office time from `start` to `end`."""
    while start < end:
        if calendar.is_open(start):
            yield start
        start += MINUTE


def stood_still(task: Task, at: datetime) -> bool:
    """Whether the clock of a task stood still at an instant."""
    over = any(datetime.fromisoformat(one["from"]) <= at < datetime.fromisoformat(one["until"]) for one in task.pauses)
    return over or (task.paused_at is not None and task.closed_at is None and at >= task.paused_at)


def recounted(records: Records, case: Case, task: Task) -> dict[str, Any]:
    """Count a stay minute by minute; events of the played record lie on whole minutes."""
    calendar = records.calendar
    end = task.closed_at or records.at
    since = task.clock_from or task.opened_at
    on_clock = [at for at in minutes(calendar, since, end) if not stood_still(task, at)]
    waited = [at for at in minutes(calendar, task.opened_at, end) if stood_still(task, at)]
    allowed = task.time_standard.seconds
    if allowed is None:
        deadline = task.standard_deadline(calendar)
        late = sum(1 for _ in minutes(calendar, deadline, end if task.paused_at is None else task.paused_at)) * 60
    else:
        late = max(0, len(on_clock) * 60 - allowed)
    return {
        "number": case.number,
        "round": task.round,
        "step": task.step,
        "used": len(on_clock) * 60,
        "waited": len(waited) * 60,
        "late_by": late,
        "outcome": task.outcome,
    }


def test_every_stay_is_counted_as_a_second_count_has_it(played: Bureau) -> None:
    def recount(records: Records) -> list[dict[str, Any]]:
        numbers = range(1, records.session.query(Case).count() + 1)
        cases = [records.case(number).case for number in numbers]
        return [recounted(records, case, task) for case in cases for task in case.tasks]

    expected = played.work(recount)
    found = [{name: getattr(row, name) for name in expected[0]} for row in steps(played)]
    assert found == expected
    assert {row["late_by"] > 0 for row in found} == {True, False}
    assert any(row["waited"] for row in found)


def test_a_case_stands_before_its_stays_and_counts_them(played: Bureau) -> None:
    found = rows(played)
    cases = [row for row in found if isinstance(row, CaseRow)]
    for case in cases:
        place = found.index(case)
        own = [row for row in found[place + 1 :] if isinstance(row, StepRow) and row.number == case.number]
        assert found[place + 1 : place + 1 + len(own)] == own
        assert (case.steps, case.late) == (len(own), sum(row.late_by > 0 for row in own))
        assert case.took == sum(
            60 for _ in minutes(played.rules.office.calendar, case.opened_at, case.closed_at or played.at)
        )
        assert bool(case.waits_at) == (case.state is CaseState.OPEN)
    first = cases[0]
    assert (first.reporter, first.helped, first.result, first.round) == ("Budi Santoso", True, "Isi result.", 2)
    assert [case.state for case in cases] == [
        CaseState.CLOSED,
        CaseState.DECLINED,
        *[CaseState.OPEN] * 4,
        CaseState.WITHDRAWN,
        CaseState.OPEN,
    ]


def test_it_says_who_had_a_stay_and_as_what(played: Bureau) -> None:
    found = steps(played)
    first = found[0]
    assert (first.post, first.person, first.capacity) == ("Kakanwil", "Bambang Wijaya", Capacity.DEFINITIVE)
    assert (first.given_to, first.outcome) == ("", Outcome.FORWARDED)
    # A withdrawal is the reporter's doing, not that of the official whose task it was.
    withdrawn = next(row for row in found if row.outcome is Outcome.WITHDRAWN)
    assert (withdrawn.person, withdrawn.capacity, withdrawn.late_by > 0) == ("", None, True)
    waiting = found[-1]
    assert (waiting.outcome, waiting.closed_at, waiting.person) == (None, None, "Rina Mokoginta")
    extended = next(row for row in found if row.extensions)
    assert (extended.extensions, extended.standard) == (["4 jam"], "2 hari")


def test_a_late_stay_says_why_for_those_who_may_read_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "Printer rusak")
    secret = bureau.begins("budi", "Sandi bocor", confidential=True)
    bureau.works(60)
    for one in (case_id, secret):
        bureau["bambang"].explains(one, "Sedang rapat.")
        bureau["bambang"].forwards(one)
    found = {(row.number, row.step): row for row in steps(bureau)}
    told = found["SW-2026-0001", 1]
    assert (told.late_reason, told.late_reason_by, told.late_reason_as) == (
        *("Sedang rapat.", "Bambang Wijaya", Capacity.DEFINITIVE),
    )
    unread = [row for row in rows(bureau, shown=sights.positions) if isinstance(row, StepRow) and row.step == 1][1]
    for silent in (unread, found["SW-2026-0001", 2]):
        assert (silent.late_reason, silent.late_reason_by, silent.late_reason_as) == ("", "", None)

    bureau["budi"].withdraws(case_id)
    bureau.work(lambda records: restrict(records, bureau["bambang"]._person(records), because="permintaan"))
    assert steps(bureau)[0].late_reason == "", "its writer asked for that, and the case is over"


def test_a_stay_that_another_post_decided_says_whose_it_was(played: Bureau) -> None:
    raised = [row for row in steps(played) if row.raised_because is not None]
    assert {(row.raised_from, row.post, row.raised_because) for row in raised} == {
        ("Kabag P2L", "Kadiv", Because.VACANT)
    }
    there = steps(played, Wanted(post="kabag-p2l"))
    assert {row.post for row in there} == {"Kabag P2L", "Kadiv"}
    assert all("Kabag P2L" in {row.post, row.raised_from} for row in there)


def test_the_chases_of_a_stay_follow_the_stays_of_its_case(played: Bureau) -> None:
    found = [row for row in rows(played) if isinstance(row, ChaseRow)]
    assert [row.kind for row in found if row.number == "SW-2026-0001"][:1] == [RungKind.WARN]
    assert {row.kind for row in found} >= {RungKind.WARN, RungKind.LATE}
    assert all(row.fired_at >= row.due_at for row in found)


def test_people_in_posts_come_last(played: Bureau) -> None:
    found = rows(played)
    tenures = [row for row in found if isinstance(row, TenureRow)]
    assert found[-len(tenures) :] == tenures
    ended = next(row for row in tenures if row.ends_at is not None)
    assert (ended.person, ended.post, ended.nip[:4]) == ("Hendra Lumi", "Kabag P2L", "1980")
    assert [row.person for row in rows(played, Wanted(post="kadiv")) if isinstance(row, TenureRow)] == [
        "Siti Rahmawati"
    ]


def touching(row: StepRow | CaseRow, period: Period, calendar: WorkCalendar) -> bool:
    begun = row.opened_at < period.ends(calendar.zone)
    return begun and (row.closed_at is None or row.closed_at >= period.starts(calendar.zone))


@pytest.mark.parametrize("period", [NOVEMBER, DECEMBER, Period(date(2026, 10, 1), date(2026, 10, 31))], ids=str)
def test_a_period_takes_what_lies_in_it_at_least_partly(played: Bureau, period: Period) -> None:
    calendar = played.rules.office.calendar
    everything = [row for row in rows(played) if isinstance(row, StepRow | CaseRow)]
    found = [row for row in rows(played, Wanted(period)) if isinstance(row, StepRow | CaseRow)]
    assert found == [row for row in everything if touching(row, period, calendar)]
    fired = [row for row in rows(played, Wanted(period)) if isinstance(row, ChaseRow)]
    assert all(period.starts(calendar.zone) <= row.fired_at < period.ends(calendar.zone) for row in fired)


@pytest.mark.parametrize("period", [NOVEMBER, DECEMBER], ids=str)
def test_late_in_a_period_is_what_was_late_for_a_minute_of_it(played: Bureau, period: Period) -> None:
    calendar, zone = played.rules.office.calendar, played.rules.office.calendar.zone

    def late_there(records: Records) -> list[tuple[int, int]]:
        found = []
        for number in range(1, records.session.query(Case).count() + 1):
            for task in records.case(number).case.tasks:
                due = task.standard_deadline(calendar) if task.extensions else task.due_at
                until = task.closed_at or task.paused_at or records.at
                after = minutes(calendar, max(due, period.starts(zone)), min(until, period.ends(zone)))
                if any(True for _ in after):
                    found.append((number, task.step))
        return found

    found = steps(played, Wanted(period, late=True))
    assert [(int(row.number[-4:]), row.step) for row in found] == played.work(late_there)
    assert found
    cases = {row.number for row in rows(played, Wanted(period, late=True)) if isinstance(row, CaseRow)}
    assert cases == {row.number for row in found}


def test_a_filter_that_nothing_passes_leaves_the_people_in_posts(played: Bureau) -> None:
    assert {type(row) for row in rows(played, Wanted(sop="penanganan-masalah-hardware"))} == {TenureRow}


def of_secret(bureau: Bureau, shown: Sights) -> tuple[CaseRow, StepRow]:
    found = rows(bureau, shown=shown)
    case = next(row for row in found if isinstance(row, CaseRow) and row.confidential)
    return case, next(row for row in found if isinstance(row, StepRow) and row.number == case.number)


def seen_by(bureau: Bureau, name: str) -> tuple[CaseRow, StepRow]:
    def read(records: Records) -> list[Row]:
        person = records.session.get_one(Person, bureau[name].id)
        shown = sights.as_seen_by(records.reader, person)
        return list(Register(records.reader, Wanted(), sights=shown).rows())

    found = bureau.work(read)
    case = next(row for row in found if isinstance(row, CaseRow) and row.confidential)
    return case, next(row for row in found if isinstance(row, StepRow) and row.number == case.number)


def test_of_a_confidential_case_only_its_number_and_place_stand_there(played: Bureau) -> None:
    case, step = of_secret(played, sights.positions)
    assert (case.reporter, case.unit, case.urgency, case.text, case.result, case.helped) == ("", "", None, "", "", None)
    assert (step.note, step.instructions) == ("", [])
    assert (case.number, case.waits_at, step.person) == ("SW-2026-0004", "Kadiv", "Bambang Wijaya")


@pytest.mark.parametrize(("name", "reads"), [("bambang", True), ("siti", True), ("maria", False), ("dewi", False)])
def test_in_chat_its_words_are_for_those_who_may_read_it(played: Bureau, name: str, reads: bool) -> None:  # noqa: FBT001 - a parameter of the test
    case, step = seen_by(played, name)
    assert ("sandi" in case.text, bool(step.note)) == (reads, reads)


def test_words_of_a_restricted_person_stand_in_open_cases_alone(played: Bureau) -> None:
    budi = played["budi"].id

    def reported() -> list[CaseRow]:
        return [row for row in rows(played) if isinstance(row, CaseRow) and row.reporter == "Budi Santoso"]

    before = reported()
    played.work(lambda records: restrict(records, records.session.get_one(Person, budi), because="permintaan"))
    assert {row.closed_at is None for row in before} == {True, False}
    assert reported() == [row if row.closed_at is None else replace(row, text="") for row in before]


def test_pages_of_one_case_give_the_same_rows(played: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, shares = rows(played), list[float]()
    monkeypatch.setattr(reading, "_CASES", reading._CASES.limit(1))
    found = played.work(
        lambda records: list(
            Register(records.reader, Wanted(), sights=sights.everything, progress=shares.append).rows()
        )
    )
    assert found == whole
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (8, 1.0)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("wanted", [ALL, Wanted(NOVEMBER, "kadiv", SOFTWARE, late=True)], ids=["all", "narrowed"])
def test_what_belongs_to_a_case_is_found_by_its_index(played: Bureau, wanted: Wanted) -> None:
    with plans(played) as found:
        rows(played, wanted)
    assert {walk.table for walk in found} >= {"cases", "tasks", "chases", "evaluations"}
    # The cases themselves are gone through once, by their key.
    assert {walk.table for walk in scans(found)} == {"cases"}
    assert all(walk.index is None for walk in scans(found))


@pytest.mark.parametrize(
    ("name", "acts_as"),
    [
        ("dewi", "admin"),
        ("bambang", "definitive:kakanwil"),
        ("maria", "definitive:kasubbag-humas"),
        ("rina", "definitive:jft-prakom"),
        ("siti", None),
        ("budi", None),
    ],
)
def test_who_may_have_it_in_chat_and_as_what(played: Bureau, name: str, acts_as: str | None) -> None:
    def right(records: Records) -> str | None:
        return right_to_take(records.reader.office(), records.session.get_one(Person, played[name].id))

    assert played.work(right) == acts_as


def test_the_deputy_has_it_while_nobody_heads_the_office(bureau: Bureau) -> None:
    office = replace(bureau.rules.office, deputy="kadiv")
    bureau.rules = replace(bureau.rules, office=office)

    def right(records: Records) -> str | None:
        return right_to_take(records.reader.office(), records.session.get_one(Person, bureau["siti"].id))

    assert bureau.work(right) is None
    bureau["bambang"].leaves("kakanwil")
    assert bureau.work(right) == "definitive:kadiv"


def test_what_is_wanted_is_kept_and_read() -> None:
    for wanted in (Wanted(), Wanted(NOVEMBER, "kadiv", SOFTWARE, late=True)):
        assert Wanted.read(wanted.kept) == wanted
