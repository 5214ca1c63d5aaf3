"""The Lembar Disposisi of a case: what came in, each disposition, what followed, and how the paper is checked."""

from dataclasses import dataclass

from handlers.papers.official import Enclosed, Genuineness, Letterhead, Paraf, StepTime, Timing

TEMPLATE = "lembar-disposisi"


@dataclass(frozen=True, slots=True)
class Choice:
    """A box of the form with its words; `chosen` ones bear a cross."""

    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Disposition:
    """One disposition. `outcome` says in words what became of the case, `to` whom it went to.

    `copies` are those who got a copy (tembusan). `withheld` says why there is no note to read; "" where there is one,
    or none was written.
    """

    number: int
    step: int
    steps: int
    round: str
    heading: str
    outcome: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    instructions: tuple[Choice, ...]
    note: str
    withheld: str
    paraf: Paraf
    timing: Timing


@dataclass(frozen=True, slots=True)
class Follow:
    """What became of the case after the dispositions: one decided step, in a row."""

    number: str
    activity: str
    round: str
    outcome: str
    note: str
    withheld: str
    paraf: Paraf
    timing: Timing


@dataclass(frozen=True, slots=True)
class DispositionSheet:
    """What stands on the sheet. `urgency` and `security` are two fields; `code` is that of the security at the head.

    `now` says where the case is, `state` of which instant the paper tells. `genuine` is None on a paper that is shown
    and not issued.
    """

    letterhead: Letterhead
    number: str
    sop: str
    received: str
    reporter: str
    unit: str
    origin: str
    follows: str
    subject: str
    text: str
    withheld: str
    urgency: tuple[Choice, ...]
    security: tuple[Choice, ...]
    code: str
    secret: bool
    now: str
    files: str
    dispositions: tuple[Disposition, ...]
    rest: tuple[Follow, ...]
    rounds: str
    attachments: tuple[Enclosed, ...]
    times: tuple[StepTime, ...]
    state: str
    genuine: Genuineness | None
