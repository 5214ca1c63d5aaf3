"""One office and its time: the real database, doors, drawings and outbox; the clock leaps from event to event.

Nothing here waits. After each event all that is owed is drawn and put into the chats, as the courier does it, and what
the chaser and the prompter would wake for is done at its instant.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import and_, bindparam, event, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.notices.job import Delivered, Job
from bot.notices.outbox import Outbox
from bot.replicas.leases import Sole
from handlers import messages, taps
from handlers.chat.incoming import Incoming
from handlers.delivery.plan import Delete, Edit, Keyboard, Send
from handlers.texts.catalogue import Texts
from models.administration.absences_due import absences_due, earliest_absence
from models.case.case import Case
from models.case.task import Task
from models.chase import asking, daily_round, opinions, sweep, unsent
from models.journal.chain import Chain, Entry, Payload
from models.mail.card import Card, CardKind
from models.mail.notice import REMINDING, Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.refusals.refusal import Refusal
from models.repository.office_lock import OFFICE_CHAIN
from models.repository.records import Records
from models.rules.rules import Rules
from models.rules.urgency import Urgency
from models.upkeep import auditing, retention
from tests.parts import database_at
from tests.year.days import DAY, Almanac
from tests.year.docket import Docket, Errand, Line
from tests.year.evidence import Evidence, Owed, Sent
from tests.year.facts import Facts
from tests.year.telephones import Meaning, Shown, Telephone
from tests.year.watch import Watch

T = TypeVar("T")

MINUTE = timedelta(minutes=1)

_OWED = select(Notice.chat_id).where(Notice.state == NoticeState.OWED).distinct().order_by(Notice.chat_id)
_OWING_ANYTHING = _OWED
_OWING_TO = _OWED.where(Notice.chat_id == bindparam("chat"))
_OWING = _OWED.outerjoin(Card, Card.id == Notice.card_id).where(
    or_(
        Notice.kind.not_in((NoticeKind.REFRESH, NoticeKind.WITHDRAW)),
        and_(Card.kind == CardKind.TASK, Card.live.is_(False)),
    )
)

_LISTS = (
    Notice.state == NoticeState.OWED,
    Notice.kind == NoticeKind.REFRESH,
    Notice.card_id.in_(select(Card.id).where(Card.kind == CardKind.QUEUE)),
)
_PUT_BY = update(Notice).where(Notice.chat_id == bindparam("chat"), *_LISTS).values(chat_id=-Notice.chat_id)
_TAKE_UP = update(Notice).where(Notice.chat_id < 0, *_LISTS).values(chat_id=-Notice.chat_id)
_IN_PASSING = {"synchronize_session": False}

BLOCKED = "Forbidden: bot was blocked by the user"


def _place(entry: Entry) -> tuple[int, int]:
    return entry.chain_id, entry.sequence


class House:
    """An office under simulation. `at` is its present; `days` and `facts` are what its people know of it."""

    def __init__(self, url: str, rules: Rules, almanac: Almanac, *, start: datetime) -> None:
        self.at = start
        self.rules = rules
        self.almanac = almanac
        self.facts = Facts()
        self.docket = Docket()
        self.evidence = Evidence()
        self.telephones: dict[int, Telephone] = {}
        self.owners: dict[int, int] = {}
        self.blocked: set[int] = set()
        self.arrived: Callable[[int, Shown], None] = lambda _person, _shown: None
        self.database = database_at(url)
        self._sessions = sessionmaker(self.database.engine, expire_on_commit=False)
        event.listen(self._sessions, "pending_to_persistent", self._note)
        texts = Texts.load(rules.office.calendar.zone)
        self._outbox = Outbox(rules=rules, texts=texts, now=lambda: self.at, leases=Sole())
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._numbers = count(1000)
        self._meanings: dict[str, Meaning] = {}
        self._fresh: list[object] = []
        self._tasks: dict[int, list[int]] = {}
        self.places: dict[int, tuple[int, int]] = {}
        self._subjects: dict[int, str] = {}
        self.cases: dict[str, int] = {}
        self._chains: dict[int, str] = {}
        self._wake: datetime | None = None
        self._watch = Watch(self)
        self._changed = True
        self.office_lines = 0
        self.edits = 0
        self._lists_wait = True

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # Time

    def later(self, when: datetime, what: Callable[[], None]) -> None:
        """Let something happen at an instant, or now where that has passed."""
        heapq.heappush(self._events, (max(when, self.at).replace(microsecond=0), next(self._order), what))

    def run(self, until: datetime) -> None:
        """Let time pass up to `until`."""
        self.deliver()
        while True:
            planned = self._events[0][0] if self._events else until
            following = min(planned, self._wake or until)
            if following >= until:
                self.at = until
                return
            self.at = max(self.at, following)
            if self._wake is not None and self._wake <= planned:
                self._chase()
            else:
                heapq.heappop(self._events)[2]()
            self.deliver()
            self._watch.cards()

    def _chase(self) -> None:
        """Do what the chaser and the prompter do when they are woken."""
        while self.work(absences_due):
            pass
        while self.work(sweep.chase_due).more:
            pass
        while self.work(asking.remind_due):
            pass
        while self.work(opinions.remind_due):
            pass
        while self.work(unsent.tell_due):
            pass

    def every_day(self) -> None:
        """Do what is done once a day: the digest at eight, the audit, and letting old rows go."""
        tomorrow = self.almanac.now.local(self.at).date() + DAY
        self.later(self.almanac.now.midnight(tomorrow) + timedelta(hours=8), self.every_day)
        if not self.almanac.now.is_open(self.at):
            return
        self.work(daily_round.daily_round)
        self.deliver()
        self.deliver_all()
        found = self.work(auditing.audit)
        if found.mended or found.stuck:
            self.fault("I5", f"the audit mended something: {found}")
        while self.work(lambda records: retention.let_go(records.session, records.at)):
            pass

    # What people do

    def tap(self, account: int, shown: Shown, action: str, argument: str | None = None) -> str:
        """Tap a button. Returns why it was refused, "" where it was not."""
        self.deliver(account)
        found = [token for (known, about), token in shown.keys.items() if known == action and argument in {None, about}]
        if not found:
            return "gone"
        token, message_id = found[0], shown.message_id
        refused = self.attempt(
            account,
            lambda records: taps.tap(records, token, account_id=account, message_id=message_id),
            lambda records, refusal: taps.refused(records, refusal, token, account_id=account, message_id=message_id),
        )
        self.deliver(account)
        return refused

    def says(self, account: int, text: str, *, reply_to: int | None = None) -> str:
        """Write a message. Returns why it was refused, "" where it was not."""
        self.deliver(account)
        sent = Incoming(account, account, "–", "id", next(self._numbers), text, reply_to=reply_to)
        refused = self.attempt(
            account,
            lambda records: messages.receive(records, sent),
            lambda records, refusal: messages.refused(records, refusal, sent),
        )
        self.deliver(account)
        return refused

    def attempt(
        self,
        account: int,
        work: Callable[[Records], object],
        otherwise: Callable[[Records, Refusal], object] = lambda _records, _refusal: None,
    ) -> str:
        """Do one thing for a person in a transaction. Returns why it was refused, "" where it was not."""
        try:
            self.work(work)
        except Refusal as refusal:
            found = refusal
            self.work(lambda records: otherwise(records, found))
            self.evidence.refused[found.code] = self.evidence.refused.get(found.code, 0) + 1
            return found.code
        if account in self.owners:
            self.evidence.act(self.owners[account], self.at)
        return ""

    def work(self, piece: Callable[[Records], T]) -> T:
        """Do one piece of work in a transaction of its own, now."""
        with self.transaction() as session:
            return piece(Records(session, rules=self.rules, at=self.at))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session whose work is kept, and read what it wrote into the journal."""
        self._fresh.clear()
        self._changed = True
        with self._sessions() as session, session.begin():
            yield session
            session.flush()
            self._name(session)
        self._read()

    def stale(self, account: int) -> None:
        """Trust no message that could not be edited while its reader had blocked the bot."""
        phone = self.telephones.get(account)
        for shown in list(phone.shown.values()) if phone is not None else ():
            if shown.unedited and phone is not None:
                phone.lost.append(replace(shown, keys=dict(shown.keys)))
                phone.edit(shown.message_id, {})

    def fault(self, promise: str, what: str) -> None:
        """Note that a promise was broken."""
        self.evidence.fault(f"{promise} {self.almanac.now.local(self.at):%Y-%m-%d %H.%M.%S}: {what}")

    def errand(self, task_id: int) -> Errand:
        """Return a task, as the journal tells it, by the number that notices and cards have for it."""
        case_id, place = self.places[task_id]
        return self.docket.tasks[self._subjects[case_id]][place]

    # What is owed

    def deliver(self, chat_id: int | None = None) -> None:
        """Draw what is owed, put it into the chats, and look when the program wakes next.

        Where a chat is owed nothing but how a message looks now that keeps its force, it waits for more, for its reader
        to act (`chat_id` is theirs), or for the end of the day: of many drawings of one message only the last is
        carried out.
        """
        while self._changed or chat_id is not None:
            arrivals: list[tuple[int, Shown]] = []
            with self.transaction() as session:
                owing = list(session.scalars(_OWING if chat_id is None else _OWING_TO, {"chat": chat_id}))
                for one in owing:
                    if one not in self.blocked:
                        self._serve(session, one, arrivals)
                if not owing:
                    self._plan(session)
            for one in self.blocked.intersection(owing):
                self._bounce(one)
            for person, shown in arrivals:
                self.arrived(person, shown)
            self._changed, chat_id = bool(owing), None

    def deliver_all(self) -> None:
        """Put all that is owed into the chats, lists too, which wait for this."""
        with self.lists_drawn():
            for chat_id in self.work(lambda records: list(records.session.scalars(_OWING_ANYTHING))):
                self.deliver(chat_id)

    @contextmanager
    def lists_drawn(self) -> Iterator[None]:
        """Let lists be drawn like everything else, while somebody looks at one."""
        with self.transaction() as session:
            session.execute(_TAKE_UP, execution_options=_IN_PASSING)
        self._lists_wait = False
        try:
            yield
        finally:
            self._lists_wait = True

    def _serve(self, session: Session, chat_id: int, arrivals: list[tuple[int, Shown]]) -> None:
        """Draw what is owed to a chat; how its lists look waits for the day to end: that was half of it all."""
        if self._lists_wait:
            session.execute(_PUT_BY, {"chat": chat_id}, execution_options=_IN_PASSING)
        while True:
            job = self._begin(session, chat_id)
            if job is None:
                return
            message_id = self._carry_out(session, job, arrivals)
            self._outbox.outcomes.keep(session, Delivered(job, message_id=message_id))
            session.flush()

    def _begin(self, session: Session, chat_id: int) -> Job | None:
        """Draw the next notice of a chat, and note what its buttons mean."""
        drawn = self._outbox.next_drawing(session, chat_id)
        if drawn.drawing is not None:
            self._meanings.update({one.token: (one.action, one.argument) for one in drawn.drawing.buttons})
        return self._outbox.begin(session, drawn)

    def _bounce(self, chat_id: int) -> None:
        """Let Telegram refuse all that is owed to a chat whose reader has blocked the bot."""
        while True:
            with self.transaction() as session:
                job = self._begin(session, chat_id)
            if job is None:
                return
            with self.transaction() as session:
                self._outbox.outcomes.keep_undeliverable(session, job.notice_id, BLOCKED)
            self._miss(job)

    def _miss(self, job: Job) -> None:
        """Note which messages show by now what is not so any more."""
        plan, phone = job.plan, self.telephones.setdefault(job.chat_id, Telephone(job.chat_id))
        for message_id in plan.message_ids if isinstance(plan, Edit | Delete) else ():
            if message_id in phone.shown:
                phone.shown[message_id].unedited = True

    def _carry_out(self, session: Session, job: Job, arrivals: list[tuple[int, Shown]]) -> int | None:
        phone, plan = self.telephones.setdefault(job.chat_id, Telephone(job.chat_id)), job.plan
        if isinstance(plan, Edit):
            self.edits += 1
            for message_id in plan.message_ids:
                shown = phone.edit(message_id, self._keys(plan.keyboard))
                if shown is not None and shown.kind is CardKind.TASK:
                    arrivals.append((self.owners.get(job.chat_id, 0), shown))
        elif isinstance(plan, Delete):
            for message_id in plan.message_ids:
                phone.delete(message_id)
        elif isinstance(plan, Send):
            return self._send(session, job, plan, phone, arrivals)
        return None

    def _send(self, session: Session, job: Job, plan: Send, phone: Telephone, arrivals: list[tuple[int, Shown]]) -> int:
        notice = session.get_one(Notice, job.notice_id)
        card = session.get(Card, plan.card_id) if plan.card_id is not None else None
        kind = CardKind(card.kind) if card is not None else None
        shown = Shown(
            next(self._numbers),
            plan.card_id or 0,
            kind,
            card.task_id if card is not None else None,
            card.case_id if card is not None else None,
            self._keys(plan.keyboard),
        )
        if kind is CardKind.TASK and notice.kind == NoticeKind.CARD:
            shown.urgent = self._is_very_urgent(session, shown.case_id)
        if not plan.silent:
            shown.sounded_at = self.at
        self._hold_against_the_budget(phone, shown, notice)
        person = self.owners.get(job.chat_id)
        self.evidence.sent.append(Sent(self.at, person, str(notice.kind), kind, plan.silent, shown.urgent))
        phone.add(shown)
        arrivals.append((person or 0, shown))
        return shown.message_id

    def _keys(self, keyboard: Keyboard) -> dict[Meaning, str]:
        tokens = (key.token for row in keyboard for key in row if key.token is not None)
        return {self._meanings[token]: token for token in tokens}

    def _is_very_urgent(self, session: Session, case_id: int | None) -> bool:
        return session.scalar(select(Case.urgency).where(Case.id == case_id)) == Urgency.VERY_URGENT

    def _hold_against_the_budget(self, phone: Telephone, shown: Shown, notice: Notice) -> None:
        """Nothing sounds while the office is closed, and no card on top of one that is still to be decided."""
        days = self.almanac.now
        if shown.sounded_at is None:
            return
        if not days.is_open(self.at):
            self.fault("budget", f"a message sounds while the office is closed: {notice.kind} to {notice.person_id}")
        if shown.kind is not CardKind.TASK or notice.kind != NoticeKind.CARD or shown.urgent:
            return
        for other in phone.deciding.values():
            if other.task_id is not None and self.errand(other.task_id).closed is not None:
                # It was decided a moment ago, and how it looks now is on its way.
                continue
            if other.sounded_at is not None and days.worked(other.sounded_at, self.at) < 30 * 60:
                self.fault("budget", f"a card sounds at {notice.person_id} {other.sounded_at} after another one")

    def _plan(self, session: Session) -> None:
        """Look at what the program would wake for next; what is due even now waits for its look a minute later."""
        records = Records(session, rules=self.rules, at=self.at)
        found = (
            sweep.next_wake(records),
            earliest_absence(session),
            asking.next_wake(records),
            opinions.next_wake(records),
            unsent.next_wake(records),
        )
        following = min((one for one in found if one is not None), default=None)
        if following is not None and following <= self.at:
            following = self.at + (MINUTE if self._wake == self.at else timedelta())
        self._wake = following

    # What the journal says

    def _note(self, _session: Session, instance: object) -> None:
        if isinstance(instance, Entry | Notice | Task | Case):
            self._fresh.append(instance)

    def _name(self, session: Session) -> None:
        """Note the subjects of the chains that were written to, and which tasks belong to which cases."""
        for one in self._fresh:
            if isinstance(one, Entry) and one.chain_id not in self._chains:
                self._chains[one.chain_id] = session.get_one(Chain, one.chain_id).subject
            elif isinstance(one, Case):
                self._subjects[one.id] = session.get_one(Chain, one.chain_id).subject
                self.cases[self._subjects[one.id]] = one.id
            elif isinstance(one, Task):
                places = self._tasks.setdefault(one.case_id, [])
                self.places[one.id] = (one.case_id, len(places))
                places.append(one.id)

    def _read(self) -> None:
        for entry in sorted((one for one in self._fresh if isinstance(one, Entry)), key=_place):
            self._read_entry(entry)
        for one in self._fresh:
            if isinstance(one, Notice) and one.body.get("code") == "person-unreachable":
                self.evidence.outages += 1
            elif isinstance(one, Notice) and one.body.get("code") == "opinion-awaited" and one.person_id is not None:
                self.evidence.owed.append(Owed(self.at, one.person_id, "opinion", (), once=False))
            elif isinstance(one, Notice) and one.kind in REMINDING and one.person_id is not None:
                named = (
                    (one.task_id,) if one.task_id is not None else tuple(i["task"] for i in one.body.get("items", ()))
                )
                owed = Owed(self.at, one.person_id, str(one.kind), named, one.once is not None)
                self.evidence.owed.append(owed)

    def _read_entry(self, entry: Entry) -> None:
        payload = entry.payload
        body = dict(payload.body or {}) if isinstance(payload, Payload) else {}
        subject = self._chains[entry.chain_id]
        if subject == OFFICE_CHAIN:
            self.office_lines += 1
            self.facts.read(entry.at, entry.actor_id, entry.action, body, self.almanac.now)
        line = Line(subject, entry.sequence, entry.at, entry.actor_id, entry.capacity, entry.action, body)
        if subject.startswith("case:"):
            self._watch.mandate(line)
            self.docket.read(line)

    def person(self, records: Records, person: int) -> Person:
        """Return a person in a piece of work."""
        return records.session.get_one(Person, person)
