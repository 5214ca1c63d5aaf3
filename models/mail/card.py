"""Cards and their buttons. A card is a message that lives on after its delivery: it is edited, tapped, replied to."""

import secrets
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.rules.complete import complete

_TOKEN_BYTES = 15


class CardKind(StrEnum):
    """What a delivered message shows, and so how it is drawn."""

    TASK = "task"
    STATUS = "status"
    DRAFT = "draft"
    REGISTRATION = "registration"
    QUESTION = "question"
    RESULT = "result"
    QUEUE = "queue"
    CANDIDATE = "candidate"
    INVITATION = "invitation"
    ADMINISTRATION = "administration"
    NUDGE = "nudge"
    ABSENCE = "absence"
    PLH_REQUEST = "plh-request"
    CALENDAR = "calendar"
    FEEDBACK = "feedback"
    APPRAISAL = "appraisal"
    EXTENSION = "extension"
    CONSULTATION = "consultation"
    REMINDER = "reminder"
    COPY = "copy"
    PROPOSAL = "proposal"
    UNIT = "unit"
    REGISTER = "register"
    BOARD = "board"
    SEARCH = "search"
    STATISTICS = "statistics"
    RECAP = "recap"
    SOP = "sop"


class Face(StrEnum):
    """What a card shows at the moment. `FACES` says which faces each kind of card has."""

    MAIN = "main"

    CHOOSING = "choose"
    MOVING = "move"
    INSTRUCTING = "instruct"
    REASONS_SEND_BACK = "reasons-send-back"
    REASONS_DECLINE = "reasons-decline"
    REASONS_RETURN = "reasons-return"
    EDITING = "evaluation"
    REMOVING = "remove"
    GOING_ON = "going-on"
    MORE = "more"
    COPYING = "copying"
    COLLEAGUES = "colleagues"
    REASONS_TRANSFER = "reasons-transfer"
    WITHDRAWING = "withdrawing"
    SPANS = "spans"
    REASONS_EXTEND = "reasons-extend"
    CONSULTING = "consulting"
    MERGING = "merge"
    OFFERED = "offered"
    OFFERED_ONE = "offered-one"

    EXPECTS_NOTE = "expects-note"
    EXPECTS_SEND_BACK_REASON = "expects-send-back-reason"
    EXPECTS_DECLINE_REASON = "expects-decline-reason"
    EXPECTS_RETURN_REASON = "expects-return-reason"
    EXPECTS_TRANSFER_REASON = "expects-transfer-reason"
    EXPECTS_EXTEND_REASON = "expects-extend-reason"
    EXPECTS_DENIAL_REASON = "expects-denial-reason"
    EXPECTS_CONSULTATION = "expects-consultation"
    EXPECTS_OPINION = "expects-opinion"
    EXPECTS_LATE_REASON = "expects-late-reason"
    EXPECTS_QUESTION = "expects-question"
    EXPECTS_EVALUATION_PART = "expects-evaluation-part"
    EXPECTS_EVALUATION_FILE = "expects-evaluation-file"
    EXPECTS_REPORT_TEXT = "expects-report-text"
    EXPECTS_ANSWER = "expects-answer"
    EXPECTS_DAYS_AWAY = "expects-days-away"
    EXPECTS_REASON_AWAY = "expects-reason-away"
    EXPECTS_CALENDAR = "expects-calendar"
    EXPECTS_ADMINISTRATION = "expects-administration"
    EXPECTS_UNIT = "expects-unit"
    EXPECTS_SEARCH = "expects-search"

    SENT = "sent"
    ANSWERED = "answered"
    NOTED = "noted"
    JOINED = "joined"
    DISCARDED = "discarded"

    CORRECTING = "correcting"
    WAITING = "waiting"
    DONE = "done"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    USED = "used"
    WITHDRAWN = "withdrawn"
    RELIEVING = "relieving"
    ABSENCES = "absences"
    POSTS = "posts"
    POST = "post"
    INVITING = "inviting"
    INVITES = "invites"
    WITHDRAWING_INVITE = "withdrawing-invite"
    RELIEVED = "relieved"
    PEOPLE = "people"
    PERSON = "person"
    UNBINDING = "unbinding"
    RESTRICTING = "restricting"
    NAMING_PLH = "naming-plh"
    EXPECTED = "expected"
    EXPECTED_ONE = "expected-one"
    ADMINS = "admins"
    CANDIDATES = "candidates"
    UNREACHED = "unreached"
    HOURS = "hours"
    MONTHS = "months"
    NUMBERS = "numbers"
    PERIODS = "periods"
    SOPS = "sops"
    STEPS = "steps"
    LISTED = "listed"
    FIGURES_PICTURE = "figures-picture"
    FIGURES_PRINT = "figures-print"
    CONFIRMING = "confirming"

    TASKS = "tasks"
    CASES = "cases"
    SUMMARY = "summary"
    DIGEST = "digest"
    SELECTING = "selecting"
    EXPECTS_SELECTION_NOTE = "expects-selection-note"
    TIMELINE = "timeline"
    POSITION = "position"
    SOP_FORM = "sop-form"
    SOP_CHART = "sop-chart"
    DISPOSITION_SHEET = "disposition-sheet"
    EVALUATION_REPORT = "evaluation-report"
    EVALUATION_PREVIEW = "evaluation-preview"
    GENUINE = "genuine"
    EARLIER = "earlier"
    RECAP_PAPER = "recap-paper"
    CREDIT = "credit"

    WARN = "warn"
    LATE = "late"
    ESCALATE = "escalate"
    REPEAT = "repeat"

    @property
    def asks(self) -> bool:
        """Whether the card asks for the next message of its chat."""
        return self.value.startswith("expects-")


