"""What the rules refuse about tasks, their cards and the decisions on them."""

from dataclasses import dataclass
from datetime import datetime

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class NotYourTask(Refusal):
    """The person does not hold the task's post at this instant, or the task was given to a colleague."""

    holder: str


@dataclass(eq=False)
class TaskAlreadyDecided(Refusal):
    """Somebody was first. `by` is a name, `at` an aware instant, `outcome` a value of `Outcome`."""

    by: str
    at: datetime
    outcome: str


@dataclass(eq=False)
class CardOutOfDate(Refusal):
    """The button belongs to an earlier state of a task that is still open."""


@dataclass(eq=False)
class UnknownButton(Refusal):
    """The button was never ours, belongs to somebody else, or its case is long gone."""


@dataclass(eq=False)
class StepForbids(Refusal):
    """The SOP does not let this step's kind do that."""

    action: str
    step: int


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Returning, sending back and declining need a written reason."""


@dataclass(eq=False)
class NotAHolder(Refusal):
    """The person named to receive the task does not hold the post of the next step."""

    name: str


@dataclass(eq=False)
class NoColleague(Refusal):
    """Nobody else could get the task; `post` is the short name of its post."""

    post: str


@dataclass(eq=False)
class ColleagueUnable(Refusal):
    """The colleague cannot do the task now: they are away, or cannot be reached."""

    name: str


@dataclass(eq=False)
class TooManySelected(Refusal):
    """More cards were chosen than may be forwarded together."""

    limit: int


@dataclass(eq=False)
class NothingSelected(Refusal):
    """No card is chosen, or the choice was begun too long ago, or on another list."""


@dataclass(eq=False)
class NoCopy(Refusal):
    """No copy can be sent there. `why`: `self`, `reporter`, `anyway` for those who get it, `nobody` who can be told."""

    name: str
    why: str


@dataclass(eq=False)
class TooManyCopies(Refusal):
    """More posts and people were named for copies than a decision may have."""

    limit: int


@dataclass(eq=False)
class ChangedSinceSelected(Refusal):
    """A note, an answer or a file came in after the card was chosen, or a colleague has touched it."""


@dataclass(eq=False)
class OwnReport(Refusal):
    """The person is a reporter of the case: it is forwarded on its own card, which says so, and not with others."""


@dataclass(eq=False)
class ClockStands(Refusal):
    """The clock of the task stands still while the reporter is asked, so that nobody asks for more time."""


@dataclass(eq=False)
class ExtensionAsked(Refusal):
    """More time was asked for already, at the instant `since`, and nobody has decided it yet."""

    since: datetime


@dataclass(eq=False)
class ExtensionDecided(Refusal):
    """Somebody has decided the request for more time; `at` is the instant."""

    at: datetime


@dataclass(eq=False)
class ExtensionOver(Refusal):
    """The task was decided before anybody had decided about more time for it; `number` is that of the case."""

    number: str


@dataclass(eq=False)
class NobodyAbove(Refusal):
    """Nobody above the post, by its short name, could grant more time."""

    post: str


@dataclass(eq=False)
class OwnOpinion(Refusal):
    """Nobody asks themselves for their opinion."""


@dataclass(eq=False)
class NobodyToConsult(Refusal):
    """Nobody who would be asked can be written to; `name` is that of the person, or of the post."""

    name: str


@dataclass(eq=False)
class OpinionGiven(Refusal):
    """The opinion was given already, at the instant `at`."""

    at: datetime


@dataclass(eq=False)
class OpinionOver(Refusal):
    """The task was decided without the opinion; `number` is that of the case."""

    number: str


@dataclass(eq=False)
class RecallTooLate(Refusal):
    """Somebody has acted on the disposition since it was forwarded; `by` is a name, or the post that has it now."""

    by: str


@dataclass(eq=False)
class AlreadyStarted(Refusal):
    """Handling has begun already; `by` is a name."""

    by: str


@dataclass(eq=False)
class EvaluationIncomplete(Refusal):
    """Parts of the Laporan Evaluasi are still empty; `missing` holds values of `Part`."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class QuestionAlreadyAnswered(Refusal):
    """The question has its answer already."""


@dataclass(eq=False)
class NotLateInRecord(Refusal):
    """The step is within its standard, so there is no lateness that could have a reason."""

    number: str
    step: int


@dataclass(eq=False)
class ReasonOver(Refusal):
    """The reason of a lateness stands; `at` is the instant until which it could be given or changed."""

    number: str
    at: datetime
