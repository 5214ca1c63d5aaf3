"""What may be done in a case, what each action decides, and how a task ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.complete import complete


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
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


BY_OTHERS = frozenset({Outcome.RECALLED, Outcome.WITHDRAWN})
"""The outcomes that somebody else brings about than the person who had the task."""


class Verb(StrEnum):
    """What an SOP file may forbid beside the straight path; a word that is an action's too forbids that action."""

    TRANSFER = "transfer"
    SEND_BACK = "send-back"
    SEND_BACK_FURTHER = "send-back-further"
    RECALL = "recall"
    WITHDRAW = "withdraw"
    URGE = "urge"
    ADD = "add"
    FORWARD_MANY = "forward-many"
    COPY = "copy"
    EXTEND = "extend"
    CONSULT = "consult"
    JOIN = "join"
    EXPLAIN = "explain"


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
    DETACH = "detach"
    WRITE = "write"
    FEEDBACK = "feedback"
    RATE = "rate"
    APPRAISE = "appraise"
    TRANSFER = "transfer"
    RECALL = "recall"
    WITHDRAW = "withdraw"
    URGE = "urge"
    ADD = "add"
    COPY = "copy"
    READ = "read"
    EXTEND = "extend"
    GRANT = "grant-extension"
    DENY = "deny-extension"
    EXPLAIN = "explain"
    CONSULT = "consult"
    ADVISE = "advise"
    REMIND_LATE = "remind-late"
    JOIN = "join"
    LEAVE = "leave"
    MERGE = "merge"
    PART = "part"
    REOPEN = "reopen"

    @property
    def rules(self) -> "ActionRules":
        """What follows from the action, and what the journal keeps of it."""
        return ACTIONS[self]

    @property
    def outcome(self) -> Outcome:
        """How a task ends that is decided by the action. Raises `ValueError` for one that decides nothing."""
        if self.rules.outcome is None:
            raise ValueError(f"{self} decides nothing")
        return self.rules.outcome


@dataclass(frozen=True, slots=True)
class ActionRules:
    """What follows from an action, and what its entry in the journal says.

    `outcome` is what it gives its task, None where it decides nothing. `reasoned` actions need a written reason.
    `words` name the fields of the entry's payload in which the person speaks; the reporter may read them only where
    they are `public`: the rest is between officials.
    """

    outcome: Outcome | None = None
    reasoned: bool = False
    words: tuple[str, ...] = ()
    public: bool = False


ACTIONS: Mapping[Action, ActionRules] = complete(
    Action,
    {
        Action.REPORT: ActionRules(words=("text",), public=True),
        Action.FORWARD: ActionRules(Outcome.FORWARDED, words=("instructions", "note")),
        Action.SEND_BACK: ActionRules(Outcome.SENT_BACK, reasoned=True, words=("note",)),
        Action.DECLINE: ActionRules(Outcome.DECLINED, reasoned=True, words=("note",), public=True),
        Action.MOVE: ActionRules(Outcome.MOVED),
        Action.START: ActionRules(),
        Action.ASK: ActionRules(words=("text",), public=True),
        Action.ANSWER: ActionRules(words=("text",), public=True),
        Action.SUBMIT: ActionRules(Outcome.SUBMITTED),
        Action.PASS: ActionRules(Outcome.PASSED, words=("note",)),
        Action.APPROVE: ActionRules(Outcome.APPROVED, words=("note",)),
        Action.RETURN: ActionRules(Outcome.RETURNED, reasoned=True, words=("note",)),
        Action.ACKNOWLEDGE: ActionRules(Outcome.ACKNOWLEDGED, words=("note",)),
        Action.NOTE: ActionRules(words=("text",)),
        Action.ATTACH: ActionRules(),
        Action.DETACH: ActionRules(),
        Action.WRITE: ActionRules(),
        Action.FEEDBACK: ActionRules(),
        Action.RATE: ActionRules(),
        Action.APPRAISE: ActionRules(),
        Action.RECALL: ActionRules(Outcome.RECALLED),
        Action.WITHDRAW: ActionRules(Outcome.WITHDRAWN),
        Action.URGE: ActionRules(),
        Action.ADD: ActionRules(words=("text",), public=True),
        Action.COPY: ActionRules(),
        Action.READ: ActionRules(),
        Action.TRANSFER: ActionRules(reasoned=True, words=("text",)),
        Action.EXTEND: ActionRules(reasoned=True, words=("text",)),
        Action.GRANT: ActionRules(),
        Action.DENY: ActionRules(words=("text",)),
        Action.EXPLAIN: ActionRules(words=("text",)),
        Action.CONSULT: ActionRules(words=("text",)),
        Action.ADVISE: ActionRules(words=("text",)),
        Action.REMIND_LATE: ActionRules(),
        Action.JOIN: ActionRules(words=("text",)),
        Action.LEAVE: ActionRules(),
        Action.MERGE: ActionRules(Outcome.MERGED),
        Action.PART: ActionRules(),
        Action.REOPEN: ActionRules(),
    },
)
"""The rules of each action."""
