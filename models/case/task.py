"""The parts of a case: tasks, what was attached, what was asked, which rungs of the ladder were climbed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Identity
from models.mail.card import Card, Notice
from models.office.office import Office, Person
from models.rules.ladder import RungKind
from models.rules.sop import Sop, Standard, Step, StepKind


class Action(StrEnum):
    """What a person may do in a case; the journal uses the same words."""

    REPORT = "report"
    FORWARD = "forward"
    SEND_BACK = "send-back"
    DECLINE = "decline"
    MOVE = "move"
    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    SUBMIT = "submit"
    PASS = "pass"  # noqa: S105 - a word, not a password
    APPROVE = "approve"
    RETURN = "return"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    ATTACH = "attach"
    WRITE = "write"
    FEEDBACK = "feedback"


class Outcome(StrEnum):
    """How a task ended."""

    FORWARDED = "forwarded"
    SENT_BACK = "sent-back"
    DECLINED = "declined"
    MOVED = "moved"
    SUBMITTED = "submitted"
    PASSED = "passed"
    APPROVED = "approved"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"


ONWARD = {
    StepKind.ASSIGN: Action.FORWARD,
    StepKind.HANDLE: Action.SUBMIT,
    StepKind.CORRECT: Action.PASS,
    StepKind.APPROVE: Action.APPROVE,
    StepKind.ACKNOWLEDGE: Action.ACKNOWLEDGE,
}
"""The action that carries a case on, for each kind of step (design: what each kind allows)."""

OUTCOMES = {
    Action.FORWARD: Outcome.FORWARDED,
    Action.SEND_BACK: Outcome.SENT_BACK,
    Action.DECLINE: Outcome.DECLINED,
    Action.MOVE: Outcome.MOVED,
    Action.SUBMIT: Outcome.SUBMITTED,
    Action.PASS: Outcome.PASSED,
    Action.APPROVE: Outcome.APPROVED,
    Action.RETURN: Outcome.RETURNED,
    Action.ACKNOWLEDGE: Outcome.ACKNOWLEDGED,
}
"""The outcome that each deciding action gives its task."""


def allowed(sop: Sop, step: Step) -> frozenset[Action]:
    """Return what the SOP lets the holder of `step` do, besides adding a note."""
    actions = {ONWARD[step.kind], Action.NOTE}
    if step == sop.first:
        actions.add(Action.DECLINE)
    if step.kind is StepKind.ASSIGN:
        actions.add(Action.MOVE if step == sop.first else Action.SEND_BACK)
    elif step.kind is StepKind.HANDLE:
        actions |= {Action.START, Action.ASK, Action.WRITE, Action.ATTACH}
    elif step.kind in (StepKind.CORRECT, StepKind.APPROVE):
        actions.add(Action.RETURN)
    return frozenset(actions)


class Task(Base):
    """One pass of one step: opened, due, closed with an outcome, by whom, in which capacity.

    `round` counts the passes through the handle step; `version` grows with each change a button must know of;
    `rung` is the next rung of the ladder and `chase_at` its instant, None once the task is closed.
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
    version: Mapped[int] = mapped_column(default=1)
    rung: Mapped[int] = mapped_column(default=0)
    chase_at: Mapped[datetime | None]

    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id], lazy="raise")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id], lazy="raise")
    cards: WriteOnlyMapped[Card] = relationship()
    notices: WriteOnlyMapped[Notice] = relationship()
    live_cards: Mapped[list[Card]] = relationship(
        lazy="raise", viewonly=True, primaryjoin="and_(Task.id == Card.task_id, Card.live)", order_by="Card.id"
    )
    chases: WriteOnlyMapped["Chase"] = relationship()

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
        Index(
            "ix_tasks_open", "post", sqlite_where=sql("closed_at IS NULL"), postgresql_where=sql("closed_at IS NULL")
        ),
    )

    @classmethod
    def opened(
        cls, *, step: Step, round_number: int, post: str, assignee: Person | None, due: datetime, at: datetime
    ) -> Self:
        """Return a task that has just been opened for the holders of `post`."""
        return cls(
            step=step.number,
            round=round_number,
            post=post,
            assignee=assignee,
            assignee_id=assignee.id if assignee else None,
            standard=str(step.standard),
            opened_at=at,
            due_at=due,
            started_at=None,
            closed_at=None,
            outcome=None,
            decided_by=None,
            decided_as=None,
            instructions=[],
            note="",
            version=1,
            rung=0,
            chase_at=None,
            live_cards=[],
        )

    @property
    def is_open(self) -> bool:
        """Whether the task still waits for its decision."""
        return self.closed_at is None

    def deciders(self, office: Office) -> list[Person]:
        """Return who may decide the task: its assignee while they hold the post, else all who hold it.

        While the assignee has no account, as after a lost phone, it falls to the colleagues who have one; where there
        are none, it stays the assignee's. Nothing is written down about that: from the instant the assignee has an
        account again, the task is theirs alone, unless a colleague has started it and so become its assignee.
        """
        holding = office.holders(self.post)
        own = [person for person in holding if person.id == self.assignee_id]
        if any(person.telegram_id is None for person in own):
            return [person for person in holding if person.telegram_id is not None] or own
        return own or holding

    @property
    def time_standard(self) -> Standard:
        """The mutu baku of the step, as the case's version of the SOP has it."""
        return Standard.parse(self.standard)


class Chase(Base):
    """One rung of the ladder that was climbed for one task; the key lets each be climbed once."""

    __tablename__ = "chases"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RungKind]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]


class AttachmentKind(StrEnum):
    """The kinds of file Telegram lets a bot send again by file_id."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"


class Attachment(Base):
    """A file that travels with the case by Telegram's file_id; it is never downloaded or sent up again."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    revision: Mapped[int | None]
    kind: Mapped[AttachmentKind]
    file_id: Mapped[str] = mapped_column(String(255))
    file_unique_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255), default="")
    size: Mapped[int] = mapped_column(default=0)
    caption: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]

    __table_args__ = (Index(None, "case_id"),)

    @property
    def record(self) -> "FileRecord":
        """The file by itself, to be attached once more."""
        return {
            "kind": self.kind,
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "name": self.name,
            "size": self.size,
            "caption": self.caption,
        }


def file_digest(file: Mapping[str, Any]) -> str:
    """Return the digest of all that is kept of a file, as a record of it or a row: what the journal holds it to be."""
    kept = [str(file["kind"]), file["file_id"], file["file_unique_id"]]
    kept += [file.get("name", ""), file.get("size", 0), file.get("caption", "")]
    return hashlib.sha256(json.dumps(kept, default=str).encode()).hexdigest()


def told_files(files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the journal tells of files: their identifiers, and the digests of all that is kept of them."""
    return {
        "files": [file["file_unique_id"] for file in files],
        "attached": [file_digest(file) for file in files],
    }


class Question(Base):
    """A question to the reporter, and the answer once it came."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "case_id"),)


class Remark(Base):
    """A note that was added to a case without deciding anything, such as a reply to a card."""

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    __table_args__ = (Index(None, "case_id"),)


FileRecord = dict[str, Any]
"""A file as a draft keeps it: kind, file_id, file_unique_id, name, size, caption."""
