"""Cases as an office has them, over the turn of a year: many at once, with all that makes figures hard to count."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from models.administration import appointment
from models.administration.absences_due import absences_due
from models.administration.calendar import adopt_calendar, bring_into_force
from models.case.case import Case
from models.case.task import Task
from models.case.verdict import Rating
from models.office.person import Person
from models.refusals.refusal import Refusal
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.sop_file import parse_sop
from models.rules.step_kinds import StepKind
from models.statistics.counting import count_some
from models.upkeep.erasing import erase_words
from tests.models.administration.leave import leaves_to
from tests.models.bureau import HARDWARE, SOFTWARE, Bureau
from tests.models.reports_joined import joins, leaves, merges, parts

BEGINS = datetime(2026, 12, 14, 0, 30, tzinfo=UTC)
"""Monday 14 December 2026, 08.30 WITA."""

_AT_ONCE = 6

REPORTERS = ("budi", "dewi", "andi")
FELLOWS = ("dewi", "rina", "maria", "hendra")
"""Who reports the same as another; three of them are away in between, or hold no post for a while."""


class Play:
    """So many cases of two SOPs, a few at a time, until all have ended. Every act has a minute of its own."""

    def __init__(
        self, bureau: Bureau, seed: int, cases: int, *, counts: Callable[[Records], object] = count_some
    ) -> None:
        self.bureau = bureau
        self.chance = random.Random(seed)
        self.left = cases
        self.open: list[int] = []
        self.questions: dict[int, int] = {}
        self.counts = counts
        self.upheavals: list[tuple[float, Callable[[], None]]] = [
            (0.15, self._andi_takes_leave),
            (0.3, self._the_calendar_changes),
            (0.45, self._maria_hands_over),
            (0.6, self._hendra_leaves_a_vacancy),
            (0.7, self._hendra_comes_back),
            (0.8, self._the_calendar_changes_again),
        ]
        self.cases = cases

    def plays(self) -> None:
        """Play until no case is open."""
        text = self.bureau.rules.sops[HARDWARE].text
        pausing = text.replace('kind = "handle"', 'kind = "handle"\npauses = true', 1)
        self.bureau.knows(parse_sop(pausing, source="pausing.toml"))
        self.bureau.at = BEGINS
        self.bureau.work(adopt_calendar)
        while self.left or self.open:
            self._passes()
            if self.upheavals and self.left <= self.cases * (1 - self.upheavals[0][0]):
                self.upheavals.pop(0)[1]()
                self._passes()
            if self.left and len(self.open) < _AT_ONCE:
                self._begins()
            elif self.chance.random() < 0.06:
                self._reports_the_same(self.chance.choice(self.open))
            else:
                self._acts(self.chance.choice(self.open))
            if self.chance.random() < 0.1:
                self.bureau.sweeps()
            if self.chance.random() < 0.05:
                self.bureau.work(self.counts)

    def _passes(self) -> None:
        """Let a while pass, now and then beyond office time, to a minute in which nothing has happened."""
        if self.chance.random() < 0.02:
            self.bureau.passes(timedelta(hours=self.chance.randint(1, 40)))
        self.bureau.works(self.chance.choice((1, 1, 2, 2, 3, 5, 9)))
        self.bureau.work(absences_due)

    def _begins(self) -> None:
        self.left -= 1
        sop = self.chance.choice((SOFTWARE, SOFTWARE, HARDWARE))
        self.open.append(self.bureau.begins(self.chance.choice(REPORTERS), sop=sop))

    def _reports_the_same(self, case_id: int) -> None:
        """Let a report of the same come to a case, leave it, be merged with it, or be parted from it again."""
        case = self.bureau.case(case_id)
        of_one = [one for one in self.open if self.bureau.case(one).sop_version_id == case.sop_version_id]
        other, fellow = self.chance.choice(of_one), self.chance.choice(FELLOWS)
        lot = self.chance.random()
        try:
            if case.joined and lot < 0.5:
                self._goes_on(parts(self.bureau, "bambang", case_id))
            elif case.joined and lot < 0.7:
                leaves(self.bureau, fellow, case_id)
            elif lot < 0.6:
                merges(self.bureau, "bambang", other, case_id)
            else:
                joins(self.bureau, fellow, case_id)
        except Refusal:
            # What the SOP or the moment does not allow is no part of the play.
            return

    def _goes_on(self, number: str) -> None:
        """Go on with a report that was parted from another."""
        wanted = select(Case.id).where(Case.number == number)
        found = self.bureau.work(lambda records: records.session.scalars(wanted).one())
        self.open.extend({found} - set(self.open))

    def _fellows(self, case_id: int) -> Sequence[str]:
        """Return who reports a case beside its first reporter."""
        people = self.bureau.work(lambda records: [one.person_id for one in records.case(case_id).fellows])
        return [name for one in people if (name := self.bureau.named(one)) is not None]

    def _acts(self, case_id: int) -> None:
        case = self.bureau.case(case_id)
        if case.open_task is None:
            self.open.remove(case_id)
            self._is_over(case)
            return
        question = self.questions.pop(case_id, None)
        if question is not None:
            reporter = self.bureau.named(case.reporter_id)
            assert reporter is not None
            self.bureau[reporter].answers(question)
            return
        holders = [one for one in self.bureau.holders(case_id) if one is not None]
        if not holders:
            self.bureau.sweeps()
            return
        try:
            self._decides(case, case.open_task, self.chance.choice(holders))
        except Refusal:
            # What the SOP or the moment does not allow is no part of the play.
            return

    def _decides(self, case: Case, task: Task, name: str) -> None:
        kind, who, lot = case.sop.step(task.step).kind, self.bureau[name], self.chance.random()
        if kind.rules.assigns:
            if lot < 0.04 and task.step == 1:
                who.declines(case.id)
            elif lot < 0.08 and task.step > 1:
                who.sends_back(case.id)
            elif task.step == 4 and lot < 0.6:
                who.forwards(case.id, to=self.chance.choice(("rina", "andi")))
            else:
                who.forwards(case.id)
                if lot > 0.95:
                    self._passes()
                    who.recalls(case.id)
        elif kind is StepKind.HANDLE:
            self._handles(case, task, name, lot)
        elif lot < 0.2:
            who.gives_back(case.id)
        else:
            who.signs_off(case.id, kind.rules.onward)

    def _handles(self, case: Case, task: Task, name: str, lot: float) -> None:
        who = self.bureau[name]
        if task.started_at is None and lot < 0.58:
            who.starts(case.id)
        elif lot < (0.66 if task.started_at is None else 0.08) and case.id not in self.questions:
            self.questions[case.id] = who.asks(case.id)
        elif lot < (0.72 if task.started_at is None else 0.16):
            who.hands_on(case.id, to="andi" if name == "rina" else "rina")
        elif lot < (0.75 if task.started_at is None else 0.2):
            who.asks_for_more_time(case.id)
        else:
            who.hands_in(case.id)

    def _is_over(self, case: Case) -> None:
        reporter = self.bureau.named(case.reporter_id)
        assert reporter is not None
        if case.state == "closed" and self.chance.random() < 0.5:
            helped = self.chance.random() < 0.8
            self.bureau[reporter].says_whether_it_helped(case.id, helped=helped)
            for rating in self.chance.sample(list(Rating), 2) if helped else ():
                self.bureau[reporter].rates(case.id, rating)
        for name in self._fellows(case.id) if case.state == "closed" else ():
            helped = self.chance.random() < 0.5
            self.bureau[name].says_whether_it_helped(case.id, helped=helped)
            for rating in self.chance.sample(list(Rating), 2) if helped else ():
                self.bureau[name].rates(case.id, rating)
        if case.state != "merged" and self.chance.random() < 0.1:
            self.bureau.work(lambda records: erase_words(records, case.id, case.reporter_id, because="atas permintaan"))

    def _today(self) -> date:
        return self.bureau.at.astimezone(self.bureau.rules.office.calendar.zone).date()

    def _andi_takes_leave(self) -> None:
        today = self._today()
        leaves_to(self.bureau, "maria", "hendra", today + timedelta(days=1), today + timedelta(days=3))
        leaves_to(self.bureau, "andi", "maria", today + timedelta(days=4), today + timedelta(days=6))

    def _the_calendar_changes(self) -> None:
        self._enters(self._today() + timedelta(days=1))

    def _the_calendar_changes_again(self) -> None:
        self._enters(self._today() - timedelta(days=1))

    def _enters(self, day: date) -> None:
        off = CalendarEntry(0, EntryKind.DAY_OFF, day, day, "Keputusan Gubernur", by=2, at=self.bureau.at)

        def enter(records: Records) -> None:
            admin = records.person_by_id(self.bureau["dewi"].id)
            bring_into_force(records, lambda calendar: calendar.entered(off), by=admin)

        self.bureau.work(enter)

    def _maria_hands_over(self) -> None:
        self._appoints("siti", "kasubbag-humas")

    def _hendra_leaves_a_vacancy(self) -> None:
        self.bureau["hendra"].leaves("kabag-p2l")
        self.bureau.deals("kabag-p2l")

    def _hendra_comes_back(self) -> None:
        self._appoints("hendra", "kabag-p2l")

    def _appoints(self, name: str, post: str) -> None:
        def appoint(records: Records) -> None:
            person = records.session.get_one(Person, self.bureau[name].id)
            appointment.appoint(records, person, post)

        self.bureau.work(appoint)
