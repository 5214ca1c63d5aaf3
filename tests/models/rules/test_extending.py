"""An extension moves a deadline by what was granted: from the deadline on, or from the grant where that was over."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.extending import SPANS, Clock, Extension, clock
from models.rules.pausing import Pause, later, paused_for
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar
from tests.models.rules.test_ladder import CALENDAR, calendars, exactly, openings, standards, wita

TWO_DAYS = Standard.parse("2 hari")
OPENED = wita("2026-11-23 09.00")


def extended(*granted: tuple[str, str], pauses: tuple[Pause, ...] = ()) -> Clock:
    extensions = [Extension(wita(at), Standard.parse(span)) for at, span in granted]
    return clock(OPENED, TWO_DAYS, pauses, extensions, CALENDAR)


@pytest.mark.parametrize(
    ("at", "span", "due", "since"),
    [
        ("2026-11-24 15.00", "1 jam", "2026-11-25 10.00", "2026-11-23 09.00"),
        ("2026-11-24 15.00", "4 jam", "2026-11-25 14.00", "2026-11-23 09.00"),
        ("2026-11-24 15.00", "1 hari", "2026-11-26 09.00", "2026-11-23 09.00"),
        ("2026-11-25 09.00", "2 hari", "2026-11-27 09.00", "2026-11-23 09.00"),
        ("2026-11-27 15.00", "1 hari", "2026-11-30 15.00", "2026-11-27 15.00"),
        ("2026-11-25 09.01", "1 jam", "2026-11-25 10.01", "2026-11-25 09.01"),
    ],
    ids=["an-hour", "over-lunch", "a-day", "at-the-deadline", "late-over-the-weekend", "late-by-a-minute"],
)
def test_right_values(at: str, span: str, due: str, since: str) -> None:
    assert extended((at, span)) == Clock(wita(since), wita(due))


def test_a_second_too_late_is_late() -> None:
    late = wita("2026-11-25 09.00") + timedelta(seconds=1)
    found = clock(OPENED, TWO_DAYS, (), [Extension(late, Standard.parse("1 jam"))], CALENDAR)
    assert found == Clock(late, wita("2026-11-25 10.00") + timedelta(seconds=1))


def test_extensions_and_pauses_add_up_in_the_order_in_which_they_came() -> None:
    asked = Pause(wita("2026-11-23 10.00"), wita("2026-11-23 11.00"))
    again = Pause(wita("2026-11-26 08.00"), wita("2026-11-26 10.00"))
    found = extended(("2026-11-25 09.30", "1 hari"), pauses=(asked, again))
    assert found == Clock(wita("2026-11-23 12.00"), wita("2026-11-26 12.00"))
    assert extended(("2026-11-25 09.30", "1 hari")).since == wita("2026-11-25 09.30"), "late but for the pause"


def test_an_extension_that_was_granted_in_a_pause_counts_from_where_the_clock_stood() -> None:
    pause = Pause(wita("2026-11-25 08.00"), wita("2026-11-27 08.00"))
    assert extended(("2026-11-25 08.00", "1 hari"), pauses=(pause,)).due == wita("2026-11-30 09.00")


def test_what_is_kept_is_read_again() -> None:
    for span in SPANS:
        extension = Extension(OPENED, span)
        assert Extension.read(extension.kept) == extension


@exactly
@given(
    calendar=calendars,
    opened=openings,
    standard=standards,
    steps=st.lists(st.tuples(st.integers(60, 3 * 24 * 3600), st.sampled_from([None, *SPANS])), max_size=6),
)
def test_one_by_one_is_the_same_as_afresh(
    calendar: WorkCalendar, opened: datetime, standard: Standard, steps: list[tuple[int, Standard | None]]
) -> None:
    at, due = opened, calendar.due(opened, standard)
    pauses: list[Pause] = []
    extensions: list[Extension] = []
    for length, span in steps:
        if span is None:
            pause = Pause(at, at + timedelta(seconds=length))
            pauses.append(pause)
            due = later(due, paused_for([pause], calendar), calendar)
        at += timedelta(seconds=length)
        if span is not None:
            extensions.append(Extension(at, span))
            due = calendar.due(at if calendar.late(due, at) else due, span)

    found = clock(opened, standard, pauses, extensions, calendar)

    assert found.due == due
    assert calendar.between(found.since, found.due) > 0
