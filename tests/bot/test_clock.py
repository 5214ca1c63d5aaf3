"""The system's clock, and one that can be moved forward."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, MovableClock

MONDAY = datetime(2026, 3, 30, 8, 30, tzinfo=timezone(timedelta(hours=8)))


def test_the_systems_clock_is_aware_and_in_utc() -> None:
    clock = Clock()
    assert clock.now().tzinfo is UTC
    assert clock.now() <= clock.now()
    assert clock.real_instant(MONDAY) == MONDAY


def test_a_frozen_clock_moves_only_when_told() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    assert clock.now() == MONDAY
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(minutes=10))
    assert clock.now() == MONDAY + timedelta(minutes=10)
    assert clock.real_instant(MONDAY) is None, "it will not show anything by itself"


def test_a_running_clock_knows_when_it_will_show_an_instant() -> None:
    clock = MovableClock(MONDAY)
    before = Clock().now()
    real = clock.real_instant(clock.now() + timedelta(minutes=10))
    assert real is not None
    assert timedelta(0) <= real - before - timedelta(minutes=10) < timedelta(seconds=5)

    clock.advance(timedelta(minutes=10))
    assert clock.now() >= MONDAY + timedelta(minutes=10)


def test_without_a_start_it_shows_the_present() -> None:
    assert abs(MovableClock().now() - Clock().now()) < timedelta(seconds=5)
    assert abs(MovableClock(frozen=True).now() - Clock().now()) < timedelta(seconds=5)


def test_those_who_plan_by_it_hear_of_each_leap() -> None:
    clock, heard = MovableClock(MONDAY, frozen=True), []
    clock.on_jump(lambda: heard.append(clock.now()))
    clock.advance(timedelta(hours=1))
    clock.jump_to(MONDAY + timedelta(days=1))
    assert heard == [MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1)]


def test_it_does_not_go_back() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="does not go back"):
        clock.jump_to(MONDAY - timedelta(days=1))
    assert clock.now() == MONDAY
