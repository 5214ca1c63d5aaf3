"""What one person hears: when they may be reminded again, and what the next reminder must name."""

from datetime import UTC, datetime, timedelta

import pytest

from models.office.attention import (
    CHASED,
    may_be_reminded,
    note_act,
    note_arrival,
    note_reminder,
    note_silent_card,
    pending_of,
    quiet_until,
    want_reminder,
)
from models.office.person import Person
from models.rules.office_file import OfficeFile
from models.rules.rules import Rules


def wita(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def file(packaged_rules: Rules) -> OfficeFile:
    return packaged_rules.office


@pytest.fixture
def siti() -> Person:
    return Person(id=1, remind_at=None, reminded_at=None, unanswered=0, pending=None)


def test_who_was_never_reminded_may_be_at_once(siti: Person, file: OfficeFile) -> None:
    assert quiet_until(siti, file, at=wita(23, 9)) == wita(23, 9)


def test_each_reminder_makes_the_next_one_wait_longer(siti: Person, file: OfficeFile) -> None:
    waits = []
    at = wita(23, 7, 54)
    for _ in range(5):
        note_reminder(siti, file, at=at)
        at = quiet_until(siti, file, at=at)
        waits.append(at)
    assert waits == [wita(23, 8, 24), wita(23, 9, 24), wita(23, 11, 24), wita(23, 13), wita(24, 7, 30)]


def test_a_reminder_that_had_to_wait_for_telegram_counts_from_when_it_came(siti: Person, file: OfficeFile) -> None:
    note_reminder(siti, file, at=wita(23, 9))
    note_arrival(siti, at=wita(23, 9, 0, 2))
    assert quiet_until(siti, file, at=wita(23, 9, 1)) == wita(23, 9, 30), "as it usually comes"
    note_arrival(siti, at=wita(23, 9, 20))
    assert quiet_until(siti, file, at=wita(23, 9, 21)) == wita(23, 9, 50)


def test_a_working_day_with_nothing_to_remind_of_lets_it_begin_again(siti: Person, file: OfficeFile) -> None:
    for at in (wita(23, 9), wita(23, 10), wita(23, 13)):
        note_reminder(siti, file, at=at)
    note_reminder(siti, file, at=wita(24, 14))
    assert siti.unanswered == 1
    note_reminder(siti, file, at=wita(24, 15))
    assert siti.unanswered == 2


def test_who_acts_is_left_alone_for_half_an_hour_and_then_reminded_as_at_first(siti: Person, file: OfficeFile) -> None:
    for at in (wita(23, 9), wita(23, 9, 30), wita(23, 10, 30)):
        note_reminder(siti, file, at=at)
    want_reminder(siti, quiet_until(siti, file, at=wita(23, 10, 31)))
    assert siti.remind_at == wita(23, 13, 30)
    note_act(siti, file, at=wita(23, 11))
    assert siti.remind_at == quiet_until(siti, file, at=wita(23, 11)) == wita(23, 11, 30)
    note_act(siti, file, at=wita(23, 11, 20))
    assert siti.remind_at == wita(23, 11, 30), "who acts again does not put it off"


def test_an_act_brings_no_reminder_that_nobody_wants(siti: Person, file: OfficeFile) -> None:
    note_reminder(siti, file, at=wita(23, 9))
    note_act(siti, file, at=wita(23, 9, 5))
    assert siti.remind_at is None


@pytest.mark.parametrize(
    ("came", "named"),
    [
        (wita(23, 9), wita(23, 9, 30)),
        (wita(23, 15, 50), wita(24, 7, 50)),
        (wita(23, 12, 30), wita(23, 13)),
        (wita(23, 20), wita(24, 7, 30)),
        (wita(27, 17), wita(30, 7, 30)),
    ],
)
def test_a_card_that_came_silently_is_named_soon_or_at_the_opening(
    siti: Person, file: OfficeFile, came: datetime, named: datetime
) -> None:
    note_silent_card(siti, 7, file, version=3, at=came)
    assert (siti.remind_at, siti.pending) == (named, [[7, 3]])


def test_wanting_it_twice_keeps_the_earlier_instant_and_each_task_once(siti: Person) -> None:
    want_reminder(siti, wita(23, 10), of={1: 4})
    want_reminder(siti, wita(23, 11), of={1: CHASED, 2: CHASED})
    assert siti.remind_at == wita(23, 10)
    assert pending_of(siti) == {1: 4, 2: CHASED}


def test_a_row_from_before_versions_were_kept_names_what_was_untouched(siti: Person) -> None:
    siti.pending = [7]
    want_reminder(siti, wita(23, 10), of={8: 2})
    assert pending_of(siti) == {7: 1, 8: 2}


def test_a_reminder_noted_by_a_clock_that_was_ahead_counts_for_nothing(siti: Person, file: OfficeFile) -> None:
    note_reminder(siti, file, at=wita(30, 9))
    assert may_be_reminded(siti, file, at=wita(23, 9))
    note_reminder(siti, file, at=wita(23, 9))
    assert siti.unanswered == 1