_CHOICES = {Face.CHOOSING, Face.MOVING, Face.INSTRUCTING, Face.MERGING}
_REASONS = {Face.REASONS_SEND_BACK, Face.REASONS_DECLINE, Face.REASONS_RETURN}
_HANDING_ON = {Face.COLLEAGUES, Face.REASONS_TRANSFER, Face.EXPECTS_TRANSFER_REASON}
_AWAY = {Face.EXPECTS_DAYS_AWAY, Face.EXPECTS_REASON_AWAY}
_SELECTING = {Face.SELECTING, Face.EXPECTS_SELECTION_NOTE}
_ASKING_OTHERS = {Face.SPANS, Face.REASONS_EXTEND, Face.CONSULTING}
_MANAGING = {Face.EXPECTS_ADMINISTRATION, Face.EXPECTS_UNIT, Face.EXPECTS_SEARCH}
_ELSEWHERE = {
    *{Face.EXPECTS_REPORT_TEXT, Face.EXPECTS_ANSWER, Face.EXPECTS_CALENDAR},
    *{Face.EXPECTS_DENIAL_REASON, Face.EXPECTS_OPINION},
    *_AWAY,
    *_SELECTING,
    *_MANAGING,
}
_SHEETS = {Face.DISPOSITION_SHEET, Face.EVALUATION_REPORT, Face.EVALUATION_PREVIEW, Face.GENUINE}
_PAGES = {Face.TIMELINE, Face.POSITION, Face.SOP_FORM, Face.EARLIER} | _SHEETS
_OF_OFFICE = {
    *(Face.POSTS, Face.POST, Face.INVITING, Face.RELIEVING, Face.RELIEVED),
    *(Face.PEOPLE, Face.PERSON, Face.UNBINDING, Face.RESTRICTING, Face.NAMING_PLH, Face.EXPECTED, Face.EXPECTED_ONE),
    *(Face.INVITES, Face.WITHDRAWING_INVITE, Face.ADMINS, Face.CANDIDATES, Face.UNREACHED),
}
_FIGURES = {
    *(Face.FIGURES_PICTURE, Face.FIGURES_PRINT),
    *(Face.MAIN, Face.NUMBERS, Face.PERIODS, Face.SOPS, Face.STEPS, Face.POSTS, Face.PEOPLE, Face.LISTED),
}
_OFFERED = {Face.OFFERED, Face.OFFERED_ONE}
_PROMPTS = {face for face in Face if face.asks} - _ELSEWHERE

