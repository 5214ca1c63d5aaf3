"""The transactions of the courier: they take the next notice of a chat, draw it, and keep its outcome."""

import logging
from collections.abc import Callable, Container, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, joinedload

from bot.notices import turns
from bot.notices.job import Delivered, Drawn, Job, LostFile, OutOfDate, Progress, Undrawable
from bot.replicas.leases import Claim, Leases
from bot.telegram.fate import obstacle_of
from handlers.delivery.drawing import draw
from handlers.delivery.plan import Drawing, Nothing, Plan, Send, SendFiles, SendPaper, SendRegister
from handlers.texts.catalogue import Texts
from models.administration import reachability
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.faults import is_collision, is_outage
from models.mail import correspondence
from models.mail.card import BESIDE_THE_WRITER, Button, Card, CardKind
from models.mail.correspondence import Alert
from models.mail.lease import LeaseKind
from models.mail.notice import REMINDING, Notice, NoticeKind, NoticeState, Priority
from models.office import attention
from models.office.invitation import Invite
from models.office.person import Person
from models.queries.confidential import is_confidential
from models.repository.lookup import Lookup, Rows, by_key
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

_DRAWN_AT_ONCE = 6
"""For how many chats a transaction draws its notices: enough for a decision, too few for a sweep."""

_NOTICE = Rows(turns.WHOLE.where(Notice.id == bindparam("id")))
_VERSION = Lookup(select(Task.version).where(Task.id == bindparam("task")))
_MEANINGS = Rows(
    select(Button.action, Button.argument).where(
        Button.card_id == bindparam("card"), Button.version == bindparam("version")
    )
)

_PROGRESS = "sent"
"""The key in a notice's body under which it counts the files that are done with."""

_HEADED = "headed"
"""The key in a notice's body under which it keeps that the caption went before its files."""

_LOST = "lost"
"""The key in a notice's body under which it keeps the files that Telegram refuses."""


