"""What the rules refuse to people who look at the register, the board, figures or a month's work."""

from dataclasses import dataclass

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class RegisterNotYours(Refusal):
    """The register is for the head of the office, those who keep the SOP, and the admins."""


@dataclass(eq=False)
class BoardNotYours(Refusal):
    """The board is for the head of the office, those who keep the SOP, admins, and superiors of a post."""


@dataclass(eq=False)
class NotLate(Refusal):
    """The case with this number has no step that is late: there is nothing to remind anybody of."""

    number: str


@dataclass(eq=False)
class StatisticsNotYours(Refusal):
    """Figures are for those who hold a post: their own, and those of the posts below; of the office for its head."""


@dataclass(eq=False)
class PeriodUnreadable(Refusal):
    """What was typed behind `/register` names no period, post, SOP or format; `words` are the ones that do not."""

    words: str


@dataclass(eq=False)
class RecapNotYours(Refusal):
    """What somebody handled in a month is for that person, and for those in the posts above."""


@dataclass(eq=False)
class MonthUnreadable(Refusal):
    """The words name no month; `words` are these."""

    words: str