FACES: Mapping[CardKind, AbstractSet[Face]] = complete(
    CardKind,
    {
        CardKind.TASK: {Face.MAIN, Face.EDITING, Face.REMOVING, Face.GOING_ON, Face.MORE, Face.COPYING}
        | _CHOICES
        | _REASONS
        | _HANDING_ON
        | _ASKING_OTHERS
        | _OFFERED
        | _PROMPTS,
        CardKind.STATUS: {Face.MAIN, Face.WITHDRAWING} | _HANDING_ON,
        CardKind.DRAFT: {
            Face.MAIN,
            Face.REMOVING,
            Face.EXPECTS_REPORT_TEXT,
            Face.SENT,
            Face.ANSWERED,
            Face.JOINED,
            Face.NOTED,
            Face.DISCARDED,
        },
        CardKind.REGISTRATION: {Face.MAIN, Face.CORRECTING, Face.WAITING, Face.DONE, Face.REJECTED},
        CardKind.QUESTION: {Face.MAIN, Face.EXPECTS_ANSWER},
        CardKind.RESULT: {Face.MAIN},
        CardKind.QUEUE: {Face.TASKS, Face.CASES, Face.SUMMARY, Face.DIGEST} | _SELECTING | _PAGES,
        CardKind.CANDIDATE: {Face.MAIN, Face.ACCEPTED, Face.REJECTED, Face.WITHDRAWN},
        CardKind.INVITATION: {Face.MAIN, Face.USED, Face.WITHDRAWN},
        CardKind.ADMINISTRATION: {Face.MAIN, Face.ABSENCES, Face.WITHDRAWN, Face.EXPECTS_ADMINISTRATION} | _OF_OFFICE,
        CardKind.NUDGE: {Face.WARN, Face.LATE, Face.ESCALATE, Face.REPEAT},
        CardKind.ABSENCE: {Face.MAIN} | _AWAY,
        CardKind.PLH_REQUEST: {Face.MAIN},
        CardKind.CALENDAR: {Face.MAIN, Face.EXPECTS_CALENDAR, Face.HOURS, Face.CONFIRMING, Face.REMOVING},
        CardKind.FEEDBACK: {Face.MAIN},
        CardKind.APPRAISAL: {Face.MAIN},
        CardKind.EXTENSION: {Face.MAIN, Face.EXPECTS_DENIAL_REASON},
        CardKind.CONSULTATION: {Face.MAIN, Face.EXPECTS_OPINION},
        CardKind.REMINDER: {Face.MAIN, Face.EXPECTS_ANSWER},
        CardKind.COPY: {Face.MAIN},
        CardKind.PROPOSAL: {Face.MAIN},
        CardKind.UNIT: {Face.MAIN, Face.EXPECTS_UNIT, Face.DONE},
        CardKind.REGISTER: {Face.MAIN, Face.MONTHS},
        CardKind.BOARD: {Face.MAIN, Face.STEPS, Face.POSTS, Face.CONFIRMING},
        CardKind.SEARCH: {Face.MAIN, Face.EXPECTS_SEARCH},
        CardKind.STATISTICS: _FIGURES,
        CardKind.RECAP: {Face.MAIN, Face.MONTHS, Face.PEOPLE, Face.CREDIT, Face.RECAP_PAPER},
        CardKind.SOP: {Face.MAIN, Face.SOP_FORM, Face.SOP_CHART},
    },
)
"""The faces that each kind of card has."""


BESIDE_THE_WRITER = frozenset({CardKind.BOARD, CardKind.RECAP, CardKind.SEARCH, CardKind.STATISTICS})
"""The kinds of card that take long to draw: never in the transaction of a tap, always on a reader."""


UNNUMBERED = 0
"""The `message_id` of a card that was sent as a message without a number that is known. It cannot be edited."""


