"""The parts of a case: tasks, what was attached, what was asked, which rungs of the ladder were climbed."""

from datetime import datetime
from typing import Any, Self

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Identity
from models.case.copy import Copy
from models.mail.card import Card
from models.mail.notice import Notice
from models.office.office import Office
from models.office.person import Person
from models.office.seating import Because, Need, Seat
from models.rules import extending, pausing
from models.rules.actions import Outcome
from models.rules.extending import Clock, Extension
from models.rules.ladder import RungKind
from models.rules.pausing import Pause
from models.rules.sop import Step
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

COMPARABLE = JSON().with_variant(JSONB(), "postgresql")
"""JSON whose default can be held against the tables; PostgreSQL's own `json` knows no equality."""

UNCOUNTED = sql("closed_at IS NOT NULL AND counted_at IS NULL")
"""Whether a task is closed and not counted into the statistics yet, as its index has it."""

BEHIND = sql("behind IS NOT NULL")
"""Whether a task has yet to follow the calendar in force, as its index has it."""


class Task(Base):
    """One pass of one step: opened, due, closed with an outcome, by whom, in which capacity.

    `round` counts the passes through the handle step; `version` grows with each change a button must know of;
    `rung` is the next rung of the ladder and `chase_at` its instant, None once the task is closed, and while it pauses.
    `late_by` is by how many seconds of office time the task was late when it was closed: what a calendar says later
    changes no verdict. None while the task is open, and for tasks from before verdicts were kept. `moved` says why the
    deadline is another one than it was, as `Shift.written` has it; None where the deadline has never moved.

    `waiting_for` counts the questions of the task that wait for the reporter's answer, and `waiting_since` tells since
    when there is one. Where the step pauses meanwhile (`Step.pauses`), `paused_at` is that instant too, and `due_at` is
    the deadline as it was then; `pauses` are those that are over, as `Pause.kept` writes them. `due_at` counts them in.

    A task that was recalled goes on with the clock of the one that was forwarded: `clock_from` is when that one was
    opened, None for any other, and what lay between the two is one of the pauses.

    Without `mandate` nobody decides it as Plh. `urges` counts how often the reporter has urged, last at `urged_at`.
    `not_by` are the numbers of the persons who may not decide the task: they reported the case or joined it, and the
    step judges the work. Empty for any other step. It stays as it was when the task was opened.

    Where nobody can decide it at its own post, it is decided elsewhere: `raised_from` is its own post, `raised_because`
    says why, and `post` is that of the authority that decides. Where that is the admins, `post` is its own. All three
    stay as they were when it was decided. `overrun_at` is when the superior was told that the case comes to the same
    desk again and again and has taken longer than the whole SOP may; of each case that is said once.

    `extensions` are those that were granted, as `Extension.kept` writes them. `due_at` counts them in, and so does what
    the task is chased by; `late_by` does not: the standard stays. `counted_at` is when the closed task was counted into
    the statistics, None before that.

    `behind` is the number of the calendar's version by which the task has its deadline, while a later one is in force
    and the task has yet to follow it: 0 for the office file's before any version was kept. None otherwise.

    `late_reason` is why the task was late in the record, "" where nobody has said it; `late_reason_by_id` said it last,
    in the capacity `late_reason_as` (`ActingAs`), at `late_reason_at`. The journal keeps the reasons before it.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    step: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    standard: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_as: Mapped[str | None] = mapped_column(String(80))
    instructions: Mapped[list[str]]
    note: Mapped[str] = mapped_column(Text, default="")
    mandate: Mapped[bool] = mapped_column(default=True, server_default=sql("true"))
    version: Mapped[int] = mapped_column(default=1)
    rung: Mapped[int] = mapped_column(default=0)
    chase_at: Mapped[datetime | None]
    late_by: Mapped[int | None]
    moved: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    waiting_since: Mapped[datetime | None]
    waiting_for: Mapped[int] = mapped_column(default=0, server_default="0")
    paused_at: Mapped[datetime | None]
    pauses: Mapped[list[dict[str, Any]]] = mapped_column(COMPARABLE, default=list, server_default="[]")
    clock_from: Mapped[datetime | None]
    extensions: Mapped[list[dict[str, Any]]] = mapped_column(COMPARABLE, default=list, server_default="[]")
    urges: Mapped[int] = mapped_column(default=0, server_default="0")
    urged_at: Mapped[datetime | None]
    not_by: Mapped[list[int]] = mapped_column(COMPARABLE, default=list, server_default="[]")
    raised_from: Mapped[str | None] = mapped_column(ForeignKey("posts.code"))
    raised_because: Mapped[Because | None]
    overrun_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    behind: Mapped[int | None]
    late_reason: Mapped[str] = mapped_column(Text, default="", server_default=sql("''"))
    late_reason_at: Mapped[datetime | None]
    late_reason_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    late_reason_as: Mapped[str | None] = mapped_column(String(80))

    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id], lazy="raise")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id], lazy="raise")
    late_reason_by: Mapped[Person | None] = relationship(foreign_keys=[late_reason_by_id], lazy="raise")
    cards: WriteOnlyMapped[Card] = relationship()
    notices: WriteOnlyMapped[Notice] = relationship()
    live_cards: Mapped[list[Card]] = relationship(
        lazy="raise", viewonly=True, primaryjoin="and_(Task.id == Card.task_id, Card.live)", order_by="Card.id"
    )
    chases: WriteOnlyMapped["Chase"] = relationship()
    copies: Mapped[list[Copy]] = relationship(lazy="raise", order_by=Copy.id)

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_tasks_decided_by",
            "decided_by_id",
            "case_id",
            sqlite_where=sql("decided_by_id IS NOT NULL"),
            postgresql_where=sql("decided_by_id IS NOT NULL"),
        ),
        Index(
            "ix_tasks_decided_at",
            "decided_by_id",
            "closed_at",
            sqlite_where=sql("decided_by_id IS NOT NULL"),
            postgresql_where=sql("decided_by_id IS NOT NULL"),
        ),
        Index(
            "ix_tasks_assignee",
            "assignee_id",
            "case_id",
            sqlite_where=sql("assignee_id IS NOT NULL"),
            postgresql_where=sql("assignee_id IS NOT NULL"),
        ),
        Index(
            "ix_tasks_chase_at",
            "chase_at",
            sqlite_where=sql("chase_at IS NOT NULL"),
            postgresql_where=sql("chase_at IS NOT NULL"),
        ),
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index(
            "ix_tasks_raised",
            "raised_from",
            sqlite_where=sql("closed_at IS NULL AND raised_from IS NOT NULL"),
            postgresql_where=sql("closed_at IS NULL AND raised_from IS NOT NULL"),
        ),
        Index("ix_tasks_behind", "id", sqlite_where=BEHIND, postgresql_where=BEHIND),
        Index("ix_tasks_uncounted", "id", sqlite_where=UNCOUNTED, postgresql_where=UNCOUNTED),
        Index(
            "ix_tasks_open", "post", sqlite_where=sql("closed_at IS NULL"), postgresql_where=sql("closed_at IS NULL")
        ),
    )

    @classmethod
    def opened(
        cls,
        *,
        step: Step,
        standard: Standard,
        round_number: int,
        seat: Seat,
        assignee: Person | None,
        not_by: list[int],
        due: datetime,
        at: datetime,
    ) -> Self:
        """Return a task that has just been opened for those who sit at `seat`, and may take `standard`."""
        return cls(
            step=step.number,
            round=round_number,
            post=seat.post,
            raised_from=seat.raised_from,
            raised_because=seat.because,
            assignee=assignee,
            assignee_id=assignee.id if assignee else None,
            standard=str(standard),
            opened_at=at,
            due_at=due,
            started_at=None,
            closed_at=None,
            outcome=None,
            decided_by=None,
            decided_as=None,
            instructions=[],
            note="",
            mandate=step.mandate,
            version=1,
            rung=0,
            chase_at=None,
            late_by=None,
            moved=None,
            waiting_since=None,
            waiting_for=0,
            paused_at=None,
            pauses=[],
            clock_from=None,
            extensions=[],
            urges=0,
            urged_at=None,
            late_reason="",
            late_reason_at=None,
            late_reason_by=None,
            late_reason_as=None,
            not_by=not_by,
            live_cards=[],
            copies=[],
        )

    @property
    def is_open(self) -> bool:
        """Whether the task still waits for its decision."""
        return self.closed_at is None

    def deciders(self, office: Office) -> list[Person]:
        """Return who may decide the task: its assignee while they hold the post, else all who hold it.

        While one of them is away, their Plh. decides in their place, unless the SOP does not allow that at this step.

        While the assignee has no account, as after a lost phone, it falls to the colleagues who have one; where there
        are none, it stays the assignee's. Nothing is written down about that: from the instant the assignee has an
        account again, the task is theirs alone, unless a colleague has started it and so become its assignee.
        """
        return office.among(self.judges(office), self.post, self.assignee_id, mandate=self.mandate)

    def judges(self, office: Office) -> list[Person]:
        """Return who may act in the task's post, without those who may not decide it, if there are others."""
        return self.judges_at(self.sits, office)

    def judges_at(self, seat: Seat, office: Office) -> list[Person]:
        """Return who may act at `seat`, without those who may not decide the task, if there are others."""
        holding = office.able_admins if seat.admins else office.holding(seat.post, mandate=self.mandate)
        return [person for person in holding if person.id not in self.not_by] or holding

    def awaits_return(self, office: Office) -> bool:
        """Whether the task waits until who decides it is back: all are away, and no Plh. may decide it."""
        deciders = self.deciders(office)
        return not self.mandate and bool(deciders) and all(one.id in office.away for one in deciders)

    @property
    def by_admins(self) -> bool:
        """Whether the admins decide the task, because nobody in the line above its post can either."""
        return self.sits.admins

    @property
    def raised(self) -> dict[str, str] | None:
        """How the journal tells in whose place the task is decided, and why; None where it is at its own post."""
        if self.raised_from is None or self.raised_because is None:
            return None
        return {"from": self.raised_from, "because": Because(self.raised_because).value}

    @property
    def sits(self) -> Seat:
        """Where the task is now."""
        return Seat(self.post, self.raised_from, self.raised_because)

    def sit_at(self, seat: Seat) -> None:
        """Let the task be there."""
        self.post, self.raised_from, self.raised_because = seat.post, seat.raised_from, seat.because

    def seat(self, office: Office, *, at: datetime) -> Seat:
        """Return where the task belongs at the instant `at`: at its own post, or with the next authority up."""
        overdue = office.file.calendar.late(self.due_at, self.seen_at(at)) > 0
        need = Need(mandate=self.mandate, other_than=frozenset(self.not_by), overdue=overdue)
        return office.seat(self.raised_from or self.post, need)

    def counted_from(self, calendar: WorkCalendar) -> datetime:
        """Return the instant from which the clock of the task would have run without a stop to be where it is now."""
        return pausing.counted_from(self.clock_from or self.opened_at, self.pauses, calendar)

    def seen_at(self, at: datetime) -> datetime:
        """Return the instant at which the clock of the task stands: `at`, or when it was stopped, while it pauses."""
        return at if self.paused_at is None else self.paused_at

    def goes_on(self, forwarded: "Task", calendar: WorkCalendar) -> None:
        """Let the clock of the task go on where that of `forwarded` stopped, which is recalled when this one opens.

        The rungs of the ladder that were climbed stay climbed.
        """
        closed_at = forwarded.closed_at or self.opened_at
        self.clock_from = forwarded.clock_from or forwarded.opened_at
        self.pauses = [*forwarded.pauses, Pause(closed_at, self.opened_at).kept]
        self.extensions = list(forwarded.extensions)
        self.rung = forwarded.rung
        self.due_at = self.deadline(calendar)

    @property
    def time_standard(self) -> Standard:
        """The mutu baku of the task: its step's in the case's version of the SOP, for a report of this urgency."""
        return Standard.parse(self.standard)

    @property
    def measure(self) -> Standard:
        """The time at whose end the deadline lies: that of the last extension, or the standard."""
        return Extension.read(self.extensions[-1]).span if self.extensions else self.time_standard

    def deadline(self, calendar: WorkCalendar, *granted: Extension) -> datetime:
        """Return the deadline (UTC) by `calendar`, with the pauses that are over, the extensions, and `granted`.

        It is that of an opening afresh. `due_at` holds it while that calendar is in force.
        """
        return self._clock(calendar, *granted).due

    def chased_from(self, calendar: WorkCalendar) -> datetime:
        """Return the instant (UTC) from which the ladder of the task counts: see `Clock`."""
        return self._clock(calendar).since

    def _clock(self, calendar: WorkCalendar, *granted: Extension) -> Clock:
        pauses = map(Pause.read, self.pauses)
        extensions = [*map(Extension.read, self.extensions or ()), *granted]
        return extending.clock(self.clock_from or self.opened_at, self.time_standard, pauses, extensions, calendar)

    def standard_deadline(self, calendar: WorkCalendar) -> datetime:
        """Return the deadline (UTC) that the task would have by `calendar` had nobody extended it."""
        pauses = map(Pause.read, self.pauses)
        return pausing.deadline(self.clock_from or self.opened_at, self.time_standard, pauses, calendar)

    def was_late(self, calendar: WorkCalendar, *, at: datetime) -> bool:
        """Whether the task was closed late, by the calendar of that day, or is late at the instant `at` by `calendar`.

        Of tasks from before verdicts were kept, `calendar` is asked.
        """
        if self.late_by is not None:
            return self.late_by > 0
        return calendar.late(self.due_at, self.closed_at or self.seen_at(at)) > 0


class Chase(Base):
    """One rung of the ladder that was climbed for one task; the key lets each be climbed once."""

    __tablename__ = "chases"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RungKind]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
