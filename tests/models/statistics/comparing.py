"""Figures of the statistics beside those that a naive recount finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from models.case.case import Case
from models.case.verdict import Word
from models.repository.reader import Reader
from models.rules.period import Period
from models.statistics.cells import MINUTES, Key
from models.statistics.figures import FEW, by, by_person, total
from models.statistics.listing import LATE_BY_HOLD, Listed, Number, cases_of, count_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted
from tests.models.statistics.naive import Recount, Recounted, in_span, nearest_rank

PERIODS = (
    Period(date(2026, 12, 1), date(2026, 12, 31)),
    Period(date(2027, 1, 1), date(2027, 1, 31)),
    Period(date(2026, 10, 1), date(2026, 12, 31)),
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2027, 1, 1), date(2027, 12, 31)),
    Period(date(2026, 12, 17), date(2027, 1, 6)),
    Period(date(2026, 12, 29), date(2026, 12, 29)),
    Period(date(2025, 11, 3), date(2028, 2, 2)),
)
"""Months, a quarter, years, spans with edges, one of them over the turn of the year, a day, and everything."""

ALL_APART = frozenset({*Key._fields, MINUTES})


def compare(reader: Reader, recount: Recount, *, sops: Sequence[str] = ()) -> int:
    """Hold every figure of every period against the recount; returns how many closed tasks the largest had."""
    statistics, most = Statistics(reader), 0
    for period in PERIODS:
        for wanted in (Wanted(period), *(Wanted(period, sop=sop) for sop in sops)):
            found = _within(recount, reader, wanted)
            _compare_figures(statistics, wanted, found)
            _compare_groups(statistics, wanted, found)
            _compare_people(statistics, wanted, found)
            _compare_came(statistics, reader, wanted, recount)
            _compare_verdicts(statistics, reader, wanted, recount)
            _compare_lists(statistics, reader, wanted, found)
            _compare_lists_of_verdicts(statistics, reader, wanted, recount)
            if period is PERIODS[0]:
                _compare_lists_of_people(statistics, reader, wanted, found)
            most = max(most, len(found))
    return most


def _within(recount: Recount, reader: Reader, wanted: Wanted) -> list[Recounted]:
    zone = reader.calendar.zone
    found = in_span(recount.closed, wanted.period.starts(zone), wanted.period.ends(zone))
    return [one for one in found if wanted.sop in {None, one.sop}]


def _compare_figures(statistics: Statistics, wanted: Wanted, found: Sequence[Recounted]) -> None:
    figures = total(statistics.cells(wanted, frozenset({"minutes", "how", "outcome"})))
    sums = figures.sums
    ended = [one for one in found if one.ends]
    assert figures.stays == len(found)
    assert sums.late_stays == sum(one.late_by > 0 for one in found)
    assert sums.ends == len(ended)
    assert sums.rounds == sum(one.case.round - 1 for one in ended)
    assert sums.corrected == sum(one.case.round > 1 for one in ended)
    assert sums.reminders == sum(one.chased for one in found)
    assert sums.used == 60 * sum(one.sum("used") for one in found)
    assert sums.waited == 60 * sum(one.sum("waited") for one in found)
    assert sums.asked == 60 * sum(one.sum("asked") for one in found)
    assert sums.late == 60 * sum(one.sum("late") for one in found)
    assert figures.returned == sum(one.task.outcome == "returned" for one in found)
    if len(found) >= FEW:
        minutes = [_minutes(one) for one in found]
        assert figures.median == nearest_rank(minutes, 5)
        assert figures.ninth_tenth == nearest_rank(minutes, 9)
        assert figures.share_on_time == 100 * sum(one.late_by == 0 for one in found) // len(found)
    else:
        assert (figures.median, figures.ninth_tenth, figures.share_on_time) == (None, None, None)
    booked = Counter[str]()
    for part in (part for one in found for part in one.parts):
        booked[part.holder[0]] += part.late
    booked = +booked
    assert {how.value: sums.late // 60 for how, sums in figures.booked.items() if sums.late} == dict(booked)


def _minutes(one: Recounted) -> int:
    """Return the minutes on the clock of a task; after a recall with those of the task before."""
    return one.sum("used") + one.before


def _compare_groups(statistics: Statistics, wanted: Wanted, found: Sequence[Recounted]) -> None:
    cells = statistics.cells(wanted, ALL_APART)
    for name in ("sop", "step", "post"):
        stays, late, waited = Counter[object](), Counter[object](), Counter[object]()
        for one in found:
            of = {"sop": one.sop, "step": one.task.step, "post": one.post}[name]
            stays[of] += 1
            late[of] += one.late_by > 0
            waited[of] += 60 * one.sum("waited")
        groups = by(cells, attrgetter(name))
        assert {key: group.stays for key, group in groups.items() if group.stays} == stays
        assert {key: group.sums.late_stays for key, group in groups.items()} == {**dict.fromkeys(groups, 0), **late}
        assert {key: group.sums.waited for key, group in groups.items()} == {**dict.fromkeys(groups, 0), **waited}
        for key, group in groups.items():
            alone = total(statistics.cells(_one(wanted, name, key), frozenset({"minutes"})))
            assert (alone.stays, alone.median, alone.sums.late) == (group.stays, group.median, group.sums.late)


def _one(wanted: Wanted, name: str, value: Any) -> Wanted:  # noqa: ANN401 - a code or a number
    return replace(wanted, **{name: value})


def _compare_people(statistics: Statistics, wanted: Wanted, found: Sequence[Recounted]) -> None:
    held, turned, late, decided = (Counter[tuple[str, int]]() for _ in range(4))
    for one in found:
        for how, person in {part.holder for part in one.parts}:
            if person is not None:
                held[one.post, person] += 1
                late[one.post, person] += 60 * sum(part.late for part in one.parts if part.holder == (how, person))
        if one.turned_late is not None and (turned_by := one.turned_late[1]) is not None:
            turned[one.post, turned_by] += 1
        if one.decider is not None:
            decided[one.post, one.decider] += 1
    people = by_person(statistics.cells(wanted, ALL_APART))
    assert {who: one.held for who, one in people.items() if one.held} == held
    assert {who: one.late for who, one in people.items() if one.late} == turned
    assert {who: one.late_for for who, one in people.items() if one.late_for} == +late
    assert {who: one.decided for who, one in people.items() if one.decided} == decided


def _compare_came(statistics: Statistics, reader: Reader, wanted: Wanted, recount: Recount) -> None:
    zone = reader.calendar.zone
    starts, ends = wanted.period.starts(zone), wanted.period.ends(zone)
    of_sop = [one for one in recount.cases.values() if wanted.sop in {None, recount.sops[one.sop_version_id]}]
    came = statistics.came(wanted)
    assert came.cases == sum(starts <= one.opened_at < ends for one in of_sop)
    assert came.stays == sum(starts <= task.opened_at < ends for one in of_sop for task in recount.tasks[one.id])


def _compare_verdicts(statistics: Statistics, reader: Reader, wanted: Wanted, recount: Recount) -> None:
    zone = reader.calendar.zone
    starts, ends = wanted.period.starts(zone), wanted.period.ends(zone)
    judged = _ended_in(recount, wanted, starts, ends)
    found = statistics.verdicts(wanted)
    fellows = [joined for one in judged for joined in recount.joined[one.id]]
    assert found.fellows == sum(one.helped is not None for one in fellows)
    helped, quick, clear = (Counter(getattr(one, name) for one in (*judged, *fellows)) for name in Word._fields)
    assert (found.helped, found.not_helped) == (helped[True], helped[False])
    assert (found.quick, found.slow) == (quick[True], quick[False])
    assert (found.clear, found.unclear) == (clear[True], clear[False])


def _ended_in(recount: Recount, wanted: Wanted, starts: datetime, ends: datetime) -> list[Case]:
    return [
        one
        for one in recount.cases.values()
        if wanted.sop in {None, recount.sops[one.sop_version_id]} and one.closed_at and starts <= one.closed_at < ends
    ]


def _compare_lists_of_verdicts(statistics: Statistics, reader: Reader, wanted: Wanted, recount: Recount) -> None:
    """Let what reporters said open the cases of which they said it, a case once for each of its reporters."""
    zone = reader.calendar.zone
    ended = _ended_in(recount, wanted, wanted.period.starts(zone), wanted.period.ends(zone))
    words = [(one.id, word) for one in ended for word in (one, *recount.joined[one.id])]
    for number, (name, good) in _SAID.items():
        made_of = Counter(case_id for case_id, word in words if getattr(word, name) is good)
        listed = _pages(statistics, reader, number, wanted, max(500, len(words) // 4))
        assert Counter(one.case_id for one in listed) == made_of, number


_SAID = {
    Number.HELPED: ("helped", True),
    Number.NOT_HELPED: ("helped", False),
    Number.QUICK: ("quick", True),
    Number.SLOW: ("quick", False),
    Number.CLEAR: ("clear", True),
    Number.UNCLEAR: ("clear", False),
}


def _compare_lists_of_people(
    statistics: Statistics, reader: Reader, wanted: Wanted, found: Sequence[Recounted]
) -> None:
    """Let the numbers of each person in each post open what they held there, turned late with, and decided."""
    made_of = defaultdict[tuple[str, int, Number], Counter[int]](Counter)
    for one in found:
        # What somebody held in two ways, as its holder and as Plh., is two of what they held.
        held = [person for _, person in {part.holder for part in one.parts}]
        late = [one.turned_late[1]] if one.turned_late is not None else []
        for number, people in ((Number.HELD, held), (Number.TURNED_LATE, late), (Number.DECIDED, [one.decider])):
            for person in people:
                if person is not None:
                    made_of[one.post, person, number][one.case.id] += 1
    for post, person in {(post, person) for post, person, _ in made_of}:
        alone = replace(wanted, post=post, person=person)
        for number in (Number.HELD, Number.TURNED_LATE, Number.DECIDED):
            listed = _pages(statistics, reader, number, alone, max(500, len(found) // 4))
            assert Counter(one.case_id for one in listed) == made_of[post, person, number], (post, person, number)


def _compare_lists(statistics: Statistics, reader: Reader, wanted: Wanted, found: Sequence[Recounted]) -> None:
    """Let every number open what it was made of, page by page."""
    expected = {
        Number.STAYS: found,
        Number.LATE: [one for one in found if one.late_by > 0],
        Number.IN_TIME: [one for one in found if one.late_by == 0],
        Number.ENDED: [one for one in found if one.ends],
        Number.CORRECTED: [one for one in found if one.ends and one.case.round > 1],
        Number.RETURNED: [one for one in found if one.task.outcome == "returned"],
        Number.REMINDED: [one for one in found if one.chased],
        # Each holder of a task in whose time the reporter was waited for.
        Number.WAITED: [one for one in found for part in one.parts if part.waited or part.asked],
        **{
            number: [one for one in found if one.turned_late is not None and one.turned_late[0] == how.value]
            for how, number in LATE_BY_HOLD.items()
        },
    }
    # A few pages of each, however much there is.
    size = max(500, len(found) // 4)
    for number, made_of in expected.items():
        listed = [one.case_id for one in _pages(statistics, reader, number, wanted, size)]
        assert Counter(listed) == Counter(one.case.id for one in made_of), number
    for number in (Number.REMINDED, Number.WAITED):
        pages = _pages(statistics, reader, number, wanted, size)
        assert count_of(statistics, reader, number, wanted) == len(pages)
    came = [one.case_id for one in _pages(statistics, reader, Number.CAME, wanted, size)]
    assert len(came) == len(set(came)) == statistics.came(wanted).cases


def _pages(statistics: Statistics, reader: Reader, number: Number, wanted: Wanted, size: int = 500) -> list[Listed]:
    found: list[Listed] = []
    while page := cases_of(statistics, reader, number, wanted, offset=len(found), limit=size):
        found += page
    return found
