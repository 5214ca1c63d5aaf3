"""A crash before and after every commit and every Bot API call of a whole case, and again while it recovers.

A run plays the whole case and lets the program die once in every act, at the same boundary of each: the third, say,
counted from the moment somebody acts. Runs with 1, 2, 3, … follow until no act reaches so far any more. What dies
recovers before the next act. Half of the recoveries are killed too, at a boundary drawn from the seed.

    CRASH_SEED=7 CRASH_RUN=12 pytest tests/crash/test_exhaustive.py -m crash -k postgresql

repeats one run of each script, `CRASH_RUN=absences-12` that of one; a failure prints the command. In the long form
(`make crash`) every boundary has its run; the short form draws some of them.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import pytest

from bot.archive.contents import fault_of
from bot.archive.folder import Folder
from tests.crash import (
    invariants,
    record,
    scripted_absences,
    scripted_case,
    scripted_joining,
    scripted_many,
    scripted_verbs,
)
from tests.crash.repeating import SEED, repeatable, wanted
from tests.crash.scripted_case import ACTS, APPOINTED_BEFORE, REPORT, Act, tap_every_twin
from tests.crash.stage import MONDAY, STAFF, Fresh, Nursery, Stage, stage
from tests.crash.violation import Violation

SHARDS = 4
FARTHEST = 200
"""More boundaries than any act has."""

_AGAIN = 40
"""Boundaries among which a second death is drawn; a start with all that was left over has about as many."""

Fatal = Callable[[int], int | None]
"""The boundary of each act to die at, by the act's place; None to live."""


@dataclass(frozen=True, slots=True)
class Script:
    """One case as people play it, or several: what the journals must tell in the end, and the office's about absences.

    `reports` is what is reported.
    """

    acts: tuple[Act, ...]
    told: tuple[str, ...]
    office: tuple[str, ...] = ()
    reports: tuple[str, ...] = (REPORT,)


STRAIGHT = Script(scripted_case.ACTS, scripted_case.TOLD)
VERBS = Script(scripted_verbs.ACTS, scripted_verbs.TOLD)
ABSENCES = Script(scripted_absences.ACTS, scripted_absences.TOLD, scripted_absences.OFFICE)
MANY = Script(scripted_many.ACTS, scripted_many.TOLD, reports=scripted_many.REPORTS)
JOINING = Script(scripted_joining.ACTS, scripted_joining.TOLD, reports=scripted_joining.REPORTS)
BESIDE = {"verbs": VERBS, "absences": ABSENCES, "many": MANY, "joining": JOINING}
"""What is played beside the straight path. Which door is killed by which is in `test_doors.py`."""


@dataclass(slots=True)
class Run:
    """What came of one run."""

    reached: int = 0
    """In how many acts the program died."""
    deaths: list[str] = field(default_factory=list)


async def play(
    nest: Nursery, url: str, *, fatal: Fatal, recovery: Callable[[], int | None], script: Script = STRAIGHT
) -> Run:
    """Play the whole case on an empty database, with deaths as planned, and hold the end against the promises."""
    run = Run()
    async with stage(nest, url) as place:
        place.deaths.recovery = recovery
        run.deaths = place.deaths.boundaries
        await place.starts(fatal=fatal(0))
        await place.settles()
        run.reached += await _disarmed(place)
        place.populate(STAFF, at=MONDAY - APPOINTED_BEFORE)
        for number, act in enumerate(script.acts, start=1):
            await place.armed(fatal(number))
            died = len(run.deaths)
            await act.play(place)
            await place.settles()
            await place.armed(None)
            run.reached += len(run.deaths) > died
        await _holds(place, script)
    return run


async def _disarmed(place: Stage) -> bool:
    await place.armed(None)
    return bool(place.deaths.boundaries)


async def _holds(place: Stage, script: Script) -> None:
    """Hold the end against the promises, then tap what the crashes left behind: nothing more may happen."""
    kills = len(place.deaths.boundaries)
    reports = dict.fromkeys(script.reports, place["Budi"].account.account_id)

    def broken() -> list[Violation]:
        return invariants.check(
            invariants.Evidence(place.url, place.sandbox, at=place.clock.now(), reports=reports, kills=kills)
        )

    for twins in (False, True):
        if twins:
            await tap_every_twin(place)
        assert not (found := broken()), invariants.told(found)
        assert sorted(_told(place)) == sorted(_by_case(script.told))
        assert _still_unkept(place) == []
        assert _told_of_absences(place) == script.office


_BESIDE_THE_SCRIPT = frozenset({"refuse", "keep-file"})
"""Entries that come when they come: of refusals, and of files that the program takes into its archive by itself."""


def _told(place: Stage) -> list[tuple[str, ...]]:
    """Return what the journal of each case tells.

    Where two cards came together, the one that a crash let be sent twice is the newest. So it is by chance of which of
    two cases the people go on with.
    """
    kept = record.read(place.url)
    journals = (kept.entries[case["chain_id"]] for case in kept.cases)
    return [tuple(one["action"] for one in told if one["action"] not in _BESIDE_THE_SCRIPT) for told in journals]


def _by_case(told: Sequence[str]) -> list[tuple[str, ...]]:
    """Return what a script tells of several cases, one after the other, apart: each begins with its report."""
    begins = [place for place, action in enumerate(told) if action == "report"]
    return [tuple(told[first:last]) for first, last in zip(begins, [*begins[1:], len(told)], strict=True)]


