"""The Laporan Evaluasi of a case: its parts, the corrections, the attachments, the times, and who approved it."""

from dataclasses import dataclass

from handlers.papers.official import Enclosed, Genuineness, Letterhead, Paraf, Signatory, StepTime

TEMPLATE = "laporan-evaluasi"


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the identity: what it is, and the words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `withheld` says why there are no words to read; "" where there are."""

    title: str
    text: str
    withheld: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person who reviews did with one revision. `changed` names the parts that the next one has otherwise."""

    revision: int
    filed: str
    outcome: str
    returned: bool
    reason: str
    withheld: str
    changed: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A person who looked at the last revision and carried it on; `what` says in which words."""

    what: str
    paraf: Paraf


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What stands on the report. `draft` is what is said across one that was not submitted, "" for any other.

    `waits` says at whom the report lies where it is not through, "" once it is.
    """

    letterhead: Letterhead
    number: str
    title: str
    revision: int
    draft: str
    code: str
    secret: bool
    identity: tuple[Field, ...]
    sections: tuple[Section, ...]
    corrections: tuple[Correction, ...]
    attachments: tuple[Enclosed, ...]
    times: tuple[StepTime, ...]
    summary: str
    author: Signatory
    filed: Paraf | None
    approvals: tuple[Approval, ...]
    waits: str
    state: str
    genuine: Genuineness | None
