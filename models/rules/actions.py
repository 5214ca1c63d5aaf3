"""What may be done in a case, how a task ends, and what each kind of step allows."""

from enum import StrEnum

from models.rules.sop import Sop, Step, StepKind


class Action(StrEnum):
    """What a person may do in a case; the journal uses the same words."""

    REPORT = "report"
    FORWARD = "forward"
    SEND_BACK = "send-back"
    DECLINE = "decline"
    MOVE = "move"
    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    SUBMIT = "submit"
    PASS = "pass"  # noqa: S105 - a word, not a password
    APPROVE = "approve"
    RETURN = "return"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    ATTACH = "attach"
    WRITE = "write"
    FEEDBACK = "feedback"


class Outcome(StrEnum):
    """How a task ended."""

    FORWARDED = "forwarded"
    SENT_BACK = "sent-back"
    DECLINED = "declined"
    MOVED = "moved"
    SUBMITTED = "submitted"
    PASSED = "passed"
    APPROVED = "approved"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"


ONWARD = {
    StepKind.ASSIGN: Action.FORWARD,
    StepKind.HANDLE: Action.SUBMIT,
    StepKind.CORRECT: Action.PASS,
    StepKind.APPROVE: Action.APPROVE,
    StepKind.ACKNOWLEDGE: Action.ACKNOWLEDGE,
}
"""The action that carries a case on, for each kind of step (design: what each kind allows)."""


OUTCOMES = {
    Action.FORWARD: Outcome.FORWARDED,
    Action.SEND_BACK: Outcome.SENT_BACK,
    Action.DECLINE: Outcome.DECLINED,
    Action.MOVE: Outcome.MOVED,
    Action.SUBMIT: Outcome.SUBMITTED,
    Action.PASS: Outcome.PASSED,
    Action.APPROVE: Outcome.APPROVED,
    Action.RETURN: Outcome.RETURNED,
    Action.ACKNOWLEDGE: Outcome.ACKNOWLEDGED,
}
"""The outcome that each deciding action gives its task."""


def allowed(sop: Sop, step: Step) -> frozenset[Action]:
    """Return what the SOP lets the holder of `step` do, besides adding a note."""
    actions = {ONWARD[step.kind], Action.NOTE}
    if step == sop.first:
        actions.add(Action.DECLINE)
    if step.kind is StepKind.ASSIGN:
        actions.add(Action.MOVE if step == sop.first else Action.SEND_BACK)
    elif step.kind is StepKind.HANDLE:
        actions |= {Action.START, Action.ASK, Action.WRITE, Action.ATTACH}
    elif step.kind in (StepKind.CORRECT, StepKind.APPROVE):
        actions.add(Action.RETURN)
    return frozenset(actions)