def _still_unkept(place: Stage) -> list[str]:
    """Return what the archive has of the files that it does not keep, or not as they were sent."""
    archive = Folder(place.nursery.log.with_name("files"))
    attached = record.read(place.url).attachments
    sound = [one["content"] is not None and fault_of(archive, one["content"]) is None for one in attached]
    return [one["keeping"] for one, kept in zip(attached, sound, strict=True) if not kept]


def _told_of_absences(place: Stage) -> tuple[str, ...]:
    kept = record.read(place.url)
    office = {chain["id"] for chain in kept.chains if chain["subject"] == "office"}
    entries = (entry for chain_id in office for entry in kept.entries[chain_id])
    return tuple(entry["action"] for entry in entries if entry["action"] in set(scripted_absences.OFFICE))


def _always(number: int, _: int) -> int:
    return number


def again(seed: int, run: object) -> Callable[[], int | None]:
    """Return what draws the second deaths of a run: about every other recovery dies too."""
    chance = random.Random(f"{seed}/{run}")

    def drawn() -> int | None:
        return chance.randint(1, _AGAIN) if chance.random() < 0.5 else None

    return drawn


def numbers(script: str = "", *, first: int = 1, step: int = 1) -> Iterable[int]:
    """Return the boundaries that have a run each, or the one whose run is to be repeated."""
    only = wanted(script)
    return [only] if only is not None else range(first, FARTHEST, step)


@pytest.mark.crash
async def test_the_case_without_a_crash(nest: Nursery, fresh: Fresh) -> None:
    with fresh() as url:
        run = await play(nest, url, fatal=lambda _: None, recovery=lambda: None)
    assert run.deaths == []


async def test_some_boundaries(nest: Nursery, fresh: Fresh, database_kind: str) -> None:
    """The short form: in some acts, at boundaries drawn from the seed."""
    chance = random.Random(f"{SEED}/short/{database_kind}")
    fatal = {number: chance.randint(1, 30) for number in chance.sample(range(len(ACTS) + 1), k=9)}
    with fresh() as url, repeatable(nest):
        run = await play(nest, url, fatal=fatal.get, recovery=again(SEED, "short"))
    assert run.deaths


@pytest.mark.crash
@pytest.mark.parametrize("name", BESIDE)
async def test_without_a_crash(nest: Nursery, fresh: Fresh, name: str) -> None:
    with fresh() as url:
        run = await play(nest, url, fatal=lambda _: None, recovery=lambda: None, script=BESIDE[name])
    assert run.deaths == []


@pytest.mark.parametrize("name", BESIDE)
async def test_some_boundaries_beside_the_straight_path(
    nest: Nursery, fresh: Fresh, database_kind: str, name: str
) -> None:
    script = BESIDE[name]
    chance = random.Random(f"{SEED}/{name}/{database_kind}")
    fatal = {number: chance.randint(1, 20) for number in chance.sample(range(len(script.acts) + 1), k=7)}
    with fresh() as url, repeatable(nest):
        run = await play(nest, url, fatal=fatal.get, recovery=again(SEED, name), script=script)
    assert run.deaths


@pytest.mark.crash
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", BESIDE)
async def test_every_boundary_beside_the_straight_path(nest: Nursery, fresh: Fresh, name: str) -> None:
    """One run for each boundary of each door, until none of the acts has so many."""
    for number in numbers(name):
        with fresh() as url, repeatable(nest, run=f"{name}-{number}"):
            fatal = partial(_always, number)
            run = await play(nest, url, fatal=fatal, recovery=again(SEED, f"{name}-{number}"), script=BESIDE[name])
        if not run.reached:
            break
    assert number > 1 or wanted(name) is not None


@pytest.mark.crash
@pytest.mark.timeout(0)
@pytest.mark.parametrize("shard", range(SHARDS))
async def test_every_boundary(
    nest: Nursery, fresh: Fresh, shard: int, record_property: Callable[[str, object], None]
) -> None:
    """One run for each boundary, until none of the acts has so many. Each shard has its share of the runs."""
    died = deaths = 0
    for number in numbers(first=1 + shard, step=SHARDS):
        with fresh() as url, repeatable(nest, run=str(number)):
            run = await play(nest, url, fatal=partial(_always, number), recovery=again(SEED, number))
        died, deaths = died + run.reached, deaths + len(run.deaths)
        if not run.reached:
            break
    else:
        assert wanted() is not None, f"{FARTHEST} boundaries were not enough to get through an act"
    figures = f"died at {died} boundaries of the case, and {deaths - died} times while recovering"
    record_property("crash", figures)


@pytest.mark.crash
@pytest.mark.timeout(0)
async def test_a_crash_at_every_boundary_in_turn(
    nest: Nursery, fresh: Fresh, record_property: Callable[[str, object], None]
) -> None:
    """In each act one process dies at its first boundary, the next at its second, and so on until the act is over."""
    reached = count()

    def first(_: int) -> int:
        nonlocal reached
        reached = count(2)
        return 1

    with fresh() as url, repeatable(nest):
        run = await play(nest, url, fatal=first, recovery=lambda: next(reached))
    assert run.reached == len(ACTS) + 1
    record_property("crash", f"died {len(run.deaths)} times in {len(ACTS) + 1} acts")
