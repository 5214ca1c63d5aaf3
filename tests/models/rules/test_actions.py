"""What an action decides, what it needs, and who may read the words that go with it (design: what each kind allows)."""

from models.rules.actions import Action
from models.rules.step_kinds import StepKind


def test_an_action_that_sends_work_away_or_puts_it_off_needs_a_reason() -> None:
    reasoned = {action for action in Action if action.rules.reasoned}
    assert reasoned == {"send-back", "decline", "return", "transfer", "extend"}


def test_the_reporter_reads_what_is_said_by_them_and_to_them() -> None:
    assert {action for action in Action if action.rules.public} == {"report", "ask", "answer", "decline", "add"}


def test_each_action_that_decides_gives_its_task_an_outcome_of_its_own() -> None:
    assert {action.value: action.outcome.value for action in Action if action.rules.outcome is not None} == {
        "forward": "forwarded",
        "send-back": "sent-back",
        "decline": "declined",
        "move": "moved",
        "merge": "merged",
        "submit": "submitted",
        "pass": "passed",
        "approve": "approved",
        "return": "returned",
        "acknowledge": "acknowledged",
        "recall": "recalled",
        "withdraw": "withdrawn",
    }


def test_each_kind_of_step_allows_what_the_design_names() -> None:
    beside = {"note", "transfer", "extend", "consult", "explain"}
    kinds = {kind.value: kind.rules for kind in StepKind}
    assert {kind: set(rules.allowed(first=False)) - beside for kind, rules in kinds.items()} == {
        "assign": {"forward", "send-back", "copy"},
        "handle": {"submit", "start", "ask", "write", "attach"},
        "correct": {"pass", "return"},
        "approve": {"approve", "return"},
        "acknowledge": {"acknowledge"},
    }
    assert kinds["assign"].allowed(first=True) == {"forward", "decline", "merge", "move", "copy"} | beside
    assert (
        kinds["handle"].allowed(first=True)
        == {"submit", "start", "ask", "write", "attach", "decline", "merge"} | beside
    )
    assert kinds["acknowledge"].allowed(first=True) == {"acknowledge", "decline", "merge"} | beside
    assert all(beside <= rules.allowed(first=first) for rules in kinds.values() for first in (False, True))


def test_each_kind_of_step_plays_one_part() -> None:
    parts = {kind.value: (kind.rules.assigns, kind.rules.handles, kind.rules.signs_off) for kind in StepKind}
    assert parts == {
        "assign": (True, False, False),
        "handle": (False, True, False),
        "correct": (False, False, True),
        "approve": (False, False, True),
        "acknowledge": (False, False, True),
    }
