"""Which chases there must have been, counted by hand from the journal, and whether each was said, and none early."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.year.clock import ESCALATED, rung_at
from tests.year.days import Days
from tests.year.docket import Errand, Line
from tests.year.ears import Ears
from tests.year.house import House

REPEATED = 3
"""The rung from which one may stand for several."""

_SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class _Turn:
    """A time in which the clock of a task runs by one calendar. `anew` tells that something moved its deadline then."""

    start: datetime
    end: datetime
    days: Days
    paused: bool
    anew: bool


def check(house: House, *, since: datetime | None = None) -> Iterator[str]:
    """Go through what is wrong with the chases of an office; with `since` only of tasks that were open after it."""
    ears = Ears(house.evidence, house.almanac)
    named = _named(house)
    for task in house.docket.everything:
        if since is not None and task.closed is not None and task.closed < since:
            continue
        yield from _of_task(house, ears, task)
        for line in task.chases:
            yield from _said(house, ears, task, line, named.get(id(task), []))


def _of_task(house: House, ears: Ears, task: Errand) -> Iterator[str]:
    end = task.closed or house.at
    for line in task.chases:
        days = house.almanac.at(line.at)
        soonest = rung_at(task, line.body["rung"], days, line.at)
        if line.at < soonest:
            yield f"I4 early: {_name(task)} rung {line.body['rung']} at {line.at}, not before {soonest}"
        if not days.is_open(line.at):
            yield f"I4 closed: {_name(task)} rung {line.body['rung']} at {line.at}"
    for turn in _turns(house, task, end):
        if turn.paused:
            continue
        climbed = climbed_before(task, turn.start)
        if turn.anew:
            yield from _taken_back(task, turn)
            climbed = climbed_before(task, turn.start, itself=True)
        planned = turn.start
        while (at := max(turn.start, rung_at(task, climbed, turn.days, turn.start))) < turn.end:
            # What falls due while an earlier rung waits for its reader comes with that one.
            planned = max(at, planned, _heard(house, ears, task, climbed, at))
            if planned + _SOON < turn.end and not _is_climbed(task, climbed, turn.start, planned + _SOON):
                yield f"I4 missing: {_name(task)} rung {climbed}, due {at}, not said by {planned}"
            climbed += 1


def _is_climbed(task: Errand, rung: int, since: datetime, until: datetime) -> bool:
    """Whether a rung was climbed in time, or left out for a newer one."""
    rungs = [line.body["rung"] for line in task.chases if since <= line.at <= until]
    return any(found == rung or (rung >= REPEATED and found > rung) for found in rungs)


def _heard(house: House, ears: Ears, task: Errand, rung: int, at: datetime) -> datetime:
    """Return by when the first of those who are to hear of a rung may hear it; who they are may change meanwhile."""
    for _ in range(50):
        people = audience(house, task, rung, at)
        if not people:
            return at
        until = min(ears.heard_by(person, at) for person in people)
        if until == at or audience(house, task, rung, until) == people:
            return until
        at = until
    return at


def audience(house: House, task: Errand, rung: int, at: datetime) -> list[int]:
    """Return who is to hear of a rung of a task at an instant."""
    place, bound = task.lay(at), house.facts.bound.at(at)
    deciding = house.facts.deciders(place.seat, place.assignee, task.not_by, at, mandate=task.mandate)
    people = [one for one in deciding if one in bound]
    if rung == ESCALATED:
        people += [one for one in house.facts.overseers(place.seat.post, deciding, at) if one not in people]
    return people


def _taken_back(task: Errand, turn: _Turn) -> Iterator[str]:
    """What a new calendar makes of the rungs that were climbed: those stay that are due by it."""
    before, after = climbed_before(task, turn.start), climbed_before(task, turn.start, itself=True)
    standing = next((one for one in range(before) if rung_at(task, one, turn.days, turn.start) > turn.start), before)
    if after != standing:
        yield f"I4 calendar: {_name(task)} stands at {after} from {turn.start} on, not at {standing}"


def _said(house: House, ears: Ears, task: Errand, line: Line, told: list[tuple[datetime, int]]) -> Iterator[str]:
    """Who the journal says is told gets a reminder that names the task: now, or when they may hear one."""
    for person in line.body.get("to", ()):
        if not any(who == person and abs(at - line.at) <= _SOON for at, who in told):
            yield f"I4 unsaid: {_name(task)} rung {line.body['rung']} at {line.at} to {person}"
    for person in line.body.get("later", ()):
        until = ears.heard_by(person, line.at) + _SOON
        # With another calendar, or while its clock stands, what was owed is owed again.
        turns = [*task.since, *(since for since, _ in house.almanac.versions), *(at for at, _ in task.grants)]
        over = (task.closed or house.at) <= until or any(line.at <= turn <= until for turn in turns)
        if over or person not in audience(house, task, ESCALATED, until):
            continue
        if not any(who == person and line.at <= at <= until for at, who in told):
            yield f"I4 unsaid: {_name(task)} rung {line.body['rung']} at {line.at} to {person} by {until}"


def budget(house: House) -> Iterator[str]:
    """Nobody is reminded sooner than they may be, or while the office is closed."""
    ears = Ears(house.evidence, house.almanac)
    for owed in house.evidence.owed:
        if owed.once:
            continue
        if not house.almanac.at(owed.at).is_open(owed.at):
            yield f"budget: {owed.person} is reminded at {owed.at}, while the office is closed"
        soonest = ears.quiet_until(owed.person, owed.at)
        if soonest > owed.at:
            yield f"budget: {owed.person} is reminded at {owed.at}, not before {soonest}"


def climbed_before(task: Errand, at: datetime, *, itself: bool = False) -> int:
    """Return which rung was the next of a task before an instant, or with what happened then if `itself`."""
    found = task.climbed
    for line in task.ladder:
        if line.at < at or (itself and line.at == at and line.action == "unclimb"):
            found = line.body["rung"] + (line.action == "chase")
    return found


def _turns(house: House, task: Errand, end: datetime) -> Iterator[_Turn]:
    versions = [since for since, _ in house.almanac.versions if task.opened < since < end]
    granted = [at for at, _ in task.grants if task.opened <= at < end]
    marks = sorted({task.opened, *(one for one in task.since if one < end), *versions, *granted})
    for start, until in zip(marks, [*marks[1:], end], strict=True):
        anew = start in versions or start in granted
        yield _Turn(start, until, house.almanac.at(start), task.paused(start), anew)


def _named(house: House) -> dict[int, list[tuple[datetime, int]]]:
    """Return when who was sent a reminder of each task."""
    found: dict[int, list[tuple[datetime, int]]] = {}
    for owed in house.evidence.owed:
        for task_id in owed.tasks:
            found.setdefault(id(house.errand(task_id)), []).append((owed.at, owed.person))
    return found


def _name(task: Errand) -> str:
    return f"{task.case} step {task.step} round {task.round} at {task.place.seat}"
