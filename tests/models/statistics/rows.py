"""Thousands of cases written as rows, with the journals that tell of them: much faster than through the doors.

What is left out is what no figure asks for: words, hashes, cards. All instants are whole minutes.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.case.case import Case, CaseState
from models.case.joined_report import JoinedReport
from models.case.question import Question
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.journal.chain import Chain, Entry, Payload
from models.office.absence import Absence
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.rules.actions import Outcome
from models.rules.ladder import RungKind
from models.rules.office_calendar import CalendarEntry, EntryKind, OfficeCalendar
from models.rules.pausing import Pause, paused_for
from models.rules.rules import Rules
from models.rules.standard import Standard
from models.rules.urgency import Urgency
from models.rules.work_calendar import WorkCalendar
from tests.models.bureau import SOFTWARE

MINUTE = timedelta(minutes=1)

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)

DESKS = (
    (1, "kakanwil", "15 menit"),
    (2, "kadiv", "30 menit"),
    (3, "kabag-p2l", "30 menit"),
    (4, "kasubbag-humas", "30 menit"),
    (5, "jft-prakom", "1 hari"),
    (6, "kasubbag-humas", "2 jam"),
    (7, "kabag-p2l", "1 jam"),
)

_CHUNK = 500


@dataclass(frozen=True)
class GoingOn:
    """A clock that goes on: since when it ran, and what it stood still since then."""

    clock_from: datetime
    pauses: tuple[Pause, ...]


@dataclass
class Written:
    """Rows that are to be inserted, by their tables."""

    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, entity: type[Any], **values: Any) -> None:
        self.rows.setdefault(entity, []).append(values)

    def flush(self, session: Session) -> None:
        for entity in (Chain, Case, Task, Entry, Payload, Question, Chase, JoinedReport):
            if found := self.rows.pop(entity, None):
                session.execute(insert(entity), found)


class Writer:
    """Writes cases over `days` days into the record of an office."""

    def __init__(self, session: Session, rules: Rules, seed: int, *, days: int) -> None:
        self.session, self.rules, self.chance, self.days = session, rules, random.Random(seed), days
        self.people = list(session.scalars(select(Person.id).order_by(Person.id)))
        self.calendars = list(self._calendars())
        self._office()
        self.versions = self._versions()
        self.written = Written()
        self.joined = Counter[int]()
        self.going_on: GoingOn | None = None
        self.numbers = {
            entity: session.scalar(select(func.max(entity.id))) or 0 for entity in (Chain, Case, Task, Question)
        }

    def writes(self, cases: int) -> None:
        for number in range(cases):
            self._case(number)
            if number % _CHUNK == _CHUNK - 1:
                self.written.flush(self.session)
        self.written.flush(self.session)
        joined = [{"of": of, "count": count} for of, count in self.joined.items() if count]
        table = Base.metadata.tables[Case.__tablename__]
        change = update(table).where(table.c.id == bindparam("of")).values(joined=bindparam("count"))
        if joined:
            self.session.connection().execute(change, joined)

    def _calendars(self) -> Iterator[tuple[datetime, WorkCalendar]]:
        calendar = OfficeCalendar.on_file(self.rules.office.calendar.hours)
        for share in (0.0, 0.3, 0.7):
            at = BEGINS + timedelta(days=round(self.days * share))
            if share:
                day = at.date() + timedelta(days=1)
                off = CalendarEntry(0, EntryKind.DAY_OFF, day, day, "Keputusan", by=2, at=at)
                calendar = calendar.entered(off)
            self.session.add(CalendarVersion.of(calendar, by_id=None, at=at if share else BEGINS - timedelta(days=9)))
            self.session.flush()
            yield (at if share else BEGINS - timedelta(days=9)), WorkCalendar(calendar.hours)

    def _versions(self) -> list[int]:
        found = []
        for code in (SOFTWARE, *sorted(set(self.rules.sops) - {SOFTWARE})):
            version = SopVersion.of(self.rules.sops[code], version=1, at=BEGINS)
            self.session.add(version)
            self.session.flush()
            found.append(version.id)
        return found

    def _office(self) -> None:
        """Let posts change hands, stand empty, and people be away, with a Plh. and without."""
        self.session.execute(delete(Tenure))
        budi, dewi, bambang, siti, hendra, maria, rina, andi = self.people[:8]
        whole = {"kakanwil": [bambang], "jft-prakom": [rina, andi], "kadiv": [siti]}
        for post, people in whole.items():
            for person in people:
                self._term(post, person, 0.0, None)
        for turn in range(10):
            self._term("kabag-p2l", hendra if turn % 2 else budi, turn / 10, turn / 10 + 0.09)
            self._term("kasubbag-humas", maria if turn % 2 else dewi, turn / 10, (turn + 1) / 10)
            self._leave(siti, turn / 10 + 0.02, turn / 10 + 0.04)
            self._term("kadiv", hendra, turn / 10 + 0.02, turn / 10 + 0.03, stands_for=siti)
            self._leave(andi, turn / 10 + 0.05, turn / 10 + 0.07)

    def _at(self, share: float) -> datetime:
        return BEGINS - timedelta(days=20) + timedelta(minutes=round((self.days + 60) * 1440 * share))

    def _term(
        self, post: str, person: int, since: float, until: float | None, *, stands_for: int | None = None
    ) -> None:
        ends = self._at(until) if until is not None else None
        capacity = Capacity.PLH if stands_for else Capacity.DEFINITIVE
        row = Tenure(post=post, person_id=person, capacity=capacity, starts_at=self._at(since), ends_at=ends)
        row.stands_for_id = stands_for
        self.session.add(row)

    def _leave(self, person: int, since: float, until: float) -> None:
        begun, over, day = self._at(since), self._at(until), date(2026, 12, 1)
        self.session.add(
            Absence(
                person_id=person, first=day, last=day, starts_at=begun, ends_at=over, begun_at=begun, over_at=over,
                filed_at=begun, reason="", salt=b"0" * 16,
            )
        )  # fmt: skip

    def _next(self, entity: type[Any]) -> int:
        self.numbers[entity] += 1
        return self.numbers[entity]

    def _calendar(self, at: datetime) -> WorkCalendar:
        return [made for made_at, made in self.calendars if made_at <= at][-1]

    def _case(self, number: int) -> None:
        chance, at = self.chance, BEGINS + MINUTE * self.chance.randrange(self.days * 1440)
        case_id, chain_id = self._next(Case), self._next(Chain)
        opened_at, round_number, place = at, 1, 0
        told: list[tuple[datetime, str, int | None, dict[str, Any]]] = []
        action, ends, actor = "report", chance.random() < 0.97, None
        state, rounds, parted = CaseState.OPEN, 1, False
        self.going_on = None
        while True:
            step, post, _ = DESKS[place]
            task_id = self._next(Task)
            given = chance.choice(self.people[6:8]) if post == "jft-prakom" and chance.random() < 0.7 else None
            raised = {"from": post, "because": "vacant"} if post == "kabag-p2l" and chance.random() < 0.1 else None
            desk = "kadiv" if raised else post
            opened = {"step": step, "round": round_number, "post": desk, "assignee": given}
            told.append((at, action, actor, {"opened": opened | ({"raised": raised} if raised else {})}))
            if not ends and place == chance.randrange(7):
                self._task(case_id, task_id, DESKS[place], desk, raised, at, given, None)
                break
            begun = self.going_on.clock_from if self.going_on is not None else at
            closed, outcome, actor = self._passes(case_id, task_id, place, desk, raised, at, given, told)
            at, action, self.going_on = closed, outcome.value, None
            if outcome is Outcome.MERGED:
                state = CaseState.MERGED
                if parted or chance.random() < 0.5:
                    break
                # It was parted again after a while: it goes on where it was, with the rest of its time.
                told.append((at, action, actor, {}))
                state, parted, action = CaseState.OPEN, True, "reopen"
                at += MINUTE * chance.randrange(1, 3000)
                self.going_on = GoingOn(begun, (Pause(closed, at),))
                continue
            if outcome is Outcome.DECLINED:
                state = CaseState.DECLINED
                break
            if outcome is Outcome.RETURNED:
                place, round_number = 4, round_number + 1
                rounds = round_number
            elif place == len(DESKS) - 1:
                state = CaseState.CLOSED
                break
            else:
                place += 1
        over = state is not CaseState.OPEN
        if over:
            told.append((at, action, actor, {}))
        helped = chance.choice((True, True, False, None)) if state is CaseState.CLOSED else None
        self.written.add(
            Case, id=case_id, number=f"SW-2026-{number:06d}", chain_id=chain_id, reporter_id=self.people[0], text="",
            urgency=Urgency.ORDINARY, confidential=False, previous_case_id=None, origin={}, state=state, round=rounds,
            sop_version_id=self.versions[number % len(self.versions)], opened_at=opened_at,
            closed_at=at if over else None, erased_in=self._erasure(at, told) if over else None,
            joined_to_id=case_id - 1 if state is CaseState.MERGED else None,
            helped=helped, quick=chance.choice((True, False, None)) if helped else None,
            clear=chance.choice((True, True, False, None)) if helped else None,
        )  # fmt: skip
        self.written.add(Chain, id=chain_id, subject=f"case:SW-{number}", length=len(told), head=b"0" * 32, moved=False)
        self._journal(chain_id, told)
        if case_id > 1 and (parted or state is CaseState.MERGED or chance.random() < 0.1):
            self._joins(case_id - 1, case_id if parted or state is CaseState.MERGED else None, opened_at, parted=parted)

    def _erasure(self, at: datetime, told: list[tuple[datetime, str, int | None, dict[str, Any]]]) -> int | None:
        """Let the words of the reporter of some cases be erased after these have ended, as their journals tell."""
        if self.chance.random() < 0.9:
            return None
        told.append((at + MINUTE * self.chance.randrange(1, 90_000), "erase", None, {"person": self.people[0]}))
        return len(told)

    def _joins(self, case_id: int, from_case_id: int | None, at: datetime, *, parted: bool) -> None:
        """Let a person report what a case is about beside its reporter, and say what they think of its result."""
        self.joined[case_id] += not parted
        helped = self.chance.choice((True, False, None))
        self.written.add(
            JoinedReport, case_id=case_id, person_id=self.chance.choice(self.people), from_case_id=from_case_id,
            joined_at=at, parted_at=at + MINUTE if parted else None,
            helped=helped, helped_at=None, quick=self.chance.choice((True, False, None)) if helped else None,
            clear=self.chance.choice((True, False, None)) if helped else None,
        )  # fmt: skip

    def _passes(
        self, case_id: int, task_id: int, place: int, desk: str, raised: dict[str, str] | None, at: datetime,
        given: int | None, told: list[tuple[datetime, str, int | None, dict[str, Any]]],
    ) -> tuple[datetime, Outcome, int | None]:  # fmt: skip
        """Let a task be handed about, asked about and decided, after a while."""
        chance = self.chance
        worked = (chance.choice((5, 10, 20, 25, 40, 70, 200)) + chance.randrange(15)) * (8 if place == 4 else 1)
        closed = self._calendar(at).add(at, worked * 60)
        minutes = max(3, int((closed - at) / MINUTE))
        closed = at + MINUTE * minutes
        inside = sorted(chance.sample(range(1, minutes), min(4, minutes - 1)))
        pauses = list(self.going_on.pauses) if self.going_on is not None else []
        if place == 4:
            if chance.random() < 0.5:
                actor = given or chance.choice(self.people[6:8])
                given = actor
                told.append((at + MINUTE * inside[0], "start", actor, {"step": 5}))
            if chance.random() < 0.2 and len(inside) > 3:
                given = chance.choice(self.people[6:8])
                told.append((at + MINUTE * inside[3], "transfer", self.people[5], {"assignee": given}))
            if chance.random() < 0.3 and len(inside) > 2:
                asked, answered = at + MINUTE * inside[1], at + MINUTE * inside[2]
                self.written.add(
                    Question, id=self._next(Question), case_id=case_id, task_id=task_id, asked_by_id=self.people[6],
                    text="?", asked_at=asked, answer="!", answered_at=answered, asked_as=None, remind_at=None,
                )  # fmt: skip
                if chance.random() < 0.6:
                    pauses.append(Pause(asked, answered))
        outcome = _outcome(place, chance.random())
        decider = given or chance.choice(self.people[2:8])
        decided = closed, outcome, decider, pauses
        row = self._task(case_id, task_id, DESKS[place], desk, raised, at, given, decided)
        for ordinal in range(min(2, row["late_by"] // 1800)):
            self.written.add(
                Chase, task_id=task_id, ordinal=ordinal, kind=RungKind.LATE, due_at=closed, fired_at=closed
            )
        return closed, outcome, decider

    def _task(
        self, case_id: int, task_id: int, place: tuple[int, str, str], desk: str, raised: dict[str, str] | None,
        at: datetime, given: int | None, decided: tuple[datetime, Outcome, int, list[Pause]] | None,
    ) -> dict[str, Any]:  # fmt: skip
        step, _, standard = place
        still = list(self.going_on.pauses) if self.going_on is not None else []
        closed, outcome, decider, pauses = decided or (None, None, None, still)
        calendar = self._calendar(closed or at)
        clock_from = self.going_on.clock_from if self.going_on is not None else None
        due = calendar.due(clock_from or at, Standard.parse(standard))
        if seconds := paused_for(pauses, calendar):
            due = calendar.add(due, seconds)
        row = {
            "id": task_id, "case_id": case_id, "step": step, "round": 1, "post": desk, "assignee_id": given,
            "standard": standard, "opened_at": at, "clock_from": clock_from, "due_at": due,
            "closed_at": closed, "outcome": outcome, "decided_by_id": decider,
            "instructions": [], "note": "", "mandate": True, "version": 1, "rung": 0,
            "late_by": calendar.late(due, closed) if closed else None, "waiting_for": 0,
            "pauses": [one.kept for one in pauses], "extensions": [], "urges": 0,
            "raised_from": raised["from"] if raised else None, "raised_because": raised["because"] if raised else None,
        }  # fmt: skip
        self.written.add(Task, **row)
        return row

    def _journal(self, chain_id: int, told: list[tuple[datetime, str, int | None, dict[str, Any]]]) -> None:
        told.sort(key=lambda one: one[0])
        for sequence, (at, action, actor, body) in enumerate(told, start=1):
            self.written.add(
                Entry, chain_id=chain_id, sequence=sequence, at=at, actor_id=actor, capacity="person", action=action,
                digest=b"0" * 32, previous=b"0" * 32, hash=b"0" * 32, version=3,
            )  # fmt: skip
            self.written.add(Payload, chain_id=chain_id, sequence=sequence, salt=b"0" * 16, body=body)


def _outcome(place: int, lot: float) -> Outcome:
    if place == 0 and lot < 0.09:
        return Outcome.DECLINED if lot < 0.03 else Outcome.MERGED
    if place in {5, 6} and lot < 0.15:
        return Outcome.RETURNED
    return (Outcome.FORWARDED, Outcome.SUBMITTED, Outcome.PASSED, Outcome.ACKNOWLEDGED)[max(0, place - 3)]


def midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC."""
    return datetime.combine(day, time(), UTC)
