"""What passed in each stretch of a task: time on its clock, waiting, an answer that was owed, and lateness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from models.queries.register.stays import Times
from models.statistics.holding import Held, Hold
from models.statistics.stretches import Span, clocked
from tests.models.rules.test_ladder import CALENDAR, wita

MARIA, RINA = 1, 2
MINUTE, HOUR = 60, 3600

WITH_MARIA, WITH_RINA = ("08.00", "10.00"), ("10.00", "11.00")
"""A task lay two hours with Maria, then one with Rina, on a Monday; its office hours are 07.30–12.00, 13.00–16.00."""


@dataclass(frozen=True)
class Passed:
    used: int = 0
    waited: int = 0
    asked: int = 0
    late: int = 0
    turned_late: bool = False


def span(times: tuple[str, str]) -> Span:
    since, until = times
    return wita(f"2026-11-23 {since}"), wita(f"2026-11-23 {until}")


def passed(
    *lain: tuple[str, str],
    late_by: int = 0,
    pauses: Sequence[tuple[str, str]] = (),
    asked: Sequence[tuple[str, str]] = (),
) -> list[Passed]:
    stretches = [Held(*span(times), Hold.OWN, person) for times, person in zip(lain, (MARIA, RINA), strict=False)]
    due = wita("2026-11-23 09.00")
    took = Times(used=0, waited=0, late_by=late_by, due=due, until=due)
    found = clocked(stretches, took, pauses=list(map(span, pauses)), asked=list(map(span, asked)), calendar=CALENDAR)
    assert [one.held for one in found] == stretches
    return [Passed(one.used, one.waited, one.asked, one.late, one.turned_late) for one in found]


def test_each_is_booked_what_passed_with_them() -> None:
    assert passed(WITH_MARIA, WITH_RINA) == [Passed(used=2 * HOUR), Passed(used=HOUR)]


def test_what_passes_while_the_office_is_closed_is_no_time() -> None:
    assert passed(("11.00", "14.00"), ("16.00", "20.00")) == [Passed(used=2 * HOUR), Passed()]


def test_a_clock_that_was_set_back_makes_no_time_less_than_none() -> None:
    assert passed(("10.00", "09.00")) == [Passed()]


@pytest.mark.parametrize(
    ("late_by", "with_maria", "with_rina", "turned"),
    [
        (0, 0, 0, None),
        (1, 0, 1, RINA),
        (HOUR, 0, HOUR, RINA),
        (HOUR + 1, 1, HOUR, MARIA),
        (90 * MINUTE, 30 * MINUTE, HOUR, MARIA),
        (3 * HOUR, 2 * HOUR, HOUR, MARIA),
        (3 * HOUR + 1, 2 * HOUR, HOUR, None),
    ],
    ids=["in-time", "a-second", "an-hour", "a-second-of-hers", "half-an-hour-of-hers", "all-of-it", "before-a-recall"],
)
def test_lateness_is_counted_backwards_and_turned_late_with_the_person_with_whom_it_began(
    late_by: int, with_maria: int, with_rina: int, turned: int | None
) -> None:
    assert passed(WITH_MARIA, WITH_RINA, late_by=late_by) == [
        Passed(used=2 * HOUR, late=with_maria, turned_late=turned == MARIA),
        Passed(used=HOUR, late=with_rina, turned_late=turned == RINA),
    ]


def test_a_pause_is_waiting_in_each_of_the_stretches_in_which_it_lay() -> None:
    assert passed(WITH_MARIA, WITH_RINA, late_by=HOUR, pauses=[("09.30", "10.20")]) == [
        Passed(used=90 * MINUTE, waited=30 * MINUTE, late=20 * MINUTE, turned_late=True),
        Passed(used=40 * MINUTE, waited=20 * MINUTE, late=40 * MINUTE),
    ]


def test_nobody_is_late_in_a_stretch_that_was_a_pause_from_its_beginning_to_its_end() -> None:
    assert passed(WITH_MARIA, WITH_RINA, late_by=HOUR, pauses=[("10.00", "11.00"), ("08.00", "08.10")]) == [
        Passed(used=110 * MINUTE, waited=10 * MINUTE, late=HOUR, turned_late=True),
        Passed(waited=HOUR),
    ]


@pytest.mark.parametrize(
    ("asked", "with_maria", "with_rina"),
    [
        ([("09.00", "10.30")], 60, 30),
        ([("07.00", "15.00")], 120, 60),
        ([("09.00", "09.40"), ("09.30", "10.30")], 60, 30),
        ([("09.00", "10.00"), ("09.10", "09.20")], 60, 0),
        ([("09.10", "09.20"), ("09.00", "10.00")], 60, 0),
        ([("09.00", "09.10"), ("09.30", "09.40"), ("09.35", "09.50"), ("10.50", "10.55")], 30, 5),
        ([("11.00", "12.00")], 0, 0),
    ],
    ids=["over-both", "all-the-time", "overlapping", "one-in-another", "in-no-order", "several", "later"],
)
def test_an_answer_that_was_owed_while_the_clock_ran_counts_once_for_each_minute(
    asked: list[tuple[str, str]], with_maria: int, with_rina: int
) -> None:
    found = passed(WITH_MARIA, WITH_RINA, asked=asked)
    assert found == [
        Passed(used=2 * HOUR, asked=with_maria * MINUTE),
        Passed(used=HOUR, asked=with_rina * MINUTE),
    ]


@pytest.mark.parametrize(
    ("pauses", "owed"),
    [
        ([("09.00", "09.30")], 30),
        ([("09.30", "10.00")], 30),
        ([("09.10", "09.20")], 50),
        ([("09.10", "09.20"), ("09.40", "09.45")], 45),
        ([("08.50", "09.20"), ("09.50", "10.00")], 30),
        ([("08.00", "10.00")], 0),
        ([("08.10", "08.20")], 60),
    ],
    ids=["begins-it", "ends-it", "inside", "two-inside", "at-both-ends", "around-it", "before-it"],
)
def test_a_pause_is_not_counted_a_second_time_as_an_answer_that_was_owed(
    pauses: list[tuple[str, str]], owed: int
) -> None:
    (found,) = passed(WITH_MARIA, pauses=pauses, asked=[("09.00", "10.00")])
    assert found.asked == owed * MINUTE
    assert found.used + found.waited == 2 * HOUR
