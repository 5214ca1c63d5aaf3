"""The people of an office as they are: diligent or lazy, at work or away, with a phone or without one."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.case.evaluation import Part
from models.case.proceeding import Proceeding
from models.mail.card import CardKind
from models.repository.records import Records
from tests.year.house import House
from tests.year.telephones import Shown, Telephone
from tests.year.verbs import Verbs

REPORTS = (
    "SIMPEG tidak dapat dibuka",
    "Printer tidak mencetak",
    "Email dinas tidak dapat dikirim",
    "Aplikasi persuratan lambat",
    "Kata sandi tidak diterima",
)


@dataclass
class Somebody:
    """A person with their habits. `missing` are the times at which they simply are not there, whatever was filed."""

    id: int
    name: str
    account: int | None
    lazy: bool = False
    missing: list[tuple[datetime, datetime]] = field(default_factory=list)

    def back(self, at: datetime) -> datetime:
        """Return from when on the person is there: `at` itself, or the end of the time in which they are missing."""
        return max([at, *(until for since, until in self.missing if since <= at < until)])


class People:
    """Everybody in an office, and what they do when something comes to their phone."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house = house
        self.chance = chance
        self.known: dict[int, Somebody] = {}
        self.calm = False
        """In the end nobody is lazy any more, so that all that is open comes to its end."""
        self._planned: set[tuple[int, int]] = set()
        self._verbs = Verbs(self)
        house.arrived = self.arrives

    def phone(self, person: Somebody) -> Telephone:
        """Return the chat of a person who has an account."""
        account = person.account or 0
        return self.house.telephones.setdefault(account, Telephone(account))

    def arrives(self, person_id: int, shown: Shown) -> None:
        """Let the reader of a message act on it after a while, if they do anything."""
        person = self.known.get(person_id)
        if person is None:
            return
        if shown.kind is CardKind.TASK:
            if shown.decides:
                self._plan(person, shown, self._decide)
        elif shown.kind is CardKind.STATUS:
            self._take_up(person, shown)
        elif shown.kind is CardKind.QUESTION:
            self._plan(person, shown, self._answer, minutes=self._patience() * 3)
        elif shown.kind is CardKind.RESULT:
            self._plan(person, shown, self._judge, minutes=self._patience() * 2)
        elif shown.kind is CardKind.PLH_REQUEST:
            self._plan(person, shown, self._consider)
        elif shown.kind is CardKind.EXTENSION:
            self._plan(person, shown, self._grant)
        elif shown.kind is CardKind.CONSULTATION:
            self._plan(person, shown, self._verbs.advise, minutes=self._patience() * 4)
        elif shown.kind is CardKind.COPY:
            self._plan(person, shown, self._verbs.read, minutes=self._patience() * 2)

    def reports(self, person: Somebody) -> None:
        """Let a person report something, and send it."""
        if person.account is None or person.account in self.house.blocked:
            return
        number = len(self.house.evidence.reports) + 1
        text = f"{self.chance.choice(REPORTS)} ({number})"
        if self.house.says(person.account, text):
            return
        phone = self.phone(person)
        draft = next((one for one in reversed(phone.shown.values()) if "send-report" in one.actions), None)
        assert draft is not None, f"{person.name} has no draft to send: {text}"
        urgency = self.chance.random()
        if urgency < 0.1 and "classify" in draft.actions:
            self.house.tap(person.account, draft, "classify", self.chance.choice(draft.arguments("classify")))
        if not self.house.tap(person.account, draft, "send-report"):
            self.house.evidence.reports[text] = person.id

    def _patience(self, *, lazy: bool = False) -> float:
        """Return after how many minutes of office time somebody acts."""
        if self.calm:
            return self.chance.uniform(1, 10)
        return self.chance.uniform(40, 400) if lazy else self.chance.expovariate(1 / 12) + 1

    def _plan(
        self,
        person: Somebody,
        shown: Shown,
        act: Callable[[Somebody, Shown], None],
        *,
        minutes: float | None = None,
    ) -> None:
        place = person.id, shown.message_id
        if place in self._planned:
            return
        self._planned.add(place)
        lazy = person.lazy and self.chance.random() < 0.3
        wait = self._patience(lazy=lazy) if minutes is None else minutes
        self._at_work(person, self.house.almanac.now.add(self.house.at, round(wait * 60)), place, shown, act)

    def _at_work(
        self,
        person: Somebody,
        when: datetime,
        place: tuple[int, int],
        shown: Shown,
        act: Callable[[Somebody, Shown], None],
    ) -> None:
        """Do something at `when`, or once the person is there, the office is open and their phone works."""

        def now() -> None:
            days, at = self.house.almanac.now, self.house.at
            ready = days.opening(person.back(at))
            if ready > at:
                again = days.add(ready, self.chance.randint(60, 1800))
                self.house.later(again, now)
                return
            self._planned.discard(place)
            if person.account is None or person.account in self.house.blocked:
                return
            if self.phone(person).shown.get(shown.message_id) is shown:
                act(person, shown)

        self.house.later(when, now)

    # An official

    def _decide(self, person: Somebody, shown: Shown) -> None:
        """Do what the card asks for."""
        drawn = self.chance.random()
        if "back" in shown.actions:
            self.tap(person, shown, "back")
        if self._verbs.before(person, shown) and shown.decides:
            self._plan(person, shown, self._decide, minutes=self.chance.uniform(60, 900))
            return
        if not self._object(person, shown, drawn):
            self._go_on(person, shown, drawn)
        if shown.decides:
            self._plan(person, shown, self._decide)

    def _object(self, person: Somebody, shown: Shown, drawn: float) -> bool:
        """Decline or send back one report in fifty, return one evaluation in twelve. Returns whether that was tried."""
        for action, share in (("decline", 0.02), ("send-back", 0.04), ("give-back", 0.08)):
            if action in shown.actions and drawn < share:
                self._for_a_reason(person, shown, action)
                return True
        return False

    def _go_on(self, person: Somebody, shown: Shown, drawn: float) -> None:
        can = shown.actions
        if "forward" in can:
            self._forwarded(person, shown, self.tap(person, shown, "forward"))
        elif "choose" in can:
            self.tap(person, shown, "choose")
            offered = shown.arguments("forward-to")
            if offered:
                self._forwarded(person, shown, self.tap(person, shown, "forward-to", self.chance.choice(offered)))
        elif "start" in can:
            self.tap(person, shown, "start")
            if shown.decides:
                self._plan(person, shown, self._decide, minutes=self._work())
        elif "evaluation" in can:
            self._handle(person, shown, drawn)
        else:
            for onward in can & {"pass-on", "approve", "acknowledge"}:
                self.tap(person, shown, onward)

    def _work(self) -> float:
        return self.chance.uniform(5, 30) if self.calm else self.chance.uniform(20, 900)

    def _handle(self, person: Somebody, shown: Shown, drawn: float) -> None:
        """Ask, hand on, ask for more time, or write the Laporan Evaluasi and submit it."""
        if drawn < 0.12 and "ask" in shown.actions and not self.calm:
            self.tap(person, shown, "ask")
            offered = shown.arguments("ask-offered")
            if offered:
                self.tap(person, shown, "ask-offered", self.chance.choice(offered))
            return
        if drawn < 0.16 and "more" in shown.actions and not self.calm:
            self._hand_on(person, shown)
            return
        if drawn < 0.24 and "more" in shown.actions and not self.calm:
            self._ask_for_more_time(person, shown)
            return
        task_id = shown.task_id or 0

        def write(records: Records) -> None:
            proceeding, task = records.task(task_id)
            by = self.house.person(records, person.id)
            tenure = records.tenure(by, task)
            self._fill(proceeding, task_id, person.id, records)
            proceeding.submit(task, by=tenure)
            records.note_act(by)

        self.house.attempt(person.account or 0, write)
        self.house.deliver()

    def _fill(self, proceeding: Proceeding, task_id: int, person_id: int, records: Records) -> None:
        task = next(one for one in proceeding.case.tasks if one.id == task_id)
        tenure = records.tenure(self.house.person(records, person_id), task)
        for part in proceeding.draft(task, by=tenure).missing:
            proceeding.write(task, part, f"{Part(part).value} telah dicatat.", by=tenure)

    def _hand_on(self, person: Somebody, shown: Shown) -> None:
        self.tap(person, shown, "more")
        if "transfer" in shown.actions and not self.tap(person, shown, "transfer"):
            offered = shown.arguments("hand-to")
            if offered and not self.tap(person, shown, "hand-to", self.chance.choice(offered)):
                self.tap(person, shown, "reason")
        if "back" in shown.actions:
            self.tap(person, shown, "back")

    def _ask_for_more_time(self, person: Somebody, shown: Shown) -> None:
        self.tap(person, shown, "more")
        if "extend" in shown.actions and not self.tap(person, shown, "extend"):
            offered = shown.arguments("extend-by")
            if offered and not self.tap(person, shown, "extend-by", self.chance.choice(offered)):
                self.tap(person, shown, "reason")
        if "back" in shown.actions:
            self.tap(person, shown, "back")

    def _grant(self, person: Somebody, shown: Shown) -> None:
        """Decide whether somebody below gets more time."""
        drawn = self.chance.random()
        if "grant-extension" in shown.actions and drawn < 0.7:
            self.tap(person, shown, "grant-extension")
        elif "deny-extension" in shown.actions and drawn < 0.9:
            self.tap(person, shown, "deny-extension")

    def _for_a_reason(self, person: Somebody, shown: Shown, action: str) -> None:
        if not self.tap(person, shown, action) and "reason" in shown.actions:
            places = shown.arguments("back-to")
            if len(places) > 1 and self.chance.random() < 0.5:
                self.tap(person, shown, "back-to", self.chance.choice(places))
            self.tap(person, shown, "reason")

    def _forwarded(self, person: Somebody, shown: Shown, refused: str) -> None:
        """Let one forward in fifty be recalled a few minutes later."""
        if not refused and self.chance.random() < 0.02:
            when = self.house.at + timedelta(minutes=self.chance.randint(1, 9))
            self._at_work(person, when, (person.id, -shown.message_id), shown, self._recall)

    def _recall(self, person: Somebody, shown: Shown) -> None:
        if "recall" in shown.actions:
            self.tap(person, shown, "recall")

    def _consider(self, person: Somebody, shown: Shown) -> None:
        """Answer whether they stand in for a colleague."""
        drawn = self.chance.random()
        if "accept-plh" in shown.actions and drawn < 0.8:
            self.tap(person, shown, "accept-plh")
        elif "refuse-plh" in shown.actions and drawn < 0.9:
            self.tap(person, shown, "refuse-plh")

    # A reporter

    def _take_up(self, person: Somebody, shown: Shown) -> None:
        drawn = self.chance.random()
        if drawn < 0.08:
            self._plan(person, shown, self._urge, minutes=self.chance.uniform(30, 600))
        elif drawn < 0.12:
            self._plan(person, shown, self._add, minutes=self.chance.uniform(5, 300))
        elif drawn < 0.14:
            self._plan(person, shown, self._withdraw, minutes=self.chance.uniform(5, 120))

    def _urge(self, person: Somebody, shown: Shown) -> None:
        if "urge" in shown.actions:
            self.tap(person, shown, "urge")

    def _add(self, person: Somebody, shown: Shown) -> None:
        """Add to an open report. A reply to one that is over would begin another report."""
        if "urge" in shown.actions:
            self.house.says(person.account or 0, "Sejak pembaruan kemarin.", reply_to=shown.message_id)

    def _withdraw(self, person: Somebody, shown: Shown) -> None:
        if "withdraw" in shown.actions:
            self.tap(person, shown, "withdraw")
        if "withdraw-now" in shown.actions:
            self.tap(person, shown, "withdraw-now")

    def _answer(self, person: Somebody, shown: Shown) -> None:
        if "answer" in shown.actions:
            self.house.says(person.account or 0, "Ya, sama di peramban lain.", reply_to=shown.message_id)

    def _judge(self, person: Somebody, shown: Shown) -> None:
        """Say whether it helped; one who is not helped reports what is still wrong."""
        drawn = self.chance.random()
        if "helped" in shown.actions and drawn < 0.7:
            self.tap(person, shown, "helped")
        elif "not-helped" in shown.actions and drawn < 0.8 and not self.calm:
            self.tap(person, shown, "not-helped")
            self.reports(person)

    def tap(self, person: Somebody, shown: Shown, action: str, argument: str | None = None) -> str:
        """Tap a button. Returns why it was refused, "" where it was not."""
        if person.account is None:
            return "no-account"
        self._sometimes_the_wrong_card(person)
        return self.house.tap(person.account, shown, action, argument)

    def _sometimes_the_wrong_card(self, person: Somebody) -> None:
        """Tap a card that has lost its force, now and then: nothing may come of it."""
        lost = self.phone(person).lost
        if not lost or self.chance.random() > 0.02:
            return
        old = self.chance.choice(lost)
        action, argument = self.chance.choice([one for one in old.keys if one[0] in _DECIDING] or [("", "")])
        if action and not self.house.tap(person.account or 0, old, action, argument):
            self.house.fault("mandate", f"{person.name} has tapped {action} on a card without force")


_DECIDING = ("forward", "forward-to", "pass-on", "approve", "acknowledge", "start")
