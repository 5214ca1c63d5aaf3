"""An SOP as data: one document, its roles, and the steps a report travels through in order."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from models.rules.actions import Action, Verb
from models.rules.errors import NoReturnTarget, UnknownRole, UnknownStep
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency

OPINION = Standard.parse("1 hari")
"""The office time for an opinion where the SOP file names no other."""

OFFERED = 6
"""How many reasons, or questions, a card has room for."""

SHORT_LIMIT, TITLE_LIMIT = 60, 200
"""Characters of what stands on buttons and pictures (roles, instructions, a step's short wording); of the title."""


@dataclass(frozen=True, slots=True)
class Role:
    """A column of the SOP's table.

    `title` is what people are shown, `heading` the column's heading as printed, `aliases` the other names the document
    uses for the same role.
    """

    code: str
    title: str
    aliases: tuple[str, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the SOP's table.

    `activity`, `requires` (kelengkapan), `standard`, `output`, `note` (keterangan) and `mark` (what is printed in the
    role's cell, such as "MULAI") keep the document's words; `short` is our own wording for chat and pictures; `role`
    is the code of the `Role` that does it. `standard_urgent` and `standard_very_urgent` are None where the document
    gives reports that are segera or sangat segera no shorter time. `pauses` stops the clock of the step while the
    reporter is asked. Without `mandate`, no Plh. does it for the holder of the post. `copies` are the codes of the
    roles that get a copy (tembusan) of what is decided there.
    """

    number: int
    activity: str
    short: str
    role: str
    kind: StepKind
    requires: str
    standard: Standard
    output: str
    note: str
    mark: str
    mandate: bool = True
    standard_urgent: Standard | None = None
    standard_very_urgent: Standard | None = None
    pauses: bool = False
    copies: tuple[str, ...] = ()

    def standard_for(self, urgency: Urgency) -> Standard:
        """Return the time that the step may take for a report of this urgency.

        What is sangat segera has the time of what is segera, unless the document gives it one of its own.
        """
        match urgency:
            case Urgency.ORDINARY:
                return self.standard
            case Urgency.URGENT:
                return self.standard_urgent or self.standard
            case Urgency.VERY_URGENT:
                return self.standard_very_urgent or self.standard_for(Urgency.URGENT)
            case _:
                assert_never(urgency)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who put the SOP into force, as printed: in which capacity, with which statement, name, rank (pangkat) and NIP."""

    capacity: str
    statement: str
    name: str
    nip: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another SOP this one names (keterkaitan); `code` is the code of its file, should it be loaded one day."""

    title: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What a card offers to tap instead of writing; where a list is empty, the bot's general words are offered.

    `send_back`, `decline` and `give_back` are reasons for these decisions, `questions` are for the reporter.
    """

    send_back: tuple[str, ...]
    decline: tuple[str, ...]
    give_back: tuple[str, ...]
    questions: tuple[str, ...]

    def reasons(self, action: Action) -> tuple[str, ...]:
        """Return the reasons for `action`, none where it needs none."""
        known = {Action.SEND_BACK: self.send_back, Action.DECLINE: self.decline, Action.RETURN: self.give_back}
        return known.get(action, ())


@dataclass(frozen=True, slots=True)
class Sop:
    """One version of one SOP; a case keeps the version it started under.

    `text` is the file the version was read from, `digest` its identity. `prefix` begins the numbers of its cases
    ("SW" in SW-2026-0147). `instructions` are the boxes an assigner may tick, `forbids` what nobody may do beside the
    straight path of this SOP, `offered` what else may be tapped. `again` is the number of the handle step at which a
    report begins that follows a case which did not help; None sends it the whole way. `opinion` is the
    time that others have who are asked about a case. Every SOP that exists has passed
    the validation of `parse_sop`.
    """

    code: str
    prefix: str
    number: str
    title: str
    heading: str
    created: date
    revised: date | None
    effective: date
    approval: Approval
    institution: tuple[str, ...]
    legal_basis: tuple[str, ...]
    qualifications: tuple[str, ...]
    related: tuple[Related, ...]
    equipment: tuple[str, ...]
    warning: str
    record_keeping: str
    roles: tuple[Role, ...]
    steps: tuple[Step, ...]
    instructions: tuple[str, ...]
    forbids: frozenset[Verb]
    offered: Offered
    again: int | None
    opinion: Standard
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The identity of this version: the SHA-256 of its text, in hexadecimal."""
        return digest(self.text)

    @property
    def first(self) -> Step:
        """The step a new report opens with."""
        return self.steps[0]

    @property
    def resumes(self) -> Step | None:
        """The step a report opens with that follows a case which did not help; None where it goes the whole way."""
        return None if self.again is None else self.step(self.again)

    @property
    def last(self) -> Step:
        """The step whose completion closes the case."""
        return self.steps[-1]

    @property
    def reporters(self) -> tuple[Role, ...]:
        """The roles without a step: they report, answer questions and are told the result."""
        return tuple(role for role in self.roles if not self.steps_of(role.code))

    def step(self, number: int) -> Step:
        """Return the step with this number; raises `UnknownStep`."""
        if not 1 <= number <= len(self.steps):
            raise UnknownStep(self.code, number)
        return self.steps[number - 1]

    def after(self, step: Step) -> Step | None:
        """Return the step that follows, None after the last."""
        return None if self.is_last(step) else self.step(step.number + 1)

    def before(self, step: Step) -> Step | None:
        """Return the step that precedes, None before the first."""
        return None if step.number == self.first.number else self.step(step.number - 1)

    def is_last(self, step: Step) -> bool:
        """Whether completing this step closes the case."""
        return step.number == self.last.number

    def role(self, code: str) -> Role:
        """Return the role with this code; raises `UnknownRole`."""
        for role in self.roles:
            if role.code == code:
                return role
        raise UnknownRole(self.code, code)

    def steps_of(self, role: str) -> tuple[Step, ...]:
        """Return the steps done by the role with this code, in order; none for a role that only reports."""
        return tuple(step for step in self.steps if step.role == role)

    def allowed(self, step: Step) -> frozenset[Action]:
        """Return everything that the holder of `step` may do."""
        forbidden = {verb.value for verb in self.forbids}
        if Verb.JOIN in self.forbids:
            forbidden.add(Action.MERGE.value)
        allowed = step.kind.rules.allowed(first=step == self.first)
        return frozenset(action for action in allowed if action.value not in forbidden)

    def permits(self, verb: Verb) -> bool:
        """Whether the SOP lets people do this beside its straight path."""
        return verb not in self.forbids

    def return_target(self, step: Step) -> Step:
        """Return the nearest handle step before a step that reviews, where returned work goes.

        Raises `NoReturnTarget` for steps of other kinds.
        """
        if step.kind.rules.reviews:
            for earlier in reversed(self.steps[: step.number - 1]):
                if earlier.kind.rules.handles:
                    return earlier
        raise NoReturnTarget(self.code, step.number)


def digest(text: str) -> str:
    """Return the identity of an SOP version: the SHA-256 of its TOML text (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