class Outbox:
    """The owed notices. Each method is one piece of work and runs in the transaction of its caller."""

    def __init__(self, *, rules: Rules, texts: Texts, now: Callable[[], datetime], leases: Leases) -> None:
        self._rules = rules
        self._texts = texts
        self._now = now
        self._leases = leases

    def owing(self, session: Session) -> list[tuple[int, Priority]]:
        """Return the chats that are owed a notice and that no other process serves, the most urgent first.

        Each comes with the highest priority among its owed notices.
        """
        urgency, oldest = func.min(Notice.priority), func.min(Notice.id)
        owed = (
            select(Notice.chat_id, urgency)
            .where(Notice.state == NoticeState.OWED, self._leases.free(LeaseKind.OUTBOX, Notice.chat_id))
            .group_by(Notice.chat_id)
        )
        return [(chat_id, Priority(first)) for chat_id, first in session.execute(owed.order_by(urgency, oldest))]

    def next_drawing(self, session: Session, chat_id: int) -> Drawn:
        """Draw the next notice of a chat, in a session that only reads; `begin` makes a job of it.

        Of successive refreshes of one card only the last is carried out. Raises `Undrawable`.
        """
        reader, passed = self._reader(session), list[int]()
        behind, after = turns.FIRST_PLACE
        while rows := turns.NEXT.all(session, {"chat": chat_id, "behind": behind, "after": after}):
            found = list(map(turns.whole, rows))
            for notice, following in zip(found, [*found[1:], None], strict=True):
                if following is None or not turns.same_refresh(notice, following):
                    drawing = self._draw(reader, notice)
                    if not isinstance(drawing.plan, Nothing):
                        return Drawn(chat_id, notice.id, drawing, tuple(passed))
                passed.append(notice.id)
                behind, after = turns.place(notice)
        return Drawn(chat_id, None, None, tuple(passed))

    def begin(self, session: Session, drawn: Drawn, *, tried: Container[int] = ()) -> Job | None:
        """Make a job of a drawing. None when the chat is owed nothing more, or another process serves it.

        A notice that has attempts but is not among the `tried` of the caller was begun by a process that has ended
        since, and counts as a send of unknown fate. Raises `OutOfDate` where the chat was served, or was owed another
        notice, since the drawing was made.
        """
        claim = self._leases.claim(session, LeaseKind.OUTBOX, drawn.chat_id)
        if claim is None:
            return None
        for notice in self._still_owed(session, drawn.passed):
            self._count_doubt(notice, tried)
            self._settle(notice, NoticeState.NOT_NEEDED)
        if drawn.notice_id is None or drawn.drawing is None:
            session.flush()
            if turns.MORE.first(session, {"chat": drawn.chat_id}) is not None:
                raise OutOfDate
            self._leases.release(session, claim)
            return None
        for notice in self._still_owed(session, [drawn.notice_id]):
            self._count_doubt(notice, tried)
            self._store(session, drawn.drawing)
            return self._begun(notice, drawn.drawing.plan, claim)
        raise OutOfDate

    def _still_owed(self, session: Session, notice_ids: Sequence[int]) -> Sequence[Notice]:
        return turns.THESE.all(session, {"ids": list(notice_ids)}) if notice_ids else []

    def _count_doubt(self, notice: Notice, tried: Container[int]) -> None:
        """Count a send of unknown fate; also of a notice that is not needed any more, for its message may be there."""
        if notice.attempts and notice.id not in tried:
            notice.doubtful += 1

    def _store(self, session: Session, drawing: Drawing) -> None:
        """Store what the message shows for the first time. Raises `OutOfDate` where another drawing was first."""
        if drawing.buttons:
            first = drawing.buttons[0]
            shown = set(_MEANINGS.all(session, {"card": first.card_id, "version": first.version}))
            if shown & {(button.action, button.argument) for button in drawing.buttons}:
                raise OutOfDate
            session.add_all(drawing.buttons)
        if drawing.tells is not None:
            # Records tell the office's journal of it.
            self._records(session).session.get_one(Invite, drawing.tells.invite_id).digest = drawing.tells.digest

    def first_jobs(self, session: Session, owed: Sequence[Notice], busy: Container[int]) -> list[Job]:
        """Draw the notices that a transaction owes before it is committed, so that they leave with the commit.

        The case has been read by then, and its readers need not wait for another transaction. `next_drawing` draws the
        rest: a notice behind another one in its chat, a notice to a `busy` chat, and all if they go to many chats. Only
        for a database that no other process uses. Raises `Undrawable`.
        """
        first = self._first_of_each_chat(owed)
        free = [chat_id for chat_id in first if chat_id not in busy]
        if not free or len(first) > _DRAWN_AT_ONCE:
            return []
        foremost: dict[int, int] = dict(turns.FOREMOST.all(session, {"chats": free}))
        reader, jobs = self._reader(session), []
        # No drawing depends on what another one writes: all of it is written together.
        with session.no_autoflush:
            for notice in (first[chat_id] for chat_id in free):
                card = reader.card_by_id(notice.card_id)
                if card is not None and card.kind in BESIDE_THE_WRITER:
                    continue
                claim = self._leases.claim(session, LeaseKind.OUTBOX, notice.chat_id)
                if claim is None or foremost.get(notice.chat_id) != notice.id:
                    continue
                drawing = self._draw(reader, notice)
                if isinstance(drawing.plan, Nothing):
                    self._settle(notice, NoticeState.NOT_NEEDED)
                else:
                    self._store(session, drawing)
                    jobs.append(self._begun(notice, drawing.plan, claim))
        return jobs

    def keep_and_go_on(self, session: Session, delivered: Delivered, tried: Container[int]) -> tuple[bool, Job | None]:
        """Keep that a notice was carried out, as `keep` does, then draw and begin the next one of its chat.

        Returns whether the chat is owed more, and the job; None where the next notice takes long to draw, or cannot be
        drawn: `next_drawing` finds out. Only for a database that no other process uses. `tried` is that of `begin`.
        """
        claim = delivered.job.claim
        self.keep_outcome(session, delivered)
        behind, after = turns.FIRST_PLACE
        rows = turns.NEXT.all(session, {"chat": claim.lane, "behind": behind, "after": after})
        if not rows:
            self._leases.release(session, claim)
            return False, None
        try:
            return True, self._following(session, claim, list(map(turns.whole, rows)), tried)
        except Undrawable:
            return True, None

    def _following(self, session: Session, claim: Claim, found: Sequence[Notice], tried: Container[int]) -> Job | None:
        """Begin the first of the next notices of a chat that shows something; those before it are settled."""
        reader = self._reader(session)
        # As with `first_jobs`: no drawing depends on what is written here.
        with session.no_autoflush:
            for notice, following in zip(found, [*found[1:], None], strict=True):
                drawing = None
                if following is None or not turns.same_refresh(notice, following):
                    if notice.card is not None and notice.card.kind in BESIDE_THE_WRITER:
                        return None
                    drawing = self._draw(reader, notice)
                self._count_doubt(notice, tried)
                if drawing is not None and not isinstance(drawing.plan, Nothing):
                    self._store(session, drawing)
                    return self._begun(notice, drawing.plan, claim)
                self._settle(notice, NoticeState.NOT_NEEDED)
        return None

    def _first_of_each_chat(self, owed: Sequence[Notice]) -> dict[int, Notice]:
        """Return the first notice to send in each chat. Of successive refreshes of one card only the last is needed."""
        first: dict[int, Notice] = {}
        passed: set[int] = set()
        for notice in sorted(owed, key=turns.place):
            before = first.setdefault(notice.chat_id, notice)
            if before is notice or notice.chat_id in passed:
                continue
            if turns.same_refresh(before, notice):
                self._settle(before, NoticeState.NOT_NEEDED)
                first[notice.chat_id] = notice
            else:
                passed.add(notice.chat_id)
        return first

    def _begun(self, notice: Notice, plan: Plan, claim: Claim) -> Job:
        """Count an attempt, and return its job."""
        notice.attempts += 1
        return Job(claim, notice.chat_id, notice.id, notice.attempts, plan, _progress_of(notice))

    def keep_progress(self, session: Session, notice_id: int, progress: Progress) -> None:
        """Keep how far the files of a notice have come, so that the next attempt does not send them again."""
        notice, lost = session.get_one(Notice, notice_id), [dict(one) for one in progress.lost]
        kept = _progress_of(notice)
        if (progress.sent, progress.headed) > (kept.sent, kept.headed):
            notice.body = {**notice.body, _PROGRESS: progress.sent, _LOST: lost, _HEADED: progress.headed}

    def keep_doubt(self, session: Session, notice_id: int) -> None:
        """Note that a send may or may not have reached the chat."""
        session.get_one(Notice, notice_id).doubtful += 1

    def keep(self, session: Session, delivered: Delivered) -> bool:
        """Keep that a notice was carried out, and what its card shows now. Returns whether the chat is owed more."""
        self.keep_outcome(session, delivered)
        more = turns.MORE.first(session, {"chat": delivered.job.claim.lane}) is not None
        if not more:
            self._leases.release(session, delivered.job.claim)
        return more

    def keep_outcome(self, session: Session, delivered: Delivered) -> None:
        """Keep what became of a notice and its card.

        If another process has served the chat meanwhile, nobody knows which of the two edited the card last. The card
        is then refreshed.
        """
        claim = delivered.job.claim
        overtaken = not self._leases.still_owned(session, claim)
        notice = turns.whole(*_NOTICE.all(session, {"id": delivered.job.notice_id}))
        self._settle(notice, NoticeState.SENT)
        card, records = notice.card, self._records(session)
        if delivered.lost:
            self._tell_of_lost_files(records, notice, delivered.lost)
        person = _addressee(session, notice)
        if person is not None and isinstance(delivered.job.plan, Send | SendFiles | SendPaper | SendRegister):
            # Before the card is locked: this may lock the office and cases, which a tap locks before it locks a card.
            reachability.regained(records, person, arrived=card)
        if card is not None and notice.kind == NoticeKind.WITHDRAW:
            card.message_id = card.twin_id = None
        elif card is not None:
            records.lock_card(card)
            self._keep_shown(session, card, delivered)
            if overtaken and card.message_id is not None:
                card.digest = None
                session.add(correspondence.refresh(card, at=self._now()))
            if person is not None:
                self._keep_heard(records, notice, person, delivered)

    def _tell_of_lost_files(self, records: Records, notice: Notice, lost: Sequence[LostFile]) -> None:
        """Tell the reader and the admins which files Telegram refuses, and why.

        The admins learn no name of a file of a confidential case.
        """
        reader = _addressee(records.session, notice)
        data: dict[str, Any] = {"number": _number_of(records, notice), "lost": [dict(one) for one in lost]}
        records.say(notice.chat_id, "files-lost", person=reader, **data)
        admins = records.lock_office().admins
        data["name"] = reader.name if reader is not None else "–"
        if is_confidential(records.reader, notice.case_id):
            data["lost"] = [{**one, "name": ""} for one in lost]
        records.owe(*correspondence.alert(Alert.FILES_LOST, admins, at=records.at, data=data))

    def keep_undeliverable(self, session: Session, notice_id: int, reason: str) -> None:
        """Keep that a person cannot be reached, write it in the case's journal, and alert those who can help.

        They get one alert when the outage begins, and one for each new task or question that cannot be delivered.
        """
        records = self._records(session)
        notice = session.get_one(Notice, notice_id, options=[joinedload(Notice.card)])
        if notice.state != NoticeState.OWED:
            return
        self._settle(notice, NoticeState.UNDELIVERABLE, reason)
        person = _addressee(session, notice)
        if person is None:
            return
        news = reachability.lost(records, person, obstacle=obstacle_of(reason))
        proceeding, task = _case_of(records, notice)
        if proceeding is None or notice.kind in {NoticeKind.REFRESH, NoticeKind.WITHDRAW}:
            return
        proceeding.undelivered(NoticeKind(notice.kind).value, to=person.id, reason=reason)
        card = notice.card if notice.kind == NoticeKind.CARD else None
        # The first news of an outage names every task that waits, but not a question to a reporter.
        if card is not None and (card.kind == CardKind.QUESTION or (card.kind == CardKind.TASK and not news)):
            proceeding.alert_unreachable(person, task)

    def pass_over_stranger(self, session: Session, notice_id: int) -> None:
        """Give up an answer to a stranger that would have to wait: the chats of strangers keep nobody else's answer."""
        notice = session.get_one(Notice, notice_id)
        if notice.state == NoticeState.OWED and notice.priority == Priority.STRANGER:
            self._settle(notice, NoticeState.NOT_NEEDED)

    def set_aside(self, session: Session, notice_id: int, reason: str) -> None:
        """Give up a notice that cannot be drawn, or that Telegram refuses for good, and alert the admins.

        The notices behind it go on. What is for a stranger alerts nobody. Does nothing if the notice has been deleted.
        """
        notice = session.get(Notice, notice_id)
        if notice is not None and notice.state == NoticeState.OWED:
            self._set_aside(session, notice, reason)

    def keep_fault(self, session: Session, notice_id: int, reason: str) -> None:
        """Settle a notice whose outcome could not be kept in full, so that it is not carried out again and again.

        Its message may be in the chat. Does nothing if the notice has been deleted.
        """
        notice = session.get(Notice, notice_id)
        if notice is not None:
            notice.doubtful += 1
            self._settle(notice, NoticeState.UNDELIVERABLE, reason)

    def alert_throttled(self, session: Session) -> None:
        """Alert the admins, once in an hour, that Telegram refuses the office. It reaches them when that is over."""
        records = self._records(session)
        hour = records.at.strftime("%Y-%m-%dT%H")
        admins = records.lock_office().admins
        for owed in correspondence.alert(Alert.THROTTLED, admins, at=records.at, data={}, once=hour):
            records.owe_once(owed)

    def keep_migrated(self, session: Session, chat_id: int, *, to: int) -> None:
        """Move the owed notices and the cards of a group to its new chat id."""
        owed = update(Notice).where(Notice.chat_id == chat_id, Notice.state == NoticeState.OWED)
        session.execute(owed.values(chat_id=to))
        # Message numbers of the old group mean nothing in the new one.
        shown = update(Card).where(Card.chat_id == chat_id)
        session.execute(shown.values(chat_id=to, message_id=None, twin_id=None))

    def _keep_shown(self, session: Session, card: Card, delivered: Delivered) -> None:
        plan = delivered.job.plan
        if delivered.message_id is not None:
            if card.message_id not in {None, delivered.message_id}:
                card.twin_id = card.message_id
            card.message_id = delivered.message_id
            if isinstance(plan, Send):
                card.sounded_at = None if plan.silent else self._now()
        elif delivered.gone:
            shown = [one for one in (card.message_id, card.twin_id) if one is not None]
            card.message_id, card.twin_id = (*(one for one in shown if one not in delivered.gone), None, None)[:2]
            if card.message_id is None:
                card.digest = None
                # Where it has no message already, this was kept before, and the answer to that commit was lost.
                if shown and card.live and card.kind == CardKind.TASK:
                    self._owe_anew(session, card)
                return
        card.digest = getattr(plan, "digest", None) or card.digest

    def _keep_heard(self, records: Records, notice: Notice, person: Person, delivered: Delivered) -> None:
        """Keep whether the reader heard what arrived: the next reminder names a task whose card came silently."""
        plan, card = delivered.job.plan, notice.card
        if not isinstance(plan, Send) or card is None:
            return
        if (notice.kind in REMINDING or card.kind == CardKind.REMINDER) and not plan.silent:
            records.at_last(person, partial(attention.note_arrival, at=records.at))
        elif card.kind == CardKind.TASK and card.task_id is not None and card.live and plan.silent:
            file, version = records.office_file, _VERSION.first(records.session, {"task": card.task_id}) or 0
            came = partial(attention.note_silent_card, task_id=card.task_id, file=file, version=version, at=records.at)
            records.at_last(person, came)

    def _owe_anew(self, session: Session, card: Card) -> None:
        """Owe a living card again after its reader has deleted its message."""
        session.add(
            correspondence.owed(
                NoticeKind.CARD,
                card.chat_id,
                at=self._now(),
                priority=Priority.CARD,
                person_id=card.person_id,
                card=card,
            )
        )

    def _draw(self, reader: Reader, notice: Notice) -> Drawing:
        """Return the drawing of a notice. Raises `Undrawable`."""
        try:
            return draw(reader, notice, self._texts)
        except Exception as error:
            if is_outage(error) or is_collision(error):
                raise
            raise Undrawable(notice.id) from error

    def _set_aside(self, session: Session, notice: Notice, reason: str) -> None:
        self._settle(notice, NoticeState.UNDELIVERABLE, reason)
        # Anybody can add the bot to groups that take no messages.
        if notice.kind == NoticeKind.ALERT or notice.priority == Priority.STRANGER:
            return
        records = self._records(session)
        person = session.get(Person, notice.person_id) if notice.person_id is not None else None
        data = {
            "notice": str(notice.id),
            "name": person.name if person else "–",
            "number": _number_of(records, notice),
            "reason": reason,
        }
        # The auditor deals a card that never arrived again and again; one alert is enough.
        once = f"task {notice.task_id} {notice.person_id}" if notice.task_id is not None else f"notice {notice.id}"
        for owed in correspondence.alert(
            Alert.UNDELIVERABLE, records.lock_office().admins, at=records.at, data=data, once=once
        ):
            records.owe_once(owed)

    def _settle(self, notice: Notice, state: NoticeState, failure: str | None = None) -> None:
        notice.state, notice.settled_at, notice.failure = state, self._now(), failure

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._now())

    def _reader(self, session: Session) -> Reader:
        return Reader(session, rules=self._rules, at=self._now())


def _addressee(session: Session, notice: Notice) -> Person | None:
    """Return the addressee of a notice, None if the chat is no longer that of their account."""
    person = by_key(session, Person, notice.person_id) if notice.person_id is not None else None
    return person if person is not None and person.account_id == notice.chat_id else None


def _progress_of(notice: Notice) -> Progress:
    body = notice.body
    return Progress(body.get(_PROGRESS, 0), tuple(body.get(_LOST, ())), headed=body.get(_HEADED, False))


def _number_of(records: Records, notice: Notice) -> str:
    """Return the number of the case that a notice is about, a dash where it is about none."""
    named = notice.body.get("data", {}).get("number") or records.reader.case_number(notice.case_id)
    return str(named or "–")


def _case_of(records: Records, notice: Notice) -> tuple[Proceeding | None, Task | None]:
    if notice.task_id is not None:
        return records.task(notice.task_id)
    if notice.case_id is not None:
        return records.case(notice.case_id), None
    return None, None
