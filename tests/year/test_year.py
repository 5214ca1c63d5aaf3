"""A year in one test: officials are away, posts fall vacant, phones are lost, holidays come late, and nothing is lost.

The short form plays three weeks of one office. The long form, `make year`, plays a year of three offices in the three
zones of Indonesia with 2,000 reports. The seed decides everything:

    YEAR_SEED=7 pytest tests/year -m year -k Jayapura --database sqlite

repeats one office. It says a line every week and what is broken when it is found, each with the promise, the instant
and the task.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.year import chases, invariants
from tests.year.days import DAY
from tests.year.docket import Errand, Line
from tests.year.evidence import Owed
from tests.year.house import House
from tests.year.play import Stretch, play

pytestmark = pytest.mark.timeout(900)

T = TypeVar("T")

SEED = int(os.environ.get("YEAR_SEED", "20270104"))

YEAR = Stretch(
    zone="Asia/Makassar",
    start=date(2027, 1, 4),
    end=date(2028, 1, 1),
    reports=667,
    vacancies=5,
    phones=10,
    blocks=8,
    days_off=7,
    seed=SEED,
)
THREE_WEEKS = replace(
    YEAR,
    seed=6,
    start=date(2027, 2, 1),
    end=date(2027, 2, 20),
    reports=12,
    vacancies=1,
    phones=2,
    blocks=1,
    days_off=2,
    pauses=True,
    mandate=False,
)
"""They go over into Ramadan."""

OFFICES = {
    "WIB": replace(YEAR, zone="Asia/Jakarta"),
    "WITA": replace(YEAR, mandate=False),
    "WIT": replace(YEAR, zone="Asia/Jayapura", reports=666, pauses=True),
}


SAID: list[str] = []
"""What the short form has said while it was played."""


def broken(house: House) -> list[str]:
    """Return what was broken in an office, after all that is owed has reached the chats."""
    house.deliver()
    house.deliver_all()
    return [*invariants.check(house), *chases.check(house), *chases.budget(house)]


def _told(found: list[str]) -> str:
    return "\n".join(["", *found[:40], f"{len(found)} in all"])


@pytest.fixture(scope="module")
def three_weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Play the short form once, on SQLite."""
    folder = tmp_path_factory.mktemp("office")
    SAID.clear()
    house = play(THREE_WEEKS, f"sqlite:///{folder}/record.db", folder, say=SAID.append)
    yield house
    house.close()


def test_three_weeks_of_one_office(three_weeks: House) -> None:
    assert not (found := broken(three_weeks)), _told(found)
    assert len(three_weeks.docket.ended) == len(three_weeks.docket.tasks) >= THREE_WEEKS.reports - 3


def test_much_happened_in_three_weeks(three_weeks: House) -> None:
    """The seed is worth something: somebody stood in, a post changed hands, a day off came late."""
    lines, facts = three_weeks.docket.lines, three_weeks.facts
    assert {"chase", "reschedule", "start"} <= {line.action for line in lines}
    assert {"consult", "advise", "copy", "read", "extend"} <= {line.action for line in lines}
    assert any(line.capacity.startswith("plh:") for line in lines)
    versions = three_weeks.almanac.versions
    start = versions[0][0] + DAY
    assert any(at > start for past in facts.posts.values() for at in past.since)
    assert len(versions) > 2


@contextmanager
def _without(lines: list[T], gone: T) -> Iterator[None]:
    place = lines.index(gone)
    lines.remove(gone)
    yield
    lines.insert(place, gone)


def _some_chase(house: House) -> tuple[Errand, Line]:
    """Return the first escalation of which somebody was told at once, with its task."""
    return next(
        (task, line)
        for task in house.docket.everything
        for line in task.chases
        if line.body["rung"] and "to" in line.body
    )


def test_a_chase_that_is_missing_is_noticed(three_weeks: House) -> None:
    task, line = _some_chase(three_weeks)
    with _without(task.chases, line), _without(task.ladder, line):
        assert any("missing" in one for one in chases.check(three_weeks))


def test_a_chase_that_came_early_is_noticed(three_weeks: House) -> None:
    task, line = _some_chase(three_weeks)
    early = replace(line, at=line.at - timedelta(hours=2))
    with _without(task.chases, line):
        task.chases.append(early)
        assert any("early" in one for one in chases.check(three_weeks))
        task.chases.remove(early)


def test_a_reminder_that_was_not_sent_is_noticed(three_weeks: House) -> None:
    task, line = _some_chase(three_weeks)
    owed = three_weeks.evidence.owed
    said = next(
        one for one in owed if one.at == line.at and one.person in line.body["to"] and _names(three_weeks, one, task)
    )
    with _without(owed, said):
        assert any("unsaid" in one for one in chases.check(three_weeks))


def _names(house: House, owed: Owed, task: Errand) -> bool:
    return any(house.errand(task_id) is task for task_id in owed.tasks)


def test_a_reminder_too_many_is_noticed(three_weeks: House) -> None:
    owed = three_weeks.evidence.owed
    again = replace(owed[0], at=owed[0].at + timedelta(minutes=5))
    owed.append(again)
    assert any("budget" in one for one in chases.budget(three_weeks))
    owed.remove(again)


def test_how_far_it_is_is_said_every_week(three_weeks: House) -> None:
    said = [line for line in SAID if "BROKEN" not in line]
    assert len(said) >= 2, "the last case may end in the third week"
    counts = [int(line.split(" cases, ")[0].split()[-1]) for line in said]
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= len(three_weeks.docket.tasks)


def test_a_fault_is_said_when_it_is_found_and_once(three_weeks: House) -> None:
    before = len(SAID)
    three_weeks.fault("I5", "a task lies where nobody sits")
    three_weeks.fault("I5", "a task lies where nobody sits")
    del three_weeks.evidence.faults[-2:]
    assert [line.partition(" I5 ")[0] for line in SAID[before:]] == ["Makassar BROKEN"]


@pytest.mark.year
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", OFFICES)
def test_a_year(
    name: str,
    migrated_url: str,
    tmp_path: Path,
    say: Callable[[str], None],
    record_property: Callable[[str, object], None],
) -> None:
    house = play(OFFICES[name], migrated_url, tmp_path, say=say)
    try:
        found = broken(house)
        told = (
            f"{len(house.docket.tasks)} cases, {len(house.docket.lines)} entries, {len(house.evidence.sent)} messages"
        )
        record_property("year", told)
        assert not found, _told(found)
    finally:
        house.close()
