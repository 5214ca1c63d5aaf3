"""The owed notices: these pieces of work take the next notice of a chat, draw it, and begin it."""

from collections.abc import Callable, Container, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.notices import turns
from bot.notices.job import Delivered, Drawn, Job, OutOfDate, Progress, Undrawable
from bot.notices.outcomes import Outcomes
from bot.replicas.leases import Claim, Leases
from handlers.delivery.drawing import draw
from handlers.delivery.plan import Drawing, Nothing, Plan
from handlers.texts.catalogue import Texts
from models.faults import is_collision, is_outage
from models.mail.card import BESIDE_THE_WRITER, Button
from models.mail.lease import LeaseKind
from models.mail.notice import Notice, NoticeState, Priority
from models.office.invitation import Invite
from models.repository.lookup import Rows
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.rules import Rules

_DRAWN_AT_ONCE = 6
"""For how many chats a transaction draws its notices: enough for a decision, too few for a sweep."""

_MEANINGS = Rows(
    select(Button.action, Button.argument).where(
        Button.card_id == bindparam("card"), Button.version == bindparam("version")
    )
)


class Outbox:
    """The owed notices. Each method is one piece of work and runs in the transaction of its caller."""

    def __init__(self, *, rules: Rules, texts: Texts, now: Callable[[], datetime], leases: Leases) -> None:
        self._rules = rules
        self._texts = texts
        self._now = now
        self._leases = leases
        self.outcomes = Outcomes(rules=rules, now=now, leases=leases)

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
            notice.settle(NoticeState.NOT_NEEDED, at=self._now())
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
                    notice.settle(NoticeState.NOT_NEEDED, at=self._now())
                else:
                    self._store(session, drawing)
                    jobs.append(self._begun(notice, drawing.plan, claim))
        return jobs

    def keep_and_go_on(self, session: Session, delivered: Delivered, tried: Container[int]) -> tuple[bool, Job | None]:
        """Keep that a notice was carried out, as `Outcomes.keep` does, then draw and begin the next one of its chat.

        Returns whether the chat is owed more, and the job; None where the next notice takes long to draw, or cannot be
        drawn: `next_drawing` finds out. Only for a database that no other process uses. `tried` is that of `begin`.
        """
        claim = delivered.job.claim
        self.outcomes.keep_outcome(session, delivered)
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
                notice.settle(NoticeState.NOT_NEEDED, at=self._now())
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
                before.settle(NoticeState.NOT_NEEDED, at=self._now())
                first[notice.chat_id] = notice
            else:
                passed.add(notice.chat_id)
        return first

    def _begun(self, notice: Notice, plan: Plan, claim: Claim) -> Job:
        """Count an attempt, and return its job."""
        notice.attempts += 1
        return Job(claim, notice.chat_id, notice.id, notice.attempts, plan, Progress.read(notice.body))

    def _draw(self, reader: Reader, notice: Notice) -> Drawing:
        """Return the drawing of a notice. Raises `Undrawable`."""
        try:
            return draw(reader, notice, self._texts)
        except Exception as error:
            if is_outage(error) or is_collision(error):
                raise
            raise Undrawable(notice.id) from error

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._now())

    def _reader(self, session: Session) -> Reader:
        return Reader(session, rules=self._rules, at=self._now())
