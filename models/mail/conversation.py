"""What the next message of a private chat will be taken for."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Expects(StrEnum):
    """What the next message of a chat will be taken for."""

    NOTHING = "nothing"
    NIP = "nip"
    NAME = "name"
    REPORT_TEXT = "report-text"
    NOTE = "note"
    SEND_BACK_REASON = "send-back-reason"
    DECLINE_REASON = "decline-reason"
    RETURN_REASON = "return-reason"
    TRANSFER_REASON = "transfer-reason"
    EXTEND_REASON = "extend-reason"
    DENIAL_REASON = "denial-reason"
    CONSULTATION = "consultation"
    OPINION = "opinion"
    LATE_REASON = "late-reason"
    QUESTION = "question"
    ANSWER = "answer"
    EVALUATION_PART = "evaluation-part"
    EVALUATION_FILE = "evaluation-file"
    DAYS_AWAY = "days-away"
    REASON_AWAY = "reason-away"
    CALENDAR = "calendar"
    SELECTION_NOTE = "selection-note"
    ADMINISTRATION = "administration"
    UNIT = "unit"
    SEARCH = "search"


class Conversation(Base):
    """One private chat's thread: what is expected next, and for which card, task, question or part."""

    __tablename__ = "conversations"

    account_id: Mapped[int] = mapped_column("telegram_id", primary_key=True, autoincrement=False)
    expects: Mapped[Expects] = mapped_column(default=Expects.NOTHING)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    part: Mapped[str] = mapped_column(String(24), default="")
    language: Mapped[str] = mapped_column(String(8), default="id")

    def expect(
        self,
        what: Expects,
        *,
        card_id: int | None = None,
        task_id: int | None = None,
        question_id: int | None = None,
        part: str = "",
    ) -> None:
        """Take the next message for `what`; whatever was expected before is dropped."""
        self.expects, self.card_id, self.task_id, self.question_id, self.part = (
            what,
            card_id,
            task_id,
            question_id,
            part,
        )

    def settle(self) -> None:
        """Expect nothing in particular: the next message starts a report."""
        self.expect(Expects.NOTHING)
