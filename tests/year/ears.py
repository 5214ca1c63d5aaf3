"""When a person may hear a reminder, counted by hand from what they were reminded of and when they acted."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.year.days import DAY, Almanac, Days
from tests.year.evidence import Evidence

SPACING = (30 * 60, 60 * 60, 120 * 60)
"""Seconds of office time after the first, the second and the third reminder that was not answered by acting."""

CLOCKS = (time(7, 30), time(13))
"""When somebody is reminded who has not answered three reminders."""

ACT, REMINDER = 0, 1

_Happened = tuple[datetime, int, int]
"""When a person acted or was reminded, the place of that among all reminders of the office, and which it was."""


@dataclass(frozen=True)
class _Mark:
    """What a person did or heard, and how things stood just before."""

    at: datetime
    kind: int
    last: datetime | None
    unanswered: int


class Ears:
    """What every person of an office has heard, and when they may hear something again."""

    def __init__(self, evidence: Evidence, almanac: Almanac) -> None:
        self._almanac = almanac
        found: dict[int, list[_Happened]] = {}
        for number, owed in enumerate(evidence.owed):
            if not owed.once:
                found.setdefault(owed.person, []).append((owed.at, number, REMINDER))
        for person, acts in evidence.acts.items():
            found.setdefault(person, []).extend((at, reminders, ACT) for at, reminders in acts)
        self._marks = {person: self._told(sorted(marks)) for person, marks in found.items()}

    def quiet_until(self, person: int, at: datetime) -> datetime:
        """Return from when on a person may be reminded who has only heard and done what was before `at`."""
        last, unanswered = self._stand(person, at)
        return max(at, self._following(last, unanswered, at)) if last is not None else at

    def heard_by(self, person: int, at: datetime) -> datetime:
        """Return by when a person hears what they are to be reminded of from `at` on."""
        until = self.quiet_until(person, at)
        for mark in self._since(person, at):
            if mark.at > until:
                break
            if mark.kind == REMINDER:
                return mark.at
            if mark.unanswered:
                days = self._almanac.at(mark.at)
                until = days.opening(days.add(mark.at, SPACING[0]))
        return until

    def _told(self, marks: list[_Happened]) -> list[_Mark]:
        found: list[_Mark] = []
        last: datetime | None = None
        unanswered = 0
        for at, _, kind in marks:
            found.append(_Mark(at, kind, last, unanswered))
            if kind == REMINDER:
                unanswered = 1 if last is None or self._starts_again(last, at) else unanswered + 1
                last = at
            elif unanswered:
                last, unanswered = at, 0
        found.append(_Mark(datetime.max.replace(tzinfo=marks[0][0].tzinfo), ACT, last, unanswered))
        return found

    def _stand(self, person: int, at: datetime) -> tuple[datetime | None, int]:
        marks = self._marks.get(person)
        if marks is None:
            return None, 0
        mark = marks[bisect_left(marks, at, key=lambda one: one.at)]
        return mark.last, mark.unanswered

    def _since(self, person: int, at: datetime) -> list[_Mark]:
        marks = self._marks.get(person, [])
        return marks[bisect_left(marks, at, key=lambda one: one.at) : -1]

    def _starts_again(self, last: datetime, at: datetime) -> bool:
        return self._almanac.at(at).due(last, "1 hari") < at

    def _following(self, last: datetime, unanswered: int, at: datetime) -> datetime:
        days = self._almanac.at(at)
        soonest = days.opening(days.add(last, SPACING[0]))
        if unanswered <= 1 or self._starts_again(last, at):
            return soonest
        if unanswered <= len(SPACING):
            return days.opening(days.add(last, SPACING[unanswered - 1]))
        return _of_day(soonest, days)


def _of_day(soonest: datetime, days: Days) -> datetime:
    """Return the first of the office's times of day from `soonest` on; a day that is over before them has its opening.

    A time at which the office is closed counts as its next opening that day.
    """
    day = days.local(soonest).date()
    while True:
        for at in _instants(day, days):
            if at >= soonest:
                return at
        day += DAY


def _instants(day: date, days: Days) -> list[datetime]:
    if not days.spans(day):
        return []
    clocks = [days.midnight(day) + timedelta(hours=one.hour, minutes=one.minute) for one in CLOCKS]
    opened = [days.opening(at) for at in clocks]
    return [at for at in opened if days.local(at).date() == day] or [days.spans(day)[0][0]]
