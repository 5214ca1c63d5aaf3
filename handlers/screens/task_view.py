"""What the card of a task shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.screens.candidate import Candidate
from handlers.screens.consulting import Awaited, ConsultView
from handlers.screens.copies import CopyingView, CopyLine
from handlers.screens.earlier import EarlierView
from handlers.screens.evaluation import EvaluationView
from handlers.screens.extending import ExtendedView, ExtendView
from handlers.screens.joining import FellowView, MergeView
from handlers.screens.lateness import LatenessView
from handlers.screens.raised import Raised
from handlers.screens.span import Span
from handlers.screens.story import Decision, Story
from handlers.screens.transferring import TransferView
from models.mail.card import Face
from models.office.tenure import ActingAs
from models.rules.actions import Action
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class TaskView:
    """Everything that a task's card shows. `late` is whether office time has passed since the deadline.

    `story` is what was decided and said before this task, and `decision` its own decision, None while it is open.
    `mine` is whether the reader may decide the task. `note_removable` is whether files of the note can be taken out or
    put back. `readable` is whether the reader may read the case at all. `reasons` are the SOP's for what the face asks
    a reason for, `questions` its questions to the reporter. `earlier` holds the cases from which this one goes on, the
    latest first. `moved` says why the deadline is another one than it was, None where it never moved. `waiting_since`
    is since when the reporter is asked, None while they are not; where the task is paused meanwhile, `paused` is the
    office time that was left or exceeded then. `acting_as` is the capacity of a reader who decides as Plt. or Plh.,
    with the short name of the post, None for its own holder. `stand_in` names the Plh. who decides in the reader's
    place while the reader is away, or is ""; `awaits_return` is whether nobody does, because no Plh. may.

    `transfer` is None where the reader has nobody to hand the task to, `extend` where they cannot ask for more time,
    `consult` where nobody else could be asked. `extended` is what was asked and decided about more time, `awaited` are
    the opinions that are still wanted. `ways_back` are the steps to which the disposition may go back, by number and
    role; `previous_role` is that of the one chosen. `recallable` is whether the reader may recall what they forwarded.
    `urges` counts how often the person who reported it has urged. `own` is whether the reader is that person;
    `instead_of` is the post that the reader stands in for because its holder is, "" mostly. `raised` says in whose
    place it is decided where nobody could do so there, None mostly. `visits` counts how often the
    case has been at this desk, this time included. `copying` is who may get a copy, while the card asks for that;
    `to_be_copied` names those who will get one, `copies` those who did. `goes_on_as` is the number of the case as which
    a moved one goes on, or of which a merged one is a part, "" mostly. `lateness` is by how much the task is late in
    the record and why, None where it is in time.
    """

    number: str
    step: int
    steps: int
    kind: StepKind
    round: int
    role: str
    subject: str
    text: str
    reporter: str
    unit: str
    urgency: Urgency
    confidential: bool
    files: int
    due: datetime
    late: bool
    standard: Standard
    is_open: bool
    live: bool
    readable: bool
    mine: bool
    face: Face
    holder: str
    next_role: str
    previous_role: str
    return_role: str
    now_at: str
    actions: frozenset[Action]
    candidates: Sequence[Candidate]
    destinations: Sequence[tuple[str, str]]
    instructions: Sequence[str]
    reasons: Sequence[str]
    questions: Sequence[str]
    ticked: Sequence[str]
    note: str
    note_removable: bool
    story: Story
    decision: Decision | None
    evaluation: EvaluationView | None
    moved: Mapping[str, Any] | None = None
    acting_as: ActingAs | None = None
    stand_in: str = ""
    awaits_return: bool = False
    earlier: Sequence[EarlierView] = ()
    waiting_since: datetime | None = None
    paused: Span | None = None
    transfer: TransferView | None = None
    extend: ExtendView | None = None
    extended: ExtendedView | None = None
    consult: ConsultView | None = None
    awaited: Sequence[Awaited] = ()
    ways_back: Sequence[tuple[int, str]] = ()
    recallable: bool = False
    urges: int = 0
    urged_at: datetime | None = None
    own: bool = False
    instead_of: str = ""
    copying: CopyingView | None = None
    to_be_copied: Sequence[str] = ()
    copies: Sequence[CopyLine] = ()
    raised: Raised | None = None
    visits: int = 1
    fellows: Sequence[FellowView] = ()
    mergeable: Sequence[MergeView] = ()
    goes_on_as: str = ""
    lateness: LatenessView | None = None
