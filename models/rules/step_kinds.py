"""The kinds of step that an SOP may have, and what each allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.actions import Action, Outcome
from models.rules.complete import complete


class StepKind(StrEnum):
    """What the holder of a step does with the report."""

    ASSIGN = "assign"
    HANDLE = "handle"
    CORRECT = "correct"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"

    @property
    def rules(self) -> "StepRules":
        """What a step of this kind allows."""
        return STEP_KINDS[self]


_ANYWHERE = (Action.NOTE, Action.TRANSFER, Action.EXTEND, Action.CONSULT, Action.EXPLAIN)
"""What the holder of any step may do."""


@dataclass(frozen=True, slots=True)
class StepRules:
    """What a kind of step allows its holder (design: what each kind allows).

    `onward` carries the case to the next step, or ends it after the last. `beside` may be done at any step of the
    kind, `at_first` only at the SOP's first step, `after_first` only at a later one. Every step takes notes, may be
    handed to a colleague and be given more time, others may be asked about it, and where it is late its holder may say
    why. The first step of an SOP may decline the report, or merge it with another, whatever its kind.
    """

    onward: Action
    beside: frozenset[Action] = frozenset()
    at_first: frozenset[Action] = frozenset()
    after_first: frozenset[Action] = frozenset()

    def allowed(self, *, first: bool) -> frozenset[Action]:
        """Return everything that a step of the kind allows; `first` tells whether it is the first one of its SOP."""
        placed = self.at_first | {Action.DECLINE, Action.MERGE} if first else self.after_first
        return self.beside | placed | {self.onward, *_ANYWHERE}

    @property
    def outcome(self) -> Outcome:
        """How a task of the kind ends that carries the case on."""
        return self.onward.outcome

    @property
    def assigns(self) -> bool:
        """Whether the holder says what others are to do, and who: such a step cannot be the last."""
        return self.onward is Action.FORWARD

    @property
    def handles(self) -> bool:
        """Whether the work itself is done here: work that is returned comes back to it."""
        return self.onward is Action.SUBMIT

    @property
    def signs_off(self) -> bool:
        """Whether the holder only looks at what others did, and carries it on without adding to it."""
        return not (self.assigns or self.handles)

    @property
    def reviews(self) -> bool:
        """Whether the holder judges handled work and may return it."""
        return Action.RETURN in self.beside


STEP_KINDS: Mapping[StepKind, StepRules] = complete(
    StepKind,
    {
        StepKind.ASSIGN: StepRules(
            onward=Action.FORWARD,
            beside=frozenset({Action.COPY}),
            at_first=frozenset({Action.MOVE}),
            after_first=frozenset({Action.SEND_BACK}),
        ),
        StepKind.HANDLE: StepRules(
            onward=Action.SUBMIT,
            beside=frozenset({Action.START, Action.ASK, Action.WRITE, Action.ATTACH}),
        ),
        StepKind.CORRECT: StepRules(onward=Action.PASS, beside=frozenset({Action.RETURN})),
        StepKind.APPROVE: StepRules(onward=Action.APPROVE, beside=frozenset({Action.RETURN})),
        StepKind.ACKNOWLEDGE: StepRules(onward=Action.ACKNOWLEDGE),
    },
)
"""The rules of each kind of step."""
