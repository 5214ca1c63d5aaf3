"""The rows of the register: plain values, frozen, without a word of any language.

Instants are in UTC. Durations are in seconds of office time. Posts stand by their short names, people by their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.case.case import CaseState
from models.office.seating import Because
from models.office.tenure import Capacity
from models.rules.actions import Outcome
from models.rules.ladder import RungKind
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case.

    What a reader may not read of a confidential case is empty, or None: `reporter`, `unit`, `urgency`, `text`,
    `result`, `helped`. `waits_at` is the post of the open task, "" once the case has ended. `steps` and `late` count
    its stays until now, of the whole case. `took` is the office time from the report to the end, or until now.
    `result` is that of the last Laporan Evaluasi. `fellows` names those whose reports are a part of the case now,
    beside its first reporter, in the order in which they joined it. `merged_into` is the number of the case that this
    one was merged into, "" where it goes its own way. `helped` is what the first reporter says of the result;
    `fellows_helped` and `fellows_not_helped` count the others who say that it did, and that it did not.
    """

    number: str
    sop: str
    version: int
    reporter: str
    unit: str
    urgency: Urgency | None
    confidential: bool
    text: str
    opened_at: datetime
    closed_at: datetime | None
    state: CaseState
    round: int
    steps: int
    late: int
    took: int
    waits_at: str
    result: str
    helped: bool | None
    fellows: Sequence[str]
    merged_into: str
    fellows_helped: int
    fellows_not_helped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One stay of a case at a step: one task.

    `raised_from` is its own post where another one decides it, `raised_because` says why. `person` is the one who
    decided it, or those who may decide it now; `capacity` says as what. `given_to` is the person to whom it was given,
    "" where it was for all who hold the post. `used` is the office time on its clock, `waited` the office time in which
    that clock stood still because the reporter was asked; it is no part of `used`. `late_by` is by how much it took
    longer than the standard, 0 where it was in time, and `late_reason` is why, as `late_reason_by` said in the capacity
    `late_reason_as`. The reason and the `note` are empty where the reader may not read them.
    """

    number: str
    sop: str
    round: int
    step: int
    activity: str
    post: str
    raised_from: str
    raised_because: Because | None
    given_to: str
    person: str
    capacity: Capacity | None
    opened_at: datetime
    started_at: datetime | None
    due_at: datetime
    closed_at: datetime | None
    standard: str
    extensions: Sequence[str]
    used: int
    waited: int
    late_by: int
    outcome: Outcome | None
    instructions: Sequence[str]
    note: str
    late_reason: str
    late_reason_by: str
    late_reason_as: Capacity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseRow:
    """One rung of the ladder that was climbed for a task: when it was due, and when it was climbed."""

    number: str
    sop: str
    round: int
    step: int
    post: str
    kind: RungKind
    due_at: datetime
    fired_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRow:
    """One person's time in one post. `stands_for` names who is away, where the person is their Plh. for an absence."""

    post: str
    title: str
    person: str
    nip: str
    capacity: Capacity
    starts_at: datetime
    ends_at: datetime | None
    stands_for: str


Row = CaseRow | StepRow | ChaseRow | TenureRow
