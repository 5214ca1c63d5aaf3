"""What became of the courier's notices: these pieces of work keep it, and tell the people whom it concerns."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, joinedload

from bot.notices import turns
from bot.notices.job import Delivered, LostFile, Progress
from bot.replicas.leases import Leases
from bot.telegram.fate import obstacle_of
from handlers.delivery.plan import Send, SendFiles, SendPaper, SendRegister
from models.administration import reachability
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.chase.reminders import forget_closed
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import Alert
from models.mail.notice import REMINDING, Notice, NoticeKind, NoticeState, Priority
from models.office import attention
from models.office.person import Person
from models.queries.confidential import is_confidential
from models.repository.lookup import Lookup, Rows, by_key
from models.repository.records import Records
from models.rules.rules import Rules

_NOTICE = Rows(turns.WHOLE.where(Notice.id == bindparam("id")))
_VERSION = Lookup(select(Task.version).where(Task.id == bindparam("task")))


class Outcomes:
    """What became of notices. Each method is one piece of work and runs in the transaction of its caller."""

    def __init__(self, *, rules: Rules, now: Callable[[], datetime], leases: Leases) -> None:
        self._rules = rules
        self._now = now
        self._leases = leases

    def keep_progress(self, session: Session, notice_id: int, progress: Progress) -> None:
        """Keep how far the files of a notice have come, so that the next attempt does not send them again."""
        notice = session.get_one(Notice, notice_id)
        if progress.goes_beyond(Progress.read(notice.body)):
            notice.body = {**notice.body, **progress.written()}

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
        notice.settle(NoticeState.SENT, at=self._now())
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
        notice.settle(NoticeState.UNDELIVERABLE, at=self._now(), failure=reason)
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
            notice.settle(NoticeState.NOT_NEEDED, at=self._now())

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
            notice.settle(NoticeState.UNDELIVERABLE, at=self._now(), failure=reason)

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
                    self._owe_again(session, card)
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
            records.at_last(person, partial(forget_closed, records.session))

    def _owe_again(self, session: Session, card: Card) -> None:
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

    def _set_aside(self, session: Session, notice: Notice, reason: str) -> None:
        notice.settle(NoticeState.UNDELIVERABLE, at=self._now(), failure=reason)
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

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._now())


def _addressee(session: Session, notice: Notice) -> Person | None:
    """Return the addressee of a notice, None if the chat is no longer that of their account."""
    person = by_key(session, Person, notice.person_id) if notice.person_id is not None else None
    return person if person is not None and person.account_id == notice.chat_id else None


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
