"""What stands in the monthly list of one person's work: plain values, frozen, without a word of any language.

Instants are in UTC, durations in seconds of office time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.case.case import CaseState
from models.case.verdict import Heard
from models.office.tenure import ActingAs
from models.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The disposition by which the work was given: who gave it when, as what, and what was written.

    `instructions` and `note` are empty for a reader who may not read them.
    """

    by: str
    acting: ActingAs | None
    post: str
    at: datetime
    instructions: Sequence[str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass through the handling that the person ended by submitting a Laporan Evaluasi.

    The clock is that of the task: `used` on it, `waited` while it stood still because the reporter was asked, `late_by`
    past its standard; `counted_from` is from when it would have run without a stop. Where a colleague handed the task
    to the person, `given_by` names them, `received_at` is that instant, and `late_before` of the delay was theirs.
    `acting` says as what it was submitted. `late_reason` is why it was late, "" where nobody said so or the reader may
    not read it; `late_reason_by` names its writer where that is not the person themselves, else it is "".
    """

    round: int
    revision: int
    received_at: datetime
    given_by: str
    submitted_at: datetime
    counted_from: datetime
    standard: str
    used: int
    waited: int
    late_by: int
    late_before: int
    acting: ActingAs | None
    late_reason: str
    late_reason_by: str

    @property
    def own_delay(self) -> int:
        """How much of the delay passed while the person had the task."""
        return self.late_by - self.late_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A case in which the person submitted a Laporan Evaluasi in the month.

    The words are empty for a reader who may not read them, and of a `confidential` case for everybody. What the
    superior and the reporters said (`heard`; `helped` is the word of the first) is of the work that was submitted last:
    `ended_by` names another person who did that, and is "" otherwise.

    `appraisable` is whether the reader may say now how the work was done.
    """

    case_id: int
    number: str
    sop: str
    confidential: bool
    erased: bool
    subject: str
    unit: str
    assignment: Assignment | None
    passes: Sequence[Pass]
    findings: str
    action: str
    result: str
    state: CaseState
    closed_at: datetime | None
    ended_by: str
    helped: bool | None
    heard: Heard
    quick: bool | None
    clear: bool | None
    well: bool | None
    appraised_by: str
    appraised_at: datetime | None
    appraisable: bool

    @property
    def in_time(self) -> bool:
        """Whether no delay of any pass passed while the person had the task."""
        return all(one.own_delay <= 0 for one in self.passes)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A task that the person handed to a colleague in the month, before the work was submitted."""

    case_id: int
    number: str
    at: datetime
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """What a person handled in a month, the earliest submission first.

    `posts` are those that they hold now, and `superior` holds the nearest post above the first of them, "" where nobody
    does; `superior_nip` and `superior_post` are of that person.
    """

    person_id: int
    name: str
    nip: str
    unit: str
    posts: Sequence[str]
    superior: str
    superior_nip: str
    superior_post: str
    period: Period
    handled: Sequence[Handled]
    handed_on: Sequence[HandedOn]

    @property
    def in_time(self) -> int:
        """How many cases were handled in time."""
        return sum(one.in_time for one in self.handled)

    @property
    def corrections(self) -> int:
        """How many passes followed on a correction."""
        return sum(one.round > 1 for case in self.handled for one in case.passes)

    @property
    def concluded(self) -> Sequence[Handled]:
        """The cases whose last Laporan Evaluasi is the person's: what was said of the work is said of theirs."""
        return [one for one in self.handled if not one.ended_by]
