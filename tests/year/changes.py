"""What happens to an office in a year beside its work: leave, vacant posts, lost phones, late holidays, Ramadan."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from models.administration import absence as absences
from models.administration import admission, appointment, reachability
from models.administration.calendar import bring_into_force, present
from models.administration.calendar_entries import check
from models.office.absence import Decree
from models.office.invitation import InviteKind
from models.refusals.refusal import Refusal
from models.repository.absences import absence_by_id, open_absences
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import Period
from tests.year.days import DAY, Season
from tests.year.house import House
from tests.year.people import People, Somebody

_AWAY = 0.2
"""The share of the working days on which an official is not there."""

_LENGTHS = (1, 1, 2, 2, 3, 5, 5, 12)
"""Days of an absence, weekends among them."""


class Changes:
    """Lets things happen between `start` and `end`, as the seed has it."""

    def __init__(self, house: House, people: People, chance: random.Random, *, start: date, end: date) -> None:
        self.house = house
        self.people = people
        self.chance = chance
        self.start = start
        self.end = end
        self.admin: Somebody
        self.officials: list[Somebody] = []
        self.spares: list[Somebody] = []
        self._accounts = 900_000

    def plan(self, *, vacancies: int, phones: int, blocks: int, days_off: int) -> None:
        """Decide when everything happens."""
        for person in self.officials:
            self._plan_absences(person)
        for _ in range(vacancies):
            self._some_time(self._vacate)
        for _ in range(phones):
            self._some_time(self._lose_a_phone)
        for _ in range(blocks):
            self._some_time(self._block)
        for _ in range(days_off):
            self._some_time(self._declare)

    def _some_time(self, what: Callable[[], None]) -> None:
        day = self.start + DAY * self.chance.randrange((self.end - self.start).days)
        self.house.later(self._instant(day, self.chance.uniform(7.6, 15.5)), what)

    def _instant(self, day: date, hour: float) -> datetime:
        return self.house.almanac.now.midnight(day) + timedelta(seconds=round(hour * 3600))

    def _in_days(self, days: float, what: Callable[[], None]) -> None:
        self.house.later(self.house.at + timedelta(seconds=round(days * 86400)), what)

    def _try(self, work: Callable[[Records], object]) -> bool:
        """Do something that the office may refuse; returns whether it was done."""
        try:
            self.house.work(work)
        except Refusal as refusal:
            found = self.house.evidence.refused
            found[refusal.code] = found.get(refusal.code, 0) + 1
            return False
        self.house.deliver()
        return True

    # Absences

    def _plan_absences(self, person: Somebody) -> None:
        day = self.start
        mean = sum(_LENGTHS) / len(_LENGTHS)
        chance_of_one = _AWAY / (mean * (1 - _AWAY))
        while day < self.end:
            if self.chance.random() < chance_of_one:
                last = day + DAY * (self.chance.choice(_LENGTHS) - 1)
                self._plan_absence(person, day, last)
                day = last
            day += DAY

    def _plan_absence(self, person: Somebody, first: date, last: date) -> None:
        days, drawn = self.house.almanac.now, self.chance.random()
        person.missing.append((days.midnight(first), days.midnight(last + DAY)))
        if drawn < 0.25:
            return
        told = first - DAY * self.chance.randint(0, 5)
        hour = self.chance.uniform(7.6, 15.9)
        if told < self.start:
            told = first
        if drawn < 0.4:
            self.house.later(self._instant(told, hour), partial(self._decree, person, first, last))
            return
        open_ended = self.chance.random() < 0.1
        self.house.later(self._instant(told, hour), partial(self._file, person, first, None if open_ended else last))
        if open_ended or self.chance.random() < 0.15:
            self.house.later(self._instant(last, 7.9), partial(self._come_back, person, last))

    def _file(self, person: Somebody, first: date, last: date | None) -> None:
        """Write the absence down, and ask one or two colleagues."""
        asked = self.chance.sample([one for one in self.officials if one is not person], k=self.chance.randint(1, 2))
        if person.account is None:
            return

        def work(records: Records) -> None:
            me = self.house.person(records, person.id)
            absence = absences.file(records, me, first, last, by=me, reason="Cuti tahunan")
            for colleague in asked:
                absences.ask(records, absence, self.house.person(records, colleague.id), by=me)

        self._try(work)

    def _decree(self, person: Somebody, first: date, last: date) -> None:
        """Let the admin write it down by SK."""
        plh = self.chance.choice([one for one in self.officials if one is not person])
        decree = Decree(f"W.25-KP-{self.chance.randint(1, 999)}", first)

        def work(records: Records) -> None:
            admin = self.house.person(records, self.admin.id)
            absence = absences.file(records, self.house.person(records, person.id), first, last, by=admin)
            absences.name(records, absence, self.house.person(records, plh.id), decree=decree, by=admin)

        self._try(work)

    def _come_back(self, person: Somebody, last: date) -> None:
        midnight = self.house.almanac.now.midnight(last + DAY)
        person.missing = [
            (since, self.house.at if since <= self.house.at and until == midnight else until)
            for since, until in person.missing
        ]

        def work(records: Records) -> None:
            me = self.house.person(records, person.id)
            for absence in open_absences(records, of=me):
                if absence.begun_at is not None:
                    found = absence_by_id(records, absence.id)
                    assert found is not None
                    absences.end(records, found, by=me)

        self._try(work)

    # Posts

    def _vacate(self) -> None:
        """Let a post fall vacant for some days; a Plt. acts in one case of two before somebody is appointed."""
        facts, at = self.house.facts, self.house.at
        post = self.chance.choice([one for one in facts.posts if facts.own(one, at)])
        person = self.chance.choice(facts.own(post, at))
        by = self.admin.id

        def relieve(records: Records) -> None:
            appointment.relieve(records, self.house.person(records, person), post, by=self.house.person(records, by))

        facts.forget_plh(at, person, post)
        facts.hold(at, post, tuple(one for one in facts.posts[post].now if one[0] != person))
        self.house.work(relieve)
        until = self.chance.uniform(0.3, 9)
        if self.chance.random() < 0.5:
            self._in_days(until, partial(self._act, post, self.chance.choice(self.officials)))
            until += self.chance.uniform(3, 20)
        self._in_days(until, partial(self._appoint, post))

    def _act(self, post: str, plt: Somebody) -> None:
        decree = Decree("W.25-KP-7", self.house.almanac.now.local(self.house.at).date())
        facts = self.house.facts
        if facts.own(post, self.house.at) or plt.account is None:
            return
        facts.hold(self.house.at, post, ((plt.id, "plt"),))

        def work(records: Records) -> None:
            appointment.act_for_vacant(records, self.house.person(records, plt.id), post, decree=decree)

        self.house.work(work)

    def _appoint(self, post: str) -> None:
        """Let somebody without a post take it; a Plt. ends with that, and so does the holder of a post for one."""
        facts, at = self.house.facts, self.house.at
        held = {one for code in facts.posts for one in facts.own(code, at)}
        free = [one for one in (*self.spares, *self.officials) if one.id not in held and one.account is not None]
        if not free:
            self._in_days(1, partial(self._appoint, post))
            return
        person = self.chance.choice(free)
        several = post == "jft-prakom"
        kept = (one for one in facts.posts[post].now if several and one[1] == "definitive")
        facts.hold(at, post, (*kept, (person.id, "definitive")))
        if person not in self.officials:
            self.officials.append(person)
        self.house.work(lambda records: appointment.appoint(records, self.house.person(records, person.id), post))

    # Phones

    def _lose_a_phone(self) -> None:
        person = self.chance.choice([one for one in self.people.known.values() if one.account is not None])
        if person is self.admin or person.account in self.house.blocked:
            return
        lost = person.account or 0
        self.house.facts.unbind(self.house.at, person.id)
        self.house.owners.pop(lost, None)
        person.account = None
        self.house.work(lambda records: appointment.unbind(records, self.house.person(records, person.id)))
        self._in_days(self.chance.choice((0.05, 0.2, 1.1, 3)), partial(self._comes_back, person))

    def _comes_back(self, person: Somebody) -> None:
        """Let a person have an account again, by the office's link and the word of the admin."""
        self._accounts += 1
        account = self._accounts
        self.house.owners[account] = person.id
        self.house.facts.bind(self.house.at, person.id)
        person.account = account

        def register(records: Records) -> None:
            known, admin = self.house.person(records, person.id), self.house.person(records, self.admin.id)
            code = admission.invite(records, InviteKind.OFFICE).renew()
            registration, _ = admission.claim(records, code, account)
            registration.nip, registration.name = known.nip, known.name
            if admission.complete(records, registration) is None:
                mark = admission.mark(records.lock_office(), registration, known, listed="")
                admission.accept(records, account, mark, by=admin)

        self.house.work(register)

    def _block(self) -> None:
        person = self.chance.choice([one for one in self.people.known.values() if one.account is not None])
        account = person.account or 0
        if person is self.admin or account in self.house.blocked:
            return
        self.house.blocked.add(account)
        self._in_days(self.chance.choice((0.1, 0.5, 2, 4)), partial(self._unblock, person, account))

    def _unblock(self, person: Somebody, account: int) -> None:
        self.house.blocked.discard(account)
        self.house.stale(account)
        if person.account == account:
            self.house.work(lambda records: reachability.regained(records, self.house.person(records, person.id)))
            for shown in list(self.people.phone(person).shown.values()):
                self.people.arrives(person.id, shown)

    # The calendar

    def _declare(self) -> None:
        """Let the admin enter a day off: ahead, on the day itself, or when it is over; or a Saturday to be worked."""
        today = self.house.almanac.now.local(self.house.at).date()
        drawn = self.chance.random()
        if drawn < 0.2:
            day = today + DAY * ((5 - today.weekday()) % 7 or 7)
            self._enter(CalendarEntry(0, EntryKind.WORKING_DAY, day, day, "Pengganti", 0, self.house.at, _HALF_A_DAY))
            return
        ahead = self.chance.randint(1, 10) if drawn < 0.5 else self.chance.choice((0, 0, -1, -2))
        day = today + DAY * ahead
        self._enter(CalendarEntry(0, EntryKind.DAY_OFF, day, day, "Surat edaran", 0, self.house.at))

    def ramadan(self, first: date, last: date) -> None:
        """Let the admin confirm the days of Ramadan, in the evening before the day that the file has."""
        filed = self.house.rules.office.calendar.hours.seasons[-1]
        self._enter(CalendarEntry(0, EntryKind.SEASON, first, last, filed.name, 0, self.house.at, (), filed.week))

    def _enter(self, entry: CalendarEntry) -> None:
        def work(records: Records) -> None:
            admin = self.house.person(records, self.admin.id)
            bring_into_force(records, lambda known: known.entered(entry), by=admin)

        almanac = self.house.almanac
        days = almanac.now
        if entry.kind is EntryKind.SEASON:
            week = tuple(tuple((one.start, one.end) for one in periods) for periods in entry.week)
            changed = days.with_season(Season(entry.first, entry.last, week))
        else:
            hours = tuple((one.start, one.end) for one in entry.periods)
            changed = days.with_days(dict.fromkeys(entry.days, hours))
        try:
            self.house.work(lambda records: check(records, present(records), entry))
        except Refusal:
            return
        almanac.changed(self.house.at, changed)
        self.house.work(work)


_HALF_A_DAY = (Period(time(8), time(12)),)
