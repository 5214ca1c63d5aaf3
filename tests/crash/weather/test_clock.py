"""The machine's clock leaps and is set back, and a weekend goes by without the program: rungs once, never early."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot import chaser
from bot.clock import Clock
from models.chase import sweep
from models.repository.records import Records
from tests.crash import office_hours
from tests.crash.weather.town import MONDAY, Town, town
from tests.reports import a_report

pytestmark = pytest.mark.databases("sqlite")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
"""Friday, 15.00 WITA, one and a half hours before the office closes."""


class LeapingClock(Clock):
    """A system clock that somebody sets: it shows what it is told, and tells nobody that it was moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def real_instant(self, at: datetime) -> None:
        """Return None: what this clock shows next is not to be foreseen."""


async def wakes(place: Town) -> None:
    """Let the safety sweep come round, which is not moved by any clock."""
    place.program.parts.chaser.nudge()
    await place.settle()


@pytest.mark.parametrize(
    "leap",
    [
        pytest.param(HOUR, id="+1h", marks=pytest.mark.crash),
        pytest.param(-HOUR, id="-1h"),
        pytest.param(DAY, id="+1d", marks=pytest.mark.crash),
        pytest.param(-DAY, id="-1d", marks=pytest.mark.crash),
    ],
)
async def test_the_ladder_under_a_clock_that_leaps(migrated_url: str, leap: timedelta) -> None:
    clock = LeapingClock(MONDAY + DAY)
    async with town(migrated_url, clock=clock) as place:
        await place.report(*place.newcomers(2))
        for minutes in (25, 10):
            clock.at += timedelta(minutes=minutes)
            await wakes(place)
        clock.at += leap
        await wakes(place)
        place.heads["kakanwil"].taps("Teruskan ke")
        await place.settle()
        clock.at += timedelta(minutes=31)
        await wakes(place)
        clock.at -= leap
        await wakes(place)
        clock.at += timedelta(minutes=31)
        await wakes(place)
        place.check(place.evidence(unsteady=True))


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(1, 5))
async def test_cases_under_a_clock_that_leaps_again_and_again(migrated_url: str, seed: int) -> None:
    clock = LeapingClock(MONDAY + DAY)
    async with town(migrated_url, clock=clock, seed=seed) as place:
        await place.report(*place.newcomers(6))
        away = timedelta()
        passed_over = []
        for _ in range(40):
            before = clock.at
            leap = place.chance.choice([timedelta(), timedelta(), HOUR, -HOUR, DAY, -DAY])
            if abs(away + leap) <= DAY:
                away, clock.at = away + leap, clock.at + leap
            clock.at += timedelta(minutes=place.chance.randint(1, 25))
            # What a leap passes over the program has not lived through; it may end in a break, and the next go back.
            passed_over += [(before, clock.at)] if before < clock.at else []
            await wakes(place)
            place.act()
            await place.settle()
        await place.work()
        place.check(place.evidence(unsteady=True, down=sorted(passed_over)))


async def begun(place: Town, count: int) -> None:
    """Let `count` cases be open at their first step."""
    (budi,) = place.newcomers(1)
    texts = [f"Laporan {number}" for number in range(count)]
    place.reports |= dict.fromkeys(texts, budi.user_id)

    def begin(records: Records) -> None:
        reporter = records.known(budi.user_id)
        for text in texts:
            records.begin(a_report(text), reporter=reporter, sop="penanganan-masalah-software")
            records.session.flush()

    await place.asks(begin)
    await place.settle()


async def weekend(place: Town, *, cases: int) -> None:
    """Let the program be down from Friday afternoon for 72 hours, with so many cases open."""
    await begun(place, cases)
    seen = {person.user_id: len(person.received) for person in place.sandbox.people.values()}
    await place.program.stop()
    place.moves_to(FRIDAY + timedelta(hours=72))
    place.program = place.new_program()
    await place.program.start()
    await place.settle()

    place.check(place.evidence(down=[(FRIDAY, place.clock.now())]))
    summaries = Counter(one["chat_id"] for one in place.kept().outbox if one["kind"] == "summary")
    told = {place.heads["kakanwil"], place.heads["kasubbag-humas"], *place.prakoms}
    assert summaries == {person.user_id: 1 for person in told}
    for person in told:
        assert len(person.received) - seen[person.user_id] <= 2, "the summary, and the day's digest to watchers"
    climbed = Counter((one["task_id"], one["ordinal"]) for one in place.kept().chases)
    assert set(climbed.values()) == {1}
    assert len({task for task, _ in climbed}) == cases
    assert office_hours.is_open(place.clock.now())


async def test_a_weekend_without_the_program_ends_in_one_summary_each(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "chase_due", partial(sweep.chase_due, batch=2))
    async with town(migrated_url, at=FRIDAY) as place:
        await weekend(place, cases=4)


@pytest.mark.crash
@pytest.mark.timeout(600)
async def test_a_weekend_without_the_program_and_more_cases_than_one_sweep_takes(migrated_url: str) -> None:
    async with town(migrated_url, at=FRIDAY) as place:
        await weekend(place, cases=sweep.BATCH + 50)


async def test_a_clock_a_year_ahead_that_is_set_right_ends_no_chasing(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chaser, "AUDITED_EVERY", timedelta())
    clock = LeapingClock(MONDAY + DAY)
    async with town(migrated_url, clock=clock) as place:
        await place.report(*place.newcomers(2))
        clock.at += timedelta(days=364)
        await wakes(place)
        assert set(Counter(one["task_id"] for one in place.kept().chases).values()) == {4}
        clock.at -= timedelta(days=364)
        await wakes(place)
        assert place.kept().chases == []
        # The first repeat waits for the second: Kakanwil has heard two reminders, and hears the next an hour later.
        for _ in range(4):
            clock.at += timedelta(minutes=31)
            await wakes(place)
        assert {one["ordinal"] for one in place.kept().chases} == {0, 1, 2, 4}
        alerts = [one for one in place.kept().outbox if one["kind"] == "alert"]
        # By the wrong clock the cuti bersama of the year after next was asked for.
        assert {one["body"]["code"] for one in alerts} == {"alert-clock", "alert-holidays-unknown"}