class Card(Base):
    """A message in one chat that lives: `message_id` is None until it has been delivered.

    `live` is False once nothing on the card can be tapped any more. `digest` tells whether a new drawing differs from
    the one shown; None where nothing was drawn, or once the buttons were let go. `twin_id` is the message of a second
    copy, left behind by a send whose fate was unknown.

    What the card is about stands in the column for it: a case, a task, a question, an invite, the Telegram account of a
    candidate, an absence, a request for more time, a consultation. `page` is the page of a list, counted from 0; of a
    paper that is checked it is the last entry of the journal of which it tells. `subject` is what a page of `/kelola`
    is about (a post's code, a number, words that are looked for), the filters of a board, the words of a search, the
    number of a proposal, whose month `/rekap` shows, the code of an SOP, the kind of a paper that is checked, or the
    row of the closed case whose Laporan Evaluasi a task's card offers. `narrowed` is what a search is narrowed to
    beside its words. `decided_by_id` is the admin who decided on a candidate.

    `sounded_at` is when the message arrived with a sound, None where it came silently or not at all.

    `answering` is not kept: in the work that a tap on the card began, to draw the card again is the answer to the tap.
    """

    __tablename__ = "cards"

    answering = False

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[CardKind]
    chat_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invites.id"))
    account_id: Mapped[int | None]
    absence_id: Mapped[int | None] = mapped_column(ForeignKey("absences.id"))
    extension_id: Mapped[int | None] = mapped_column(ForeignKey("extensions.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    page: Mapped[int | None]
    subject: Mapped[str | None] = mapped_column(String(100))
    narrowed: Mapped[str | None] = mapped_column(String(40))
    face: Mapped[Face] = mapped_column("mode", default=Face.MAIN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    live: Mapped[bool] = mapped_column(default=True)
    message_id: Mapped[int | None]
    twin_id: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    sounded_at: Mapped[datetime | None]

    __table_args__ = (
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index("ix_cards_live_task", "task_id", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index("ix_cards_live_chat", "chat_id", "kind", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index("ix_cards_live_case", "case_id", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index(
            "ix_cards_undelivered",
            "id",
            sqlite_where=sql("live = 1 AND message_id IS NULL"),
            postgresql_where=sql("live AND message_id IS NULL"),
        ),
        Index(
            "ix_cards_over",
            "id",
            sqlite_where=sql("live = 0 AND digest IS NOT NULL"),
            postgresql_where=sql("NOT live AND digest IS NOT NULL"),
        ),
        Index(None, "chat_id", "message_id"),
        Index(
            "ix_cards_twin",
            "chat_id",
            "twin_id",
            sqlite_where=sql("twin_id IS NOT NULL"),
            postgresql_where=sql("twin_id IS NOT NULL"),
        ),
    )

    @property
    def home(self) -> Face:
        """The face to which the card turns back when it no longer asks for words."""
        return Face.SELECTING if self.face is Face.EXPECTS_SELECTION_NOTE else Face.MAIN

    def turn(self, face: Face) -> None:
        """Show another face; a notice must draw it. Raises `ValueError` for a face that this kind of card lacks."""
        self.face = faced(CardKind(self.kind), face)


def faced(kind: CardKind, face: Face) -> Face:
    """Return `face`. Raises `ValueError` where cards of this kind lack it."""
    if face not in FACES[kind]:
        raise ValueError(f"a card of kind {kind.value} has no face {face.value}")
    return face


class Button(Base):
    """What a press means: an opaque token stands for card, action, argument and the version it was drawn from."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    action: Mapped[str] = mapped_column(String(32))
    argument: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=0)

    card: Mapped[Card] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("card_id", "action", "argument", "version"),)

    @classmethod
    def mint(cls, card: Card, *, action: str, argument: str, version: int) -> Self:
        """Return a button with a fresh 120-bit token; 20 characters of Telegram's 64 bytes."""
        return cls(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            card_id=card.id,
            action=action,
            argument=argument,
            version=version,
        )
