"""What a case is called on a card, and how it ends."""

import pytest

from models.case.case import Case, CaseState
from models.rules.actions import Outcome


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("  SIMPEG   tidak dapat dibuka \nsejak pagi", "SIMPEG tidak dapat dibuka"),
        ("kata " * 16, ("kata " * 16).strip()),
        ("panjang " * 50, ("panjang " * 50).strip()),
    ],
)
def test_the_subject_is_the_first_line_and_whole(text: str, subject: str) -> None:
    assert Case(text=text).subject == subject


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.FORWARDED, CaseState.CLOSED),
        (Outcome.SUBMITTED, CaseState.CLOSED),
        (Outcome.PASSED, CaseState.CLOSED),
        (Outcome.APPROVED, CaseState.CLOSED),
        (Outcome.ACKNOWLEDGED, CaseState.CLOSED),
        (Outcome.DECLINED, CaseState.DECLINED),
        (Outcome.MOVED, CaseState.MOVED),
        (Outcome.WITHDRAWN, CaseState.WITHDRAWN),
    ],
)
def test_a_case_ends_as_its_last_task_did(outcome: Outcome, state: CaseState) -> None:
    assert CaseState.after(outcome) is state


@pytest.mark.parametrize("outcome", [Outcome.SENT_BACK, Outcome.RETURNED])
def test_no_case_ends_with_a_task_that_went_back(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match=outcome.value):
        CaseState.after(outcome)
